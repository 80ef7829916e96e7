"""Puts the rows under a header where they belong: lines, totals, groups, notes; ticks become words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from etl.files.readers import Row
from etl.parsing.parsed import Problem, cell_name, text_of
from etl.parsing.text import clean
from etl.tables.findings import Findings, Severity
from etl.tables.headings import HeadedColumn, checked
from etl.tables.second_heading import HeadingMatch, heading_of
from etl.tables.shape.beside import part_of_row
from etl.tables.shape.doubles import doubles
from etl.tables.shape.ticks import ticked_row
from etl.tables.table_rows import RowKind, RowSorter, surplus_cells
from etl.tables.tables import DataRow, Progress, Table, TableShape, TotalLine

REPORTED_ROWS = 5000
MOST_SURPLUS = 20


@dataclass(slots=True)
class TableFilling:
    """Fills one table row by row. `is_beside` tells that other tables stand at its side, the next from `until` on."""

    table: Table
    shape: TableShape
    findings: Findings
    progress: Progress
    is_beside: bool = False
    until: int = 0
    _sorter: RowSorter = field(init=False)
    _ticks: list[HeadedColumn] = field(init=False)
    _surplus: int = field(default=0, init=False)
    _unticked: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._sorter = RowSorter(self.table.header)
        self._ticks = [column for column in self.table.header.columns if column.ticks]

    def take(self, whole: Row) -> bool:
        """Put the next row where it belongs; False where another table begins with it."""
        row = part_of_row(whole, self.table.header, self.until) if self.is_beside else whole
        if row is None:
            return True
        match = heading_of(row, self.table.header, self.shape.words)
        if match is HeadingMatch.OTHER:
            return False
        kind = self._sorter.heading() if match is HeadingMatch.SAME else self._sorter.kind(row)
        if kind is RowKind.DATA or (kind is RowKind.GROUP and self.shape.groups_are_rows):
            self._take_line(row, is_data=kind is RowKind.DATA)
        elif kind in (RowKind.TOTAL, RowKind.SUBTOTAL):
            is_grand = kind is RowKind.TOTAL
            self.table.totals.append(TotalLine(row.number, row.cells, len(self.table.lines), is_grand))
        elif kind is RowKind.GROUP:
            text = next((cell for cell in reversed(row.cells) if isinstance(cell, str)), None)
            ordinal = next((cell for cell in row.cells if isinstance(cell, str)), None)
            told = f"{ordinal} {text_of(text)}" if ordinal != text and ordinal is not None else text_of(text)
            self.table.groups.append((row.number, clean(told)))
        elif kind is RowKind.DOUBTFUL:
            self._stop_doubtful(row)
        elif kind is RowKind.NOTE:
            self.table.notes.append(clean(" ".join(text_of(cell) for cell in row.cells if cell is not None)))
        return True

    def _stop_doubtful(self, row: Row) -> None:
        """A row of words under the total: the foot of the page, or an organisation that stands too low."""
        what = "dòng chữ dưới dòng tổng cộng, không rõ là tổ chức hay chân trang"
        problem = Problem(
            "row.after_total", what, "Nếu là tổ chức, chuyển lên trên dòng tổng cộng; nếu không, xóa dòng"
        )
        index = next(index for index, cell in enumerate(row.cells) if cell is not None)
        where, value = cell_name(row.number, index), row.cells[index]
        self.findings.stop_row(problem, self.table.sheet, row.number, where, value)

    def _take_line(self, row: Row, *, is_data: bool) -> None:
        table = self.table
        for column in self._ticks:
            row = self._ticked(row, column)
        table.lines.append(DataRow(row.number, row.cells))
        if self._surplus < MOST_SURPLUS and is_data and (self.until or not self.is_beside):
            self._surplus += self._say_surplus(row)
        if len(table.lines) % REPORTED_ROWS == 0 and is_data:
            self.progress(f'Đọc trang "{table.sheet}": {len(table.lines)} dòng')

    def _ticked(self, row: Row, column: HeadedColumn) -> Row:
        row, word, problem = ticked_row(row, column)
        if problem is not None:
            where, heading = cell_name(row.number, column.index), column.heading[:80]
            self.findings.add(Severity.REMARK, problem, sheet=self.table.sheet, cell=where, column=heading)
        elif word is None:
            self._unticked += 1
        return row

    def _say_surplus(self, row: Row) -> int:
        """A cell under no heading: columns may have slipped, so the row waits for the officer."""
        cells = surplus_cells(self.table.header, row)
        if cells:
            what = "ô có dữ liệu nhưng cột không có tiêu đề, dòng có thể bị lệch cột"
            problem = Problem("row.ragged", what, "Xóa ô thừa hoặc đặt tiêu đề cho cột")
            self.findings.stop_row(problem, self.table.sheet, row.number, cells[0])
        return len(cells)

    def finish(self, settle: Callable[[Table], None] = lambda _table: None) -> None:
        """Leave columns that say nothing beside another of their meaning, and tell what was not ticked."""
        table = self.table
        settle(table)
        left = doubles(table.header.columns, (line.cells for line in table.lines))
        kept = tuple(column for column in table.header.columns if column not in left)
        table.header = checked(replace(table.header, columns=kept), self.shape.words, self.shape.required)
        for column in left:
            what = f'cột "{column.heading[:60]}" trống hoặc lặp lại cột cùng nghĩa nên không lấy'
            self.findings.remark("header.double", what, "Không cần làm gì", sheet=table.sheet)
        if self._unticked:
            names = ", ".join(f'"{column.heading[:60]}"' for column in self._ticks)
            what = f"{self._unticked} dòng không đánh dấu cột nào dưới {names}, được hiểu là chưa có"
            self.findings.remark("ticks.none", what, "Nếu có, đánh dấu vào một cột", sheet=table.sheet)
