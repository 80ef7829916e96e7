"""A table of a received workbook as plain values, and what an importer expects of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.files.readers import MergedRange, Row
from etl.files.spool import Spool
from etl.parsing.parsed import Cell
from etl.tables.columns import Words
from etl.tables.heading_words import HeadingWords
from etl.tables.headings import Header, find_header

Progress = Callable[[str], None]


class DataRow(NamedTuple):
    """One row of figures; district, commune and sector are what groups above it say, if any.

    `at` is the column of the one cell that the row is of, where the table was laid across.
    """

    number: int
    cells: tuple[Cell, ...]
    district: str = ""
    commune: str = ""
    sector: str = ""
    at: int | None = None


@dataclass(frozen=True, slots=True)
class TotalLine:
    """A total row: checked against the rows before it and never loaded. `upto` counts the lines above."""

    number: int
    cells: tuple[Cell, ...]
    upto: int
    is_grand: bool


@dataclass(slots=True)
class Table:
    """One sheet's table; its lines may be many and lie outside memory. `own` names a list that the product wrote.

    `is_across`: places, kinds or years stand at both sides of its figures; its columns have no names of ours.
    """

    sheet: str
    header: Header
    lines: Spool[DataRow] = field(default_factory=Spool)
    totals: list[TotalLine] = field(default_factory=list)
    groups: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    own: str = ""
    is_across: bool = False

    @property
    def texts(self) -> list[str]:
        """Titles above and notes below."""
        return [*self.header.titles, *self.notes]

    def has(self, names: Sequence[str]) -> bool:
        """Whether all these columns are there."""
        return all(self.header.index_of(name) is not None for name in names)


@dataclass(frozen=True, slots=True)
class TableShape:
    """What an importer expects: accepted headings, columns that must be there, whether groups are rows too.

    `year` is the one year that a list is read for, None where columns are of several; `codes` are the reviewed words.
    `lies_across`: tables without these columns are taken as they lie, to be unpivoted.
    """

    words: HeadingWords
    required: Sequence[str]
    groups_are_rows: bool = False
    year: int | None = None
    codes: Mapping[str, Words] = field(default_factory=dict)
    lies_across: bool = False

    def header(self, rows: Sequence[Row], merged: Sequence[MergedRange] | None) -> Header:
        """The header among these rows."""
        return find_header(rows, self.words, required=self.required, merged=merged, year=self.year, codes=self.codes)
