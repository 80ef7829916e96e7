"""Two tables side by side on one sheet: their headings begin anew further right; each is read by its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.files.readers import Row
from etl.tables.shape.header import HeadedColumn, Header

BEGINS = ("row_number", "name")  # the column with which a list begins


def side_by_side(header: Header, required: Sequence[str]) -> list[Header]:
    """The headers of tables that stand beside each other, without problems; the header alone where it is one."""
    columns = sorted((*header.columns, *header.surplus), key=lambda column: column.index)
    starts = _starts(columns, required)
    if len(starts) < 2:
        return [header]
    starts[0] = 0
    ends = [*starts[1:], columns[-1].index + 1]
    return [_part(header, start, end) for start, end in zip(starts, ends, strict=True)]


def _starts(columns: Sequence[HeadedColumn], required: Sequence[str]) -> list[int]:
    """Where each table begins: where ordinals begin anew, else a name after a column without heading."""
    if not required or required[0] not in BEGINS:
        return []
    names = [column.index for column in columns if column.name == required[0] and column.year is None]
    numbers = [column.index for column in columns if column.name == "row_number"]
    if len(names) < 2:
        return []
    if len(numbers) == len(names) and all(a < b for a, b in zip(numbers, names, strict=True)):
        return numbers
    headed = {column.index for column in columns}
    return names if all(index - 1 not in headed for index in names[1:]) else []


def _part(header: Header, start: int, end: int) -> Header:
    def inside(columns: Sequence[HeadedColumn]) -> tuple[HeadedColumn, ...]:
        return tuple(column for column in columns if start <= column.index < end)

    keys = tuple(frozenset(key for key in keys if start <= key[0] < end) for keys in header.keys)
    return replace(header, columns=inside(header.columns), surplus=inside(header.surplus), problems=(), keys=keys)


def part_of_row(row: Row, header: Header, until: int) -> Row | None:
    """The cells of a row that stand under a header, and on up to a column, at their places; None for none."""
    indexes = [column.index for column in (*header.columns, *header.surplus)]
    start, end = min(indexes), max(max(indexes) + 1, until)
    cells = tuple(cell if start <= index else None for index, cell in enumerate(row.cells[:end]))
    return Row(row.number, cells) if any(cell is not None for cell in cells) else None
