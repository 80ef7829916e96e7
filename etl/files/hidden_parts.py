"""Rows and columns that a sheet hides, by a filter, by hand or in a folded group: they are read, and told.

An .xls tells neither, a .csv has none.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_RANGES, MOST_COLUMNS = 200, 500
_HIDDEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']""")
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?col\s[^>]*>")
_EDGE = re.compile(rb"""\s(min|max)\s*=\s*["'](\d{1,7})["']""")
_FILTERED = re.compile(rb"""\sfilterMode\s*=\s*["'](?:1|true)["']|<(?:[\w.-]+:)?filterColumn\b""")
_ODS_COLUMN = re.compile(rb"<table:table-column\b[^>]*>")
_ODS_HIDDEN = re.compile(rb"""\stable:visibility\s*=\s*["'](collapse|filter)["']""")
_ODS_REPEATED = re.compile(rb"""\stable:number-columns-repeated\s*=\s*["'](\d{1,7})["']""")
Ranges = list[tuple[int, int]]


@dataclass(slots=True)
class HiddenParts:
    """What a sheet hides, whole once its rows have been gone through.

    `rows` counts hidden rows that hold something, numbered from 1; `ranges` are the first of them; `columns` count
    from 0. `is_filtered`: a filter hides rows.
    """

    rows: int = 0
    ranges: Ranges = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    is_filtered: bool = False

    def count(self, number: int) -> None:
        """Count one hidden row; rows come in order."""
        self.rows += 1
        if self.ranges and self.ranges[-1][1] == number - 1:
            self.ranges[-1] = (self.ranges[-1][0], number)
        elif len(self.ranges) < MOST_RANGES:
            self.ranges.append((number, number))

    def below(self, last: int) -> HiddenParts:
        """The same without rows up to `last`, those above and in a header."""
        kept = [(max(first, last + 1), end) for first, end in self.ranges if end > last]
        above = sum(min(end, last) - first + 1 for first, end in self.ranges if first <= last)
        return HiddenParts(self.rows - above, kept, self.columns, self.is_filtered)

    @property
    def is_any(self) -> bool:
        """Whether the sheet hides anything."""
        return bool(self.rows or self.columns)


class HiddenLines:
    """The hidden lines of a sheet ahead of the reading: noted by the slices, asked once a line, in order."""

    def __init__(self) -> None:
        self.found = HiddenParts()
        self._ahead: deque[tuple[int, int]] = deque()

    def note(self, first: int, last: int) -> None:
        """Note hidden lines; ranges come in order."""
        self._ahead.append((first, last))

    def read(self, number: int) -> None:
        """Count a line that holds something, if it is hidden."""
        while self._ahead and self._ahead[0][1] < number:
            self._ahead.popleft()
        if self._ahead and self._ahead[0][0] <= number:
            self.found.count(number)


def is_hidden_row(tag: bytes) -> bool:
    """Whether the tag of an .xlsx row hides it."""
    return b"hidden" in tag and _HIDDEN.search(tag) is not None


def hidden_columns(head: bytes) -> list[int]:
    """The columns that the head of an .xlsx sheet hides, counted from 0."""
    found: list[int] = []
    for column in _COLUMN.finditer(head):
        if _HIDDEN.search(column[0]):
            edges = {name: int(number) for name, number in _EDGE.findall(column[0])}
            found += range(edges.get(b"min", 1) - 1, min(edges.get(b"max", 0), MOST_COLUMNS))
    return found


def is_filtered(about: bytes) -> bool:
    """Whether the XML around the rows of an .xlsx sheet says that a filter is on."""
    return _FILTERED.search(about) is not None


def hidden_ods_columns(head: bytes) -> list[int]:
    """The columns that stand hidden before the rows of an .ods table, counted from 0."""
    found: list[int] = []
    index = 0
    for column in _ODS_COLUMN.finditer(head):
        repeated = _ODS_REPEATED.search(column[0])
        behind = min(index + (int(repeated[1]) if repeated else 1), MOST_COLUMNS)
        if _ODS_HIDDEN.search(column[0]):
            found += range(index, behind)
        index = behind
    return found


def ods_visibility(row: bytes) -> bytes:
    """Why the tag of an .ods row hides it: b"filter" or b"collapse", empty where it does not."""
    hidden = _ODS_HIDDEN.search(row)
    return hidden[1] if hidden else b""


def spans(ranges: Ranges) -> Iterator[str]:
    """Ranges as one writes them: "12-20", "25"."""
    for first, last in ranges:
        yield f"{first}-{last}" if last > first else f"{first}"
