"""Numbers as offices write them. What can be read in two ways is refused, never guessed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from etl.parsing.parsed import Cell, Parsed, Percent, Problem, error_in, refused, shown
from etl.parsing.text import clean
from etl.parsing.units import COUNT, PERCENT, Unit, UnitMeasure, fits, read_unit
from models.base.fitting import LARGEST_WHOLE
from models.base.text import fold

LARGEST = Decimal(10) ** 15  # beyond 15 digits a sheet no longer keeps every digit
_MISSING = re.compile(r"[-–—−_./…\s]*|(?:chua|khong) co (?:so lieu|thong tin)|chua co|n/?a|kcsl")
_NUMBER = re.compile(r"([+\-−–]?)\s*([0-9](?:[0-9.,\s]*[0-9])?)\s*([^0-9.,\s].*)?")
_SCIENTIFIC = re.compile(r"[+\-]?[0-9.,]+e[+\-]?[0-9]+", re.IGNORECASE)
_ABOUT = re.compile(r"(?:khoang|uoc|tren|duoi|hon|gan|tu|den|toi da|toi thieu|it nhat|~|≈|<|>|≥|≤).*[0-9].*")
_NOT_WHOLE = "Ghi số nguyên; có thể Excel đã hiểu dấu chấm hàng nghìn là dấu phần lẻ"
_BRACKETED = re.compile(r"\([0-9.,\s]+\)")


class Marks(StrEnum):
    """Which sign parts thousands and which decimals in a table; undeclared, what can be read in two ways is refused."""

    UNDECLARED = "undeclared"
    VIETNAMESE = "vietnamese"
    ENGLISH = "english"


def parse_number(
    cell: Cell, *, unit: Unit | None = None, marks: Marks = Marks.UNDECLARED, is_whole: bool = False
) -> Parsed[Decimal]:
    """Read one number, in đồng, single things or percent points.

    `unit` is the column's; a unit written in the cell itself goes before it, with a remark. Blank and "-"
    are missing, not zero. A cell that Excel turned into a date is refused. `is_whole` rules out readings with decimals.
    """
    if problem := error_in(cell):
        return Parsed(problem=problem)
    if cell is None:
        return Parsed()
    if isinstance(cell, str):
        return _from_text(clean(cell).lstrip("'"), unit, marks, is_whole=is_whole)
    if isinstance(cell, Percent):
        return _from_percent(cell, unit)
    if isinstance(cell, bool | date) or not isinstance(cell, int | float):
        return refused("number.not_a_number", f"{shown(cell)} không phải là số", "Định dạng ô là số rồi gõ lại số")
    if not math.isfinite(cell):
        return refused("number.not_a_number", f"{shown(cell)} không phải là số", "Gõ lại số")
    return _bounded(Decimal(f"{cell:.15g}") if isinstance(cell, float) else Decimal(cell), unit)


def parse_count(cell: Cell, *, unit: Unit = COUNT, marks: Marks = Marks.UNDECLARED) -> Parsed[Decimal]:
    """Read a number of things: whole and not negative ("02", "18.778", "5.935 nghìn")."""
    parsed = parse_number(cell, unit=unit, marks=marks, is_whole=unit.factor == 1)
    if parsed.value is None:
        return parsed
    if parsed.value < 0:
        return refused("number.negative", f"{shown(cell)} là số âm", "Số đếm không được âm; sửa lại ô này")
    if parsed.value != parsed.value.to_integral_value():
        return refused("number.not_whole", f"{shown(cell)} không phải số nguyên", _NOT_WHOLE)
    if parsed.value > LARGEST_WHOLE:
        return refused("number.too_large", f"{shown(cell)} quá lớn", "Kiểm tra lại số và đơn vị tính")
    return parsed


def parse_share(cell: Cell, *, marks: Marks = Marks.UNDECLARED, is_part: bool = True) -> Parsed[Decimal]:
    """Read percent points; with `is_part` a share of a whole, from 0 to 100.

    A bare number up to 1 is refused: a sheet keeps "34,3 %" as 0,343, and where the format of the cell is not told
    nothing tells it from 0,343 %. A cell that shows or writes the sign says which it is.
    """
    parsed = parse_number(cell, unit=PERCENT, marks=marks)
    if parsed.value is None:
        return parsed
    if is_part and not 0 <= parsed.value <= 100:
        return refused("share.out_of_range", f"{shown(cell)} nằm ngoài 0 đến 100 %", "Sửa tỷ lệ cho đúng")
    if 0 < abs(parsed.value) <= 1 and "%" not in str(cell):
        what = f"{shown(cell)} có thể là {parsed.value:f} % hoặc {(parsed.value * 100).normalize():f} %"
        remedy = "Ghi tỷ lệ dạng chữ kèm dấu %, ví dụ 34,3 %, hoặc định dạng ô là tỷ lệ phần trăm"
        return refused("share.fraction", what.replace(".", ","), remedy)
    return parsed


def _from_percent(cell: Percent, unit: Unit | None) -> Parsed[Decimal]:
    if unit is None or unit.measure is not UnitMeasure.PERCENT:
        what = f"{shown(cell)} là tỷ lệ phần trăm, cột này không ghi tỷ lệ"
        return refused("number.wrong_unit", what, "Định dạng ô là số rồi gõ lại số")
    return _bounded(cell.points, None)


def _from_text(text: str, unit: Unit | None, marks: Marks, *, is_whole: bool) -> Parsed[Decimal]:
    if _MISSING.fullmatch(fold(text)):
        return Parsed()
    found = _NUMBER.fullmatch(text)
    if found is None or _SCIENTIFIC.fullmatch(text):
        return _not_a_number(text)
    own = None
    if found[3]:
        own = read_unit(found[3])
        if own is None:
            what = f"không hiểu {shown(found[3])} sau số {shown(found[2])}"
            return refused("number.unknown_words", what, "Chỉ ghi số; đơn vị ghi ở tiêu đề cột")
        if not fits(own, unit):
            what = f"đơn vị {shown(found[3])} khác đơn vị của cột"
            return refused("number.wrong_unit", what, "Ghi số theo đơn vị của cột")
    digits = _read_digits(found[2], marks, is_whole=is_whole and (own is None or own.factor == 1))
    if digits.value is None:
        return digits
    value = -digits.value if found[1] not in ("", "+") else digits.value
    bounded = _bounded(value, own or unit)
    remark = digits.remark or _own_unit_remark(text, own, unit)
    return Parsed(bounded.value, bounded.problem, remark if bounded.value is not None else None)


def _bounded(value: Decimal, unit: Unit | None) -> Parsed[Decimal]:
    scaled = value * unit.factor if unit else value
    if abs(scaled) >= LARGEST:
        return refused("number.too_large", f"{shown(value)} quá lớn", "Kiểm tra lại số và đơn vị tính")
    return Parsed(scaled)


def _own_unit_remark(text: str, own: Unit | None, column: Unit | None) -> Problem | None:
    if own is None or column is None or own.factor == column.factor:
        return None
    what = f"{shown(text)} ghi đơn vị riêng, khác đơn vị của cột"
    return Problem("number.own_unit", what, "Đã lấy theo đơn vị ghi trong ô; kiểm tra lại")


def _not_a_number(text: str) -> Parsed[Decimal]:
    if _SCIENTIFIC.fullmatch(text):
        remedy = "Mở rộng cột, định dạng ô là số rồi gõ lại đủ các chữ số"
        return refused("number.scientific", f"{shown(text)} viết theo lũy thừa, có thể đã mất chữ số", remedy)
    if _BRACKETED.fullmatch(text):
        what = f"{shown(text)} có thể là số âm hoặc số thứ tự"
        return refused("number.bracketed", what, "Số âm ghi dấu trừ; nếu không, bỏ dấu ngoặc")
    if _ABOUT.fullmatch(fold(text)):
        return refused("number.approximate", f"{shown(text)} không phải một số xác định", "Ghi một số xác định")
    return refused("number.not_a_number", f"{shown(text)} không phải là số", "Ghi số; chưa có số liệu thì để trống")


_PLAIN = re.compile(r"[0-9]+")
_SPACED = re.compile(r"[0-9]{1,3}(?:\s[0-9]{3})+(?:[.,][0-9]+)?")
_VIETNAMESE_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_ENGLISH_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_COMMA = re.compile(r"([0-9]+),([0-9]+)")
_DOT = re.compile(r"([0-9]+)\.([0-9]+)")


_DATA_FORM = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


def readings(digits: str) -> tuple[Decimal, ...]:
    """Every value that unsigned digits with dots and commas may mean, the Vietnamese reading first.

    "42.000" is 42000 or 42, "1,500" is 1.5 or 1500; "1.234,5" and "0.125" can be read in one way only. Nothing that
    is no number has a reading. This is the rule of doubt for data/ and for received files alike.
    """
    lone = _COMMA.fullmatch(digits) or _DOT.fullmatch(digits)
    if lone is not None:
        decimal = Decimal(f"{lone[1]}.{lone[2]}")
        if len(lone[2]) != 3 or not lone[1].strip("0"):
            return (decimal,)
        both = (Decimal(lone[1] + lone[2]), decimal)
        return both if "." in digits else both[::-1]
    if _PLAIN.fullmatch(digits):
        return (Decimal(digits),)
    if _VIETNAMESE_GROUPS.fullmatch(digits):
        return (_vietnamese(digits),)
    return (_english(digits),) if _ENGLISH_GROUPS.fullmatch(digits) else ()


def is_data_number(text: str) -> bool:
    """Whether a number of data/ is written so that it has one reading: digits, a dot before decimals, no groups."""
    return _DATA_FORM.fullmatch(text) is not None and len(readings(text.removeprefix("-"))) == 1


def data_number(value: Decimal) -> str:
    """A number as data/ must have it: 42000, and 34.1250 where 34.125 could be read as thousands."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if is_data_number(text) else f"{text}0"


