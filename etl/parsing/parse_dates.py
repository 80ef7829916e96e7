"""Dates as offices write them: 05/02/2026, "ngày 05 tháng 02 năm 2026", Excel serials, ISO, bare years."""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from etl.parsing.parsed import Cell, Parsed, Problem, error_in, refused, shown
from etl.parsing.text import clean
from models.base.day_limits import FIRST_DAY, LAST_DAY
from models.base.day_text import day_text
from models.base.text import fold

FIRST_YEAR, LAST_YEAR = FIRST_DAY.year, LAST_DAY.year
_SERIAL_ZERO = date(1899, 12, 30)  # Excel counts a 29/02/1900 that never was; right from 01/3/1900 on
_FIRST_SERIAL, _LAST_SERIAL = 3654, 73415  # 01/01/1910 to 31/12/2100: clear of the bare years 1900 to 2100
_MISSING = re.compile(r"[-–—−_./…\s]*|(?:chua|khong) (?:ro|co)(?: (?:so lieu|thong tin))?|n/?a")
_TIME = r"(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?)?"
_DAY_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"(?P<d>\d{{1,2}})\s*(?P<m1>[/.\-])\s*(?P<m>\d{{1,2}})\s*(?P=m1)\s*(?P<y>\d{{4}}){_TIME}",
        rf"(?P<y>\d{{4}})(?P<m1>[/.\-])(?P<m>\d{{1,2}})(?P=m1)(?P<d>\d{{1,2}}){_TIME}",
        r"(?:[^0-9]*,\s*)?(?:ngay\s*)?(?P<d>\d{1,2})\s*thang\s*(?P<m>\d{1,2})\s*(?:,\s*)?nam\s*(?P<y>\d{4})",
    )
)
_MONTH_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(?:thang\s*|t\.?\s*)?(?P<m>\d{1,2})\s*[/.\-]\s*(?P<y>\d{4})",
        r"thang\s*(?P<m>\d{1,2})\s*(?:,\s*)?nam\s*(?P<y>\d{4})",
        r"(?P<y>\d{4})-(?P<m>\d{1,2})",
    )
)
_YEAR_FORM = re.compile(r"(?:nam\s*)?(?P<y>\d{4})(?:[.,]0)?", re.ASCII)
_PACKED_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})")
)
_LATER_EVENT = re.compile(  # what happened to an organisation that was there already, or the law it is under
    r"[\s,;(\[\-–:]+(?:va )?(?:(?:nam \d{4} )?(?:ngay )?"
    r"(?:chuyen doi|dk(?:kd)? ?lai|dang ky (?:kinh doanh )?lai|cap lai|doi ten|sap nhap|to chuc lai|thay doi)"
    r"|theo luat|luat)\b.*"
)
_SHORT_YEAR = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*'?\d{2}", re.ASCII)
_SERIAL_TEXT = re.compile(r"\d{5}", re.ASCII)
_REMEDY = "Ghi ngày/tháng/năm đủ bốn chữ số của năm, ví dụ 05/02/2026"


@dataclass(frozen=True, slots=True)
class PlainDate:
    """A date as exactly as it was written: month and day may be unknown, and are never made up."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = (self.day and f"{self.day:02}", self.month and f"{self.month:02}", f"{self.year}")
        return "/".join(part for part in parts if part)

    @property
    def first(self) -> date:
        """The first day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


def parse_date(cell: Cell) -> Parsed[PlainDate]:
    """Read one date. Day stands before month; a year of two digits is refused; the time of day is dropped.

    A bare number from 1900 to 2100 is a year; from 3.654 on it is Excel's day count.
    """
    if problem := error_in(cell):
        return Parsed(problem=problem)
    if cell is None:
        return Parsed()
    if isinstance(cell, date):
        return _in_bounds(cell.year, cell.month, cell.day, shown(cell))
    if isinstance(cell, str):
        return _from_text(clean(cell).lstrip("'"))
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not math.isfinite(cell):
        return _unreadable(cell)
    if cell == int(cell) and FIRST_YEAR <= cell <= LAST_YEAR:
        return Parsed(PlainDate(int(cell)))
    return _from_serial(cell)


