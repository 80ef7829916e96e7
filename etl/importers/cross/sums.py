"""Holds totals of a table laid across against their parts, down and across (pandas); what differs is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from etl.importers.cross.columns_across import ColumnMeaning, divisions
from etl.importers.cross.row_meaning import RowMeaning, RowRole
from etl.importers.draft import Context
from etl.parsing.parse import Marks, parse_number
from etl.parsing.parse_numbers import marks_of
from etl.parsing.parsed import Cell, Percent, Problem, cell_name
from etl.tables.findings import Severity
from etl.tables.tables import Table
from models.base.text import fold

_WHOLES, _PARTS = (RowRole.TOTAL, RowRole.COUNTRY), (RowRole.PART, RowRole.PLACE)
_CLOSE = 0.5  # totals are of whole numbers
_NO_SUM = re.compile(r"%|\b(?:ty le|ty trong|co cau|binh quan|toc do|tang|giam|so voi|so sanh)\b")
_REMEDY = "Kiểm tra hai số; số của dòng tổng được lấy như tệp ghi"


def say_sums(table: Table, rows: Sequence[RowMeaning], columns: Sequence[ColumnMeaning], context: Context) -> None:
    """Remark each total that its parts do not give, with both numbers; nothing is mended."""
    summed = [column for column in columns if not _NO_SUM.search(fold(column.heading)) and not column.is_timeless]
    counted = [row for row in rows if not row.part.left_out]
    texts = [cell for row in counted for cell in row.line.cells if isinstance(cell, str)]
    marks = marks_of((text, True) for text in texts)
    frame = pd.DataFrame(
        [[_number(row, column, marks) for column in summed] for row in counted],
        index=[row.line.number for row in counted],
        columns=[column.index for column in summed],
        dtype=float,
    )
    found = [*_down(frame, counted), *_across(frame, counted, summed, context)]
    for number, index, what in found:
        problem = Problem("total.mismatch", what, _REMEDY)
        context.findings.add(Severity.REMARK, problem, sheet=table.sheet, cell=cell_name(number, index))


def _number(row: RowMeaning, column: ColumnMeaning, marks: Marks) -> float | None:
    cell: Cell = row.line.cells[column.index] if column.index < len(row.line.cells) else None
    value = None if isinstance(cell, Percent) else parse_number(cell, marks=marks, is_whole=True).value
    return None if value is None else float(value)


def _down(frame: Any, rows: Sequence[RowMeaning]) -> Iterator[tuple[int, int, str]]:
    """Row and column of each total that is not the sum of the rows below it."""
    for place, whole in enumerate(rows):
        below = [row for row in _below(rows, place) if row.role in _PARTS] if whole.role in _WHOLES else []
        if len(below) < 2:
            continue
        parts = frame.loc[[row.line.number for row in below]]
        for index, stated in frame.loc[whole.line.number].dropna().items():
            values = parts[index].dropna()
            if len(values) and not _is_sum(stated, values.tolist()):
                said = f'dòng "{whole.label[:40]}" ghi {_shown(stated)}'
                yield whole.line.number, int(index), f"{said}, cộng {len(values)} dòng phần là {_shown(values.sum())}"


def _below(rows: Sequence[RowMeaning], place: int) -> Iterator[RowMeaning]:
    for row in rows[place + 1 :]:
        if row.role in _WHOLES or row.part.number != rows[place].part.number:
            return
        yield row


def _across(
    frame: Any, rows: Sequence[RowMeaning], columns: Sequence[ColumnMeaning], context: Context
) -> Iterator[tuple[int, int, str]]:
    """Row and column of each whole that the columns it is divided into do not give."""
    for whole, parts in divisions(columns, context.words["rating_class"]):
        sums = frame[[column.index for column in parts]].sum(axis=1, min_count=1)
        differing = frame[(frame[whole.index] - sums).abs() > _CLOSE].index
        labels = {row.line.number: row.label for row in rows}
        for number in differing:
            said = f'dòng "{labels[number][:40]}" ghi {_shown(frame.loc[number, whole.index])}'
            what = f"{said}, cộng {len(parts)} cột phần là {_shown(sums[number])}"
            yield int(number), whole.index, what


def _is_sum(stated: float, numbers: Sequence[float]) -> bool:
    """Whether the parts, or the uppermost of them where some are the sum of those after them, make the total."""
    upper, at = 0.0, 0
    while at < len(numbers):
        upper += numbers[at]
        at += 1 + _length_of_group(numbers, at)
    return any(abs(said - stated) <= _CLOSE for said in (sum(numbers), upper))


def _length_of_group(numbers: Sequence[float], at: int) -> int:
    """How many numbers after one add up to it; 0 where none do."""
    running = pd.Series(numbers[at + 1 :], dtype=float).cumsum()
    found = running[(running - numbers[at]).abs() <= _CLOSE].index
    return int(found[0]) + 1 if len(found) and numbers[at] else 0


def _shown(value: float) -> str:
    return f"{value:,.15g}".translate({ord(","): ".", ord("."): ","})
