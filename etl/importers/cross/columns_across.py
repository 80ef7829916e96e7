"""What the columns of a table laid across say: a time, a kind, a unit."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from etl.importers.cross.subjects import is_of_all
from etl.importers.cross.times import FigureTime, time_of_heading
from etl.parsing.units import read_unit
from etl.tables.columns import Words
from etl.tables.heading_words import HeadingWords, split_heading
from etl.tables.headings import HeadedColumn
from etl.tables.reading.cross_table import CROSS
from etl.tables.table_rows import estimated_columns
from etl.tables.tables import Table
from models.base.text import fold

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_TAIL = re.compile(r"[,:;–-]\s*([^,:;–-]+)$")
_DIVIDED = re.compile(r"\b(?:chia ra|chia theo|phan theo)\b")
_LEAST_CLASSES = 3


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """One column of values. `is_timeless`: it speaks of a time that cannot be told; `note` is kept with its values."""

    index: int
    heading: str
    time: FigureTime | None
    texts: tuple[str, ...]
    unit: str
    is_timeless: bool = False
    note: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it says nothing beside a time: it is of all that the table is about."""
        return all(map(is_of_all, self.texts))


def columns_across(table: Table, words: HeadingWords) -> list[ColumnMeaning]:
    """The meaning of each column of values; those that a note calls estimates or preliminary are estimates."""
    found = [_meaning(column, words) for column in table.header.columns if column.name == CROSS]
    marks = {column.index: split_heading(column.heading).mark for column in table.header.columns}
    timed = tuple(
        HeadedColumn(column.index, column.heading, year=column.time.year or None, mark=marks[column.index])
        for column in found
        if column.time is not None
    )
    estimated = estimated_columns(replace(table.header, columns=timed), table.notes)
    note = next((text for text in table.notes if estimated), "")
    return [_estimated(column, note) if column.index in estimated else column for column in found]


def _estimated(column: ColumnMeaning, note: str) -> ColumnMeaning:
    if column.time is None or column.time.kind != "actual":
        return column
    return replace(column, time=FigureTime("estimate", column.time.year), note=note[:200])


def _meaning(column: HeadedColumn, words: HeadingWords) -> ColumnMeaning:
    parts = [split_heading(part).bare or part for part in column.parts]
    found = time_of_heading(parts, words)
    time, rest = found if found is not None else (None, [])
    note = "Số sơ bộ." if re.search(r"\bso bo\b", fold(column.heading)) else ""
    unit = next(filter(None, map(unit_of_heading, reversed(column.parts))), "")
    return ColumnMeaning(column.index, column.heading, time, tuple(rest), unit, found is None, note)


def unit_of_heading(heading: str) -> str:
    """The unit that a heading writes ("Doanh thu (triệu đồng)"); empty without one."""
    tail = _TAIL.search(heading)
    written = [*_BRACKETS.findall(heading), *([tail[1]] if tail else []), heading]
    return next((text.strip() for text in written if read_unit(text) is not None), "")


def divisions(
    columns: Collection[ColumnMeaning], classes: Words
) -> Iterator[tuple[ColumnMeaning, list[ColumnMeaning]]]:
    """A column of wholes with the columns it is divided into: classes, or what stands under "Chia ra"."""
    whole = [column for column in columns if column.is_whole]
    if len(whole) != 1:
        return
    rated = [column for column in columns if column.texts and classes.find(column.texts[-1])]
    if len(rated) >= _LEAST_CLASSES:
        yield whole[0], rated
    divided = [column for column in columns if column not in rated and _DIVIDED.search(fold(column.heading))]
    if len(divided) > 1:
        yield whole[0], divided
