"""The sums of a merged place's parts as plain values: what the data hand to the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.gaps.series import Point
from models.targets.indicator import Indicator
from models.targets.views import PlaceView


@dataclass(frozen=True, slots=True)
class MergedSum:
    """One sum with the value of each part, in the order of the parts."""

    indicator: Indicator
    whole: Point
    parts: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class MergedGap:
    """An indicator of which no day can be summed: the newest day that some parts tell, and which do not.

    `missing` is empty where the parts tell that day in more than one definition.
    """

    indicator: Indicator
    on: date
    definition: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged place: sums by indicator, the newest first, and what could not be summed."""

    parts: tuple[PlaceView, ...]
    merged_on: date | None = None
    sums: tuple[MergedSum, ...] = ()
    gaps: tuple[MergedGap, ...] = ()
