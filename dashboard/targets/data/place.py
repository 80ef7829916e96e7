"""All promises of one place in printed order, with what belongs beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.data.ranking import count_statuses
from models.gaps.answer import Status
from models.gaps.promise import TargetRecord
from models.targets.programme import Programme, QualitativePromise
from models.targets.reading import GapView, PlaceView
from models.tasks.task import Task
from models.tasks.task_reading import TaskView
from models.tasks.task_rules import count_states
from models.tasks.task_state import TaskState, next_report_due


@dataclass(frozen=True, slots=True)
class Promised:
    """One indicator of a programme: the promise of the nearest horizon and the later ones of the same indicator."""

    view: GapView
    later: tuple[TargetRecord, ...]


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """One programme with its promises, trends, texts and tasks."""

    programme: Programme
    promised: tuple[Promised, ...]
    trends: tuple[GapView, ...]
    texts: tuple[QualitativePromise, ...]
    tasks: tuple[Task, ...]
    counts: dict[int, tuple[tuple[Status, int], ...]]
    report_due: date | None
    task_states: tuple[tuple[TaskState, int], ...]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A place, what it came from and became, and its programmes."""

    place: PlaceView
    predecessors: tuple[PlaceView, ...]
    successors: tuple[PlaceView, ...]
    programmes: tuple[ProgrammePage, ...]


def build_place(snapshot: Snapshot, slug: str) -> PlacePage | None:
    """The page of a place; None when no place has this slug."""
    place = snapshot.places.get(slug)
    if place is None:
        return None
    return PlacePage(
        place=place,
        predecessors=tuple(snapshot.places[code] for code in place.predecessors),
        successors=tuple(snapshot.places[code] for code in place.successors),
        programmes=tuple(_programme(snapshot, p, place) for p in snapshot.programmes.values() if p.place == slug),
    )


def _programme(snapshot: Snapshot, programme: Programme, place: PlaceView) -> ProgrammePage:
    views = sorted((view for view in snapshot.gaps if view.programme == programme.slug), key=lambda view: view.position)
    with_target = [view for view in views if view.gap.target is not None]
    in_force = [view for view in snapshot.gaps_in_force if view.programme == programme.slug and view.gap.target]
    tasks = tuple(task for task in snapshot.tasks if task.programme == programme.slug)
    return ProgrammePage(
        programme=programme,
        promised=tuple(_by_indicator(with_target)),
        trends=tuple(view for view in views if view.gap.target is None),
        texts=tuple(text for text in snapshot.promises if text.programme == programme.slug),
        tasks=tasks,
        counts={
            horizon: count_statuses([v for v in in_force if v.gap.target and v.gap.target.horizon == horizon])
            for horizon in sorted({view.gap.target.horizon for view in in_force if view.gap.target})
        },
        report_due=next_report_due(snapshot.moment.as_of, programme.reporting) if place.valid_to is None else None,
        task_states=count_states(states_now(snapshot.followed(programme.slug), snapshot.moment.as_of.year)),
    )


def _by_indicator(views: list[GapView]) -> list[Promised]:
    """One entry an indicator and definition; the later horizons of the same promise ride along."""
    first: dict[tuple[str, str], GapView] = {}
    later: dict[tuple[str, str], list[TargetRecord]] = {}
    for view in sorted(views, key=lambda v: v.gap.target.horizon if v.gap.target else 0):
        target = view.gap.target
        if target is None:
            continue
        key = (view.indicator, target.definition)
        if key in first:
            later[key].append(target)
        else:
            first[key], later[key] = view, []
    ordered = sorted(first.items(), key=lambda item: item[1].position)
    return [Promised(view, tuple(later[key])) for key, view in ordered]


def states_now(views: Iterable[TaskView], year: int) -> list[TaskState]:
    """The state of each task in a year: that year's instance, or the only one; headings have none."""
    found = [view.at(year) for view in views]
    return [item.state for item in found if item is not None]
