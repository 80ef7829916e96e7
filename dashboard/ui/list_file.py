"""A list as CSV or as an Excel workbook; no text becomes a formula in either."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from models.base.row_text import LINES_A_PIECE, csv_text, guarded

Value = str | int | float | date | None  # what a cell may hold
WIDE, NARROW = 44, 16


def csv_lines(notes: Sequence[str], header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """A CSV with a byte-order mark in pieces: notes and header at once, then some hundred lines each."""
    yield "\ufeff" + _csv_text([*[[note] for note in notes], header])
    rest = iter(rows)
    while piece := list(islice(rest, LINES_A_PIECE)):
        yield _csv_text(piece)


def _csv_text(rows: Iterable[Sequence[Value]]) -> str:
    return csv_text(([csv_cell(value) for value in row] for row in rows), "\r\n")


def csv_cell(value: Value) -> str | int:
    """What a cell says; text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    return value


def workbook(sheet: str, notes: Sequence[str], header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """One sheet, written row by row so that memory stays flat; codes stay text with their leading zeros."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    page = book.add_worksheet(sheet)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    for index, name in enumerate(header):
        page.set_column(index, index, WIDE if name.startswith("Tên") else NARROW)
    line = 0
    for note in notes:
        page.write_string(line, 0, note, bold)
        line += 1
    page.write_row(line, 0, header, bold)
    page.freeze_panes(line + 1, 0)
    for line, row in enumerate(rows, start=line + 1):  # noqa: B020
        for index, value in enumerate(row):
            _write(page, line, index, value, day)
    book.close()
    return out.getvalue()


def _write(page: Worksheet, line: int, index: int, value: Value, day: Format) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        page.write(line, index, value, day)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        page.write_number(line, index, value)
    else:
        page.write_string(line, index, str(value))
