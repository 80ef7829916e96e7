"""Invented reports on tasks, so that in a trial every state of a task has its example; each text says "mô phỏng"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from models.tasks.task_reading import TaskView
from models.tasks.task_state import DeadlineKind, ReportOutcome, TaskState

ACTOR = "mô phỏng"
MARK = "(mô phỏng)"
FIRST_YEAR = 2024
Row = dict[str, Any]


def trigger_rows(tasks: Sequence[TaskView], as_of: date) -> list[Row]:
    """What every second conditional task waited for has happened, with a day set after it."""
    waiting = [view for view in tasks if view.duty.kind is DeadlineKind.CONDITIONAL]
    days = [(date(2024, 3, 15), date(2024, 12, 31)), (date(2026, 5, 20), date(2027, 6, 30))]
    rows: list[Row] = []
    for index, view in enumerate(waiting[::2]):
        happened, due = days[index % len(days)]
        if happened > as_of:
            continue
        number = f"{31 + index}/QĐ-MP {MARK}"
        row = {"key": view.task.key, "task": view.task.key, "happened_on": happened, "due_on": due}
        rows.append(row | {"document_number": number, "document_date": happened})
    return rows


def report_rows(tasks: Sequence[TaskView], as_of: date) -> list[Row]:
    """Reports in turn: on time, late, unfinished after the day, none, under way, done again; none after `as_of`."""
    rows = [row for index, view in enumerate(tasks) for row in _of_task(view, index, as_of)]
    return [row for row in rows if row["reported_on"] <= as_of]


def _of_task(view: TaskView, index: int, as_of: date) -> Iterator[Row]:
    for report in view.yearly_reports:
        if report.year >= FIRST_YEAR and (index + report.year) % 3:
            yield _under_way(
                view, report.year, report.due_on - timedelta(days=9), "Đã thực hiện thường xuyên trong năm"
            )
    for item in view.instances:
        if item.due_on is None or item.state in (TaskState.DONE_ON_TIME, TaskState.CONTINUOUS):
            continue
        if item.period is None and (item.year is None or item.year >= FIRST_YEAR):
            yield from _by_turn(view, item.year, item.due_on, (index + (item.year or 0)) % 6, as_of)


def _by_turn(view: TaskView, year: int | None, due: date, turn: int, as_of: date) -> Iterator[Row]:
    """The day of a task that is due later is told by what has been done until now."""
    start = view.duty.issued_on if year is None else date(year, 1, 2)
    if turn in (0, 5):
        done = max(start, min(due - timedelta(days=20), as_of - timedelta(days=30 + turn)))
        yield _done(view, year, done)
    elif turn == 1 and due < as_of:
        yield _done(view, year, due + timedelta(days=41))
    elif turn == 2 and due < as_of:
        yield _under_way(view, year, due + timedelta(days=25), "Chưa xong: đang lấy ý kiến các cơ quan phối hợp")
    elif turn == 4:
        told = min(due - timedelta(days=60), as_of - timedelta(days=45))
        yield _under_way(view, year, max(start, told), "Đã có dự thảo, đang hoàn thiện")


def _done(view: TaskView, year: int | None, done: date) -> Row:
    number = f"{100 + view.task.position}/BC-MP {MARK}"
    said = {"outcome": ReportOutcome.DONE.value, "reported_on": done + timedelta(days=6), "done_on": done}
    paper = {"document_number": number, "document_date": done, "progress": f"Đã hoàn thành {MARK}"}
    return _report(view, year, said | paper)


def _under_way(view: TaskView, year: int | None, day: date, progress: str) -> Row:
    said = {
        "outcome": ReportOutcome.UNDER_WAY.value,
        "reported_on": day,
        "done_on": None,
        "progress": f"{progress} {MARK}",
    }
    return _report(view, year, said | {"document_number": None, "document_date": None})


def _report(view: TaskView, year: int | None, said: Mapping[str, Any]) -> Row:
    key = f"{view.task.key}@{year or '-'}#{said['reported_on']}"
    return {"key": key, "task": view.task.key, "year": year, "file_checksum": None, **said}


def product_rows(tasks: Sequence[TaskView], as_of: date) -> list[Row]:
    """What the products counted in each of the last years."""
    rows = []
    for view in tasks:
        for number, entry in enumerate(view.task.counts):
            for year in range(max(FIRST_YEAR, view.duty.issued_on.year), as_of.year):
                name, value = str(entry["name"]), 10.0 + 7 * number + 3 * (year - FIRST_YEAR) + view.task.position
                row = {"key": f"{view.task.key}/{year}/{name}", "task": view.task.key, "year": year, "name": name}
                source = {"source": f"Báo cáo năm {year} {MARK}", "source_date": date(year, 12, 20)}
                rows.append(row | {"value": value, "unit": str(entry["unit"])} | source)
    return rows
