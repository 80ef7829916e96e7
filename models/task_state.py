"""What may honestly be said about a task on a day. Pure: no session, no clock, no words."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class DeadlineKind(StrEnum):
    """What the printed deadline means."""

    YEAR = "year"
    QUARTER = "quarter"
    PERIOD = "period"
    YEARLY = "yearly"
    CONTINUOUS = "continuous"
    CONDITIONAL = "conditional"
    PLAN = "plan"
    NONE = "none"
    UNREADABLE = "unreadable"


DATED = frozenset({DeadlineKind.YEAR, DeadlineKind.QUARTER, DeadlineKind.PERIOD})


class TaskState(StrEnum):
    """Without a report nobody is called overdue: a task past its day is `no_report`."""

    DONE_ON_TIME = "done_on_time"
    OPEN = "open"
    NO_REPORT = "no_report"
    CONTINUOUS = "continuous"
    WAITING = "waiting"
    UNCLEAR = "unclear"


def task_state(kind: DeadlineKind, due_on: date | None, *, done_in_document: bool, as_of: date) -> TaskState:
    """The state of a task about which nobody has reported, except for what its own document says.

    A task whose last day lies ahead is open; yearly and planned tasks wait for their yearly report.
    """
    if done_in_document:
        return TaskState.DONE_ON_TIME
    if kind in DATED and due_on is not None:
        return TaskState.OPEN if as_of <= due_on else TaskState.NO_REPORT
    return {
        DeadlineKind.CONTINUOUS: TaskState.CONTINUOUS,
        DeadlineKind.CONDITIONAL: TaskState.WAITING,
        DeadlineKind.NONE: TaskState.UNCLEAR,
        DeadlineKind.UNREADABLE: TaskState.UNCLEAR,
    }.get(kind, TaskState.NO_REPORT)


def is_born_late(due_on: date | None, issued_on: date) -> bool:
    """Whether the task was already past due when its programme was issued: a drafting matter, nobody's failure."""
    return due_on is not None and due_on < issued_on


def report_due(year: int, reporting: dict[str, object] | None) -> date | None:
    """The last day on time for that year's report ("before 15/12" means 14/12); None when none is set."""
    if not reporting:
        return None
    return date(year, int(str(reporting["month"])), int(str(reporting["last_day"])))


def next_report_due(as_of: date, reporting: dict[str, object] | None) -> date | None:
    """The coming last day on time, today included."""
    this_year = report_due(as_of.year, reporting)
    if this_year is None or this_year >= as_of:
        return this_year
    return report_due(as_of.year + 1, reporting)
