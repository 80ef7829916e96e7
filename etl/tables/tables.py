"""A received workbook as tables: header found, rows told apart, merged cells filled, footnotes kept."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from etl.files.readers import DEFAULT_LIMITS, FileRefusedError, Limits, MergedRange, Row, Sheet, open_workbook
from etl.files.spool import Spool
from etl.parsing.parsed import Cell, Problem, text_of
from etl.parsing.text import clean, folded_key
from etl.tables.columns import PERSONAL
from etl.tables.findings import Findings, Severity
from etl.tables.heading_words import HeadingWords
from etl.tables.headings import DEEPEST, SEARCHED_ROWS, Header, find_header
from etl.tables.own_exports import own_export
from etl.tables.second_heading import HeadingMatch, heading_of
from etl.tables.table_rows import RowKind, RowSorter, surplus_cells
from models.base.text import fold

Progress = Callable[[str], None]
_DISTRICT = re.compile(r"(?:huyen|thi xa|thanh pho|quan) \S.*")
REPORTED_ROWS = 5000
_IGNORED_TWICE = ("header.duplicate",)


class DataRow(NamedTuple):
    """One row of figures; `district` is the district heading it stands under, if any."""

    number: int
    cells: tuple[Cell, ...]
    district: str = ""


@dataclass(frozen=True, slots=True)
class TotalLine:
    """A total row: checked against the rows before it and never loaded. `upto` counts the lines above."""

    number: int
    cells: tuple[Cell, ...]
    upto: int
    is_grand: bool


@dataclass(slots=True)
class Table:
    """One sheet's table; its lines may be many and lie outside memory."""

    sheet: str
    header: Header
    lines: Spool[DataRow] = field(default_factory=Spool)
    totals: list[TotalLine] = field(default_factory=list)
    groups: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """Titles above and notes below."""
        return [*self.header.titles, *self.notes]


@dataclass(frozen=True, slots=True)
class TableShape:
    """What an importer expects: accepted headings, columns that must be there, whether groups are rows too."""

    words: HeadingWords
    required: Collection[str]
    groups_are_rows: bool = False


def read_tables(
    path: Path,
    shape: TableShape,
    findings: Findings,
    *,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress = lambda _line: None,
) -> list[Table]:
    """Every table of a file. What cannot be read at all is a finding that stops the file, never an exception."""
    found: list[Table] = []
    passed: list[tuple[str, Header]] = []
    try:
        with open_workbook(path, limits) as book:
            for sheet in book.sheets():
                findings.is_opened = True
                _read_sheet(sheet, shape, findings, found, passed, progress)
    except FileRefusedError as error:
        findings.add(Severity.STOPS_FILE, error.problem, sheet=error.sheet, cell=error.cell)
    _say_passed(found, passed, findings)
    return found


def _read_sheet(
    sheet: Sheet,
    shape: TableShape,
    findings: Findings,
    found: list[Table],
    passed: list[tuple[str, Header]],
    progress: Progress,
) -> None:
    if sheet.is_hidden:
        findings.remark(
            "sheet.hidden", f'trang ẩn "{sheet.name}" không được đọc', "Bỏ ẩn nếu cần nạp", sheet=sheet.name
        )
        return
    rows = iter(sheet.rows)
    head = list(itertools.islice(rows, SEARCHED_ROWS))
    if own := own_export(head):
        findings.add(Severity.STOPS_FILE, own, sheet=sheet.name)
        return
    header = find_header(head, shape.words, required=shape.required, merged=sheet.merged)
    if not header.rows:
        passed.append((sheet.name, header))
        return
    titles = [row for row in head if row.number < header.rows[0]]
    below = (row for row in itertools.chain(head, rows) if row.number > header.rows[-1])
    rest = _filled(below, sheet.merged or ())
    while header.rows:
        table = Table(sheet.name, header)
        found.append(table)
        _say_header(table, findings)
        following = _sort_rows(table, rest, shape, findings, progress)
        if following is None:
            return
        header, rest = _next_table(sheet, table, [*titles, following], rest, shape, findings)


def _next_table(
    sheet: Sheet, table: Table, above: list[Row], rest: Iterator[Row], shape: TableShape, findings: Findings
) -> tuple[Header, Iterator[Row]]:
    """The header of a table that begins below another, and the rows under it; in doubt the file stops."""
    block = [*above, *itertools.islice(rest, DEEPEST - 1)]
    header = find_header(block, shape.words, required=shape.required, merged=sheet.merged)
    first = above[-1]
    if not header.rows or header.rows[0] != first.number or header.problems:
        ours = {column.index: column.heading for column in table.header.columns}
        cells = ((index, clean(text_of(cell))) for index, cell in enumerate(first.cells) if cell is not None)
        other = [(index, text) for index, text in cells if folded_key(ours.get(index, "")) != folded_key(text)]
        named = ", ".join(f'"{text}" dưới cột "{ours.get(index, "")}"' for index, text in other[:3])
        what = f"dòng {first.number} là tiêu đề của một bảng khác ({named})"
        findings.stop_file("table.second", what, "Chép bảng thứ hai sang trang riêng, đủ tiêu đề", sheet=sheet.name)
        return Header((), ()), rest
    return header, (row for row in itertools.chain(block, rest) if row.number > header.rows[-1])


