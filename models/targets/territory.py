"""What may be said of a merged place: its own values since the merger, and before it only what its parts add up to.

Pure. A sum needs a value of the same stated definition about the same period from every part; shares and averages
are never averaged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.gaps.series import UNSTATED, Point, Qualifier, ValueKind, preference

COUNTABLE = frozenset({"stock", "flow"})
Parts = Mapping[str, Sequence[Point]]
Period = tuple[date | None, date, str, str]  # first day of a flow, last day, kind of period, definition


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A period that some parts tell and others do not (`missing`), so that nothing is summed."""

    period_end: date
    definition: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergedLine:
    """Values of the merged area in date order; `reason` says why nothing earlier could be put together."""

    points: tuple[Point, ...] = ()
    incomplete: tuple[Incomplete, ...] = ()
    reason: str = ""


def merged_counts(own: Iterable[Point], parts: Parts, *, merged_on: date, kind: str, aggregation: str) -> MergedLine:
    """The line of a countable stock or flow: own values from `merged_on`, sums of all parts before it.

    Anything that must not be added (shares, averages, growths, money) keeps only its own values.
    """
    since = _since(own, merged_on)
    if kind not in COUNTABLE or aggregation != "sum":
        return MergedLine(since, reason="not_countable")
    sums, incomplete = _sums(parts, merged_on)
    chosen, ambiguous = _one_a_date(sums)
    return MergedLine((*chosen, *since), (*incomplete, *ambiguous), "" if chosen else "parts_missing")


def _since(own: Iterable[Point], merged_on: date) -> tuple[Point, ...]:
    return tuple(sorted((p for p in own if p.period_end >= merged_on), key=preference))


def _sums(parts: Parts, merged_on: date) -> tuple[list[Point], list[Incomplete]]:
    """The sums of all parts by period and definition, and the periods that not every part tells."""
    best = {place: _best(points, merged_on) for place, points in parts.items()}
    periods = sorted({period for values in best.values() for period in values}, key=str)
    sums: list[Point] = []
    incomplete: list[Incomplete] = []
    for period in periods:
        missing = tuple(place for place in parts if period not in best[place])
        if missing:
            incomplete.append(Incomplete(period[1], period[3], missing))
        else:
            sums.append(_sum([best[place][period] for place in parts]))
    return sums, incomplete


def _best(points: Sequence[Point], merged_on: date) -> dict[Period, Point]:
    """The best value a period; plans and values of unstated definition can stand for nothing but themselves."""
    usable = [
        p
        for p in points
        if p.period_end < merged_on and p.definition != UNSTATED and p.value_kind is not ValueKind.PLAN
    ]
    return {_period(point): point for point in sorted(usable, key=preference)}


def _period(point: Point) -> Period:
    start = None if point.period_kind == "point" else point.period_start
    return (start, point.period_end, point.period_kind, point.definition)


def _one_a_date(sums: Sequence[Point]) -> tuple[list[Point], list[Incomplete]]:
    """Keep the dates that one definition alone can tell."""
    by_date: dict[tuple[date, str], list[Point]] = defaultdict(list)
    for point in sums:
        by_date[point.period_end, point.period_kind].append(point)
    clear = [found[0] for _, found in sorted(by_date.items()) if len(found) == 1]
    unclear = [Incomplete(day, "", ()) for (day, _), found in sorted(by_date.items()) if len(found) > 1]
    return clear, unclear


def _sum(points: Sequence[Point]) -> Point:
    first = points[0]
    return Point(
        period_end=first.period_end,
        period_start=first.period_start,
        period_kind=first.period_kind,
        value=sum(point.value for point in points),
        definition=first.definition,
        value_kind=_weakest_kind(points),
        qualifier=_loosest(points),
        publisher=" + ".join(dict.fromkeys(point.publisher for point in points if point.publisher)),
        known_on=max((point.known_on for point in points if point.known_on), default=None),
        key="+".join(point.key for point in points),
    )


def _weakest_kind(points: Sequence[Point]) -> ValueKind:
    is_estimate = any(point.value_kind is ValueKind.ESTIMATE for point in points)
    return ValueKind.ESTIMATE if is_estimate else ValueKind.ACTUAL


def _loosest(points: Sequence[Point]) -> Qualifier:
    """A sum with a rounded part is rounded; a lower bound plus exact values is a lower bound."""
    found = {point.qualifier for point in points}
    return next(q for q in (Qualifier.APPROX, Qualifier.AT_LEAST, Qualifier.EXACT) if q in found)
