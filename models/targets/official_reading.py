"""Reads which values an officer marked official, as points that stand on their date."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.gaps.series import Point
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
