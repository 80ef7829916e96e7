"""How one field stands in a cell of the programme workbook: written out of a value, and read back. Pure.

What cannot be read raises UnreadCellError with what is wrong and what to do; a field that the shape refuses is told by
the shape (`etl.facts.shape`), so that a figure of two readings is refused here in the words of data/.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from etl.parsing.parse_dates import PlainDate, parse_date
from etl.parsing.parse_numbers import readings
from etl.parsing.parsed import Cell, Percent, error_in, shown, text_of
from etl.parsing.text import clean, nearest
from etl.programmes.catalogue import Catalogue, CodedNames
from models.base.day_text import day_text
from models.base.text import fold

UNKNOWN = "chưa rõ"
SEPARATOR = "; "
YES, NO = "có", "không"
_MONTH_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})")


class UnreadCellError(Exception):
    """A cell that cannot be taken: what is wrong and what to do, without full stops."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


@dataclass(frozen=True, slots=True)
class CellForm:
    """One way of standing in a cell. `choices` gives the list to choose from; `is_strict`: nothing else may stand."""

    show: Callable[[Any, Catalogue], Cell]
    take: Callable[[Cell, Catalogue], Any]
    choices: Callable[[Catalogue], list[str]] | None = None
    is_strict: bool = True


def is_unknown(cell: Cell) -> bool:
    """Whether the cell says that the document does not tell."""
    return isinstance(cell, str) and fold(clean(cell)) == fold(UNKNOWN)


def words_of(cell: Cell) -> str:
    """The cell as the text that it shows; raises UnreadCellError for a formula without a result."""
    problem = error_in(cell)
    if problem is not None:
        raise UnreadCellError(problem.what, problem.remedy)
    return clean(text_of(cell))


def _text() -> CellForm:
    return CellForm(lambda value, _names: value, lambda cell, _names: words_of(cell))


def _whole() -> CellForm:
    def take(cell: Cell, _names: Catalogue) -> Any:
        text = words_of(cell)
        return int(text) if text.isdecimal() else text

    return CellForm(lambda value, _names: value, take)


def _number() -> CellForm:
    def take(cell: Cell, _names: Catalogue) -> Any:
        if isinstance(cell, Percent):
            return float(cell.points)
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return float(cell)
        text = words_of(cell)
        found = readings(text)
        return float(found[0]) if len(found) == 1 else text

    return CellForm(lambda value, _names: value, take)


def _day() -> CellForm:
    def take(cell: Cell, _names: Catalogue) -> Any:
        found = plain_day(cell)
        if found.day is None:
            raise UnreadCellError(f"{shown(cell)} không đủ ngày, tháng, năm", "Ghi đủ ngày/tháng/năm, hoặc để trống")
        return found.first

    return CellForm(lambda value, _names: value, take)


def plain_day(cell: Cell) -> PlainDate:
    """A day as exactly as it is written; raises UnreadCellError."""
    found = parse_date(cell)
    if found.value is None:
        what = found.problem.what if found.problem else f"{shown(cell)} không phải ngày"
        raise UnreadCellError(what, found.problem.remedy if found.problem else "Ghi ngày/tháng/năm, ví dụ 21/03/2023")
    return found.value


def _month_and_day() -> CellForm:
    """Day and month in the cell ("14/12"), month and day in the field ("12-14"); a sheet may make a date of it."""

    def take(cell: Cell, _names: Catalogue) -> Any:
        if isinstance(cell, date):
            return f"{cell.month:02}-{cell.day:02}"
        found = _MONTH_DAY.fullmatch(words_of(cell))
        if found is None or not _is_day(int(found[2]), int(found[1])):
            raise UnreadCellError(f"{shown(cell)} không phải ngày/tháng", "Ghi ngày/tháng, ví dụ 14/12")
        return f"{int(found[2]):02}-{int(found[1]):02}"

    return CellForm(lambda value, _names: "/".join(reversed(value.split("-"))), take)


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= len(calendar.month_name) - 1 and 1 <= day <= calendar.monthrange(2024, month)[1]


def _yes_no() -> CellForm:
    def take(cell: Cell, _names: Catalogue) -> Any:
        return _chosen(words_of(cell), {fold(YES): True, fold(NO): False, "true": True, "false": False}, [YES, NO])

    return CellForm(lambda value, _names: YES if value else NO, take, lambda _names: [YES, NO])


