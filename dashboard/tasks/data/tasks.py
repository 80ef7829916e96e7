"""The tasks by place, agency, section, deadline, state and year, with old and present names."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.values import TaskFilter, TaskLine, TaskList, is_due_soon
from dashboard.tasks.words import STATE_SLUGS
from models.targets.reading import AgencyView, PlaceView
from models.tasks.task_reading import TaskView
from models.tasks.task_rules import count_states, rates
from models.tasks.task_state import RECURRING, DeadlineKind, TaskOrigin


def build_tasks(snapshot: Snapshot, wanted: TaskFilter) -> TaskList:
    """Filter the tasks; the choices beside each filter are counted with the other filters in force."""
    year = wanted.year or snapshot.moment.as_of.year
    lines = [line for view in snapshot.follow.tasks if (line := _line(view, snapshot, year)) is not None]
    annex = [line for line in lines if line.task.origin == TaskOrigin.ANNEX]
    as_of = snapshot.moment.as_of
    chosen = _chosen(annex, wanted, as_of)
    counted = [line.item for line in chosen if line.item]
    return TaskList(
        filter=wanted,
        lines=chosen,
        duties=_chosen([line for line in lines if line.task.origin != TaskOrigin.ANNEX], wanted, as_of),
        counts=count_states(item.state for item in counted),
        rates=rates(((item.state, item.due_on) for item in counted), as_of),
        places=_places(snapshot, _chosen(annex, replace(wanted, place="", section=""), as_of)),
        agencies=_agencies(snapshot, _chosen(annex, replace(wanted, agency=""), as_of)),
        only_duties=_only_duties(snapshot, _chosen(lines, replace(wanted, agency=""), as_of)),
        sections=_sections(_chosen(annex, replace(wanted, section=""), as_of)) if wanted.place else (),
        states=count_states(line.state for line in _chosen(annex, replace(wanted, state=""), as_of) if line.state),
        years=_years(snapshot, wanted.place),
        place=snapshot.places.get(wanted.place),
        agency=snapshot.agencies.get(wanted.agency),
    )


def _line(view: TaskView, snapshot: Snapshot, year: int) -> TaskLine | None:
    """None for a yearly task that has no instance in that year."""
    task, item = view.task, view.at(year)
    if item is None and not task.is_heading:
        return None
    family = (task.programme, task.section, task.number)
    below = [
        other.at(year)
        for other in snapshot.follow.tasks
        if task.is_heading and (other.task.programme, other.task.section, other.task.parent) == family
    ]
    return TaskLine(view, item, count_states(child.state for child in below if child))


def _chosen(lines: list[TaskLine], wanted: TaskFilter, as_of: date) -> tuple[TaskLine, ...]:
    return tuple(line for line in lines if _matches(line, wanted, as_of))


def _matches(line: TaskLine, wanted: TaskFilter, as_of: date) -> bool:
    task = line.task
    if wanted.state and (line.state is None or line.state is not STATE_SLUGS.get(wanted.state)):
        return False
    return (
        (not wanted.place or task.place == wanted.place)
        and (not wanted.agency or wanted.agency in task.leads)
        and (not wanted.section or task.section == wanted.section)
        and (not wanted.deadline or _in_time(line, wanted.deadline, as_of))
    )


def _in_time(line: TaskLine, deadline: str, as_of: date) -> bool:
    due_on = line.item.due_on if line.item else None
    return {
        "60-ngay": is_due_soon(line.item, as_of),
        "da-qua": due_on is not None and due_on < as_of,
        "con-han": due_on is not None and due_on >= as_of,
        "hang-nam": DeadlineKind(line.task.deadline_kind) in RECURRING,
        "khong-ngay": line.item is not None and due_on is None,
    }.get(deadline, False)


def _places(snapshot: Snapshot, lines: tuple[TaskLine, ...]) -> tuple[tuple[PlaceView, int], ...]:
    counts = Counter(line.task.place for line in lines if line.item)
    return tuple((snapshot.places[slug], count) for slug, count in sorted(counts.items()))


def _agencies(snapshot: Snapshot, lines: tuple[TaskLine, ...]) -> tuple[tuple[AgencyView, int], ...]:
    counts = Counter(code for line in lines if line.item for code in line.task.leads)
    return tuple((snapshot.agencies[code], count) for code, count in counts.most_common())


def _only_duties(snapshot: Snapshot, lines: tuple[TaskLine, ...]) -> tuple[tuple[AgencyView, int], ...]:
    """The agencies that lead nothing in the annexes chosen but are charged in a body or by a meeting."""
    in_annex = {code for line in lines if line.task.origin == TaskOrigin.ANNEX for code in line.task.leads}
    counted = _agencies(snapshot, tuple(line for line in lines if line.task.origin != TaskOrigin.ANNEX))
    return tuple((agency, count) for agency, count in counted if agency.code not in in_annex)


def _sections(lines: tuple[TaskLine, ...]) -> tuple[tuple[str, str, int], ...]:
    counts = Counter((line.task.section, line.task.section_title) for line in lines if line.item)
    return tuple((number, title, count) for (number, title), count in counts.items())


def _years(snapshot: Snapshot, place: str) -> tuple[int, ...]:
    views = [view for view in snapshot.follow.tasks if not place or view.task.place == place]
    found = {item.year for view in views for item in view.instances if item.year}
    return tuple(sorted(found, reverse=True))
