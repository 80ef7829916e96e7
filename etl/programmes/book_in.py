"""Reads the cells of a programme workbook into lines of fields, with the cell of each; nothing is judged here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.files.readers import DEFAULT_LIMITS, FileRefusedError, Limits, Row, Sheet, open_workbook
from etl.parsing.issues import Issue
from etl.parsing.parsed import Cell, text_of
from etl.parsing.text import clean
from etl.programmes import sheets
from etl.programmes.catalogue import Catalogue
from etl.programmes.cells import UnreadCellError, is_unknown, words_of
from etl.programmes.positions import BookPosition
from etl.programmes.sheets import SheetColumn
from etl.tables.findings import Findings, Severity
from models.base.text import fold

NOT_READ = frozenset(fold(name) for name in (sheets.GUIDE, sheets.LISTS))
MARKS = {fold(mark): mark for mark in (sheets.RIGHT, sheets.MENDED, sheets.DROPPED)}
BESIDE = frozenset(fold(heading) for heading in ("Câu trong văn bản", "Lưu ý khi đọc"))  # of a draft, to look at only
Told = Callable[[BookPosition, str, str], None]


@dataclass(slots=True)
class BookLine:
    """One line: what its cells say by field, and where each stands. A field that nobody wrote is not in it."""

    sheet: str
    row: int
    cells: dict[str, Cell] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)

    def at(self, name: str = "") -> BookPosition:
        """Where a field stands; the whole row where it has no cell."""
        return BookPosition(self.sheet, self.row, self.columns.get(name, 0))


@dataclass(slots=True)
class BookLines:
    """Everything a workbook says, by sheet. `waiting` counts lines that nobody confirmed yet."""

    file: str
    lines: dict[str, list[BookLine]] = field(default_factory=dict)
    waiting: Counter[str] = field(default_factory=Counter)
    issues: list[Issue] = field(default_factory=list)

    def tell(self, at: BookPosition, what: str, remedy: str) -> None:
        """Note a problem at a cell."""
        self.issues.append(Issue(self.file, at.number, what, remedy))


def read_lines(path: Path, file: str, findings: Findings, limits: Limits = DEFAULT_LIMITS) -> BookLines:
    """Every line of the known sheets; a file that cannot be read, or a sheet that is missing, stops in `findings`."""
    found = BookLines(file)
    try:
        with open_workbook(path, limits) as book:
            for sheet in book.sheets():
                findings.is_opened = True
                _read_sheet(sheet, found, findings)
    except FileRefusedError as error:
        findings.add(Severity.STOPS_FILE, error.problem, sheet=error.sheet, cell=error.cell)
        return found
    missing = [name for name in sheets.SHEETS if name not in found.lines]
    if missing:
        what = f"thiếu trang {', '.join(missing)}"
        findings.stop_file("programme.sheet", what, "Dùng tệp mẫu của loại tệp này; không đổi tên trang")
    return found


def _read_sheet(sheet: Sheet, found: BookLines, findings: Findings) -> None:
    name = next((known for known in sheets.SHEETS if fold(known) == fold(clean(sheet.name))), None)
    if name is None:
        if fold(clean(sheet.name)) not in NOT_READ:
            remedy = "Chuyển nội dung vào trang của tệp mẫu nếu cần nạp"
            findings.remark("programme.other_sheet", f'trang "{sheet.name}" không được đọc', remedy, sheet=sheet.name)
        return
    rows = list(sheet.rows)
    found.lines[name] = []
    head = {fold(clean(text_of(cell))): number for number, cell in enumerate(rows[0].cells, 1)} if rows else {}
    mark = head.get(fold(sheets.CONFIRMED))
    if name == sheets.DOCUMENT:
        lines = (_document_line(row, found) for row in rows[1:])
    else:
        columns = _columns(name, rows[:1], head, found)
        lines = (_table_line(name, row, columns) for row in rows[1:])
    for row, line in zip(rows[1:], lines, strict=True):
        if line is not None and line.cells and _is_taken(line, row, mark, found):
            found.lines[name].append(line)


def _columns(name: str, first: Sequence[Row], head: dict[str, int], found: BookLines) -> dict[int, SheetColumn]:
    """Our columns by their number; a heading that is missing or that nobody knows is told."""
    known = {fold(column.heading): column for column in sheets.TABLES[name]}
    row = first[0].number if first else 1
    for heading, column in known.items():
        if heading not in head:
            remedy = "Dùng tệp mẫu; không xóa, không đổi tên cột"
            found.tell(BookPosition(name, row), f'thiếu cột "{column.heading}"', remedy)
    for heading, number in head.items():
        if heading and heading not in known and heading not in BESIDE and heading != fold(sheets.CONFIRMED):
            shown = clean(text_of(first[0].cells[number - 1]))
            what = f'cột "{shown}" không có trong mẫu nên sẽ bị mất'
            found.tell(BookPosition(name, row, number), what, "Xóa cột, hoặc chuyển nội dung vào cột Ghi chú")
    return {number: known[heading] for heading, number in head.items() if heading in known}


def _table_line(name: str, row: Row, columns: dict[int, SheetColumn]) -> BookLine:
    line = BookLine(name, row.number)
    for number, column in columns.items():
        line.columns[column.field] = number
        cell = row.cells[number - 1] if number <= len(row.cells) else None
        if not _is_blank(cell):
            line.cells[column.field] = cell
    return line


_LINES = {fold(line.heading): line for line in sheets.DOCUMENT_LINES}
_NAMED = {fold(heading): name for heading, name in sheets.NAMED_DOCUMENT.items()}
_NAMED_CELLS = ("number", "issued_on", "title")


def _document_line(row: Row, found: BookLines) -> BookLine | None:
    """A line of the sheet of the document: of one field, or of a document that is named ("implements")."""
    label, *cells = row.cells
    heading = fold(clean(text_of(label)))
    line = BookLine(sheets.DOCUMENT, row.number)
    if heading in _LINES:
        name = _LINES[heading].field
        line.columns[name] = 2
        if cells and not _is_blank(cells[0]):
            line.cells[name] = cells[0]
        return line
    if heading in _NAMED:
        told = dict(zip(_NAMED_CELLS, cells, strict=False))
        line.columns |= {name: number for number, name in enumerate(_NAMED_CELLS, start=2)}
        line.cells = {name: cell for name, cell in told.items() if not _is_blank(cell)}
        if line.cells:
            line.cells["role"] = _NAMED[heading]
        return line
    if heading or any(not _is_blank(cell) for cell in cells[:3]):
        shown = clean(text_of(label))
        found.tell(line.at(), f'mục "{shown}" không có trong mẫu', "Dùng đúng tên mục của tệp mẫu, hoặc xóa dòng")
    return None


def _is_taken(line: BookLine, row: Row, mark: int | None, found: BookLines) -> bool:
    """Whether a line counts: every line does where nothing is to be confirmed."""
    if mark is None:
        return True
    cell = row.cells[mark - 1] if mark <= len(row.cells) else None
    if _is_blank(cell):
        found.waiting[line.sheet] += 1
        return False
    said = MARKS.get(fold(clean(text_of(cell))))
    if said is None:
        offered = ", ".join(MARKS.values())
        at = BookPosition(line.sheet, line.row, mark)
        found.tell(at, f'cột Xác nhận ghi "{text_of(cell)}"', f"Ghi một trong: {offered}; để trống là chưa xác nhận")
    return said in (sheets.RIGHT, sheets.MENDED)


def _is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not clean(cell))


def fields_of(line: BookLine, columns: Iterable[SheetColumn], names: Catalogue, tell: Told) -> dict[str, Any]:
    """What a line says by field, read in the form of each column; a cell that cannot be read is told and left out."""
    told: dict[str, Any] = {}
    for column in columns:
        if column.field not in line.cells:
            continue
        cell = line.cells[column.field]
        try:
            if is_unknown(cell) and column.unknown:
                told[column.field] = column.unknown[0]
            else:
                told[column.field] = column.form.take(cell, names)
        except UnreadCellError as problem:
            tell(line.at(column.field), problem.what, problem.remedy)
    return told


def text_at(line: BookLine, name: str, tell: Told) -> str:
    """A field as text; empty where nothing stands or the cell cannot be read."""
    try:
        return words_of(line.cells.get(name))
    except UnreadCellError as problem:
        tell(line.at(name), problem.what, problem.remedy)
        return ""
