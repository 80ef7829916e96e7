"""Knows a table of a statistical yearbook: places or kinds down, a row of years across; figures read it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from etl.files.readers import Row
from etl.parsing.parsed import Cell, Problem, text_of
from etl.parsing.text import clean
from etl.tables.shape.header import Header

LEAST = 2  # years in the row of headings
FIRST, LAST = 1950, 2100


def yearbook_problem(rows: Sequence[Row], header: Header, required: Collection[str]) -> Problem | None:
    """Which kind of file to use instead, where a row holds nothing but years and the required columns are not there."""
    names = {column.name for column in header.columns}
    if required and names.issuperset(required):
        return None
    years = next((found for row in rows if len(found := _years(row)) >= LEAST), [])
    if not years:
        return None
    what = (
        f"đây là bảng kiểu niên giám thống kê: các năm {years[0]}, {years[1]}, … ở cột, không có cột của loại tệp này"
    )
    remedy = (
        'Nạp lại với loại tệp "Số liệu công bố": bảng này được đọc thẳng, chỉ hỏi điều bảng không ghi; '
        'hoặc chép dòng tổng số của tỉnh vào "Biểu tổng hợp của tỉnh (Biểu 1)"'
    )
    return Problem("table.yearbook", what, remedy)


def _years(row: Row) -> list[int]:
    """The years of a row that holds nothing but years; empty for every other row."""
    filled = [cell for cell in row.cells if cell is not None]
    years = [year for cell in filled if (year := _year(cell))]
    return years if len(years) == len(filled) else []


def _year(cell: Cell) -> int:
    text = clean(text_of(cell)).removeprefix("Năm ").removesuffix(".0")
    return int(text) if text.isdigit() and FIRST <= int(text) <= LAST else 0
