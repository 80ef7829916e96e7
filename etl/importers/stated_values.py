"""One published value in the unit its row states, turned into the unit of its indicator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from etl.parsing.parse import Marks, Parsed, parse_number, parse_share
from etl.parsing.parse_numbers import marks_of
from etl.parsing.parsed import Cell, has_own_unit, refused, shown, text_of
from etl.parsing.text import folded_key
from etl.parsing.units import Unit, UnitMeasure, read_unit, thing_of
from etl.tables.cells import CellReader
from models.targets.indicator import Indicator

NO_UNIT, WRONG_UNIT, OTHER_UNIT = "money.no_unit", "figure.wrong_unit", "money.other_unit"
UNIT_RULES = frozenset((NO_UNIT, WRONG_UNIT))
MOST_AN_ORGANIZATION = 1_000_000  # in million đồng: an average beyond 1.000 tỷ đồng is one written in đồng
_AVERAGE = "_avg_mn"
_SHARE = "share"


def indicator_value(cell: Cell, indicator: Indicator, stated: str, marks: Marks) -> Parsed[float]:
    """The value of a cell; `stated` is the unit its row writes, empty where it writes none.

    Money without a unit is refused, and so is a unit that measures something else than the indicator.
    """
    own, given = read_unit(indicator.unit), read_unit(stated)
    if own is None and (not stated or folded_key(stated) == folded_key(indicator.unit)):
        return _in_unit(parse_number(cell, marks=marks), Decimal(1))
    if stated and (own is None or given is None or own.measure != given.measure or _counts_other(indicator, stated)):
        what = f'đơn vị "{stated[:40]}" không hợp với chỉ tiêu "{indicator.name}" ({indicator.unit})'
        return refused(WRONG_UNIT, what, "Sửa đơn vị tính của dòng")
    if own is None:
        return Parsed()
    if own.measure is UnitMeasure.MONEY and not stated and not has_own_unit(cell):
        what = f"{shown(cell)} không ghi đơn vị tính: có thể là đồng, nghìn đồng, triệu đồng hay tỷ đồng"
        return refused(NO_UNIT, what, "Ghi đơn vị tính của dòng, ví dụ triệu đồng")
    value = _in_unit(_parsed(cell, indicator, given or own, marks), own.factor)
    return _plausible(value, cell, indicator)


def _counts_other(indicator: Indicator, stated: str) -> bool:
    """Whether a row counts other things than the indicator: organisations in "người", members in "HTX"."""
    own, given = thing_of(indicator.unit), thing_of(stated)
    return bool(own and given) and own != given


def _parsed(cell: Cell, indicator: Indicator, unit: Unit, marks: Marks) -> Parsed[Decimal]:
    if unit.measure is UnitMeasure.PERCENT:
        return parse_share(cell, marks=marks, is_part=indicator.kind == _SHARE)
    is_whole = unit.measure is UnitMeasure.COUNT and unit.factor == 1
    return parse_number(cell, unit=unit, marks=marks, is_whole=is_whole)


def _in_unit(parsed: Parsed[Decimal], factor: Decimal) -> Parsed[float]:
    value = None if parsed.value is None else float(parsed.value / factor)
    return Parsed(value, parsed.problem, parsed.remark)


def _plausible(parsed: Parsed[float], cell: Cell, indicator: Indicator) -> Parsed[float]:
    if parsed.value is None or _AVERAGE not in indicator.code or abs(parsed.value) < MOST_AN_ORGANIZATION:
        return parsed
    what = f"{shown(cell)} là {parsed.value:.0f} {indicator.unit}, quá lớn với một số bình quân"
    return refused(OTHER_UNIT, what, "Có thể ô này ghi bằng đồng; sửa số hoặc đơn vị tính của dòng")


def table_marks(reader: CellReader, unit: str, columns: Sequence[int]) -> Marks:
    """Which marks the table's values agree on, where each row states its unit in the column `unit`."""
    return marks_of(_texts(reader, unit, columns))


def _texts(reader: CellReader, unit: str, columns: Sequence[int]) -> Iterator[tuple[str, bool]]:
    for line in reader.table.lines:
        reader.line = line
        stated = read_unit(text_of(reader.cell(unit)))
        is_whole = stated is not None and stated.measure is UnitMeasure.COUNT and stated.factor == 1
        for index in columns:
            if index < len(line.cells) and isinstance(cell := line.cells[index], str):
                yield cell, is_whole
