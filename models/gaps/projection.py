"""Where a series would stand if the pace of the past years repeated itself. Pure: no database, no clock, no words.

The band is an envelope of what happened, never a probability, and there is none for horizons decades away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import inf, sqrt

from models.gaps.answer import Gap, Status
from models.gaps.gap_level import DAYS_PER_YEAR, annual_changes
from models.gaps.promise import PromiseKind
from models.gaps.series import Point, ValueKind

SPREAD = 1.2815515655446004  # how many standard errors the random walk's edge lies from its line
FURTHEST_YEARS = 10.0  # beyond that only the needed pace is told
OVER = frozenset({Status.REACHED, Status.MISSED, Status.NO_DATA, Status.NOT_COMPARABLE, Status.NO_TARGET})


@dataclass(frozen=True, slots=True)
class ProjectionStep:
    """The projected value and its band at one day."""

    on: date
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Projection:
    """The line from the latest value to the horizon; `per_year` is the median of the yearly changes.

    `slowest` and `fastest` are the smallest and the largest of them; `estimates` says how many of the points that
    made them are estimates, which must be told beside the picture.
    """

    start: Point
    steps: tuple[ProjectionStep, ...]
    per_year: float
    slowest: float
    fastest: float
    points: int
    estimates: int

    @property
    def end(self) -> ProjectionStep:
        """What stands at the horizon."""
        return self.steps[-1]


def project_gap(gap: Gap, min_points: int) -> Projection | None:
    """The projection of one promise to its horizon; None where none can be made honestly.

    There is none below `min_points` comparable points, after the horizon, for promises of years, and none to
    a horizon more than ten years after the latest value.
    """
    target = gap.target
    if target is None or target.kind is not PromiseKind.BY or gap.status in OVER - {Status.REACHED}:
        return None
    if len(gap.pace_points) < max(2, min_points):
        return None
    found = project(gap.pace_points, target.horizon_end)
    return found and _possible(found, gap.pace_points, 100.0 if target.unit == "%" else inf)


def project(points: Sequence[Point], until: date) -> Projection | None:
    """Carry two points or more on to `until`, in yearly steps; None when that day is not ahead or too far."""
    latest = points[-1]
    span = (until - latest.period_end).days / DAYS_PER_YEAR
    if not 0 < span <= FURTHEST_YEARS:
        return None
    changes = sorted(annual_changes(tuple(points)))
    middle = (changes[(len(changes) - 1) // 2] + changes[len(changes) // 2]) / 2
    walk = _Walk(points)
    steps = tuple(_step(latest, on, middle, (changes[0], changes[-1]), walk) for on in _days(latest.period_end, until))
    return Projection(
        start=latest,
        steps=steps,
        per_year=middle,
        slowest=changes[0],
        fastest=changes[-1],
        points=len(points),
        estimates=sum(point.value_kind is ValueKind.ESTIMATE for point in points),
    )


def _possible(found: Projection, points: Sequence[Point], most: float) -> Projection:
    """The projection kept from going below zero, or above `most`, where no value has been: none is less than none."""
    values = [point.value for point in points]
    least, most = 0.0 if min(values) >= 0 else -inf, most if max(values) <= most else inf
    steps = tuple(
        ProjectionStep(step.on, *(min(max(number, least), most) for number in (step.value, step.low, step.high)))
        for step in found.steps
    )
    return replace(found, steps=steps)


class _Walk:
    """A random walk with drift fitted to unevenly spaced values: drift a year and the error of its future."""

    def __init__(self, points: Sequence[Point]) -> None:
        moves = [
            (later.value - earlier.value, (later.period_end - earlier.period_end).days / DAYS_PER_YEAR)
            for earlier, later in pairwise(points)
        ]
        self.span = sum(years for _, years in moves)
        self.drift = sum(move for move, _ in moves) / self.span
        squares = sum((move - self.drift * years) ** 2 / years for move, years in moves)
        self.variance = squares / (len(moves) - 1) if len(moves) > 1 else 0.0

    def edges(self, years: float) -> tuple[float, float]:
        """The lower and upper change after so many years; the drift itself is uncertain too."""
        error = SPREAD * sqrt(self.variance * (years + years**2 / self.span))
        return self.drift * years - error, self.drift * years + error


def _step(latest: Point, on: date, middle: float, extremes: tuple[float, float], walk: _Walk) -> ProjectionStep:
    years = (on - latest.period_end).days / DAYS_PER_YEAR
    slow, fast = (change * years for change in extremes)
    low, high = walk.edges(years)
    start = latest.value
    return ProjectionStep(on, start + middle * years, start + min(slow, low), start + max(fast, high))


def _days(start: date, until: date) -> list[date]:
    """The last days of the years between, and the horizon itself."""
    ends = [date(year, 12, 31) for year in range(start.year, until.year)]
    return [day for day in ends if start < day < until] + [until]