def choice(words: Mapping[str, str]) -> CellForm:
    """One of coded words, by its word or its code."""
    codes = {fold(word): code for code, word in words.items()} | {fold(code): code for code in words}
    return CellForm(
        lambda value, _names: words.get(value, value),
        lambda cell, _names: _chosen(words_of(cell), codes, list(words.values())),
        lambda _names: list(words.values()),
    )


def _chosen(text: str, codes: Mapping[str, Any], offered: list[str]) -> Any:
    if fold(text) not in codes:
        raise UnreadCellError(f"không hiểu {shown(text)}", f"Chọn một trong: {', '.join(offered)}")
    return codes[fold(text)]


def named(of: Callable[[Catalogue], CodedNames]) -> CellForm:
    """A code by its name in a list."""
    return CellForm(
        lambda value, names: of(names).name(value),
        lambda cell, names: code_of(words_of(cell), of(names)),
        lambda names: list(of(names).shown.values()),
    )


def several(of: Callable[[Catalogue], CodedNames]) -> CellForm:
    """Codes by their names, parted by semicolons or lines."""

    def take(cell: Cell, names: Catalogue) -> Any:
        problem = error_in(cell)
        if problem is not None:
            raise UnreadCellError(problem.what, problem.remedy)
        parts = [clean(part) for part in text_of(cell).replace("\n", ";").split(";")]
        return [code_of(part, of(names)) for part in parts if part]

    return CellForm(
        lambda value, names: SEPARATOR.join(of(names).name(code) for code in value) or None,
        take,
        lambda names: list(of(names).shown.values()),
        is_strict=False,
    )


def code_of(text: str, names: CodedNames) -> str:
    """The code that a text names; raises UnreadCellError with what is near in meaning."""
    code = names.find(text)
    if code is not None:
        return code
    near = nearest(text, names.shown.values(), limit=1, cutoff=0.8)
    hint = f'Có phải "{near[0]}"? ' if near else ""
    raise UnreadCellError(f'không có {names.kind} "{text}" trong danh mục', f"{hint}{_WHERE_ELSE[names.kind]}")


_WHERE_ELSE = {
    "địa bàn": 'Chọn một tên ở trang "Danh mục"; nơi chưa có trong danh mục thì người quản trị phải thêm trước',
    "cơ quan": 'Ghi tên ở trang "Danh mục", hoặc khai cơ quan này ở trang "Đơn vị"',
    "chỉ tiêu": 'Ghi tên ở trang "Danh mục", hoặc khai chỉ tiêu này ở trang "Chỉ tiêu mới"',
    "chương trình": "Ghi mã của chương trình đã có",
    "cách tính": "Chọn một cách tính của chỉ tiêu đó",
}


def _counts() -> CellForm:
    """What a product counts every year, "name (unit)" each."""
    form = re.compile(r"(.+?)\s*\(([^()]+)\)")

    def take(cell: Cell, _names: Catalogue) -> Any:
        parts = [part.strip() for part in words_of(cell).split(";") if part.strip()]
        found = [form.fullmatch(part) for part in parts]
        if not all(found):
            raise UnreadCellError(f"{shown(cell)} thiếu đơn vị tính", "Ghi tên (đơn vị), cách nhau bằng dấu chấm phẩy")
        return [{"name": item[1], "unit": item[2]} for item in found if item]

    return CellForm(lambda value, _names: SEPARATOR.join(f"{item.name} ({item.unit})" for item in value) or None, take)


TEXT, WHOLE, NUMBER, DAY = _text(), _whole(), _number(), _day()
MONTH_DAY, YES_NO, COUNTS = _month_and_day(), _yes_no(), _counts()
A_PLACE = named(lambda names: names.places)
AN_AGENCY = named(lambda names: names.agencies)
AN_INDICATOR = named(lambda names: names.indicators)
A_PROGRAMME = named(lambda names: names.programmes)
AGENCIES = several(lambda names: names.agencies)
INDICATORS = several(lambda names: names.indicators)


def issued_shown(issued: date, precision: str) -> Cell:
    """The day of issue as the sheet shows it: a day, a month or a year."""
    return {"month": f"tháng {issued:%m/%Y}", "year": f"năm {issued.year}"}.get(precision, day_text(issued))


def issued_taken(cell: Cell) -> tuple[date, str]:
    """The last day that the cell may mean, and how exactly it is known."""
    found = plain_day(cell)
    return found.last, "day" if found.day else "month" if found.month else "year"
