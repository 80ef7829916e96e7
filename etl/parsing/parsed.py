"""What reading one cell gives: a value, nothing, or a problem its author can act on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeAlias, TypeVar

ValueT = TypeVar("ValueT")
_SHOWN = 40
_COLUMNS = 1 << 20  # more than any sheet has


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, or worth a remark: `what` and `remedy` are Vietnamese sentences without a full stop.

    `rule` is stable and names the rule ("number.ambiguous"); where it stands (file, sheet, cell) is
    added by whoever knows it.
    """

    rule: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Parsed(Generic[ValueT]):
    """A cell as read. Neither value nor problem means the cell is blank: missing, which is never zero.

    A `remark` comes with a value that was taken, but that the officer should look at.
    """

    value: ValueT | None = None
    problem: Problem | None = None
    remark: Problem | None = None

    @property
    def is_missing(self) -> bool:
        """Whether the cell says nothing at all."""
        return self.value is None and self.problem is None


@dataclass(frozen=True, slots=True)
class CellError:
    """A formula without a value: `code` is what the sheet shows (#REF!), or empty when it was never computed."""

    code: str

    def __str__(self) -> str:
        return self.code or "công thức chưa tính"


@dataclass(frozen=True, slots=True)
class Percent:
    """A number that its cell's format shows as a percentage: 41,2 % is kept by sheets as 0,412, here as 41.2 points."""

    points: Decimal

    def __str__(self) -> str:
        return f"{self.points.normalize():f} %".replace(".", ",")


Cell: TypeAlias = str | int | float | bool | date | Percent | CellError | None
"""One cell of a sheet; a moment (datetime) is a date too, a time of day or a duration comes as text."""


def error_in(cell: Cell) -> Problem | None:
    """The problem of a cell whose formula has no value; such a cell is never taken for a blank one."""
    if not isinstance(cell, CellError):
        return None
    what = f"công thức lỗi {cell.code}" if cell.code else "công thức chưa có kết quả"
    remedy = "Sửa công thức, hoặc chép giá trị đè lên công thức rồi lưu lại bằng Excel"
    return Problem("cell.formula_error", what, remedy)


def refused(rule: str, what: str, remedy: str) -> Parsed[ValueT]:
    """A cell that cannot be taken."""
    return Parsed(problem=Problem(rule, what, remedy))


def shown(value: object) -> str:
    """The value in quotation marks as a Vietnamese sheet shows it, cut when long."""
    text = str(value)
    if isinstance(value, date):
        text = f"{value:%d/%m/%Y}"
    elif isinstance(value, float):
        text = f"{value:.15g}".replace(".", ",")
    return f'"{text if len(text) <= _SHOWN else text[:_SHOWN] + "…"}"'


def text_of(cell: Cell) -> str:
    """The cell as text for names and codes: a number loses Excel's ".0", blank and error give the empty text."""
    if cell is None or isinstance(cell, CellError):
        return ""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def has_own_unit(cell: Cell) -> bool:
    """Whether a text writes its unit beside the number ("1,2 tỷ đồng")."""
    return isinstance(cell, str) and any(letter.isalpha() for letter in cell)


def cell_name(row: int, column: int) -> str:
    """The name of a cell as sheets write it ("C17"); rows count from 1, columns from 0."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def spot_of(row: int, column: int) -> int:
    """A cell as one number."""
    return row * _COLUMNS + column


def cell_at(spot: int) -> str:
    """The name of the cell that `spot_of` gave."""
    return cell_name(*divmod(spot, _COLUMNS))
