"""The tasks of the annexes by place and agency, with old and present names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from dashboard.data.place import state_of
from dashboard.snapshot import Snapshot
from models.reading import AgencyView, PlaceView
from models.task import Task
from models.task_state import TaskState, is_born_late


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task with what a reader needs beside it."""

    task: Task
    state: TaskState | None
    is_born_late: bool
    children: tuple[tuple[TaskState, int], ...]


@dataclass(frozen=True, slots=True)
class TaskList:
    """The filtered tasks in printed order, their counts by state, and what one may filter by."""

    lines: tuple[TaskLine, ...]
    counts: tuple[tuple[TaskState, int], ...]
    places: tuple[tuple[PlaceView, int], ...]
    agencies: tuple[tuple[AgencyView, int], ...]
    place: PlaceView | None
    agency: AgencyView | None

    @property
    def total(self) -> int:
        """How many tasks are counted (headings of sub-tasks are not)."""
        return sum(count for _, count in self.counts)


def build_tasks(snapshot: Snapshot, place: str = "", agency: str = "") -> TaskList:
    """Filter by place slug and lead agency code; unknown ones filter nothing out of sight: see `place`, `agency`."""
    as_of = snapshot.moment.as_of
    in_place = [task for task in snapshot.tasks if not place or task.place == place]
    chosen = [task for task in in_place if not agency or agency in task.leads]
    lines = tuple(_line(task, snapshot, as_of) for task in chosen)
    states = Counter(line.state for line in lines if line.state is not None)
    by_place = Counter(t.place for t in snapshot.tasks if not t.is_heading and (not agency or agency in t.leads))
    by_agency = Counter(code for task in in_place for code in task.leads)
    return TaskList(
        lines=lines,
        counts=tuple((state, states[state]) for state in TaskState if states[state]),
        places=tuple((snapshot.places[slug], count) for slug, count in sorted(by_place.items())),
        agencies=tuple((snapshot.agencies[code], count) for code, count in by_agency.most_common()),
        place=snapshot.places.get(place),
        agency=snapshot.agencies.get(agency),
    )


def _line(task: Task, snapshot: Snapshot, as_of: date) -> TaskLine:
    children = Counter(
        state_of(other, as_of)
        for other in snapshot.tasks
        if task.is_heading
        and (other.programme, other.section, other.parent) == (task.programme, task.section, task.number)
    )
    return TaskLine(
        task=task,
        state=None if task.is_heading else state_of(task, as_of),
        is_born_late=is_born_late(task.due_on, snapshot.programmes[task.programme].issued_on),
        children=tuple((state, children[state]) for state in TaskState if children[state]),
    )
