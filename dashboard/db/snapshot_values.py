"""Everything the pages read at one moment, as plain values: what every page reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.base.database import DataVersion
from models.gaps.series import Point
from models.targets.indicator import Indicator, ThresholdSet
from models.targets.programme import Programme, QualitativePromise
from models.targets.reading import AgencyView, GapView, Moment, PlaceView
from models.tasks.task import Task
from models.tasks.task_reading import FollowUp, TaskView
from models.tasks.task_state import TaskOrigin


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is true at one moment, as plain values without a session.

    `points` are the populations behind the steps between horizons; other values are read by dashboard.db.published.
    """

    version: DataVersion
    moment: Moment
    places: dict[str, PlaceView]
    agencies: dict[str, AgencyView]
    indicators: dict[str, Indicator]
    programmes: dict[str, Programme]
    promises: tuple[QualitativePromise, ...]
    gaps: tuple[GapView, ...]
    tasks: tuple[Task, ...]
    points: Mapping[tuple[str, str], Sequence[Point]]
    thresholds: ThresholdSet
    follow: FollowUp

    @property
    def place_names(self) -> dict[str, str]:
        """Full names by slug."""
        return {slug: place.full_name for slug, place in self.places.items()}

    def agency_today(self, code: str) -> AgencyView:
        """Who does the main work of an agency on the day one looks: its successor where it has one."""
        link = self.agencies[code].main_succession(self.moment.as_of)
        return self.agencies[link.successor if link else code]

    @property
    def gaps_in_force(self) -> tuple[GapView, ...]:
        """The promises not amended by a later decision."""
        return tuple(v for v in self.gaps if v.amended_on is None or v.amended_on > self.moment.as_of)

    def followed(self, programme: str) -> tuple[TaskView, ...]:
        """The annex rows of a programme with what happened to them; the duties of the body stand apart."""
        return tuple(
            view
            for view in self.follow.tasks
            if view.task.programme == programme and view.task.origin == TaskOrigin.ANNEX
        )
