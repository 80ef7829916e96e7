"""Columns that hold nothing but ticks, in which a blank cell means no."""

from __future__ import annotations

from collections.abc import Collection

from etl.parsing.parsed import text_of
from etl.tables.findings import Findings
from etl.tables.tables import Table
from models.base.text import fold

TICKS = frozenset(("x", "v", "✓", "✔", "☑", "☒", "1"))


def ticked_columns(table: Table, asked: Collection[int]) -> frozenset[int]:
    """Which of these columns hold ticks and nothing else; all are looked at in one way through the lines."""
    may, ticked = set(asked), set[int]()
    for line in table.lines:
        for index in [index for index in may if index < len(line.cells) and line.cells[index] is not None]:
            (ticked.add if fold(text_of(line.cells[index])) in TICKS else may.discard)(index)
        if not may:
            break
    return frozenset(ticked & may)


def say_ticks(headings: Collection[str], sheet: str, findings: Findings) -> None:
    """Remark which columns of a table were read as ticks."""
    if headings:
        what = f"các cột {', '.join(headings)} chỉ có dấu đánh, nên ô trống được hiểu là không"
        findings.remark("yes_no.ticks", what, 'Nếu ô trống là chưa biết, ghi rõ "có" và "không"', sheet=sheet)
