"""Rows as CSV and JSON, whole or in pieces: the one way every CSV of the product is written.

No text becomes a formula in a spreadsheet, whichever separator it opens the file with: a text that begins like one
gets an apostrophe before it, and so does what follows a separator inside a text ("x;=1+1" becomes "x;'=1+1"),
also where blanks, quotes or apostrophes stand between the two.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from itertools import chain, islice
from typing import Any

_STARTS = "=+\\-@＝＋－＠"  # what a spreadsheet takes for the start of a formula, the wide letters of East Asia too
_BEGINS = re.compile(rf"[^\S\t\r\n]*[{_STARTS}\t\r\n]")
_INSIDE = re.compile(rf"(?<=[;\t\n|])(?=(?:[^\S\t\n]|[\"'])*[{_STARTS}])")  # quotes there may vanish with a new reading
_SEPARATORS = (";", "\t", "\n", "|")
LINES_A_PIECE = 500  # a line each would be slow to send


def picked(item: object, names: str, prefix: str = "") -> dict[str, Any]:
    """Columns of the same names as attributes of a value, in this order; of no value at all each is unknown.

    Codes become their text, several things a list.
    """
    return {f"{prefix}{name}": None if item is None else _plain(getattr(item, name)) for name in names.split()}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.value if isinstance(value, Enum) else value


def guarded(text: str) -> str:
    """A text that no spreadsheet runs; line ends are line feeds."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    if any(separator in text for separator in _SEPARATORS):
        text = _INSIDE.sub("'", text)
    if text[:1].isalnum():  # most cells: no need to look further
        return text
    return f"'{text}" if _BEGINS.match(text) else text


def csv_text(lines: Iterable[Sequence[Any]], line_end: str = "\n") -> str:
    """Lines of plain cells (RFC 4180)."""
    out = io.StringIO()
    csv.writer(out, lineterminator=line_end).writerows(lines)
    return out.getvalue()


def csv_pieces(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Rows as CSV, header first, some hundred lines at a time; nothing at all without rows."""
    rest = iter(rows)
    top = next(rest, None)
    if top is None:
        return
    names, every = list(top), chain([top], rest)
    yield csv_text([names])
    while piece := list(islice(every, LINES_A_PIECE)):
        yield csv_text([_cell(row[name]) for name in names] for row in piece)


def json_pieces(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Rows as a JSON array of objects, some hundred at a time; unknown is null."""
    rest, before = iter(rows), "[\n "
    while piece := list(islice(rest, LINES_A_PIECE)):
        yield before + ",\n ".join(map(_object, piece))
        before = ",\n "
    yield "[]" if before == "[\n " else "\n]"


def to_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """See csv_pieces."""
    return "".join(csv_pieces(rows))


def to_json(rows: Iterable[Mapping[str, Any]]) -> str:
    """See json_pieces."""
    return "".join(json_pieces(rows))


def _object(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, indent=1, default=_json_value).replace("\n", "\n ")


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list):
        value = "; ".join(str(item) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    return guarded(value) if isinstance(value, str) else value


def _json_value(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not a plain value")
