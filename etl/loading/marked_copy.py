"""A copy of the received workbook with every problem marked at its cell, for the sender to mend."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

from etl.files.readers import FileRefusedError, Sheet, open_workbook
from etl.parsing.parsed import Cell, CellError
from etl.tables.findings import WORDS, Finding, Severity

COLOURS = {
    Severity.STOPS_FILE: "#F4B6B6",
    Severity.STOPS_ROW: "#F8D7A8",
    Severity.UNREAD: "#DCE9F7",
    Severity.REMARK: "#FFF3B0",
}
LIST_SHEET = "Danh sách lỗi"
LONGEST_SHEET_NAME = 31
_NOT_IN_NAMES = str.maketrans("[]:*?/\\'", "        ")
_OPTIONS = {
    "in_memory": True,
    "constant_memory": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy",
}


def marked_copy(path: Path, findings: Sequence[Finding]) -> bytes:
    """The workbook's values (no formulas, no macros) with problem cells coloured and commented, and a list in front.

    A file that cannot be read at all gives the list alone.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    formats = {severity: book.add_format({"bg_color": colour}) for severity, colour in COLOURS.items()}
    _write_list(book, findings)
    by_sheet: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_sheet[finding.sheet].append(finding)
    names = {LIST_SHEET.lower()}
    try:
        with open_workbook(path) as received:
            for sheet in received.sheets():
                target = book.add_worksheet(_free_name(sheet.name, names))
                _copy(target, sheet, by_sheet.get(sheet.name, []), formats)
    except FileRefusedError:
        pass  # what was read so far stays; the list says why the rest is missing
    book.close()
    return out.getvalue()


def _write_list(book: Any, findings: Sequence[Finding]) -> None:
    sheet = book.add_worksheet(LIST_SHEET)
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, ["Mức", "Trang", "Ô", "Giá trị", "Vấn đề", "Cách sửa", "Quy tắc"], bold)
    sheet.set_column(4, 5, 60)
    for number, item in enumerate(findings, start=1):
        row = [WORDS[item.severity], item.sheet, item.cell, item.value, item.what, item.remedy, item.rule]
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)


def _copy(target: Any, sheet: Sheet, findings: Sequence[Finding], formats: dict[Severity, Any]) -> None:
    marks: dict[tuple[int, int], list[Finding]] = defaultdict(list)
    for item in findings:
        if item.cell and item.cell[:1].isalpha() and item.cell[-1:].isdigit() and item.cell.isalnum():
            marks[xl_cell_to_rowcol(item.cell)].append(item)
    written = set()
    for row in sheet.rows:
        for column, cell in enumerate(row.cells):
            place = (row.number - 1, column)
            form = formats[_gravest(marks[place])] if place in marks else None
            if cell is not None or form is not None:
                _write_cell(target, place, cell, form)
                written.add(place)
    for place, items in marks.items():
        if place not in written:
            target.write_blank(*place, None, formats[_gravest(items)])
        text = "\n".join(f"{item.what}. {item.remedy}." for item in items)
        target.write_comment(*place, text[:2000], {"x_scale": 2, "y_scale": 1.5})


def _gravest(items: Sequence[Finding]) -> Severity:
    order = list(Severity)
    return min((item.severity for item in items), key=order.index)


def _write_cell(target: Any, place: tuple[int, int], cell: Cell, form: Any) -> None:
    if isinstance(cell, str | CellError):
        target.write_string(*place, str(cell), form)
    elif isinstance(cell, bool):
        target.write_boolean(*place, cell, form)
    elif isinstance(cell, date):
        moment = cell if isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day)
        target.write_string(*place, f"{moment:%d/%m/%Y}", form)
    elif isinstance(cell, int | float):
        target.write_number(*place, cell, form)
    else:
        target.write_blank(*place, None, form)


def _free_name(name: str, taken: set[str]) -> str:
    """A sheet name that a workbook accepts and that is not taken yet."""
    bare = name.translate(_NOT_IN_NAMES).strip()[:LONGEST_SHEET_NAME] or "Trang"
    free, number = bare, 2
    while free.lower() in taken:
        free = f"{bare[: LONGEST_SHEET_NAME - 4]} {number}"
        number += 1
    taken.add(free.lower())
    return free
