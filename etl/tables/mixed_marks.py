"""Finds numbers whose lone mark is the other one than parts thousands in their column ("1,300" among "1.200")."""

from __future__ import annotations

import re

from etl.parsing.parse import Marks
from etl.parsing.parse_numbers import readings
from etl.parsing.parsed import Cell, Problem, shown, spot_of
from etl.tables.headings import HeadedColumn
from etl.tables.tables import Table

_DIGITS = re.compile(r"\s*'?[+\-−–]?\s*([0-9][0-9.,]*[0-9])")
_GROUPED = {
    Marks.VIETNAMESE: re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,.*)?"),
    Marks.ENGLISH: re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\..*)?"),
}
_OTHER = {Marks.VIETNAMESE: ",", Marks.ENGLISH: "."}


def mixed_marks(table: Table, marks: Marks) -> dict[int, Problem]:
    """By spot, the numbers that may be thousands by the mark their column uses for decimals; both readings told.

    Where the marks of the table are undeclared such numbers are refused by themselves.
    """
    found: dict[int, Problem] = {}
    for column in table.header.columns if marks in _GROUPED else ():
        if column.unit is not None:
            found |= _mixed_in(table, column, marks)
    return found


def _mixed_in(table: Table, column: HeadedColumn, marks: Marks) -> dict[int, Problem]:
    found: dict[int, Problem] = {}
    doubtful: list[tuple[int, Cell, str]] = []
    is_grouped = False
    for line in table.lines:
        cell = line.cells[column.index] if column.index < len(line.cells) else None
        number = _DIGITS.match(cell) if isinstance(cell, str) else None
        if number is None:
            continue
        is_grouped = is_grouped or _GROUPED[marks].fullmatch(number[1]) is not None
        if _OTHER[marks] in number[1] and len(readings(number[1])) > 1:
            doubtful.append((line.number, cell, number[1]))
    for row, cell, digits in doubtful if is_grouped else ():
        both = " hoặc ".join(f"{value.normalize():f}".replace(".", ",") for value in readings(digits))
        what = f'{shown(cell)} có thể là {both}: cột "{column.heading}" có ô dùng dấu kia ở hàng nghìn'
        problem = Problem("number.ambiguous", what, "Bỏ dấu chấm, dấu phẩy ở hàng nghìn, hoặc gõ vào ô dạng số")
        found[spot_of(row, column.index)] = problem
    return found
