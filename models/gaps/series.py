"""Which values may stand in one line: same place, indicator and definition, no recorded break between.

Pure functions over plain values; nothing here reads a database or a clock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import combinations
from math import isfinite
from typing import NamedTuple

UNSTATED = "unstated"
WHOLE_PERIODS = frozenset({"point", "year"})


class ValueKind(StrEnum):
    """Whether the publisher speaks of what is, or of what it expects."""

    ACTUAL = "actual"
    ESTIMATE = "estimate"
    PLAN = "plan"


class Qualifier(StrEnum):
    """How exactly the publisher says it."""

    EXACT = "exact"
    APPROX = "approx"
    AT_LEAST = "at_least"


SURER = {ValueKind.PLAN: 0, ValueKind.ESTIMATE: 1, ValueKind.ACTUAL: 2}
MORE_EXACT = {Qualifier.AT_LEAST: 0, Qualifier.APPROX: 1, Qualifier.EXACT: 2}


class Exclusion(StrEnum):
    """Why a value does not stand in the line."""

    OTHER_DEFINITION = "other_definition"
    UNSTATED_DEFINITION = "unstated_definition"
    BEFORE_BREAK = "before_break"
    OTHER_SOURCE_SAME_DATE = "other_source_same_date"
    PARTIAL_PERIOD = "partial_period"
    PLAN = "plan"
    NOT_OFFICIAL = "not_official"


@dataclass(frozen=True, slots=True)
class Point:
    """One value with what a reader needs to trust it; `official_because` is the reason of an officer's decision."""

    period_end: date
    value: float
    period_kind: str = "point"
    value_kind: ValueKind = ValueKind.ACTUAL
    qualifier: Qualifier = Qualifier.EXACT
    definition: str = "published"
    publisher: str = ""
    period_start: date | None = None
    published_on: date | None = None
    known_on: date | None = None
    source_title: str = ""
    source_url: str = ""
    note: str = ""
    key: str = ""
    official_because: str = ""

    def __post_init__(self) -> None:
        """Refuse what is not a number: missing is the absence of a point, never a point without a value."""
        if not isfinite(self.value):
            raise ValueError(f"{self.key or self.period_end}: a value must be a finite number, got {self.value}")


