"""Two columns of one meaning: one that says nothing, or the very same, is left; of two that differ none is chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from etl.parsing.parsed import Cell
from etl.tables.shape.header import HeadedColumn


def doubles(columns: Sequence[HeadedColumn], lines: Iterable[Sequence[Cell]]) -> list[HeadedColumn]:
    """The columns that may be left because they are empty or repeat another of the same meaning in every line."""
    groups = _groups(columns)
    if not groups:
        return []
    filled: set[int] = set()
    different: set[tuple[int, int]] = set()
    for cells in lines:
        for group in groups:
            values = [cells[column.index] if column.index < len(cells) else None for column in group]
            filled.update(column.index for column, value in zip(group, values, strict=True) if value is not None)
            first = group[0].index
            different.update((first, c.index) for c, value in zip(group, values, strict=True) if value != values[0])
    return [column for group in groups for column in _left(group, filled, different)]


def _groups(columns: Sequence[HeadedColumn]) -> list[list[HeadedColumn]]:
    found: dict[tuple[str, int | None], list[HeadedColumn]] = defaultdict(list)
    for column in columns:
        found[column.name, column.year].append(column)
    return [group for group in found.values() if len(group) > 1]


def _left(group: Sequence[HeadedColumn], filled: set[int], different: set[tuple[int, int]]) -> Iterable[HeadedColumn]:
    empty = [column for column in group if column.index not in filled]
    said = [column for column in group if column.index in filled] or empty[:1]
    same = [column for column in said[1:] if said[0] is group[0] and (group[0].index, column.index) not in different]
    return [*(column for column in empty if column not in said), *same]