def _say_passed(found: list[Table], passed: list[tuple[str, Header]], findings: Findings) -> None:
    for name, header in passed:
        if found:
            what = f'trang "{name}" không có bảng cần tìm nên bỏ qua'
            findings.remark("sheet.passed_over", what, "Không cần làm gì nếu đúng là trang thừa", sheet=name)
        else:
            for item in header.problems:
                findings.add(Severity.STOPS_FILE, item.problem, sheet=name, cell=item.cell)
    if not found and not findings.stops_file:
        findings.stop_file("file.no_table", "tệp không có trang nào chứa bảng", "Kiểm tra lại tệp rồi nộp lại")


def _say_header(table: Table, findings: Findings) -> None:
    personal = {column.heading for column in table.header.columns if column.name.startswith(PERSONAL)}
    for item in table.header.problems:
        about_person = any(f'"{heading}"' in item.problem.what for heading in personal)
        if not (item.problem.rule in _IGNORED_TWICE and about_person):
            findings.add(Severity.STOPS_FILE, item.problem, sheet=table.sheet, cell=item.cell)
    if personal:
        names = ", ".join(f'"{heading}"' for heading in sorted(personal))
        what = f"cột {names} là dữ liệu cá nhân không được lưu nên đã bỏ"
        findings.remark("person.dropped", what, "Lần sau nộp tệp không có các cột này", sheet=table.sheet)


def _sort_rows(
    table: Table, rows: Iterator[Row], shape: TableShape, findings: Findings, progress: Progress
) -> Row | None:
    """Put the rows where they belong; the row with which another table begins is given back."""
    sorter = RowSorter(table.header)
    district, surplus = "", 0
    for row in rows:
        heading = heading_of(row, table.header, shape.words)
        if heading is HeadingMatch.OTHER:
            return row
        kind = sorter.heading() if heading is HeadingMatch.SAME else sorter.kind(row)
        if kind is RowKind.DATA or (kind is RowKind.GROUP and shape.groups_are_rows):
            table.lines.append(DataRow(row.number, row.cells, district))
            surplus += _say_surplus(table, row, findings) if surplus < 20 and kind is RowKind.DATA else 0
        elif kind in (RowKind.TOTAL, RowKind.SUBTOTAL):
            is_grand = kind is RowKind.TOTAL
            table.totals.append(TotalLine(row.number, row.cells, len(table.lines), is_grand))
        elif kind is RowKind.GROUP:
            text = clean(text_of(next((cell for cell in reversed(row.cells) if isinstance(cell, str)), None)))
            table.groups.append((row.number, text))
            district = text if _DISTRICT.fullmatch(fold(text)) else district
        elif kind is RowKind.NOTE:
            table.notes.append(clean(" ".join(text_of(cell) for cell in row.cells if cell is not None)))
        if len(table.lines) % REPORTED_ROWS == 0 and kind is RowKind.DATA:
            progress(f'Đọc trang "{table.sheet}": {len(table.lines)} dòng')
    return None


def _say_surplus(table: Table, row: Row, findings: Findings) -> int:
    """A cell under no heading: columns may have slipped, so the row waits for the officer."""
    cells = surplus_cells(table.header, row)
    if cells:
        what = "ô có dữ liệu nhưng cột không có tiêu đề, dòng có thể bị lệch cột"
        problem = Problem("row.ragged", what, "Xóa ô thừa hoặc đặt tiêu đề cho cột")
        findings.stop_row(problem, table.sheet, row.number, cells[0])
    return len(cells)


def _filled(rows: Iterator[Row], merged: tuple[MergedRange, ...]) -> Iterator[Row]:
    """Rows in which a cell merged over several rows has its value in each of them."""
    tall = [((top, left), (bottom, right)) for (top, left), (bottom, right) in merged if bottom > top]
    if not tall:
        yield from rows
        return
    values: dict[tuple[int, int], Cell] = {}
    for row in rows:
        cells = list(row.cells)
        for (top, left), (bottom, _right) in tall:
            if top == row.number - 1:
                values[top, left] = cells[left] if left < len(cells) else None
            elif top < row.number - 1 <= bottom and (top, left) in values:
                cells += [None] * (left + 1 - len(cells))
                cells[left] = cells[left] if cells[left] is not None else values[top, left]
        yield Row(row.number, tuple(cells))
