"""Turns what a reviewed file holds into checked objects that know their line, or into issues."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from etl.parsing.issues import Issue
from etl.parsing.parse_numbers import data_number, readings
from models.base.day_limits import is_day_to_store, outside_words

ShapeT = TypeVar("ShapeT", bound=BaseModel)
LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Located(Generic[ShapeT]):
    """A checked object with its file and line; `lines` holds the lines of its own fields (YAML only)."""

    value: ShapeT
    file: str
    line: int
    lines: Mapping[str, int]

    def issue(self, what: str, remedy: str, field: str = "") -> Issue:
        """A problem with this object, at the line of `field` where that is known."""
        return Issue(self.file, self.lines.get(field, self.line), what, remedy)


LineOf = Callable[[tuple[str | int, ...]], int]


def validate(
    model: type[ShapeT], content: Any, *, file: str, line_of: LineOf, issues: list[Issue]
) -> Located[ShapeT] | None:
    """Check `content` against its shape; every problem is added to `issues` and gives None."""
    found = [
        Issue(file, line_of(path), f'trường "{_name(path)}" viết bằng Unicode tổ hợp (NFD)', _COMPOSE)
        for path in _not_composed(content, ())
    ]
    try:
        value = model.model_validate(content)
    except ValidationError as error:
        issues += found + [_issue(details, file, line_of) for details in error.errors()]
        return None
    found += [
        Issue(file, line_of(path), f'trường "{_name(path)}" ghi ngày {outside_words(day)}', "Sửa ngày")
        for path, day in _days_outside(value.model_dump(), ())
    ]
    issues += found
    return Located(value, file, line_of(()), {name: line_of((name,)) for name in model.model_fields})


def _days_outside(content: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], date]]:
    if isinstance(content, date) and not is_day_to_store(content):
        yield path, content
    for key, value in _items(content):
        yield from _days_outside(value, (*path, key))


def _items(content: Any) -> Iterable[tuple[str | int, Any]]:
    return content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()


def _not_composed(content: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if isinstance(content, str):
        if not unicodedata.is_normalized("NFC", content):
            yield path
        return
    for key, value in _items(content):
        yield from _not_composed(value, (*path, key))


def _issue(details: Any, file: str, line_of: LineOf) -> Issue:
    path = details["loc"]
    what, remedy = _words(details, _name(path))
    return Issue(file, line_of(path), what, remedy)


def _name(path: tuple[str | int, ...]) -> str:
    """The field as the author wrote it, with the number of the item where it stands in a list."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text or "(cả mục)"


def _words(details: Any, name: str) -> tuple[str, str]:
    kind, given = details["type"], _shown(details["input"])
    if kind in _NUMBERS and isinstance(details["input"], str) and (words := _two_ways(details["input"].strip(), name)):
        return words
    if kind == "missing":
        return f'thiếu trường "{name}"', f'Thêm trường "{name}"'
    if kind == "extra_forbidden":
        return f'trường "{name}" không có trong mẫu', "Xóa trường này hoặc sửa cách viết tên trường"
    if kind in ("string_too_short", "too_short"):
        return f'trường "{name}" để trống', "Điền giá trị"
    if kind in ("string_too_long", "too_long"):
        return f'trường "{name}" dài quá {details["ctx"]["max_length"]} ký tự', "Rút gọn"
    if kind in ("literal_error", "enum"):
        return f'trường "{name}" không nhận giá trị {given}', f"Chọn một trong: {_choices(details)}"
    return f'trường "{name}" không nhận giá trị {given}', _REMEDIES.get(kind, "Sửa theo mẫu của tệp")


def _two_ways(text: str, name: str) -> tuple[str, str] | None:
    """A figure with marks of thousands or decimals that data/ does not take, with every value it may mean."""
    sign = "-" if text.startswith("-") else ""
    found = [sign + data_number(value) for value in readings(text.removeprefix("-"))]
    if len(found) > 1:
        what = f'trường "{name}" ghi "{text}" đọc được hai cách: {found[0]} hoặc {found[1]}'
        return what, f"Đối chiếu nguồn rồi ghi {found[0]} hoặc {found[1]}, không dùng dấu nhóm nghìn"
    if len(found) == 1 and not text.isdigit():
        return f'trường "{name}" không nhận giá trị "{text}"', f"Ghi {found[0]}, không dùng dấu nhóm nghìn"
    return None


def _choices(details: Any) -> str:
    return str(details["ctx"]["expected"]).replace(" or ", ", ").replace("'", "")


def _shown(value: Any) -> str:
    text = "rỗng" if value is None else f'"{value}"'
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + '…"'


_COMPOSE = "Gõ lại bằng Unicode dựng sẵn (NFC)"
_DATE = "Ghi ngày dạng NĂM-THÁNG-NGÀY, ví dụ 2026-11-21"
_NUMBER = "Ghi số không có dấu nhóm nghìn, dấu chấm trước phần thập phân, ví dụ 1280 hoặc 34.3"
_NUMBERS = frozenset({"float_type", "float_parsing", "int_type", "int_parsing", "value_error"})
_REMEDIES = {
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "value_error": _NUMBER,
    "int_type": "Ghi số nguyên",
    "int_parsing": "Ghi số nguyên",
    "int_from_float": "Ghi số nguyên",
    "bool_type": "Ghi true hoặc false",
    "string_type": "Ghi chữ; số hoặc ngày phải đặt trong dấu ngoặc kép, ô bắt buộc không được rỗng",
    "list_type": "Ghi một danh sách, [] nếu không có",
    "model_type": "Ghi các trường theo mẫu của tệp",
    "string_pattern_mismatch": "Ghi mã chữ thường không dấu, không khoảng trắng, như các mã đã có",
    "greater_than_equal": "Ghi giá trị trong khoảng cho phép",
    "less_than_equal": "Ghi giá trị trong khoảng cho phép",
}