class Elsewhere(NamedTuple):
    """A value that looks alike but belongs to another area, definition or indicator; never compared.

    `is_same_measure` marks the same measure of another area, definition or base: where nothing else is
    known, the promise is "not comparable". Others are only mentioned.
    """

    point: Point
    indicator: str
    why: str
    is_same_measure: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """The comparable points in date order (one a date) and what was left out, with the reason.

    `disputed` says that two exact values of one definition and date differ by more than the
    tolerance. `joined` names the reviewed judgement when definitions were joined.
    """

    points: tuple[Point, ...] = ()
    excluded: tuple[tuple[Point, Exclusion], ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    disputed: bool = False
    joined: str = ""

    def until(self, as_of: date) -> Series:
        """The same line without values dated after `as_of`."""
        days = [item.point.period_end for item in self.elsewhere]
        if max(days, default=as_of) <= as_of and all(p.period_end <= as_of for p in self.points):
            return self
        return replace(
            self,
            points=tuple(p for p in self.points if p.period_end <= as_of),
            elsewhere=tuple(item for item in self.elsewhere if item.point.period_end <= as_of),
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """A reviewed decision that values of these definitions may stand in one line."""

    definitions: frozenset[str]
    reason: str


def comparable_series(
    points: Iterable[Point],
    *,
    definition: str,
    as_of: date,
    breaks: Sequence[date] = (),
    judgement: Judgement | None = None,
    elsewhere: Sequence[Elsewhere] = (),
    dispute_tolerance: float = 0.01,
    approx_tolerance: float = 0.05,
) -> Series:
    """Put the values that mean the same thing into one line, the newest meaning leading.

    A promise whose definition is stated takes only values of that definition (or of a judgement that
    holds it). A promise of unstated definition takes the definition of its newest value. Values of
    unstated definition never join each other without a judgement. `breaks` are first days of a new meaning.
    Values of a part of a year (or of several years) stand only where there is nothing better; plans never.
    """
    known = sorted((p for p in points if p.period_end <= as_of), key=preference)
    usable = [p for p in known if p.value_kind is not ValueKind.PLAN]
    elsewhere = [item for item in elsewhere if item.point.period_end <= as_of]
    chosen = _leading_definitions(usable, definition, judgement)
    inside = [p for p in usable if p.definition in chosen]
    excluded = [(p, Exclusion.PLAN) for p in known if p.value_kind is ValueKind.PLAN]
    excluded += [(p, Exclusion.OTHER_DEFINITION) for p in usable if p.definition not in chosen]
    if not inside:
        others = tuple(Elsewhere(p, "", Exclusion.OTHER_DEFINITION, is_same_measure=True) for p in usable)
        return Series(excluded=tuple(excluded), elsewhere=others + tuple(elsewhere))
    inside, cut = _after_last_break(inside, breaks)
    excluded += [(p, Exclusion.BEFORE_BREAK) for p in cut]
    inside, partial = _whole_periods(inside)
    excluded += [(p, Exclusion.PARTIAL_PERIOD) for p in partial]
    is_joined = judgement is not None and chosen == judgement.definitions
    if chosen == {UNSTATED} and not is_joined:
        newest = inside[-1].period_end
        excluded += [(p, Exclusion.UNSTATED_DEFINITION) for p in inside if p.period_end != newest]
        inside = [p for p in inside if p.period_end == newest]
    kept = {p.period_end: p for p in inside}  # sorted by preference: the best of a date comes last
    excluded += [(p, Exclusion.OTHER_SOURCE_SAME_DATE) for p in inside if kept[p.period_end] is not p]
    return Series(
        points=tuple(kept[day] for day in sorted(kept)),
        excluded=tuple(excluded),
        elsewhere=tuple(elsewhere),
        disputed=is_disputed(inside, dispute_tolerance, approx_tolerance),
        joined=judgement.reason if is_joined and judgement is not None else "",
    )


def pace_points(points: Sequence[Point], merge_days: int) -> tuple[Point, ...]:
    """Thin a line for the pace: of points `merge_days` apart or less the later one stays."""
    kept: list[Point] = []
    for point in reversed(points):
        if not kept or (kept[-1].period_end - point.period_end).days > merge_days:
            kept.append(point)
    return tuple(reversed(kept))


def is_disputed(points: Sequence[Point], tolerance: float, approx_tolerance: float) -> bool:
    """Whether two actual values of one definition and period contradict each other.

    Exact values contradict when they differ by more than `tolerance` (a fraction), rounded ones by more
    than `approx_tolerance`, "at least" only when the other value is smaller. Estimates contradict nobody.
    """
    alike: dict[tuple[date, str, str], list[Point]] = defaultdict(list)
    for point in points:
        alike[point.period_end, point.period_kind, point.definition].append(point)
    return any(
        _contradict(a, b, tolerance, approx_tolerance) for same in alike.values() for a, b in combinations(same, 2)
    )


def _contradict(a: Point, b: Point, tolerance: float, approx_tolerance: float) -> bool:
    if not a.value_kind == b.value_kind == ValueKind.ACTUAL:
        return False
    low, high = sorted((a, b), key=lambda p: p.value)
    if low.qualifier is Qualifier.AT_LEAST:  # "at least 26.000" and 27.300 are both true
        return False
    rounded = Qualifier.APPROX in (low.qualifier, high.qualifier)
    return high.value - low.value > (approx_tolerance if rounded else tolerance) * abs(high.value)


def preference(point: Point) -> tuple[date, int, int, date, str]:
    """Of one date the actual beats the estimate, the exact the rounded, the later known the earlier."""
    return (
        point.period_end,
        SURER[point.value_kind],
        MORE_EXACT[point.qualifier],
        point.published_on or date.min,
        point.key,
    )


def _leading_definitions(usable: Sequence[Point], definition: str, judgement: Judgement | None) -> frozenset[str]:
    leading = definition
    if definition == UNSTATED and usable:
        leading = usable[-1].definition
    if judgement is not None and leading in judgement.definitions:
        return judgement.definitions
    return frozenset({leading})


def _whole_periods(points: list[Point]) -> tuple[list[Point], list[Point]]:
    whole = [p for p in points if p.period_kind in WHOLE_PERIODS]
    return (whole, [p for p in points if p.period_kind not in WHOLE_PERIODS]) if whole else (points, [])


def _after_last_break(points: list[Point], breaks: Sequence[date]) -> tuple[list[Point], list[Point]]:
    newest = points[-1].period_end
    past = [day for day in breaks if day <= newest]
    if not past:
        return points, []
    start = max(past)
    return [p for p in points if p.period_end >= start], [p for p in points if p.period_end < start]
