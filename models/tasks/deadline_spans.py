"""Deadlines that happen once: a day, month, quarter, half-year, year or period, or days after the signing. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from models.tasks.task_state import DeadlineKind

QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
MONTHS_A_QUARTER = 3
MONTHS_A_YEAR = 12

_YEAR = r"(?P<year>[1-9]\d{3})"
_OF = r"(?:/|-|\.| năm | )"
_QUARTER = r"(?:iv|i{1,3}|[1-4])"
_UNITS = (
    (
        DeadlineKind.DAY,
        rf"(?:ngày )?(?P<day>\d{{1,2}})(?:/|-|\.| tháng )(?P<month>\d{{1,2}})(?:/|-|\.| năm |, năm ){_YEAR}",
    ),
    (DeadlineKind.MONTH, rf"(?:tháng )?(?P<month>\d{{1,2}})(?:/|-| năm ){_YEAR}"),
    (
        DeadlineKind.QUARTER,
        rf"quý (?P<from>{_QUARTER})(?:(?:, ?| ?- ?| và | đến |, quý | và quý | ?- ?quý | đến quý )(?P<to>{_QUARTER}))?"
        rf"{_OF}{_YEAR}",
    ),
    (DeadlineKind.HALF_YEAR, rf"(?:6|sáu) tháng (?P<half>đầu|cuối)(?: năm |/| ){_YEAR}"),
    (DeadlineKind.PERIOD, rf"(?:9|chín) tháng(?P<nine>)(?: đầu)?(?: năm |/){_YEAR}"),
    (DeadlineKind.YEAR, rf"(?:năm )?{_YEAR}"),
)
_BEGINS = re.compile(
    r"(?:(?:phải )?(?:hoàn thành|xong|thực hiện|triển khai|ban hành|trình|dự kiến|thời gian|thời hạn)[: ] ?)+"
)
_BEFORE = re.compile(r"(?:(?:chậm|muộn) nhất (?:là )?)?trước (?!hết)(.+)")
_UNTIL = re.compile(
    r"(?:(?:(?:chậm|muộn) nhất(?: là)?|không quá|đến|tới|hết|trong|cuối|vào|là)[ :] ?)*"
    r"(?:(?:chậm|muộn) nhất(?: là)?|không quá|đến|tới|hết|cuối) (?:trong |ngày cuối )?(.+)"
)
_WITHIN = re.compile(r"(?:trong|vào) (.+)")
_FROM_TO = (
    re.compile(r"(?:giai đoạn |thời kỳ )?từ (.+?) (?:đến hết|đến|tới|-) (.+)"),
    re.compile(r"(?:giai đoạn |thời kỳ )(.+?)(?: đến hết | đến | ?- ?)(.+)"),
    re.compile(r"(.+?)(?: đến hết | đến | - |-(?=quý|tháng|ngày))(.+)"),
    re.compile(r"(\d{4})-(\d{4})"),
)
_WITHOUT_YEAR = re.compile(rf"(?:(?:ngày )?\d{{1,2}}(?:/| tháng )\d{{1,2}}|(?:tháng )?\d{{1,2}}|quý {_QUARTER})")
_AFTER_SIGNING = re.compile(
    r"(?:(?:trong|sau|chậm nhất|không quá|tối đa)(?: vòng| thời hạn| thời gian| là)? )?"
    r"(?P<number>\d{1,3}) (?P<unit>ngày|tháng)"
    r"(?: liên tục)?,? (?:kể )?(?:từ )?(?:ngày|khi) (?:ký|ban hành)"
    r"(?: (?:quyết định|kế hoạch|văn bản|chương trình|chỉ thị|nghị quyết|đề án)(?: này)?)?"
)


@dataclass(frozen=True, slots=True)
class DeadlineSpan:
    """The kind of what is named, its first day where it stands for the work's beginning, and its last day on time."""

    kind: DeadlineKind
    starts_on: date | None
    due_on: date


