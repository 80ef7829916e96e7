"""Agencies as the programmes name them, and who does their work today."""

from __future__ import annotations

from datetime import date

from sqlmodel import Field, SQLModel

from models.base.facts import Fact, one_current

GROUP = "group"  # the kind of a collective name ("các sở, ban, ngành"); its members are GroupMember


class Agency(SQLModel, table=True):
    """An agency of a province by its kind of office (not one row a province); `kind` group = a collective name.

    `run_id` is the load of a received file that brought it, None for one of data/.
    """

    __tablename__ = "agency"

    code: str = Field(primary_key=True)
    name: str
    short_name: str
    level: str
    kind: str
    valid_from: date | None = None
    valid_to: date | None = None
    remark: str = ""
    run_id: int | None = None


class AgencySuccession(SQLModel, table=True):
    """From that day the successor does the predecessor's work; `scope` names a part, empty = the main part."""

    __tablename__ = "agency_succession"

    predecessor: str = Field(foreign_key="agency.code", primary_key=True)
    successor: str = Field(foreign_key="agency.code", primary_key=True)
    effective_on: date
    scope: str = ""
    legal_basis: str = ""


class GroupMember(Fact, table=True):
    """An office that a collective name means in one place; key = "<place>/<group>/<code>".

    `valid_from` and `valid_to` are its first and last day (None = open), `legal_basis` the document that lists it.
    """

    __tablename__ = "group_member"
    __table_args__ = (one_current("group_member"),)

    place: str = Field(foreign_key="place.slug", index=True)
    group_code: str = Field(foreign_key="agency.code")
    code: str
    name: str
    valid_from: date | None = None
    valid_to: date | None = None
    legal_basis: str = ""
