"""The words of the task side: what a deadline means, what a report says, what may be said about a task."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from enum import StrEnum

DECEMBER = 12


class DeadlineKind(StrEnum):
    """What the printed deadline means."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    PERIOD = "period"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    SEVERAL = "several"
    CONTINUOUS = "continuous"
    CONDITIONAL = "conditional"
    PLAN = "plan"
    NONE = "none"
    UNREADABLE = "unreadable"


DATED = frozenset(
    {
        DeadlineKind.DAY,
        DeadlineKind.MONTH,
        DeadlineKind.QUARTER,
        DeadlineKind.HALF_YEAR,
        DeadlineKind.YEAR,
        DeadlineKind.PERIOD,
    }
)
RECURRING = frozenset(
    {
        DeadlineKind.MONTHLY,
        DeadlineKind.QUARTERLY,
        DeadlineKind.HALF_YEARLY,
        DeadlineKind.YEARLY,
        DeadlineKind.SEVERAL,
        DeadlineKind.PLAN,
    }
)


class TaskOrigin(StrEnum):
    """Where a task stands: a row of the annex, a duty in the body, the duty to report itself, or a meeting."""

    ANNEX = "annex"
    BODY = "body"
    REPORT = "report"
    MEETING = "meeting"


IN_ANNEX_OR_MEETING = frozenset({TaskOrigin.ANNEX, TaskOrigin.MEETING})


class TaskState(StrEnum):
    """Exactly one holds for an instance on a day. Without a report nobody is called overdue: see `no_report`.

    `in_part`: several offices or several documents are asked for, and a report or document of one is in.
    """

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    IN_PART = "in_part"
    OPEN = "open"
    OVERDUE = "overdue"
    NO_REPORT = "no_report"
    CONTINUOUS = "continuous"
    WAITING = "waiting"
    UNCLEAR = "unclear"


DONE = frozenset({TaskState.DONE_ON_TIME, TaskState.DONE_LATE})


class ReportOutcome(StrEnum):
    """What a report says about a task; only `done` closes it, and only with a document."""

    DONE = "done"
    UNDER_WAY = "under_way"
    NOT_DONE = "not_done"


def is_born_late(due_on: date | None, issued_on: date) -> bool:
    """Whether the task was already past due when its programme was issued: a drafting matter, nobody's failure."""
    return due_on is not None and due_on < issued_on


def report_due(year: int, reporting: dict[str, object] | None) -> date | None:
    """The last day on time for that year's report ("before 15/12" means 14/12); None when none is set."""
    if not reporting:
        return None
    return date(year, int(str(reporting["month"])), int(str(reporting["last_day"])))


def rhythm_day(reporting: dict[str, object] | None, kind: DeadlineKind, year: int, last_month: int) -> date | None:
    """The province's own last day on time for the period that ends with that month; None when it set none.

    The end of the year has the day of the yearly report. `last_days` holds, by rhythm, the day of a period's last
    month ("monthly": 19); a day past the month's end means that end.
    """
    if last_month == DECEMBER and kind is not DeadlineKind.MONTHLY:
        return report_due(year, reporting)
    days = (reporting or {}).get("last_days")
    day = days.get(kind.value) if isinstance(days, dict) else None
    return date(year, last_month, min(int(day), monthrange(year, last_month)[1])) if day else None


def next_report_due(as_of: date, reporting: dict[str, object] | None) -> date | None:
    """The coming last day on time, today included."""
    this_year = report_due(as_of.year, reporting)
    if this_year is None or this_year >= as_of:
        return this_year
    return report_due(as_of.year + 1, reporting)
