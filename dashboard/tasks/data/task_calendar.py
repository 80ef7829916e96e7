"""Tasks by their last day: what is due soon, what waits for a report, and the whole line of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.values import Calendar, DueDay, TaskFilter, TaskLine, is_due_soon
from models.tasks.task_reading import TaskView, YearlyReport
from models.tasks.task_rules import count_states
from models.tasks.task_state import TaskOrigin, TaskState


def build_calendar(snapshot: Snapshot, wanted: TaskFilter) -> Calendar:
    """Every instance of the chosen place, agency and section by its last day; duties of the bodies included.

    The filters of state and deadline do not apply: the days themselves are the answer.
    """
    views = [view for view in snapshot.follow.tasks if _is_chosen(view, wanted)]
    as_of = snapshot.moment.as_of
    lines = [TaskLine(view, item) for view in views for item in view.instances if item.due_on is not None]
    return Calendar(
        soon=_days(line for line in lines if is_due_soon(line.item, as_of)),
        silent=_days(line for line in lines if line.state is TaskState.NO_REPORT and not line.view.duty.is_born_late),
        in_part=tuple(line for line in lines if line.state is TaskState.IN_PART and _is_past(line, as_of)),
        overdue=tuple(line for line in lines if line.state is TaskState.OVERDUE),
        born_late=tuple(line for line in lines if line.view.duty.is_born_late),
        days=_days(line for line in lines if not line.view.duty.is_born_late),
        undated=count_states(item.state for view in views for item in view.instances if item.due_on is None),
        reports_missing=_reports_missing(views, as_of),
        reports_in_part=sum(report.report is not None for view in views for report in _of_many(view)),
    )


def _is_chosen(view: TaskView, wanted: TaskFilter) -> bool:
    task = view.task
    return (
        (not wanted.place or task.place == wanted.place)
        and (not wanted.agency or wanted.agency in task.leads)
        and (not wanted.section or (task.section == wanted.section and task.origin == TaskOrigin.ANNEX))
    )


def _is_past(line: TaskLine, as_of: date) -> bool:
    return line.item is not None and line.item.wants_attention(as_of)


def _of_many(view: TaskView) -> tuple[YearlyReport, ...]:
    """The yearly reports that several offices owe, of whom one report tells nothing about the others."""
    return view.yearly_reports if view.duty.parts.has_many_offices else ()


def _days(lines: Iterable[TaskLine]) -> tuple[DueDay, ...]:
    found: dict[tuple[date, str], list[TaskLine]] = defaultdict(list)
    for line in lines:
        if line.item and line.item.due_on:
            found[line.item.due_on, line.task.place].append(line)
    return tuple(
        DueDay(day, place, tuple(few), count_states(line.state for line in few if line.state))
        for (day, place), few in sorted(found.items(), key=lambda entry: entry[0])
    )


def _reports_missing(views: Iterable[TaskView], as_of: date) -> int:
    """How many yearly reports on continuous tasks are past their day and not in."""
    return sum(report.report is None and report.due_on < as_of for view in views for report in view.yearly_reports)
