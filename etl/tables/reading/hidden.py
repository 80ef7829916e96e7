"""Tells once a file which of its rows, columns and sheets are hidden: rows and columns are read, sheets are not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from etl.files.hidden_parts import HiddenParts, spans
from etl.parsing.parsed import cell_name
from etl.tables.columns import PERSONAL
from etl.tables.findings import Findings
from etl.tables.tables import Table

SHOWN_RANGES, SHOWN_NAMES = 12, 8
_CLEAR = "Nếu không thuộc danh sách thì xóa hẳn khỏi tệp rồi nộp lại; nếu thuộc thì không cần làm gì"


def say_hidden_sheet(name: str, rows: int, findings: Findings) -> None:
    """Tell a hidden sheet that holds something; it is not read."""
    if rows:
        what = f'trang ẩn "{name}" có {rows} dòng, không được đọc'
        findings.remark("sheet.hidden", what, "Bỏ ẩn trang rồi nộp lại nếu cần nạp", sheet=name)


def say_hidden(sheets: Sequence[tuple[HiddenParts, Collection[Table]]], findings: Findings) -> None:
    """Tell the hidden rows below the headings, and the hidden columns that are taken, of the sheets with tables."""
    parts = [(tables, hidden.below(_top(tables))) for hidden, tables in sheets if hidden.is_any]
    if total := sum(hidden.rows for _tables, hidden in parts):
        is_filtered = any(hidden.is_filtered for _tables, hidden in parts if hidden.rows)
        why = "do lọc" if is_filtered else "ẩn bằng tay hoặc thu gọn nhóm"
        where = _named((_sheet(tables), list(spans(hidden.ranges))) for tables, hidden in parts if hidden.rows)
        what = f"tệp có {total} dòng đang ẩn ({why}), vẫn được đọc: {where}"
        findings.remark("rows.hidden", what, _CLEAR)
    taken = [(_sheet(tables), list(_taken(hidden, tables))) for tables, hidden in parts]
    if count := sum(len(names) for _name, names in taken):
        what = f"tệp có {count} cột đang ẩn, vẫn được đọc: {_named(pair for pair in taken if pair[1])}"
        findings.remark("columns.hidden", what, _CLEAR)


def _top(tables: Collection[Table]) -> int:
    """The last row of the first heading."""
    return min(table.header.rows[-1] for table in tables)


def _sheet(tables: Collection[Table]) -> str:
    return next(table.sheet for table in tables)


def _taken(hidden: HiddenParts, tables: Collection[Table]) -> Iterator[str]:
    """The hidden columns that are taken, by heading and letter."""
    for column in (column for table in tables for column in table.header.columns):
        if column.index in hidden.columns and not column.name.startswith(PERSONAL):
            yield f'"{column.heading[:60]}" ({cell_name(1, column.index).rstrip("1")})'


def _named(found: Iterator[tuple[str, list[str]]]) -> str:
    """What is hidden, sheet by sheet, of very many the first."""
    parts = []
    for sheet, names in islice(found, SHOWN_NAMES):
        more = ", …" if len(names) > SHOWN_RANGES else ""
        rows = "dòng " if names[0][0].isdigit() else "cột "
        parts.append(f'trang "{sheet}" {rows}{", ".join(names[:SHOWN_RANGES])}{more}')
    return "; ".join(parts) + ("; …" if next(found, None) else "")
