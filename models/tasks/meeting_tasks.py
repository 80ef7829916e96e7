"""Assignments of meetings as tasks: read from the conclusions, never stored twice, followed like any other task.

An assignment has an agency and a day. What the meeting noted as carried out counts as a report, and so does what is
reported on the task's own page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base.day_text import day_text
from models.targets.reading import current
from models.targets.views import Moment
from models.tasks.follow_up import TaskReport
from models.tasks.meeting import Conclusion, Meeting
from models.tasks.task import Task
from models.tasks.task_rules import Duty
from models.tasks.task_state import DeadlineKind, ReportOutcome, TaskOrigin

ASSIGNMENT = "assignment"
NO_PROGRAMME = ""  # an assignment stands in no programme
PARTS_OF_A_PROMISE = 3  # "programme/indicator/horizon"


@dataclass(frozen=True, slots=True)
class Decision:
    """One conclusion with the meeting it was made at."""

    row: Conclusion
    title: str
    held_on: date


@dataclass(frozen=True, slots=True)
class Assignment:
    """An assignment as a task, and the report that the meeting itself noted."""

    task: Task
    duty: Duty
    report: TaskReport | None


def read_decisions(session: Session, moment: Moment) -> list[Decision]:
    """Every conclusion stored by the moment of meetings held by its day, oldest first."""
    meetings = {row.id: row for row in session.scalars(select(Meeting))}
    rows = list(session.scalars(select(Conclusion).where(*current(Conclusion, moment)).order_by(col(Conclusion.key))))
    for row in [*rows, *meetings.values()]:
        session.expunge(row)
    found = [_decision(row, meetings) for row in rows]
    return sorted((item for item in found if item.held_on <= moment.as_of), key=lambda item: item.held_on)


def _decision(row: Conclusion, meetings: Mapping[int | None, Meeting]) -> Decision:
    meeting = meetings.get(row.meeting_id)
    if meeting is None:  # held on all provinces: a reader of one of them sees what concerns it, not the meeting
        return Decision(row, "Phiên họp", row.recorded_at.date())
    return Decision(row, meeting.title, meeting.held_on)


def assignments(decisions: list[Decision]) -> list[Assignment]:
    """The assignments among them as tasks, numbered in the order they were made."""
    given = [item for item in decisions if item.row.kind == ASSIGNMENT and item.row.due_on is not None]
    return [_assignment(item, number) for number, item in enumerate(given, start=1)]


def _assignment(item: Decision, number: int) -> Assignment:
    row = item.row
    promise = row.subject.split("/") if row.subject_kind == "promise" else []
    task = Task(
        **_written(row),
        position=number,
        programme=NO_PROGRAMME,
        place=row.place,
        origin=TaskOrigin.MEETING.value,
        section=day_text(item.held_on),
        section_title=item.title,
        number=str(number),
        title=row.text,
        leads=[row.agency] if row.agency else [],
        deadline_text=day_text(row.due_on) if row.due_on else "",
        deadline_kind=DeadlineKind.DAY.value,
        due_on=row.due_on,
        indicators=[promise[1]] if len(promise) == PARTS_OF_A_PROMISE else [],
    )
    return Assignment(
        task, Duty(DeadlineKind.DAY, item.held_on, row.due_on, deadline_text=task.deadline_text), _noted(row)
    )


def _noted(row: Conclusion) -> TaskReport | None:
    """What the meeting noted as carried out, in the form of a report."""
    if row.done_on is None:
        return None
    return TaskReport(
        **_written(row) | {"key": f"{row.key}@-#phien-hop"},
        task=row.key,
        outcome=ReportOutcome.DONE.value,
        reported_on=row.done_on,
        done_on=row.done_on,
        document_number=row.done_document,
        document_date=row.done_on,
        **{name: getattr(row, name) for name in ("actor", "is_actor_verified", "reason")},
    )


def _written(row: Conclusion) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("key", "fingerprint", "recorded_at", "run_id")}
