"""Invented yearly values for every promise, so that in a trial each status has its example, and each flag of today."""

from __future__ import annotations

from collections.abc import Sequence
from math import copysign, inf, isinf
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.places.place import Place
from models.targets.indicator import Indicator
from models.targets.programme import Programme, Target

PUBLISHER = "Số liệu mô phỏng"
SECOND_PUBLISHER = "Cơ quan thống kê (mô phỏng)"
SECOND_EVERY = 4
SECOND_DAY = "31/12/2024"
VALUE, PUBLISHED_BY = 4, 6
FIGURE_HEADINGS = (
    "Địa bàn",
    "Mã chỉ tiêu",
    "Định nghĩa",
    "Đến ngày",
    "Giá trị",
    "Đơn vị tính",
    "Nơi công bố",
    "Ngày công bố",
    "Nguồn",
    "Ghi chú",
)
# How a path goes, in turn: pace as a part of what is needed, or over the promise and rising or falling there.
REACHED, SLIPPING = inf, -inf
PACES = (1.15, 0.75, REACHED, 0.3, -0.4, 1.15, 0.75, SLIPPING, 0.3, -0.4)  # and now and then no value at all
SILENT_EVERY = 7
START = 0.72  # the last value as a part of the promise


def figure_rows(session: Session, places: Sequence[str], years: Sequence[int]) -> list[list[Any]]:
    """One row for each promise of 2030 and year, under the promise's own definition."""
    statement = (
        select(Target, Indicator, Place)
        .join(Programme, col(Programme.slug) == col(Target.programme))
        .join(Indicator, col(Indicator.code) == col(Target.indicator))
        .join(Place, col(Place.slug) == col(Target.place))
        .where(col(Target.place).in_(places), col(Target.superseded_at).is_(None))
        .order_by(col(Target.place), col(Target.horizon), col(Target.position))
    )
    rows: list[list[Any]] = []
    seen: set[tuple[str, str, str]] = set()
    for target, indicator, place in session.execute(statement):
        key = (target.place, target.indicator, target.definition)
        if key in seen:
            continue
        seen.add(key)
        if len(seen) % SILENT_EVERY:
            known = [year for year in years if place.valid_to is None or year < place.valid_to.year]
            rows += _rows(target, indicator, known, PACES[len(seen) % len(PACES)])
    return rows


def second_rows(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """What a second office says of one day for every fourth value: a little less, so that two sources disagree."""
    same_day = [list(row) for row in rows if row[3] == SECOND_DAY]
    found = []
    for row in same_day[::SECOND_EVERY]:
        value = row[VALUE]
        row[VALUE], row[PUBLISHED_BY] = round(value * 0.96, 1) if value % 1 else round(value * 0.96), SECOND_PUBLISHER
        found.append(row)
    return found


def _rows(target: Target, indicator: Indicator, years: Sequence[int], pace: float) -> list[list[Any]]:
    values = _path(target, indicator, years, pace)
    return [
        [
            target.place,
            target.indicator,
            target.definition,
            f"31/12/{year}",
            round(value, indicator.decimals),
            indicator.unit,
            PUBLISHER,
            f"31/01/{year + 1}",
            "Bộ dữ liệu mô phỏng",
            "Số bịa để dùng thử (mô phỏng).",
        ]
        for year, value in zip(years, values, strict=True)
    ]


def _path(target: Target, indicator: Indicator, years: Sequence[int], pace: float) -> list[float]:
    """Values that end where the wanted status begins; a growth stays near its promise each year."""
    goal = float(target.low if target.low is not None else target.high or 0)
    if target.kind != "by":
        factor = 1.1 if isinf(pace) or pace >= 1 else 0.8
        return [goal * factor + 0.1 * (index % 2) for index in range(len(years))]
    falls = goal == 0 or indicator.direction == "lower"
    latest = goal + 6.0 if falls else goal * (1.06 if isinf(pace) else START)
    most = 100.0 if indicator.unit == "%" else inf
    latest = min(latest, most - 1)
    needed = (goal - latest) / max(1, target.horizon - years[-1])
    step = copysign(goal * 0.02, pace) if isinf(pace) else needed * pace
    return [min(most, max(0.0, latest - step * (years[-1] - year))) for year in years]