def _read_digits(digits: str, marks: Marks, *, is_whole: bool) -> Parsed[Decimal]:
    spaced = _SPACED.fullmatch(digits) is not None
    plain = re.sub(r"\s", "", digits) if spaced else digits
    if len(plain) > 40:
        return refused("number.too_large", f"{shown(digits)} quá dài", "Kiểm tra lại số")
    if _PLAIN.fullmatch(plain):
        return Parsed(Decimal(plain))
    if marks == Marks.UNDECLARED:
        return _undeclared(plain, spaced=spaced, is_whole=is_whole)
    vietnamese = marks == Marks.VIETNAMESE
    groups, decimal = (_VIETNAMESE_GROUPS, _COMMA) if vietnamese else (_ENGLISH_GROUPS, _DOT)
    if groups.fullmatch(plain) or decimal.fullmatch(plain):
        return Parsed(_vietnamese(plain) if vietnamese else _english(plain))
    return _malformed(digits)


def _undeclared(digits: str, *, spaced: bool, is_whole: bool) -> Parsed[Decimal]:
    if spaced:  # the space parts the thousands, so a dot or comma stands before decimals
        return Parsed(Decimal(digits.replace(",", ".")))
    found = _possible(digits, is_whole=is_whole)
    if not found:
        return _malformed(digits)
    if len(found) > 1:
        words = " hoặc ".join(f"{value:f}".replace(".", ",") for value in found)
        what = f"{shown(digits)} có thể là {words}"
        return refused("number.ambiguous", what, "Bỏ dấu chấm, dấu phẩy ở hàng nghìn, hoặc gõ vào ô dạng số")
    return Parsed(found[0], remark=_english_remark(digits) if _marks_of(digits, found[0]) == Marks.ENGLISH else None)


