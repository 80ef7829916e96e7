"""Unpivots a table laid across (pandas: melt) into published values, a line a cell, each with the cell it came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from etl.importers.cross.columns_across import ColumnMeaning
from etl.importers.cross.row_meaning import RowMeaning, RowRole
from etl.importers.cross.subjects import NEUTRAL, FigureSubject, Subjects
from etl.importers.cross.times import FigureTime
from etl.parsing.parsed import Cell
from etl.parsing.text import folded_key
from etl.tables.reading.cross_table import is_blank

_AREAS = (RowRole.PART, RowRole.PLACE)
_WHOLES = (RowRole.TOTAL, RowRole.COUNTRY)


@dataclass(frozen=True, slots=True)
class CrossValue:
    """One cell that is taken. `label` names its province; empty: the place of the whole table."""

    row: RowMeaning
    column: ColumnMeaning
    cell: Cell
    subject: FigureSubject
    time: FigureTime
    label: str


@dataclass(slots=True)
class Unpivoting:
    """Goes through the cells of a table. What has no place among our values is noted by name."""

    subjects: Subjects
    base: FigureSubject | None
    said: FigureTime | None
    is_national: bool
    rows_left: dict[str, None] = field(default_factory=dict)
    columns_left: dict[str, None] = field(default_factory=dict)
    areas_left: dict[str, None] = field(default_factory=dict)
    times_left: dict[str, None] = field(default_factory=dict)
    is_without_year: bool = False

    def values(self, rows: Sequence[RowMeaning], columns: Sequence[ColumnMeaning]) -> Iterator[CrossValue]:
        """The cells that are taken, row by row."""
        bases = self._bases(rows)
        by_index = {column.index: column for column in columns}
        for place, index, cell in melted(rows, list(by_index)).itertuples(index=False):
            row, column = rows[place], by_index[index]
            if bases[place] is None or (value := self._value(row, column, bases[place][0], cell)) is None:
                continue
            yield value

    def _bases(self, rows: Sequence[RowMeaning]) -> list[tuple[FigureSubject | None] | None]:
        """What each row is about before its columns are looked at; None for a row that is not taken."""
        found: list[tuple[FigureSubject | None] | None] = []
        parent: FigureSubject | None = None
        is_in_area, part = False, -1
        for row in rows:
            if row.part.number != part or row.role in _WHOLES:
                is_in_area, part = False, row.part.number
            is_in_area = is_in_area or row.role in _AREAS
            base = row.part.subject or self.base
            taken: tuple[FigureSubject | None] | None = (base,)
            if row.part.left_out or row.role is RowRole.PART or (row.role is RowRole.TOTAL and self.is_national):
                taken = None
                self._leave(row)
            elif row.role is RowRole.KIND:
                over = parent if row.is_below and parent is not None else base
                subject = None if is_in_area else self.subjects.narrowed(over, [row.label])
                parent = subject if not row.is_below else parent
                taken = (subject,) if subject is not None and folded_key(row.label) not in NEUTRAL else None
                if taken is None:
                    self._leave(row)
            found.append(taken)
        return found

    def _leave(self, row: RowMeaning) -> None:
        if row.part.left_out:
            self.rows_left[row.part.left_out] = None
        elif row.role is RowRole.PART:
            self.areas_left[row.label] = None
        else:
            self.rows_left[row.label] = None

    def _value(
        self, row: RowMeaning, column: ColumnMeaning, base: FigureSubject | None, cell: Cell
    ) -> CrossValue | None:
        if column.is_timeless:
            self.times_left[column.heading] = None
            return None
        subject = self.subjects.narrowed(base, column.texts)
        if subject is None:
            self.columns_left[column.heading] = None
            return None
        time = self._time(row, column)
        if time is not None and not time.year:
            self.is_without_year = True
            return None
        if time is None:
            self.times_left[column.heading or row.label] = None
            return None
        return CrossValue(row, column, cell, subject, time, row.label if row.role is RowRole.PLACE else "")

    def _time(self, row: RowMeaning, column: ColumnMeaning) -> FigureTime | None:
        """The time of a cell: of its column, its row, the part it stands in, else of the titles; never of two years."""
        said = [time for time in (column.time, row.time, row.part.time) if time is not None]
        years = {time.year for time in said if time.year}
        kinds = {time.kind for time in said if time.kind != "actual"}
        if len(years) > 1 or len(kinds) > 1:
            return None
        if not said:
            return self.said
        year = years.pop() if years else (self.said.year if self.said is not None else 0)
        return FigureTime((*kinds, "actual")[0], year)


def melted(rows: Sequence[RowMeaning], indexes: Sequence[int]) -> Any:
    """Place of the row, index of the column and cell, for each cell that says something."""
    cells = [[row.line.cells[i] if i < len(row.line.cells) else None for i in indexes] for row in rows]
    wide = pd.DataFrame(cells, columns=list(indexes), dtype=object).rename_axis(index="place").reset_index()
    long = wide.melt(id_vars="place", var_name="column", value_name="cell").sort_values(["place", "column"])
    return long[~long["cell"].map(is_blank)]