@dataclass(frozen=True, slots=True)
class Count:
    """So many days or months after the signing; the day after the signing is the first."""

    number: int
    is_months: bool

    def after(self, day: date) -> date:
        """The last day on time."""
        if not self.is_months:
            return day + timedelta(days=self.number)
        month = day.month - 1 + self.number
        year, month = day.year + month // MONTHS_A_YEAR, month % MONTHS_A_YEAR + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))


def days_after_signing(text: str) -> Count | None:
    """Calendar days or months counted from the signing or issue of the document itself."""
    found = _AFTER_SIGNING.fullmatch(text)
    return Count(int(found["number"]), found["unit"] == "tháng") if found else None


def read_span(text: str) -> DeadlineSpan | None:
    """The span that words name once; None for any word that no rule knows, and for days that do not exist."""
    text = _BEGINS.sub("", text, count=1) if _BEGINS.match(text) else text
    try:
        return _limited(text) or _period(text)
    except ValueError:
        return None


def _limited(text: str) -> DeadlineSpan | None:
    before, until, within = _BEFORE.fullmatch(text), _UNTIL.fullmatch(text), _WITHIN.fullmatch(text)
    if before:
        unit = _unit(before[1])
        return DeadlineSpan(unit.kind, None, unit.first - timedelta(days=1)) if unit else None
    if until:
        unit = _unit(until[1])
        return DeadlineSpan(unit.kind, None, unit.last) if unit else None
    unit = _unit(within[1] if within else text)
    if unit is None:
        return None
    return DeadlineSpan(unit.kind, None if unit.kind is DeadlineKind.DAY else unit.first, unit.last)


def _period(text: str) -> DeadlineSpan | None:
    for rule in _FROM_TO:
        found = rule.fullmatch(text)
        last = _unit(found[2]) if found else None
        if found is None or last is None:
            continue
        first = _unit(found[1]) or _unit_of_year(found[1], found[2], last)
        if first is not None and first.first <= last.last:
            return DeadlineSpan(DeadlineKind.PERIOD, first.first, last.last)
    return None


@dataclass(frozen=True, slots=True)
class _Unit:
    kind: DeadlineKind
    first: date
    last: date


def _unit_of_year(text: str, other: str, last: _Unit) -> _Unit | None:
    """A beginning that leaves its year to the end: "tháng 6 đến tháng 9/2024"."""
    if not _WITHOUT_YEAR.fullmatch(text):
        return None
    is_month = "tháng" in other and text.isdigit()
    return _unit(f"{'tháng ' if is_month else ''}{text}/{last.last.year}")


def _unit(text: str) -> _Unit | None:
    for kind, pattern in _UNITS:
        found = re.fullmatch(pattern, text)
        if found:
            return _unit_of(kind, {name: value for name, value in found.groupdict().items() if value is not None})
    return None


def _unit_of(kind: DeadlineKind, parts: dict[str, str]) -> _Unit | None:
    year = int(parts["year"])
    if "day" in parts:
        day = date(year, int(parts["month"]), int(parts["day"]))
        return _Unit(kind, day, day)
    if "from" in parts:
        first, last = QUARTERS[parts["from"]], QUARTERS[parts.get("to", parts["from"])]
        return _months(kind, year, (first - 1) * MONTHS_A_QUARTER + 1, last * MONTHS_A_QUARTER)
    if "half" in parts:
        return _months(kind, year, *((1, 6) if parts["half"] == "đầu" else (7, 12)))
    if "nine" in parts:
        return _months(kind, year, 1, 9)
    month = int(parts["month"]) if "month" in parts else None
    return _months(kind, year, month, month) if month else _months(kind, year, 1, MONTHS_A_YEAR)


def _months(kind: DeadlineKind, year: int, first: int, last: int) -> _Unit | None:
    if first > last:
        return None
    return _Unit(kind, date(year, first, 1), date(year, last, monthrange(year, last)[1]))
