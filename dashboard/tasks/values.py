"""What the task pages show, as plain values: the filter of the address, task lines and the list with its counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from dashboard.tasks.words import DEADLINE_FILTERS, STATE_SLUGS
from dashboard.ui.arguments import read_year
from models.targets.reading import AgencyView, PlaceView
from models.tasks.follow_up import ExplanationRequest, Petition
from models.tasks.task import Task
from models.tasks.task_reading import InstanceView, TaskView
from models.tasks.task_rules import Rates
from models.tasks.task_state import TaskState

SOON_DAYS = 60
FIELDS = {
    "dia-ban": "place",
    "co-quan": "agency",
    "muc": "section",
    "tinh-trang": "state",
    "han": "deadline",
}


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What the address asks for; empty means everything. `year` chooses the instance of yearly tasks."""

    place: str = ""
    agency: str = ""
    section: str = ""
    state: str = ""
    deadline: str = ""
    year: int = 0

    def query(self) -> dict[str, object]:
        """The filter as it stands in the address."""
        parts: dict[str, object] = {name: getattr(self, field) for name, field in FIELDS.items()}
        return parts | {"nam-viec": self.year or ""}

    def but(self, **changes: Any) -> dict[str, object]:
        """The address of the same filter with something changed."""
        return replace(self, **changes).query()


def read_filter(args: Mapping[str, object]) -> TaskFilter:
    """Read the filter from an address; a year that is no number is ignored."""
    text = {field: str(args.get(name) or "") for name, field in FIELDS.items()}
    return TaskFilter(**text, year=read_year(args.get("nam-viec")) or 0)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task with the instance that is looked at and what a reader needs beside it."""

    view: TaskView
    item: InstanceView | None
    children: tuple[tuple[TaskState, int], ...] = ()

    @property
    def task(self) -> Task:
        """The task as printed."""
        return self.view.task

    @property
    def state(self) -> TaskState | None:
        """None for headings, which speak through their children."""
        return self.item.state if self.item else None


@dataclass(frozen=True, slots=True)
class TaskList:
    """The filtered tasks in printed order, counts and shares, and what one may filter by, with counts."""

    filter: TaskFilter
    lines: tuple[TaskLine, ...]
    duties: tuple[TaskLine, ...]
    counts: tuple[tuple[TaskState, int], ...]
    rates: Rates
    places: tuple[tuple[PlaceView, int], ...]
    agencies: tuple[tuple[AgencyView, int], ...]
    only_duties: tuple[tuple[AgencyView, int], ...]
    sections: tuple[tuple[str, str, int], ...]
    states: tuple[tuple[TaskState, int], ...]
    years: tuple[int, ...]
    place: PlaceView | None
    agency: AgencyView | None

    @property
    def total(self) -> int:
        """How many tasks of the annexes are counted (headings of sub-tasks are not)."""
        return sum(count for _, count in self.counts)

    @property
    def is_known(self) -> bool:
        """Whether everything the address names exists."""
        wanted = self.filter
        return (
            (not wanted.place or self.place is not None)
            and (not wanted.agency or self.agency is not None)
            and (not wanted.state or wanted.state in STATE_SLUGS)
            and (not wanted.deadline or wanted.deadline in DEADLINE_FILTERS)
        )


def is_due_soon(item: InstanceView | None, as_of: date) -> bool:
    """Whether the last day is today or within the next 60 days and the task is not finished by everybody."""
    if item is None or item.due_on is None or item.state not in (TaskState.OPEN, TaskState.IN_PART):
        return False
    return as_of <= item.due_on <= as_of + timedelta(days=SOON_DAYS)


@dataclass(frozen=True, slots=True)
class DueDay:
    """What is due on one day in one place."""

    on: date
    place: str
    lines: tuple[TaskLine, ...]
    counts: tuple[tuple[TaskState, int], ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Instances by their last day. `in_part`: past it, one of several has reported.

    `silent` leaves out tasks born late: those stand in `born_late`.
    """

    soon: tuple[DueDay, ...]
    silent: tuple[DueDay, ...]
    in_part: tuple[TaskLine, ...]
    overdue: tuple[TaskLine, ...]
    born_late: tuple[TaskLine, ...]
    days: tuple[DueDay, ...]
    undated: tuple[tuple[TaskState, int], ...]
    reports_missing: int
    reports_in_part: int


@dataclass(frozen=True, slots=True)
class Link:
    """One task beside one indicator it should move.

    `is_done` is None while nobody has reported; `is_moving` is None while no change of the indicator is known.
    """

    line: TaskLine
    indicator: str
    is_done: bool | None
    is_moving: bool | None
    change: float | None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every link of a task with an indicator of its own place; the two uneasy answers come first."""

    links: tuple[Link, ...]

    def cell(self, is_done: bool | None, is_moving: bool | None) -> tuple[Link, ...]:
        """The links of one cell."""
        return tuple(link for link in self.links if (link.is_done, link.is_moving) == (is_done, is_moving))


@dataclass(frozen=True, slots=True)
class SuccessionLine:
    """The other agency of a handover, from which day, which part of the work, by which text."""

    agency: AgencyView
    on: date
    scope: str
    legal_basis: str


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """An agency with its tasks; `inherited` were given to agencies whose main work it took over."""

    agency: AgencyView
    successors: tuple[SuccessionLine, ...]
    predecessors: tuple[SuccessionLine, ...]
    leads: tuple[TaskLine, ...]
    supports: tuple[TaskLine, ...]
    inherited: tuple[TaskLine, ...]
    counts: tuple[tuple[TaskState, int], ...]
    rates: Rates
    requests: tuple[ExplanationRequest, ...]
    petitions: tuple[Petition, ...]
