"""Knows a list of persons that was sent in place of a list of organisations: none of it is read, shown or kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.tables.columns import PERSONAL, is_personal_heading
from etl.tables.tables import Table

FEWEST = 2  # columns of persons that make a table without the needed columns a list of persons


def persons_refusal(tables: Sequence[Table], required: Sequence[str]) -> str:
    """Why a file of persons is refused; empty for every file with a table that has the required columns."""
    if any(table.has(required) for table in tables):
        return ""
    headings = list(dict.fromkeys(heading for table in tables for heading in _personal(table)))
    if len(headings) < FEWEST:
        return ""
    named = ", ".join(f'"{heading[:60]}"' for heading in headings[:4])
    what = f"Đây là danh sách cá nhân (có các cột {named}), không phải danh sách tổ chức, nên không đọc, không giữ"
    return f"{what}. Nộp danh sách tổ chức, không kèm dữ liệu cá nhân"


def _personal(table: Table) -> Iterator[str]:
    header = table.header
    yield from (column.heading for column in header.columns if column.name.startswith(PERSONAL))
    yield from (column.heading for column in header.surplus if is_personal_heading(column.heading))
