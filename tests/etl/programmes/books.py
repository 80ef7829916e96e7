"""Short ways to workbooks of programmes: export, change cells, load."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from sqlalchemy.orm import Session

from etl.facts.facts_reader import ProgrammeFacts
from etl.facts.stored import read_stored
from etl.loading.recipe import ImportResult
from etl.programmes import sheets
from etl.programmes.exporting import export_book
from etl.writing.programme_written import says
from models.config.settings import ROOT
from tests.etl.loading.desk import Desk

SLUGS = ("dong-nai-01-2023", "gia-lai-2020", "nghi-quyet-20-2022", "ninh-thuan-2023", "thanh-hoa-922-2023")
NEW = {  # a decision of a province without a programme, invented
    "Địa bàn": "Cà Mau (đến 30/6/2025)",
    "Tên chương trình": "Kế hoạch phát triển kinh tế tập thể",
    "Số văn bản": "77/QĐ-UBND",
    "Ngày ban hành": "15/3/2023",
    "Cơ quan ban hành": "Ủy ban nhân dân tỉnh",
}


def exported(desk: Desk, slug: str | None = None, name: str = "ct.xlsx") -> Path:
    """The workbook of a programme, or the empty one, as a file."""
    with Session(desk.engine) as session:
        content = export_book(session, ROOT / "data", slug)
    path = desk.folder / name
    path.write_bytes(content)
    return path


def load(desk: Desk, path: Path, **options: Any) -> ImportResult:
    """Load a workbook of a programme."""
    return desk.load(path, "programme", None, None, **options)


def stored(desk: Desk, slug: str) -> ProgrammeFacts | None:
    """A programme as it is in force."""
    with Session(desk.engine) as session:
        return next((row for row in read_stored(session) if row.head.value.slug == slug), None)


def said(desk: Desk, slug: str) -> dict[str, Any] | None:
    """What a programme in force says."""
    found = stored(desk, slug)
    return says(found) if found else None


def set_cells(path: Path, cells: dict[tuple[str, str], Any]) -> Path:
    """Write values into cells named by sheet and cell ("Cam kết có số", "G2")."""
    book = openpyxl.load_workbook(path)
    for (sheet, cell), value in cells.items():
        book[sheet][cell] = value
    book.save(path)
    return path


def filled(path: Path, document: dict[str, Any], **tables: list[dict[str, Any]]) -> Path:
    """Fill an empty workbook: lines of the document by label; rows of sheets by heading (`targets`, `tasks`, …)."""
    book = openpyxl.load_workbook(path)
    page = book[sheets.DOCUMENT]
    for row in range(2, page.max_row + 1):
        if page.cell(row, 1).value in document:
            page.cell(row, 2).value = document[page.cell(row, 1).value]
    for name, rows in tables.items():
        page = book[getattr(sheets, name.upper())]
        head = {cell.value: cell.column for cell in page[1]}
        for number, row in enumerate(rows, start=2):
            for heading, value in row.items():
                page.cell(number, head[heading]).value = value
    book.save(path)
    return path
