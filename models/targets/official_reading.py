"""Chốt số: on its date the value an officer marked official stands in the line, whatever else was published.

The officer's recorded decision is the only thing that joins a counted value to a published line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.gaps.series import Exclusion, Point, Series
from models.targets.official import OfficialValue

Key = tuple[str, str]


def read_officials(
    session: Session, published: dict[str, Point], in_force: tuple[Any, ...], known_on: date
) -> dict[Key, dict[date, Point]]:
    """The official values decided by `known_on`, by place and indicator, then by date.

    `published` holds the published values by key. A decision keeps the value it was made about: where the
    published value has changed since, the decided one stands until an officer decides again.
    """
    found: dict[Key, dict[date, Point]] = defaultdict(dict)
    statement = select(OfficialValue).where(*in_force, col(OfficialValue.decided_on) <= known_on)
    for row in session.scalars(statement):
        found[row.place, row.indicator][row.period_end] = official_point(row, published.get(row.observation_key or ""))
    return dict(found)


def official_point(row: OfficialValue, published: Point | None) -> Point:
    """The decided value; it keeps the published source where the decision is about that very value."""
    if published is not None and published.value == row.value:
        return replace(published, official_because=row.reason)
    publisher = "Sổ đăng ký (tính từ danh sách)" if row.observation_key is None else "Số đã chốt"
    return Point(
        period_end=row.period_end,
        value=row.value,
        definition=row.definition,
        publisher=publisher,
        known_on=row.decided_on,
        source_title=f"Chốt số ngày {row.decided_on:%d/%m/%Y}",  # as ever: the mark of past meetings covers it
        note=row.reason,
        key=row.observation_key or f"official/{row.key}",
        official_because=row.reason,
    )


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
