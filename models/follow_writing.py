"""The one way follow-up facts are written: a run of its own, the old row closed, the new one with actor and reason."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.facts import Changes, Fact, apply_facts, fingerprint
from models.follow_up import ExplanationRequest, Petition
from models.source import Run


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes and why; `is_verified` says whether the name was proved by signing in."""

    name: str
    reason: str = ""
    is_verified: bool = False


def report_key(task: str, year: int | None, reported_on: object, document: str = "") -> str:
    """One report a task, year and day: reporting again on that day corrects, on a later day adds.

    `document` keeps apart what two of several offices report on one day, each with a document of its own.
    """
    return f"{task}@{year or '-'}#{reported_on}" + (f"#{document}" if document else "")


def next_key(session: Session, model: type[ExplanationRequest] | type[Petition], prefix: str) -> str:
    """The next free key, "gt-0001"; keys of closed rows are not used again."""
    used = {key for key in session.scalars(select(col(model.key)))}  # noqa: C416
    return f"{prefix}-{len(used) + 1:04d}"


def write_fact(
    session: Session, model: type[Fact], content: Mapping[str, Any], author: Author, *, now: datetime, place: str
) -> int | None:
    """Write one fact in a run of its own and commit; None, with nothing written, when it says nothing new.

    `content` holds the table's own columns and `key`. Who wrote it and why do not make it new.
    """
    table = str(model.__tablename__)
    row = dict(content)
    run = Run(
        kind=table,
        source="web",
        checksum=hashlib.sha256(fingerprint(row).encode()).hexdigest(),
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
    return _finish(session, run, table, changes, now)


def _finish(session: Session, run: Run, table: str, changes: Changes, now: datetime) -> int | None:
    if changes.is_empty:
        session.rollback()
        return None
    run.status, run.finished_at = "done", now
    run.summary = {table: {"added": changes.added, "changed": changes.changed}}
    number = run.id
    session.commit()
    return number
