"""Tasks beside the indicators they should move: done without effect, and effect without the task."""

from __future__ import annotations

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.values import Link, Matrix, TaskFilter, TaskLine
from models.gaps.promise import Direction
from models.tasks.task_reading import InstanceView, TaskView
from models.tasks.task_state import DONE, ReportOutcome, TaskState

SAYS_NOTHING = frozenset({TaskState.IN_PART, TaskState.NO_REPORT, TaskState.WAITING, TaskState.UNCLEAR})


def build_matrix(snapshot: Snapshot, wanted: TaskFilter) -> Matrix:
    """Link each task with the indicators named for it, at its own place; filters of place and agency apply."""
    links = [
        _link(view, code, snapshot)
        for view in snapshot.follow.tasks
        for code in view.task.indicators
        if (not wanted.place or view.task.place == wanted.place)
        and (not wanted.agency or wanted.agency in view.task.leads)
    ]
    return Matrix(tuple(links))


def _link(view: TaskView, code: str, snapshot: Snapshot) -> Link:
    change = _change(view, code, snapshot)
    lower = snapshot.indicators[code].direction == Direction.LOWER.value
    better = None if change is None else (-change if lower else change)
    item = _closed_instance(view)
    return Link(
        line=TaskLine(view, item or (view.instances[-1] if view.instances else None)),
        indicator=code,
        is_done=_is_done(view, item),
        is_moving=None if better is None else better > 0,
        change=change,
    )


def _change(view: TaskView, code: str, snapshot: Snapshot) -> float | None:
    """The indicator's yearly change at the task's own place."""
    found = [
        gap.gap.actual_per_year
        for gap in snapshot.gaps_in_force
        if (gap.place, gap.indicator) == (view.task.place, code) and gap.gap.actual_per_year is not None
    ]
    return found[0] if found else None


def _closed_instance(view: TaskView) -> InstanceView | None:
    """The newest instance about which something is known."""
    return next((item for item in reversed(view.instances) if item.latest or item.state in DONE), None)


def _is_done(view: TaskView, item: InstanceView | None) -> bool | None:
    if item is None or item.state in SAYS_NOTHING:
        reported = [report for report in view.yearly_reports if report.report]
        latest = reported[-1].report if reported else None
        return True if view.duty.parts.is_single and latest and latest.outcome == ReportOutcome.DONE else None
    if item.state is TaskState.CONTINUOUS:
        is_done = item.latest is not None and item.latest.outcome == ReportOutcome.DONE
        return None if item.latest is None or (is_done and not view.duty.parts.is_single) else is_done
    return item.state in DONE
