"""Forms that made a new record, so that the same form sent again makes no second one."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Field, SQLModel, col

from models.accounts.changing import ChangeSession
from models.base.utc import UtcDateTime

KEPT = timedelta(days=7)  # a browser that shows an old form again after that asks for another one


class SentForm(SQLModel, table=True):
    """One form as it was sent: `digest` of its fields with the mark that it was shown with, `outcome` what it made.

    Rows older than a week are removed.
    """

    __tablename__ = "sent_form"

    digest: str = Field(primary_key=True)
    outcome: str
    sent_at: datetime = Field(sa_type=UtcDateTime, index=True)


def find_outcome(session: ChangeSession, digest: str) -> str | None:
    """What this very form made before, read with the turn held; None when it comes for the first time."""
    found = session.get(SentForm, digest)
    return found.outcome if found is not None else None


def add_outcome(session: ChangeSession, digest: str, outcome: str, now: datetime) -> None:
    """Keep what a form made, in the change that makes it; the caller commits."""
    session.execute(delete(SentForm).where(col(SentForm.sent_at) < now - KEPT))
    session.add(SentForm(digest=digest, outcome=outcome, sent_at=now))
