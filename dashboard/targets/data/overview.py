"""Which promises are behind, by how much, who acts: the overview's values, worst first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.data.ranking import count_statuses, promises_for
from models.gaps.answer import WORST_FIRST, Status
from models.gaps.gap_level import DAYS_PER_YEAR
from models.places.place import COUNTRY
from models.targets.programme import Programme
from models.targets.reading import GapView, PlaceView
from models.tasks.task import Task
from models.tasks.task_state import next_report_due

UNKNOWN = frozenset({Status.NO_DATA, Status.NOT_COMPARABLE, Status.SHORT_SERIES})
WITHOUT_VALUE = frozenset({Status.NO_DATA, Status.NOT_COMPARABLE})


@dataclass(frozen=True, slots=True)
class ProgrammeSummary:
    """One programme on the overview: how many of its promises stand where."""

    place: PlaceView
    today_places: tuple[PlaceView, ...]
    programme: Programme
    counts: tuple[tuple[Status, int], ...]
    task_count: int
    done_count: int
    report_due: date | None

    @property
    def total(self) -> int:
        """How many promises the programme makes for the horizon."""
        return sum(count for _, count in self.counts)

    def count(self, status: Status) -> int:
        """How many of them have this status."""
        return dict(self.counts).get(status, 0)


@dataclass(frozen=True, slots=True)
class Overview:
    """The overview's values for one horizon; the national frame stands apart and last."""

    horizon: int
    rows: tuple[GapView, ...]
    national_rows: tuple[GapView, ...]
    missing: tuple[GapView, ...]
    provinces: tuple[ProgrammeSummary, ...]
    counts: tuple[tuple[Status, int], ...]

    @property
    def total(self) -> int:
        """How many promises the provinces make for the horizon."""
        return sum(count for _, count in self.counts)

    def count(self, *statuses: Status) -> int:
        """How many of the provinces' promises have one of these statuses."""
        found = dict(self.counts)
        return sum(found.get(status, 0) for status in statuses)


def build_overview(snapshot: Snapshot, horizon: int) -> Overview:
    """Sort the promises of a horizon worst first, provinces apart from the national frame."""
    views = promises_for(snapshot, horizon)
    provincial = [view for view in views if view.place != COUNTRY]
    return Overview(
        horizon=horizon,
        rows=tuple(v for v in provincial if v.gap.status not in WITHOUT_VALUE),
        national_rows=tuple(v for v in views if v.place == COUNTRY and v.gap.status not in WITHOUT_VALUE),
        missing=tuple(v for v in provincial if v.gap.status in WITHOUT_VALUE),
        provinces=tuple(_province_rows(snapshot, views)),
        counts=count_statuses(provincial),
    )


def time_left(horizon: int, as_of: date) -> float:
    """Years from a day to the end of the horizon year; 0 when it has passed."""
    return max(0, (date(horizon, 12, 31) - as_of).days) / DAYS_PER_YEAR


def _province_rows(snapshot: Snapshot, views: Sequence[GapView]) -> list[ProgrammeSummary]:
    tasks: dict[str, list[Task]] = {slug: [] for slug in snapshot.programmes}
    for task in snapshot.tasks:
        if task.programme in tasks and not task.is_heading:
            tasks[task.programme].append(task)
    rows = [_province_row(snapshot, programme, views, tasks[slug]) for slug, programme in snapshot.programmes.items()]
    worst = {status: index for index, status in enumerate(WORST_FIRST)}
    return sorted(
        rows,
        key=lambda row: (
            row.place.slug == COUNTRY,
            not row.counts,
            worst[row.counts[0][0]] if row.counts else 0,
            -row.total,
        ),
    )


def _province_row(
    snapshot: Snapshot, programme: Programme, views: Sequence[GapView], tasks: Sequence[Task]
) -> ProgrammeSummary:
    place = snapshot.places[programme.place]
    return ProgrammeSummary(
        place=place,
        today_places=tuple(snapshot.places[slug] for slug in place.successors),
        programme=programme,
        counts=count_statuses([view for view in views if view.programme == programme.slug]),
        task_count=len(tasks),
        done_count=sum(task.is_done_in_document for task in tasks),
        report_due=next_report_due(snapshot.moment.as_of, programme.reporting) if place.valid_to is None else None,
    )
