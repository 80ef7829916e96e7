"""The one way follow-up facts are written: a run of its own, the old row closed, the new one with actor and reason.

What is here is called with the turn of the change held (models/accounts/changing.py), so what it reads still holds
at the end.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.accounts.changing import ChangeSession
from models.base.facts import Fact, apply_facts, fingerprint
from models.base.source import Run
from models.tasks.follow_up import ExplanationRequest, Petition
from models.tasks.meeting import Conclusion

FactT = TypeVar("FactT", bound=Fact)
NOT_CONTENT = {*Fact.model_fields, "actor", "is_actor_verified", "reason"} - {"key"}


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes and why; `is_verified` says whether the name was proved by signing in.

    `seen` is the newest run when what is changed was shown to them; None: it was not shown, a command writes.
    """

    name: str
    reason: str = ""
    is_verified: bool = False
    seen: int | None = None


class ChangedSinceError(Exception):
    """What the author changes is no longer what was shown to them; nothing is written."""


def keep_newer(standing: Fact | None, seen: int | None) -> None:
    """Raise ChangedSinceError where the row that stands came with a run after the newest that its reader saw.

    Runs are numbered under the turn of writers, so a later change has the larger number.
    """
    if standing is not None and seen is not None and standing.run_id > seen:
        raise ChangedSinceError(standing.key)


def report_key(task: str, year: int | None, reported_on: object, document: str = "") -> str:
    """One report a task, year and day: reporting again on that day corrects, on a later day adds.

    `document` keeps apart what two of several offices report on one day, each with a document of its own.
    """
    return f"{task}@{year or '-'}#{reported_on}" + (f"#{document}" if document else "")


def next_key(session: ChangeSession, model: type[ExplanationRequest | Petition | Conclusion], prefix: str) -> str:
    """The next free key, "gt-0001"; keys of closed rows are not used again. The turn is held, so it stays free."""
    used = session.scalar(select(func.count(func.distinct(col(model.key))))) or 0
    return f"{prefix}-{used + 1:04d}"


def current_row(session: Session, model: type[FactT], key: str) -> FactT | None:
    """What stands under a key now, read after the turn was taken: what a form showed earlier decides nothing."""
    chosen = (col(model.key) == key, col(model.superseded_at).is_(None))
    return session.scalars(select(model).where(*chosen)).one_or_none()


def content_of(row: Fact) -> dict[str, Any]:
    """What a row says, without its number, its times and who wrote it."""
    return row.model_dump(exclude=NOT_CONTENT)


def write_fact(
    session: ChangeSession,
    model: type[Fact],
    content: Mapping[str, Any],
    author: Author,
    *,
    now: datetime,
    place: str,
) -> int | None:
    """Write one fact in a run of its own and give the run; None, with nothing written, when it says nothing new.

    `content` holds the table's own columns and `key`. Who wrote it and why do not make it new. The caller commits.
    Raises ChangedSinceError when somebody wrote under this key after it was shown to the author.
    """
    table, row = str(model.__tablename__), dict(content)
    mark, standing = fingerprint(row), current_row(session, model, row["key"])
    keep_newer(standing, author.seen)
    if standing is not None and standing.fingerprint == mark:
        return None
    run = Run(
        kind=table,
        source="web",
        checksum=hashlib.sha256(mark.encode()).hexdigest(),
        actor=author.name,
        started_at=now,
        place=place,
    )
    session.add(run)
    session.flush()
    if run.id is None:
        raise RuntimeError("the database gave the run no number")
    signed = row | {"actor": author.name, "is_actor_verified": author.is_verified, "reason": author.reason}
    changes = apply_facts(
        session,
        model,
        [signed],
        run_id=run.id,
        now=now,
        within=(col(model.key) == row["key"],),
        unmarked=frozenset({"actor", "is_actor_verified", "reason"}),
        withdraw=False,
    )
    run.status, run.finished_at = "done", now
    run.summary = {table: {"added": changes.added, "changed": changes.changed}}
    session.flush()
    return run.id
