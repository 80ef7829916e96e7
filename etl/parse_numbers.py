"""Numbers as offices write them. What can be read in two ways is refused, never guessed."""

from __future__ import annotations

import math
import re
from datetime import date
from decimal import Decimal
from enum import StrEnum

from etl.parsed import Cell, Parsed, Problem, error_in, refused, shown
from etl.text import clean, fold
from etl.units import COUNT, PERCENT, Unit, fits, read_unit
from models.fitting import LARGEST_WHOLE

LARGEST = Decimal(10) ** 15  # beyond 15 digits a sheet no longer keeps every digit
_MISSING = re.compile(r"[-–—−_./…\s]*|(?:chua|khong) co (?:so lieu|thong tin)|chua co|n/?a|kcsl")
_NUMBER = re.compile(r"([+\-−–]?)\s*([0-9](?:[0-9.,\s]*[0-9])?)\s*([^0-9.,\s].*)?")
_SCIENTIFIC = re.compile(r"[+\-]?[0-9.,]+e[+\-]?[0-9]+", re.IGNORECASE)
_ABOUT = re.compile(r"(?:khoang|uoc|tren|duoi|hon|gan|tu|den|toi da|toi thieu|it nhat|~|≈|<|>|≥|≤).*[0-9].*")
_NOT_WHOLE = "Ghi số nguyên; có thể Excel đã hiểu dấu chấm hàng nghìn là dấu phần lẻ"
_BRACKETED = re.compile(r"\([0-9.,\s]+\)")


class Marks(StrEnum):
    """Which sign parts thousands and which decimals in a file; undeclared means Vietnamese, doubt is refused."""

    UNDECLARED = "undeclared"
    VIETNAMESE = "vietnamese"
    ENGLISH = "english"


def parse_number(cell: Cell, *, unit: Unit | None = None, marks: Marks = Marks.UNDECLARED) -> Parsed[Decimal]:
    """Read one number, in đồng, single things or percent points.

    `unit` is the column's; a unit written in the cell itself goes before it, with a remark. Blank and "-"
    are missing, not zero. A cell that Excel turned into a date is refused.
    """
    if problem := error_in(cell):
        return Parsed(problem=problem)
    if cell is None:
        return Parsed()
    if isinstance(cell, str):
        return _from_text(clean(cell).lstrip("'"), unit, marks)
    if isinstance(cell, bool | date) or not isinstance(cell, int | float):
        return refused("number.not_a_number", f"{shown(cell)} không phải là số", "Định dạng ô là số rồi gõ lại số")
    if not math.isfinite(cell):
        return refused("number.not_a_number", f"{shown(cell)} không phải là số", "Gõ lại số")
    return _bounded(Decimal(f"{cell:.15g}") if isinstance(cell, float) else Decimal(cell), unit)


def parse_count(cell: Cell, *, unit: Unit = COUNT, marks: Marks = Marks.UNDECLARED) -> Parsed[Decimal]:
    """Read a number of things: whole and not negative ("02", "18.778", "5.935 nghìn")."""
    parsed = parse_number(cell, unit=unit, marks=marks)
    if parsed.value is None:
        return parsed
    if parsed.value < 0:
        return refused("number.negative", f"{shown(cell)} là số âm", "Số đếm không được âm; sửa lại ô này")
    if parsed.value != parsed.value.to_integral_value():
        return refused("number.not_whole", f"{shown(cell)} không phải số nguyên", _NOT_WHOLE)
    if parsed.value > LARGEST_WHOLE:
        return refused("number.too_large", f"{shown(cell)} quá lớn", "Kiểm tra lại số và đơn vị tính")
    return parsed


def parse_share(cell: Cell, *, marks: Marks = Marks.UNDECLARED) -> Parsed[Decimal]:
    """Read a share from 0 to 100.

    A bare number above 0 and up to 1 is refused: Excel stores "34,3 %" as 0,343, and nothing in the cell
    tells it from a share of 0,343 %.
    """
    parsed = parse_number(cell, unit=PERCENT, marks=marks)
    if parsed.value is None:
        return parsed
    if not 0 <= parsed.value <= 100:
        return refused("share.out_of_range", f"{shown(cell)} nằm ngoài 0 đến 100 %", "Sửa tỷ lệ cho đúng")
    if 0 < parsed.value <= 1 and "%" not in str(cell):
        what = f"{shown(cell)} có thể là {parsed.value} % hoặc {parsed.value * 100:f} %"
        return refused("share.fraction", what.replace(".", ","), "Ghi tỷ lệ dạng chữ kèm dấu %, ví dụ 34,3 %")
    return parsed


def _from_text(text: str, unit: Unit | None, marks: Marks) -> Parsed[Decimal]:
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
    digits = _read_digits(found[2], marks)
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


def _read_digits(digits: str, marks: Marks) -> Parsed[Decimal]:
    spaced = _SPACED.fullmatch(digits) is not None
    plain = re.sub(r"\s", "", digits) if spaced else digits
    if len(plain) > 40:
        return refused("number.too_large", f"{shown(digits)} quá dài", "Kiểm tra lại số")
    if _PLAIN.fullmatch(plain):
        return Parsed(Decimal(plain))
    if marks == Marks.UNDECLARED:
        return _undeclared(plain, spaced=spaced)
    vietnamese = marks == Marks.VIETNAMESE
    groups, decimal = (_VIETNAMESE_GROUPS, _COMMA) if vietnamese else (_ENGLISH_GROUPS, _DOT)
    if groups.fullmatch(plain) or decimal.fullmatch(plain):
        return Parsed(_vietnamese(plain) if vietnamese else _english(plain))
    return _malformed(digits)


def _undeclared(digits: str, *, spaced: bool) -> Parsed[Decimal]:
    if not spaced:
        if _VIETNAMESE_GROUPS.fullmatch(digits):
            return Parsed(_vietnamese(digits))
        if _ENGLISH_GROUPS.fullmatch(digits) and ("." in digits or digits.count(",") > 1):
            return _with_english_remark(digits)
    lone = _COMMA.fullmatch(digits) or _DOT.fullmatch(digits)
    if lone is None:
        return _malformed(digits)
    if len(readings(digits)) > 1 and not spaced:
        what = f"{shown(digits)} có thể là {lone[1]} nghìn {lone[2]} hoặc {lone[1]} phẩy {lone[2]}"
        remedy = "Ghi lại số theo kiểu Việt Nam, ví dụ 1.234,5 hoặc 36.508"
        return refused("number.ambiguous", what, remedy)
    return Parsed(_vietnamese(digits)) if "," in digits else _with_english_remark(digits)


def _vietnamese(digits: str) -> Decimal:
    return Decimal(digits.replace(".", "").replace(",", "."))


def _english(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _with_english_remark(digits: str) -> Parsed[Decimal]:
    what = f"{shown(digits)} dùng dấu kiểu Anh - Mỹ"
    remedy = "Chỉ đọc được theo một cách nên đã nhận; nên ghi theo kiểu Việt Nam (1.234,5)"
    return Parsed(_english(digits), remark=Problem("number.english_marks", what, remedy))


def _malformed(digits: str) -> Parsed[Decimal]:
    what = f"{shown(digits)} đặt sai dấu chấm, dấu phẩy"
    return refused("number.malformed", what, "Ghi dấu chấm ở hàng nghìn, dấu phẩy ở phần lẻ (1.234,5)")
