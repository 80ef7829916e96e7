"""In which order a list of tasks stands, and which part of it is shown: both from the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.values import TaskLine
from dashboard.ui.arguments import first, read_id
from models.base.text import fold
from models.tasks.task_state import TaskState

ROWS = 50  # of one page of the list
URGENT = (  # what wants somebody first
    TaskState.OVERDUE, TaskState.IN_PART, TaskState.NO_REPORT, TaskState.OPEN, TaskState.WAITING, TaskState.UNCLEAR,
    TaskState.CONTINUOUS, TaskState.DONE_LATE, TaskState.DONE_ON_TIME,
)  # fmt: skip
Key = Callable[[TaskLine, Snapshot], Any]
ORDERS: dict[str, Key] = {
    "": lambda line, _: (_urgency(line), _due(line)),
    "viec": lambda line, _: fold(line.task.title),
    "co-quan": lambda line, snapshot: [snapshot.agencies[code].short_name for code in line.task.leads],
    "dia-ban": lambda line, snapshot: fold(snapshot.places[line.task.place].full_name),
    "han": lambda line, _: _due(line),
}


@dataclass(frozen=True, slots=True)
class TaskOrder:
    """By what a list is sorted, whether backwards, and the number of its page, counted from 1."""

    by: str = ""
    is_backward: bool = False
    page: int = 1

    def query(self) -> dict[str, object]:
        """The order as it stands in the address; the page is not part of it."""
        return {"sap": self.by, "chieu": "giam" if self.is_backward else ""}


def read_order(args: Mapping[str, object]) -> TaskOrder:
    """What the address says; an unknown column counts as none."""
    by = first(args.get("sap"))
    return TaskOrder(
        by if by in ORDERS else "", first(args.get("chieu")) == "giam", read_id(first(args.get("trang"))) or 1
    )


def ordered(lines: Sequence[TaskLine], order: TaskOrder, snapshot: Snapshot) -> list[TaskLine]:
    """The lines that are tasks (headings speak through theirs), in the order asked for."""
    key = ORDERS[order.by]
    tasks = [line for line in lines if line.item is not None]
    return sorted(tasks, key=lambda line: key(line, snapshot), reverse=order.is_backward)


def _urgency(line: TaskLine) -> int:
    return URGENT.index(line.state) if line.state in URGENT else len(URGENT)


def _due(line: TaskLine) -> date:
    return (line.item.due_on if line.item else None) or date.max
