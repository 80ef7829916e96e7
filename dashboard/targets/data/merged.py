"""What the parts of a merged place add up to before the merger, and where they do not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.db.published import values_of_place
from dashboard.db.snapshot_values import Snapshot
from models.gaps.series import Point
from models.places.place_life import PlaceView
from models.targets.indicator import Indicator
from models.targets.stored import point_of
from models.targets.territory import COUNTABLE, merged_counts


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


def build_merged(snapshot: Snapshot, place: PlaceView) -> Merged:
    """The sums of a place's predecessors; empty for a place that was not merged from several."""
    parts = tuple(snapshot.places[slug] for slug in place.predecessors if slug in snapshot.places)
    if len(parts) < 2 or len(parts) < len(place.predecessors) or place.valid_from is None:
        return Merged(())
    by_part: dict[str, dict[str, list[Point]]] = {part.slug: {} for part in parts}
    for part in parts:
        for row in values_of_place(snapshot.moment, part.slug):
            by_part[part.slug].setdefault(row.indicator, []).append(point_of(row))
    sums: list[MergedSum] = []
    gaps: list[MergedGap] = []
    for code in sorted(
        {code for found in by_part.values() for code in found}, key=lambda code: snapshot.indicators[code].position
    ):
        points = {slug: tuple(found.get(code, ())) for slug, found in by_part.items()}
        found_sums, gap = _of_indicator(snapshot.indicators[code], points, place.valid_from)
        sums += found_sums
        gaps += [gap] if gap and not found_sums else []
    return Merged(parts, place.valid_from, tuple(sums), tuple(gaps))


def _of_indicator(
    indicator: Indicator, points: dict[str, tuple[Point, ...]], merged_on: date
) -> tuple[list[MergedSum], MergedGap | None]:
    if indicator.kind not in COUNTABLE or indicator.aggregation != "sum":
        return [], None
    line = merged_counts((), points, merged_on=merged_on, kind=indicator.kind, aggregation=indicator.aggregation)
    by_key = {point.key: point for of_part in points.values() for point in of_part}
    sums = [
        MergedSum(indicator, whole, tuple(by_key[key] for key in whole.key.split("+")))
        for whole in sorted(line.points, key=lambda point: point.period_end, reverse=True)
    ]
    newest = max(line.incomplete, key=lambda item: item.period_end, default=None)
    if newest is None:
        return sums, None
    return sums, MergedGap(indicator, newest.period_end, newest.definition, newest.missing)
