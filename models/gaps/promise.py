"""A target is a typed promise, never a bare number: who promised what to whom, by when, in which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_EPSILON = 1e-9


class Comparator(StrEnum):
    """How a value is held against the promised figure."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    RANGE = "range"
    ABOUT = "about"
    EQUAL = "equal"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"


class PromiseKind(StrEnum):
    """What the promise speaks about: a level by a date, every year, or a yearly mean."""

    BY = "by"
    ANNUAL = "annual"
    ANNUAL_AVERAGE = "annual_average"


class Direction(StrEnum):
    """Which way is better. An indicator with a promise must declare one; there is no default."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The cut-offs of data/thresholds.yaml; ratios and tolerances are fractions, ages are days."""

    version: str
    on_track_ratio: float
    slow_ratio: float
    about_tolerance: float
    merge_days: int
    stale_days: int
    dispute_tolerance: float
    projection_min_points: int


@dataclass(frozen=True, slots=True)
class TargetRecord:
    """One typed promise. `low` and `high` are in `unit`; shares run from 0 to 100."""

    place: str
    indicator: str
    definition: str
    horizon: int
    comparator: Comparator
    kind: PromiseKind
    low: float | None
    high: float | None
    unit: str
    clause: str
    wording: str
    programme: str
    issued_on: date
    place_ended_on: date | None = None
    nested_in: str | None = None
    note: str | None = None

    @property
    def horizon_end(self) -> date:
        """The last day of the horizon year."""
        return date(self.horizon, 12, 31)

    @property
    def goal(self) -> float:
        """The figure that gap and pace are measured to; raises ValueError when the promise has none."""
        value = self.high if self.comparator in (Comparator.LESS_THAN, Comparator.AT_MOST) else self.low
        if value is None:
            raise ValueError(f"{self.programme}/{self.indicator}/{self.horizon}: {self.comparator} has no figure")
        return value


def check_promise(target: TargetRecord, direction: Direction) -> None:
    """Raise ValueError where the words of a promise and the indicator's direction contradict each other."""
    lower = target.comparator in (Comparator.LESS_THAN, Comparator.AT_MOST)
    if lower and direction is Direction.HIGHER:
        raise ValueError(f"{target.indicator}: {target.comparator} needs an indicator where lower is better")
    if direction is Direction.LOWER and not lower and target.comparator is not Comparator.EQUAL:
        raise ValueError(f"{target.indicator}: {target.comparator} needs an indicator where higher is better")


def is_met(target: TargetRecord, value: float, *, direction: Direction, about_tolerance: float) -> bool:
    """Whether `value` (in the target's unit) fulfils the promise; 60,0 is not "more than 60"."""
    if target.comparator is Comparator.MORE_THAN:
        return value > target.goal + _EPSILON * max(1.0, abs(target.goal))
    if target.comparator is Comparator.LESS_THAN:
        return value < target.goal - _EPSILON * max(1.0, abs(target.goal))
    if direction is Direction.LOWER:
        return value <= target.goal + _EPSILON
    return value >= lowest_accepted(target, about_tolerance) - _EPSILON * max(1.0, abs(target.goal))


def lowest_accepted(target: TargetRecord, about_tolerance: float) -> float:
    """The figure from which a higher-is-better promise counts as met; below the goal only for "about"."""
    return target.goal * (1 - about_tolerance) if target.comparator is Comparator.ABOUT else target.goal