def swapped_day_and_month(cells: Iterable[Cell]) -> Problem | None:
    """A remark when a column looks as if Excel had exchanged day and month in part of it.

    The sign: every true date has a day up to 12 and every date kept as text a day above 12, three or
    more of each. It happens where Vietnamese dates are typed into an Excel set to American dates.
    """
    kept_as_date, kept_as_text = [], []
    for cell in cells:
        if isinstance(cell, date):
            kept_as_date.append(cell.day)
        elif isinstance(cell, str) and (found := _DAY_FORMS[0].fullmatch(fold(cell))):
            kept_as_text.append(int(found["d"]))
    if min(len(kept_as_date), len(kept_as_text)) < 3 or max(kept_as_date) > 12 or min(kept_as_text) <= 12:
        return None
    what = "các ô kiểu ngày đều có ngày từ 1 đến 12, các ô kiểu chữ đều có ngày trên 12"
    remedy = "Có thể Excel đã đổi chỗ ngày và tháng; đối chiếu vài ngày với bản gốc"
    return Problem("date.swapped", what, remedy)


def _from_text(text: str) -> Parsed[PlainDate]:
    folded = fold(text)
    if _MISSING.fullmatch(folded):
        return Parsed()
    for form in (*_DAY_FORMS, *_MONTH_FORMS, _YEAR_FORM):
        if found := form.fullmatch(folded):
            return _from_parts(found.groupdict(), shown(text))
    if later := _LATER_EVENT.search(folded, 1):
        return _before_event(text, folded[: later.start()])
    if any(form.fullmatch(folded) for form in _PACKED_FORMS):
        return _packed(text)
    if _SHORT_YEAR.fullmatch(folded):
        return refused("date.short_year", f"{shown(text)} ghi năm hai chữ số", _REMEDY)
    if _SERIAL_TEXT.fullmatch(folded):
        return _serial_with_remark(text)
    return _unreadable(text)


def _before_event(text: str, first: str) -> Parsed[PlainDate]:
    """The date before the words of a later event ("2005 (chuyển đổi năm 2014)"), if that alone is one."""
    parsed = _from_text(first)
    return _unreadable(text) if parsed.value is None else _told(parsed.value, text)


def _packed(text: str) -> Parsed[PlainDate]:
    """Eight digits that are a day in one order only."""
    found = [_from_parts(form.fullmatch(text).groupdict(), shown(text)) for form in _PACKED_FORMS]  # type: ignore[union-attr]
    values = {parsed.value for parsed in found if parsed.value is not None}
    return _told(values.pop(), text) if len(values) == 1 else _unreadable(text)


def _told(value: PlainDate, text: str) -> Parsed[PlainDate]:
    """A date with a remark how it was read."""
    what = f"{shown(text)} đã đọc là {value}"
    return Parsed(value, remark=Problem("date.read_as", what, "Đối chiếu với bản gốc"))


def _from_parts(parts: dict[str, str], shown_text: str) -> Parsed[PlainDate]:
    month, day = (int(parts[part]) if part in parts else None for part in ("m", "d"))
    return _in_bounds(int(parts["y"]), month, day, shown_text)


def _serial_with_remark(text: str) -> Parsed[PlainDate]:
    parsed = _from_serial(int(text))
    if parsed.value is None:
        return parsed
    what = f"{shown(text)} là số thứ tự ngày của Excel, đã đọc là {day_text(parsed.value.first)}"
    return Parsed(parsed.value, remark=Problem("date.serial_text", what, "Đối chiếu với bản gốc"))


def _from_serial(serial: float) -> Parsed[PlainDate]:
    if not _FIRST_SERIAL <= serial < _LAST_SERIAL + 1:
        return _unreadable(serial)
    day = _SERIAL_ZERO + timedelta(days=int(serial))
    return Parsed(PlainDate(day.year, day.month, day.day))


def _in_bounds(year: int, month: int | None, day: int | None, shown_text: str) -> Parsed[PlainDate]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return refused("date.out_of_range", f"năm của {shown_text} nằm ngoài {FIRST_YEAR}-{LAST_YEAR}", _REMEDY)
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return refused("date.not_in_calendar", f"{shown_text} không có trong lịch", _REMEDY)
    return Parsed(PlainDate(year, month, day))


def _unreadable(cell: object) -> Parsed[PlainDate]:
    return refused("date.unreadable", f"{shown(cell)} không phải là ngày", _REMEDY)
