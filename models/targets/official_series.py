"""Chốt số: on its date the value an officer marked official stands in the line, whatever else was published.

Pure: the officer's recorded decision is the only thing that joins a counted value to a published line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from models.gaps.series import Exclusion, Point, Series


def without_rivals(points: Iterable[Point], officials: Mapping[date, Point]) -> tuple[list[Point], list[Point]]:
    """Split published values into those that may stand and those that lost their date to an official value."""
    if not officials:
        return list(points), []
    kept: list[Point] = []
    rivals: list[Point] = []
    for point in points:
        official = officials.get(point.period_end)
        if official is None:
            kept.append(point)
        elif official.key == point.key:
            kept.append(official)
        else:
            rivals.append(point)
    return kept, rivals


def with_officials(
    series: Series,
    officials: Mapping[date, Point],
    rivals: Sequence[Point] = (),
    *,
    as_of: date,
    breaks: Sequence[date] = (),
) -> Series:
    """Put the official values up to `as_of` into a line that was made without their rivals.

    A recorded break still cuts: an official value from before it does not come back.
    """
    chosen = {day: point for day, point in officials.items() if day <= as_of}
    if not chosen:
        return series
    line = {point.period_end: point for point in series.points} | chosen
    newest = max(line)
    start = max((day for day in breaks if day <= newest), default=date.min)
    lost = [(point, Exclusion.NOT_OFFICIAL) for point in rivals if point.period_end <= as_of]
    back = {point.key for point in chosen.values()}
    return replace(
        series,
        points=tuple(line[day] for day in sorted(line) if day >= start),
        excluded=(*[item for item in series.excluded if item[0].key not in back], *lost),
    )
