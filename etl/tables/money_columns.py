"""Money in a column: the unit that nobody stated is asked, and amounts in another unit than their column are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from statistics import median

from etl.parsing.parse import Marks, parse_number
from etl.parsing.parsed import Cell, has_own_unit, spot_of, text_of
from etl.parsing.text import name_key
from etl.parsing.units import UnitMeasure, read_unit
from etl.questions.question import SKIP, ImportQuestion, ProposedAnswer, QuestionKind, Unanswered
from etl.questions.questions import ImportQuestions
from etl.tables.headings import HeadedColumn
from etl.tables.tables import Table

GAP, FROM_THE_MIDDLE = 100, 200  # sizes of organisations run through; a wrong unit leaves a hole and a far value
FEW, GAP_OF_FEW = 3, 500
MOST_OF_ONE, MOST_OF_A_UNION = (
    10**12,
    10**14,
)  # đồng; the second for unions and credit funds
RARELY_MORE, LEAST = 10**11, 10**6  # đồng: what is more, or less, must not be far off the column's other values
UNITS = {"đồng": 1, "nghìn đồng": 10**3, "triệu đồng": 10**6, "tỷ đồng": 10**9}
LIKELY = (10**7, 10**11)  # đồng: between these lies the middle value of a column of amounts of organisations
_LARGE_KINDS = ("lhhtx", "qtdnd", "lh ", "qtd", "quỹ", "ngân")


def ask_units(table: Table, marks: Marks, questions: ImportQuestions) -> None:
    """Ask once for the unit of each column of bare amounts that states none; the answer becomes the column's unit.

    Left unknown, the column is not taken.
    """
    columns = tuple(_settled(table, column, marks, questions) for column in table.header.columns)
    if columns != table.header.columns:
        table.header = replace(table.header, columns=columns)


def _settled(table: Table, column: HeadedColumn, marks: Marks, questions: ImportQuestions) -> HeadedColumn:
    is_money = column.unit is not None and column.unit.measure is UnitMeasure.MONEY
    if not is_money or column.is_unit_stated or not column.name:
        return column
    bare = replace(column, unit=read_unit("đồng"))
    values = [value for line in table.lines if (value := amount_of(line.cells, bare, marks))]
    if not values:
        return column
    make = partial(_unit_question, column, sorted(values))
    examples = "; ".join(_shown(value) for value in values[:3])
    answer = questions.ask(
        QuestionKind.UNIT, column.name, column.heading, make, example=examples, among=UNITS, rows=len(values)
    )
    if answer is None:
        return column
    return replace(column, name="") if answer == SKIP else replace(column, unit=read_unit(answer), is_unit_stated=True)


def _unit_question(column: HeadedColumn, values: Sequence[float]) -> ImportQuestion:
    middle = median(values)
    near = [unit for unit, factor in UNITS.items() if LIKELY[0] <= middle * factor <= LIKELY[1]]
    reason = f"giá trị ở giữa là {_shown(middle)}"
    return ImportQuestion(
        kind=QuestionKind.UNIT,
        field=column.name,
        text=column.heading,
        asked=f'Cột "{column.heading}" tính bằng đơn vị nào?',
        proposals=tuple(ProposedAnswer(unit, unit, reason) for unit in near),
        choices={unit: unit for unit in UNITS},
        unanswered=Unanswered.FILE,
        skip_words="Không nhận cột này",
    )


def _shown(value: float) -> str:
    return f"{value:,.15g}".translate({ord(","): ".", ord("."): ","})


def odd_amounts(table: Table, column: HeadedColumn, marks: Marks) -> dict[int, Cell]:
    """By spot, the amounts of a column far off its others, or larger than such an organisation can be."""
    found: dict[int, Cell] = {}
    values = sorted(value for line in table.lines if (value := amount_of(line.cells, column, marks)))
    low, high = odd_bounds(values)
    if (low, high) == (0.0, float("inf")) and (not values or values[-1] < MOST_OF_ONE):
        return found
    name = table.header.index_of("name")
    for line in table.lines:
        value = amount_of(line.cells, column, marks)
        if value and (not low <= value <= high or value >= _most(line.cells, name)):
            found[spot_of(line.number, column.index)] = line.cells[column.index]
    return found


def amount_of(cells: Sequence[Cell], column: HeadedColumn, marks: Marks) -> float | None:
    """The size of an amount in đồng; None for nothing, for what cannot be read and for what states its own unit."""
    cell = cells[column.index] if column.index < len(cells) else None
    if cell is None or has_own_unit(cell) or column.unit is None:
        return None
    if isinstance(cell, int | float):
        return abs(cell) * float(column.unit.factor)
    value = parse_number(cell, unit=column.unit, marks=marks).value
    return None if value is None else abs(float(value))


def _most(cells: Sequence[Cell], name: int | None) -> int:
    text = name_key(text_of(cells[name])) if name is not None and name < len(cells) else ""
    return MOST_OF_A_UNION if text.startswith(_LARGE_KINDS) else MOST_OF_ONE


def odd_bounds(values: Sequence[float]) -> tuple[float, float]:
    """Between which bounds the sorted positive values of a column belong together; beyond them is another unit.

    The values fall apart where one is GAP times the one before and FROM_THE_MIDDLE times the middle of those below.
    The upper part is odd where it would lie among the lower in thousandths or millionths, or is more than an
    organisation usually has; the lower where it is less than any has and would lie among the upper in thousands or
    millions. The larger part is never odd.
    """
    low, high = 0.0, float("inf")
    for index in range(1, len(values)):
        below, above = values[:index], values[index:]
        if above[0] / below[-1] < (GAP if index >= FEW else GAP_OF_FEW) or above[0] < FROM_THE_MIDDLE * median(below):
            continue
        is_other_unit = index >= FEW and _fits(above[0], below, 1 / 1000, 1 / 1_000_000)
        if 2 * index >= len(values) and (is_other_unit or above[0] >= RARELY_MORE):
            high = min(high, below[-1])
        is_too_small = below[-1] < LEAST and _fits(below[-1], above, 1000, 1_000_000)
        if 2 * index <= len(values) and (is_too_small or above[0] >= MOST_OF_ONE):
            low = max(low, above[0])
    return low, high


def _fits(value: float, among: Sequence[float], *factors: float) -> bool:
    """Whether the value would lie among these in another unit."""
    return any(among[0] / 2 <= value * factor <= among[-1] * 2 for factor in factors)
