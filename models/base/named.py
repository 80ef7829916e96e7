"""Which organisations a load named: a list is what it says, also where a later list has said otherwise since."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class RunOrganization(SQLModel, table=True):
    """One organisation in one received list; `stated_state` is its operating state there, None where not stated.

    A record: it is never changed, and stays when the run is taken back (a list of such a run counts no more).
    """

    __tablename__ = "run_organization"
    __table_args__ = {"sqlite_with_rowid": False}

    run_id: int = Field(foreign_key="run.id", primary_key=True)
    organization_id: int = Field(foreign_key="organization.id", primary_key=True)
    stated_state: str | None = None