def _possible(digits: str, *, is_whole: bool) -> tuple[Decimal, ...]:
    """The readings of digits; a dot in a count that cannot stand before decimals parts thousands.

    A comma there is no Vietnamese way to write a count, so it stays in doubt.
    """
    found = readings(digits)
    if is_whole and _VIETNAMESE_GROUPS.fullmatch(digits):
        return tuple(value for value in found if value == value.to_integral_value()) or found
    return found


def _marks_of(digits: str, value: Decimal) -> Marks:
    """By which marks these digits have this value; undeclared for digits without marks."""
    if "." not in digits and "," not in digits:
        return Marks.UNDECLARED
    is_vietnamese = _VIETNAMESE_GROUPS.fullmatch(digits) or _COMMA.fullmatch(digits)
    return Marks.VIETNAMESE if is_vietnamese and value == _vietnamese(digits) else Marks.ENGLISH


def marks_of(texts: Iterable[tuple[str, bool]]) -> Marks:
    """The marks that the texts of a table's number cells agree on, each given with whether it must be whole.

    "1.234.567", "12,5" and a count "18.778" can be read in one way only and so say what "42.000" beside them means.
    Undeclared where none says it or where two say different things.
    """
    said: set[Marks] = set()
    for text, is_whole in texts:
        if "." in text or "," in text:
            number = _NUMBER.fullmatch(clean(text).lstrip("'"))
            found = _possible(number[2], is_whole=is_whole and _is_of_ones(number[3])) if number else ()
            said |= {_marks_of(number[2], found[0])} if number and len(found) == 1 else set()
    said.discard(Marks.UNDECLARED)
    return said.pop() if len(said) == 1 else Marks.UNDECLARED


def _is_of_ones(words: str | None) -> bool:
    """Whether nothing behind a number makes it thousands or millions: no words, or "người"."""
    own = read_unit(words) if words else COUNT
    return own is not None and own.factor == 1


def _vietnamese(digits: str) -> Decimal:
    return Decimal(digits.replace(".", "").replace(",", "."))


def _english(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _english_remark(digits: str) -> Problem:
    what = f"{shown(digits)} dùng dấu kiểu Anh - Mỹ"
    remedy = "Chỉ đọc được theo một cách nên đã nhận; nên ghi theo kiểu Việt Nam (1.234,5)"
    return Problem("number.english_marks", what, remedy)


def _malformed(digits: str) -> Parsed[Decimal]:
    what = f"{shown(digits)} đặt sai dấu chấm, dấu phẩy"
    return refused("number.malformed", what, "Ghi dấu chấm ở hàng nghìn, dấu phẩy ở phần lẻ (1.234,5)")
