"""A received workbook as tables: which sheets hold them, where each begins, which are passed over."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from etl.files.hidden_parts import HiddenParts
from etl.files.readers import DEFAULT_LIMITS, FileRefusedError, Limits, MergedRange, Row, Sheet, open_workbook
from etl.parsing.parsed import Cell, text_of
from etl.parsing.text import clean, folded_key
from etl.tables.columns import PERSONAL
from etl.tables.findings import Findings, Severity
from etl.tables.headings import DEEPEST, SEARCHED_ROWS, Header, checked
from etl.tables.own_exports import TEMPLATE_SHEET, not_read_back, own_list, says_read_back
from etl.tables.reading.cross_table import MOST_ACROSS, across
from etl.tables.reading.filling import TableFilling
from etl.tables.reading.hidden import say_hidden, say_hidden_sheet
from etl.tables.reading.name_column import lists_organizations, name_by_values, passed_summary
from etl.tables.shape.beside import side_by_side
from etl.tables.shape.gap import behind_gap, without_other_table
from etl.tables.shape.summary import is_summary_heading, plain_header
from etl.tables.shape.yearbook import yearbook_problem
from etl.tables.tables import Progress, Table, TableShape

_IGNORED_TWICE = ("header.duplicate",)
VALUE = "value"  # the column of figures of a list with a line a figure
OF_ORGANIZATIONS = "legacy_number"  # a column that every list of organisations may have


@dataclass(slots=True)
class SheetReading:
    """What one sheet holds, with its own findings: those of a sheet that is passed over are not told."""

    name: str
    findings: Findings
    tables: list[Table] = field(default_factory=list)
    not_found: Header | None = None
    own: str = ""
    hidden: HiddenParts = field(default_factory=HiddenParts)


def read_tables(
    path: Path,
    shape: TableShape,
    findings: Findings,
    *,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress = lambda _line: None,
) -> list[Table]:
    """Every table of a file. What cannot be read at all is a finding that stops the file, never an exception.

    A sheet without the required columns is passed over, with a remark, where another sheet has them.
    """
    readings: list[SheetReading] = []
    try:
        with open_workbook(path, limits) as book:
            for sheet in book.sheets():
                findings.is_opened = True
                readings.append(SheetReading(sheet.name, findings.apart(), hidden=sheet.hidden))
                _read_sheet(sheet, shape, readings[-1], progress)
    except FileRefusedError as error:
        findings.add(Severity.STOPS_FILE, error.problem, sheet=error.sheet, cell=error.cell)
    found = _chosen(readings, shape, findings)
    chosen = {id(table) for table in found}
    read = ((reading.hidden, [table for table in reading.tables if id(table) in chosen]) for reading in readings)
    say_hidden([(hidden, tables) for hidden, tables in read if tables], findings)
    return found


def _read_sheet(sheet: Sheet, shape: TableShape, reading: SheetReading, progress: Progress) -> None:
    if sheet.is_hidden:
        say_hidden_sheet(sheet.name, sum(1 for _row in sheet.rows), reading.findings)
        return
    rows = iter(sheet.rows)
    head = list(itertools.islice(rows, SEARCHED_ROWS))
    shape = _own_shape(sheet.name, head, shape, reading)
    if reading.findings.stops_file:
        return
    header = shape.header(head, sheet.merged)
    if shape.lies_across and header.index_of(VALUE) is None:
        reading.tables += across(sheet.name, [*head, *itertools.islice(rows, MOST_ACROSS)])
    if reading.tables or _stops_as_yearbook(head, header, shape, reading):
        return
    if not header.rows:
        reading.not_found = header
        return
    _read_tables_below(sheet, header, head, rows, shape, reading, progress)


def _read_tables_below(
    sheet: Sheet,
    header: Header,
    head: Sequence[Row],
    rows: Iterator[Row],
    shape: TableShape,
    reading: SheetReading,
    progress: Progress,
) -> None:
    """The tables of a sheet from its first header on, one below the other."""
    titles = [row for row in head if row.number < header.rows[0]]
    first = header.rows[-1]
    below = (row for row in itertools.chain(head, rows) if row.number > first)
    rest = _filled(below, sheet.merged or ())
    while header.rows:
        fillings = _fillings(header, sheet, shape, reading, progress)
        following = _fill(fillings, rest)
        for filling in fillings:
            filling.finish(lambda table: name_by_values(table, shape.required, reading.findings))
            _settle(filling.table, reading)
        if following is None:
            return
        header, rest = _next_table(sheet, reading, [*titles, following], rest, shape)


def _stops_as_yearbook(head: Sequence[Row], header: Header, shape: TableShape, reading: SheetReading) -> bool:
    """Stop the file where the sheet is a table of a yearbook, which this kind of file does not read."""
    problem = yearbook_problem(head, header, shape.required)
    if problem is not None:
        reading.findings.add(Severity.STOPS_FILE, problem, sheet=reading.name)
    return problem is not None


def _settle(table: Table, reading: SheetReading) -> None:
    """Tell what is wrong with the headings of a table; one of which none is ours is passed over."""
    if table.header.columns:
        _say_header(table, reading.findings)
    else:
        reading.tables.remove(table)
        reading.findings.add(Severity.REMARK, passed_summary(table), sheet=table.sheet)


def _own_shape(sheet: str, head: Sequence[Row], shape: TableShape, reading: SheetReading) -> TableShape:
    """The shape by which a list of the product is read; one that is not read back stops the file."""
    is_list, own = OF_ORGANIZATIONS in shape.words.names, own_list(head)
    if own is None:
        reading.own = sheet if is_list and sheet == TEMPLATE_SHEET else ""
        return shape
    if not (own.columns and is_list):
        reading.findings.add(Severity.STOPS_FILE, not_read_back(own), sheet=sheet)
        return shape
    reading.own = own.name
    reading.findings.add(Severity.REMARK, says_read_back(own), sheet=sheet)
    return replace(shape, words=own.words, year=None)


def _fill(fillings: Sequence[TableFilling], rows: Iterator[Row]) -> Row | None:
    """Give each row to every table; the row with which another table begins is given back."""
    for row in rows:
        taken = [filling.take(row) for filling in fillings]
        if not all(taken):
            return row
    return None


def _fillings(
    header: Header, sheet: Sheet, shape: TableShape, reading: SheetReading, progress: Progress
) -> list[TableFilling]:
    """The tables that begin with a header: one, or several side by side."""
    headers = side_by_side(header, shape.required)
    behind = behind_gap(header, shape.required) if len(headers) == 1 else ()
    if is_cut := bool(behind):
        headers = [without_other_table(header, behind, sheet.name, reading.findings.questions)]
        is_cut = headers[0] is not header
    tables = [Table(sheet.name, checked(part, shape.words, shape.required), own=reading.own) for part in headers]
    reading.tables += tables
    if len(tables) > 1:
        what = f"trang có {len(tables)} bảng cạnh nhau, mỗi bảng được đọc theo tiêu đề của nó"
        reading.findings.remark("table.beside", what, "Không cần làm gì nếu đúng", sheet=sheet.name)
    is_beside, until = is_cut or len(tables) > 1, behind[0].index if is_cut else 0
    return [TableFilling(table, shape, reading.findings, progress, is_beside, until) for table in tables]


def _next_table(
    sheet: Sheet, reading: SheetReading, above: Sequence[Row], rest: Iterator[Row], shape: TableShape
) -> tuple[Header, Iterator[Row]]:
    """The header of a table that begins below another, and the rows under it; in doubt the file stops."""
    first = above[-1]
    cells = {index: clean(text_of(cell)) for index, cell in enumerate(first.cells) if cell is not None}
    if "name" in shape.required and is_summary_heading(cells.values()):
        return plain_header(reading.tables[-1].header, first.number, cells), rest
    block = [*above, *itertools.islice(rest, DEEPEST - 1)]
    header = shape.header(block, sheet.merged)
    is_wrong = any(not item.missing for item in header.problems)
    if not header.rows or header.rows[0] != first.number or is_wrong:
        ours = {column.index: column.heading for column in reading.tables[-1].header.columns}
        other = [(i, text) for i, text in cells.items() if folded_key(ours.get(i, "")) != folded_key(text)]
        named = ", ".join(f'"{text}" dưới cột "{ours.get(index, "")}"' for index, text in other[:3])
        what = f"dòng {first.number} là tiêu đề của một bảng khác ({named})"
        remedy = "Chép bảng thứ hai sang trang riêng, đủ tiêu đề"
        reading.findings.stop_file("table.second", what, remedy, sheet=sheet.name)
        return Header((), ()), rest
    lowest = header.rows[-1]
    return header, (row for row in itertools.chain(block, rest) if row.number > lowest)


def _say_header(table: Table, findings: Findings) -> None:
    personal = {column.heading for column in table.header.columns if column.name.startswith(PERSONAL)}
    for item in table.header.problems:
        about_person = any(f'"{heading}"' in item.problem.what for heading in personal)
        if not (item.missing or (item.problem.rule in _IGNORED_TWICE and about_person)):
            findings.add(Severity.STOPS_FILE, item.problem, sheet=table.sheet, cell=item.cell)
    if personal:
        names = ", ".join(f'"{heading}"' for heading in sorted(personal))
        what = f"cột {names} là dữ liệu cá nhân không được lưu nên đã bỏ"
        findings.remark("person.dropped", what, "Lần sau nộp tệp không có các cột này", sheet=table.sheet)


def _chosen(readings: Sequence[SheetReading], shape: TableShape, findings: Findings) -> list[Table]:
    """The tables of the sheets that are read; the others are told."""
    whole = [reading for reading in readings if any(is_whole(table, shape) for table in reading.tables)]
    found: list[Table] = []
    for reading in readings:
        is_other = bool(reading.tables) and reading not in whole
        if whole and is_other and not any(lists_organizations(table) for table in reading.tables):
            _say_passed(reading.name, findings)
            continue
        findings.merge(reading.findings)
        found += reading.tables
        if reading.not_found is not None and whole:
            _say_passed(reading.name, findings)
    if not found:
        _say_nothing_found(readings, findings)
    return found


def is_whole(table: Table, shape: TableShape) -> bool:
    """Whether a table can be read: it has the required columns, or is one laid across that is read without them."""
    return table.is_across or table.has(shape.required)


def _say_passed(name: str, findings: Findings) -> None:
    what = f'trang "{name}" không có bảng cần tìm nên bỏ qua'
    findings.remark("sheet.passed_over", what, "Không cần làm gì nếu đúng là trang thừa", sheet=name)


def _say_nothing_found(readings: Sequence[SheetReading], findings: Findings) -> None:
    for reading in readings:
        for item in reading.not_found.problems if reading.not_found is not None else ():
            findings.add(Severity.STOPS_FILE, item.problem, sheet=reading.name, cell=item.cell)
    if not findings.stops_file:
        findings.stop_file("file.no_table", "tệp không có trang nào chứa bảng", "Kiểm tra lại tệp rồi nộp lại")


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
