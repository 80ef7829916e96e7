"""Where a field of the workbook stands, as the number that `Located` keeps for a line of data/. Pure."""

from __future__ import annotations

from typing import NamedTuple

from etl.parsing.parsed import cell_name
from etl.programmes.sheets import SHEETS

_COLUMNS = 1 << 8
_ROWS = 1 << 21


class BookPosition(NamedTuple):
    """A cell by sheet, row (from 1) and column (from 1; 0 means the whole row)."""

    sheet: str
    row: int
    column: int = 0

    @property
    def number(self) -> int:
        """The position as one number, in reading order."""
        return (SHEETS.index(self.sheet) * _ROWS + self.row) * _COLUMNS + self.column

    @property
    def cell(self) -> str:
        """The cell as a sheet names it; of a whole row its first cell."""
        return cell_name(self.row, max(self.column, 1) - 1)


def position_of(number: int) -> BookPosition:
    """The position that a number stands for."""
    rows, column = divmod(number, _COLUMNS)
    sheet, row = divmod(rows, _ROWS)
    return BookPosition(SHEETS[sheet], row, column)
