"""What both databases keep: SQLite takes more than PostgreSQL does, so it is refused before either gets it.

No NUL and no half letter (lone surrogate) in a text, no whole number beyond four bytes, no day outside
models/base/day_limits.py, no infinite number. `check_values` raises; `fitted` is for rows that are stored already and
move to PostgreSQL (etl/backup/portable.py): NUL becomes the sign for it, a number that is too large becomes unknown.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, Engine, Float, Integer, String, event
from sqlalchemy.types import TypeDecorator, TypeEngine

from models.base.day_limits import is_day_to_store, outside_words

LARGEST_WHOLE = 2**31 - 1
SINCE_EVER = date.min  # stored for what has no first day
NUL, NUL_SIGN = "\0", "\u2400"
UNFIT_TEXT = "có ký tự không lưu được (ký tự NUL hoặc nửa chữ). Xóa ký tự đó rồi gửi lại; chưa ghi gì"
TOO_LARGE = "Số {value} quá lớn để lưu (tối đa 2.147.483.647). Kiểm tra lại số và đơn vị tính; chưa ghi gì"
_UNFIT = re.compile("[\0\ud800-\udfff]")
COLUMN_KINDS: tuple[tuple[str, type[TypeEngine[Any]]], ...] = (
    ("instant", DateTime),
    ("day", Date),
    ("json", JSON),
    ("yes_no", Boolean),
    ("whole", Integer),
    ("number", Float),
    ("text", String),
)


class UnfitValueError(ValueError):
    """A value that not every database keeps; the message is a Vietnamese sentence without a full stop."""


def is_fit(text: str) -> bool:
    """Whether both databases keep a text."""
    return _UNFIT.search(text) is None


def kind_of(column_type: TypeEngine[Any]) -> str:
    """What a column holds: instant, day, json, yes_no, whole, number or text; empty for another type."""
    bare = column_type.impl_instance if isinstance(column_type, TypeDecorator) else column_type
    return next((kind for kind, type_ in COLUMN_KINDS if isinstance(bare, type_)), "")


def check_values(kind: str, values: Iterable[Any]) -> None:
    """Look at values of one column; raises UnfitValueError for the first that not every database keeps."""
    if check := _CHECKS.get(kind):
        check(values)


def _check_texts(values: Iterable[Any]) -> None:
    if not is_fit("".join(value for value in values if isinstance(value, str))):
        raise UnfitValueError(f"Nội dung {UNFIT_TEXT}")


def _check_wholes(values: Iterable[Any]) -> None:
    for value in values:
        if isinstance(value, int) and not -LARGEST_WHOLE <= value <= LARGEST_WHOLE:
            raise UnfitValueError(TOO_LARGE.format(value=value))


def _check_days(values: Iterable[Any]) -> None:
    for value in {value for value in values if isinstance(value, date) and not isinstance(value, datetime)}:
        if value != SINCE_EVER and not is_day_to_store(value):
            raise UnfitValueError(f"Ngày {outside_words(value)}. Sửa rồi gửi lại; chưa ghi gì")


def _check_inside(values: Iterable[Any]) -> None:
    for value in _inside(values):
        if isinstance(value, str) and not is_fit(value):
            raise UnfitValueError(f"Nội dung {UNFIT_TEXT}")
        if isinstance(value, float) and not math.isfinite(value):
            raise UnfitValueError(TOO_LARGE.format(value=value))


def _inside(values: Iterable[Any]) -> Iterator[Any]:
    """Every text and number in nested lists and mappings, names too."""
    for value in values:
        if isinstance(value, dict):
            yield from _inside(value)
            yield from _inside(value.values())
        elif isinstance(value, list | tuple):
            yield from _inside(value)
        else:
            yield value


_CHECKS: dict[str, Callable[[Iterable[Any]], None]] = {
    "text": _check_texts,
    "whole": _check_wholes,
    "day": _check_days,
    "json": _check_inside,
    "number": _check_inside,
}


def fitted(kind: str, value: Any) -> Any:
    """A stored value as PostgreSQL keeps it; most are what they were."""
    if kind == "text" and isinstance(value, str) and NUL in value:
        return value.replace(NUL, NUL_SIGN)
    if kind == "whole" and isinstance(value, int) and not -LARGEST_WHOLE <= value <= LARGEST_WHOLE:
        return None
    return value


def guard_writes(engine: Engine) -> None:
    """Look at the values of every statement that adds or changes rows through this engine."""
    event.listen(engine, "before_cursor_execute", _look)


def _look(_connection: Any, _cursor: Any, _statement: str, _parameters: Any, context: Any, _many: bool) -> None:
    if context is None or context.compiled is None or not (context.isinsert or context.isupdate):
        return
    rows: Sequence[dict[str, Any]] = context.compiled_parameters
    for name, bind in context.compiled.binds.items():
        if kind := kind_of(bind.type):
            check_values(kind, [row.get(name) for row in rows])
