"""Two steps: what one person proposes counts only once another has approved it (decision 0017)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session
from sqlmodel import Field, SQLModel, col

from models.base.utc import UtcDateTime


class Proposal(StrEnum):
    """What may wait for a second person."""

    IMPORT = "import"
    OFFICIAL = "official"
    FIGURE = "figure"
    UNDO = "undo"


class ApprovalVerdict(StrEnum):
    """What became of it; withdrawn is the proposer's own."""

    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class PendingChange(SQLModel, table=True):
    """A proposed change: all that is needed to carry it out on the data of the day it is approved.

    `verdict` is None while it waits; `place` None is national data. Nothing of it is in the facts before `run_id`.
    """

    __tablename__ = "pending_change"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    place: str | None = Field(default=None, foreign_key="place.slug")
    year: int | None = None
    title: str
    payload: dict[str, Any] = Field(sa_type=JSON)
    proposed_by: int
    proposed_by_name: str
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: int | None = None
    decided_by_name: str = ""
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    verdict: str | None = None
    reason: str = ""
    run_id: int | None = Field(default=None, foreign_key="run.id")


class DecidedError(Exception):
    """The change no longer waits, or this person may not decide it."""


def read_pending(session: Session, *, is_open: bool, limit: int = 200) -> Sequence[PendingChange]:
    """What waits, oldest first; or what was decided, newest first."""
    verdict, key = col(PendingChange.verdict), col(PendingChange.id)
    statement = select(PendingChange).where(verdict.is_(None) if is_open else verdict.is_not(None))
    return session.scalars(statement.order_by(key if is_open else key.desc()).limit(limit)).all()


def decide(
    session: Session, number: int, verdict: ApprovalVerdict, *, by: int, name: str, at: datetime, reason: str = "",
    run_id: int | None = None,
) -> None:  # fmt: skip
    """Record the verdict without committing; raises DecidedError unless the change waits and `by` may decide it.

    One statement asks and writes, so of two people who decide at once only one succeeds. Only the proposer may
    withdraw, and everybody but the proposer may approve or refuse.
    """
    own = col(PendingChange.proposed_by) == by
    result = session.execute(
        update(PendingChange)
        .where(
            col(PendingChange.id) == number,
            col(PendingChange.verdict).is_(None),
            own if verdict is ApprovalVerdict.WITHDRAWN else ~own,
        )
        .values(verdict=verdict.value, decided_by=by, decided_by_name=name, decided_at=at, reason=reason, run_id=run_id)
    )
    if not isinstance(result, CursorResult) or result.rowcount != 1:
        raise DecidedError(str(number))
