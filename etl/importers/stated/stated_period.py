"""The period a row of published values states: kind, first and last day, held against each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from etl.parsing.parse import PlainDate
from etl.parsing.parsed import Problem
from etl.tables.cells import CellReader
from etl.tables.columns import Words
from models.base.day_text import day_text
from models.targets.indicator import Indicator

_DECEMBER = 12
_MONTHS = {"year": 12, "half_year": 6, "nine_months": 9, "quarter": 3, "month": 1}  # "months" and "years" vary


def period_of(reader: CellReader, words: Words, indicator: Indicator, end: PlainDate) -> tuple[str, date, date]:
    """Kind, first and last day; the row stops where they contradict each other or the day is not written whole."""
    kind = reader.code("period_kind", words, "loại kỳ")
    start = reader.date("period_start")
    if kind is None:
        kind = "point" if indicator.kind == "stock" or indicator.rhythm == "point" else "year"
    first = start.first if start is not None else _first_day(kind, end.last)
    for column, problem in _problems(kind, first, end, is_stated=start is not None):
        reader.stop(column if reader.has(column) else "period_end", problem)
    return kind, first, end.last


def _first_day(kind: str, end: date) -> date:
    if kind not in _MONTHS:
        return end
    month = end.month - _MONTHS[kind] + 1
    return date(end.year, max(month, 1), 1)


def _problems(kind: str, first: date, end: PlainDate, *, is_stated: bool) -> Iterator[tuple[str, Problem]]:
    last = end.last
    if first > last:
        what = f"kỳ bắt đầu {day_text(first)}, sau ngày kết thúc {day_text(last)}"
        yield "period_start", Problem("figure.period_order", what, "Đổi lại hai ngày")
    elif kind == "point":
        yield from _point_problems(first, end)
    elif kind in ("months", "years") and not is_stated:
        what = "kỳ nhiều tháng hoặc nhiều năm mà không ghi ngày đầu"
        yield "period_start", Problem("figure.no_period_start", what, "Ghi ngày đầu kỳ")
    elif kind in _MONTHS and not _is_whole(kind, first, last):
        what = f"loại kỳ không khớp khoảng {day_text(first)} đến {day_text(last)}"
        yield "period_kind", Problem("figure.period_kind", what, "Sửa loại kỳ, hoặc sửa ngày đầu, ngày cuối kỳ")


def _point_problems(first: date, end: PlainDate) -> Iterator[tuple[str, Problem]]:
    if end.day is None:
        what = f'số tại một thời điểm mà chỉ ghi "{_shown(end)}"'
        yield "period_end", Problem("figure.no_day", what, "Ghi đủ ngày/tháng/năm, ví dụ 31/12/2020")
    elif first != end.last:
        what = f"số tại một thời điểm mà ghi cả khoảng {day_text(first)} đến {day_text(end.last)}"
        remedy = "Xóa ngày đầu kỳ, hoặc sửa loại kỳ"
        yield "period_start", Problem("figure.point_with_start", what, remedy)


def _shown(day: PlainDate) -> str:
    return str(day.year) if day.month is None else f"{day.month}/{day.year}"


def _is_whole(kind: str, first: date, last: date) -> bool:
    """Whether the days are the first of a month and the last of the month that makes the kind full."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    is_last = (last + timedelta(days=1)).day == 1
    return first.day == 1 and is_last and months == _MONTHS[kind]
