"""A column that says of which year each line is: lines of another year than the order's stay out."""

from __future__ import annotations

import re

from etl.importers.draft import Context
from etl.parsing.parsed import Problem, cell_name, text_of
from etl.tables.cells import CellReader
from etl.tables.headings import HeadedColumn
from etl.tables.tables import Table
from models.base.text import fold

_HEADINGS = re.compile(
    r"(?:nam|nien do|ky)(?: (?:bao cao|bc|so lieu|du lieu|thong ke|danh gia|xep loai|tai chinh|cua so lieu))?"
)
_YEAR = re.compile(r"(?:nam )?((?:19|20)[0-9]{2})(?:\.0)?")


def columns_of_year(table: Table) -> tuple[HeadedColumn, ...]:
    """The columns whose heading speaks of the year of the figures, not of the year of an event."""
    columns = (*table.header.columns, *table.header.surplus)
    return tuple(column for column in columns if _HEADINGS.fullmatch(fold(column.heading).strip(" .:")))


def stop_other_year(reader: CellReader, columns: tuple[HeadedColumn, ...], context: Context) -> bool:
    """Stop the line that such a column gives to another year; whether it did."""
    line = reader.line
    for column in columns:
        cell = line.cells[column.index] if column.index < len(line.cells) else None
        found = None if cell is None else _YEAR.fullmatch(fold(text_of(cell)).strip())
        if found is not None and int(found[1]) != context.year:
            what = f'dòng là của năm {found[1]} (cột "{column.heading[:40]}"), lượt nạp chọn năm {context.year}'
            remedy = "Nạp lại tệp này với năm đó nếu cần; nếu cột không nói năm của số liệu thì xóa cột"
            where = cell_name(line.number, column.index)
            problem = Problem("row.other_year", what, remedy)
            reader.findings.stop_row(problem, reader.table.sheet, line.number, where, found[1], column=column.heading)
            return True
    return False
