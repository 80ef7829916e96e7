"""Writes who settles one organisation, what comes next and until when: a fact that replaces the one before."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.access.trail import finish
from dashboard.db.failures import NotAcceptedError
from dashboard.db.read_session import repository
from dashboard.register.data.worklist import find_work
from dashboard.register.values import WorkLine
from models.base.facts import apply_facts, fingerprint
from models.base.source import Run
from models.register.organization import WorklistStep
from models.tasks.follow_writing import UNVERIFIED, Author, current_row, keep_newer, run_that_said

KIND = "worklist_step"


class StepRefusedError(NotAcceptedError):
    """The step is not written; the message is a Vietnamese sentence for the officer."""


@dataclass(frozen=True, slots=True)
class WorklistEntry:
    """What an officer says about one organisation to be settled."""

    responsible: str
    next_step: str
    due_on: date | None
    note: str = ""


def write_step(ident: int, step: WorklistEntry, by: Author) -> int:
    """Write the step and give its run; raises StepRefusedError when it cannot stand or says what another said.

    What the same author said already is not written again: the run is the first one.
    """
    with repository().writing() as session:
        work = find_work(ident)  # after the turn was taken: what stands now decides
        if work is None:
            raise StepRefusedError(
                "Tổ chức này không nằm trong danh sách chờ xử lý. Mở lại danh sách rồi chọn lại; chưa ghi gì."
            )
        standing, content = current_row(session, WorklistStep, str(ident)), _content(work, step)
        if first := run_that_said(session, standing, content, by=by.name):
            return first
        _check_day(work, step)
        keep_newer(session, standing, by=by.name, seen=by.seen)
        run_id = _write(session, work, content, by)
        finish(session, run=run_id, organization=ident)
        return run_id


def _check_day(work: WorkLine, step: WorklistEntry) -> None:
    """A day that has passed may stay as it stands, but is not newly set."""
    today = repository().settings.as_of
    if step.due_on is not None and step.due_on < today and step.due_on != work.due_on:
        raise StepRefusedError("Hạn đã qua trước hôm nay. Ghi một ngày từ hôm nay trở đi rồi gửi lại; chưa ghi gì.")


def _content(work: WorkLine, step: WorklistEntry) -> dict[str, Any]:
    ident = work.line.id
    return {
        "key": str(ident),
        "organization_id": ident,
        "responsible": step.responsible,
        "next_step": step.next_step,
        "due_on": step.due_on,
        "note": step.note,
    }


def _write(session: Session, work: WorkLine, content: dict[str, Any], by: Author) -> int:
    now = datetime.now(UTC)
    actor = by.name if by.is_verified else f"{by.name}{UNVERIFIED}"
    run = _start_run(session, work, content, actor, now)
    changes = apply_facts(
        session,
        WorklistStep,
        [content | {"actor": by.name}],
        run_id=run.id or 0,
        now=now,
        within=(col(WorklistStep.key) == content["key"],),
        unmarked=frozenset({"actor"}),
        withdraw=False,
    )
    if changes.is_empty:
        raise StepRefusedError("Việc này đã được ghi y như vậy. Sửa nội dung rồi gửi lại; chưa ghi gì.")
    run.status, run.finished_at = "done", now
    run.summary = {"tables": {KIND: {"added": changes.added, "changed": changes.changed}}}
    return run.id or 0


def _start_run(session: Session, work: WorkLine, content: dict[str, Any], actor: str, now: datetime) -> Run:
    run = Run(
        kind=KIND,
        source=f"Ghi việc xử lý: {work.line.name}",
        checksum=hashlib.sha256(fingerprint(content).encode()).hexdigest(),
        actor=actor,
        started_at=now,
        place=work.line.place,
        is_demo=work.line.is_demo,
    )
    session.add(run)
    session.flush()
    return run
