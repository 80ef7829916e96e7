"""Checks total rows against the rows they close; totals are never loaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from etl.parsing.parse import parse_number
from etl.parsing.parsed import Cell, Problem, cell_name
from etl.parsing.units import UnitMeasure
from etl.tables.findings import Findings, Severity
from etl.tables.headings import HeadedColumn
from etl.tables.tables import Table, TotalLine

Sums = dict[int, Decimal | None]  # by the index of a column


def check_totals(table: Table, findings: Findings) -> None:
    """Remark each total that is neither the sum of the rows since the last subtotal nor of all rows so far."""
    if not table.totals:
        return
    columns = [column for column in table.header.columns if adds_up(column)]
    sums = _sums(table, columns)
    last = 0
    for total in table.totals:
        for column in columns:
            _check(table, total, column, (sums[total.upto][column.index], sums[last][column.index]), findings)
        last = last if total.is_grand else total.upto


def adds_up(column: HeadedColumn) -> bool:
    """Whether figures of the column may be added: counts and money."""
    return column.unit is not None and column.unit.measure in (UnitMeasure.COUNT, UnitMeasure.MONEY)


def _sums(table: Table, columns: Sequence[HeadedColumn]) -> dict[int, Sums]:
    """Sums of the first n lines for each n that a total speaks of."""
    wanted = {total.upto for total in table.totals}
    running: Sums = {column.index: Decimal(0) for column in columns}
    kept = {0: dict(running)}
    for count, line in enumerate(table.lines, start=1):
        for column in columns:
            running[column.index] = _plus(running[column.index], line.cells, column)
        if count in wanted:
            kept[count] = dict(running)
    return kept


def _plus(before: Decimal | None, cells: Sequence[Cell], column: HeadedColumn) -> Decimal | None:
    """The sum so far and one more cell; None from a cell on that could not be read: no sum is known then."""
    value = None if before is None else added_value(cells[column.index] if column.index < len(cells) else None, column)
    return None if before is None or value is None else before + value


def added_value(cell: Cell, column: HeadedColumn) -> Decimal | None:
    """What a cell adds; blank adds nothing, unreadable is None."""
    if isinstance(cell, int) and column.unit is not None:
        return cell * column.unit.factor
    parsed = parse_number(cell, unit=column.unit)
    if parsed.problem is not None:
        return None
    return parsed.value if parsed.value is not None else Decimal(0)


def _check(
    table: Table,
    total: TotalLine,
    column: HeadedColumn,
    sums: tuple[Decimal | None, Decimal | None],
    findings: Findings,
) -> None:
    cell = total.cells[column.index] if column.index < len(total.cells) else None
    stated = parse_number(cell, unit=column.unit).value
    whole, start = sums
    if stated is None or whole is None or start is None or is_among(stated, (whole, whole - start)):
        return
    factor = column.unit.factor if column.unit else Decimal(1)
    expected = whole if total.is_grand else whole - start
    shown = f"{expected / factor:.15g}"
    what = f'dòng cộng của cột "{column.heading}" khác tổng các dòng ({shown.replace(".", ",")})'
    problem = Problem("total.mismatch", what, "Kiểm tra có thiếu dòng hay sai số; dòng cộng không được nạp")
    where = cell_name(total.number, column.index)
    findings.add(Severity.REMARK, problem, sheet=table.sheet, cell=where, value=cell)


def is_among(stated: Decimal, sums: Iterable[Decimal]) -> bool:
    """Whether a stated total is one of these sums, but for rounding."""
    return any(abs(stated - value) <= abs(value) * Decimal("0.000001") + Decimal("0.5") for value in sums)
