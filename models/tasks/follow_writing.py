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
from models.tasks.task_parts import Parts

FactT = TypeVar("FactT", bound=Fact)
UNVERIFIED = " (chưa xác thực)"  # behind the name of a run's actor whose name nobody proved
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
    """What the author changes is no longer what was shown to them; nothing is written.

    `standing` is what stands now, `run` what brought it, `is_own` whether that was the same author.
    """

    def __init__(self, standing: Fact, run: Run, *, is_own: bool) -> None:
        super().__init__(standing.key)
        self.standing, self.run, self.is_own = standing, run, is_own


def keep_newer(session: Session, standing: Fact | None, *, by: str, seen: int | None) -> None:
    """Raise ChangedSinceError where the row that stands came with a run after the newest that its reader saw.

    Runs are numbered under the turn of writers, so a later change has the larger number. `by` is who writes now.
    """
    if standing is not None and seen is not None and standing.run_id > seen:
        run = session.get_one(Run, standing.run_id)
        raise ChangedSinceError(standing, run, is_own=_is_by(run, by))


def run_that_said(session: Session, standing: Fact | None, content: Mapping[str, Any], *, by: str) -> int | None:
    """The run of what stands when it says exactly this and the same author wrote it: a form was sent twice."""
    if standing is None or standing.fingerprint != fingerprint(content):
        return None
    return standing.run_id if _is_by(session.get_one(Run, standing.run_id), by) else None


def _is_by(run: Run, by: str) -> bool:
    return run.actor.removesuffix(UNVERIFIED) == by


def report_key(task: str, period: str | int | None, reported_on: object, *parts: str | None) -> str:
    """One report a task, period and day: reporting again on that day corrects, on a later day adds.

    The period is a year, a part of one ("2024-Q2"), or none where the task does not recur. `parts` (office, product,
    document) keep apart what is reported on one day by several offices or about several documents.
    """
    return f"{task}@{period or '-'}#{reported_on}" + "".join(f"#{part}" for part in parts if part)


def report_parts(parts: Parts, office: str | None, product: str | None, document: str | None) -> tuple[str | None, ...]:
    """What keeps reports of one day apart: nothing where one office answers with one document.

    Where office or product is told, a report of the same day corrects the earlier one about it; else the document does.
    """
    if parts.is_single:
        return ()
    return (office, product) if office or product else (document,)


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
    Raises ChangedSinceError when other words were written under this key after it was shown to the author, or the same
    by somebody else.
    """
    table, row = str(model.__tablename__), dict(content)
    mark, standing = fingerprint(row), current_row(session, model, row["key"])
    if run_that_said(session, standing, row, by=author.name) is not None:
        return None
    keep_newer(session, standing, by=author.name, seen=author.seen)
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
