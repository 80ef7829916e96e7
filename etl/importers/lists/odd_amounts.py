"""Amounts far off their column's others or last year's: in which unit they are is asked once, with their rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import log10
from statistics import median
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from etl.importers.draft import Context
from etl.importers.report_fields import COUNTS, MONEY
from etl.parsing.parse import Marks, parse_tax_code
from etl.parsing.parsed import Cell, Problem, shown, spot_of, text_of
from etl.parsing.text import clean
from etl.parsing.units import Unit, UnitMeasure, read_unit
from etl.questions.question import (
    LONGEST_TEXT,
    MOST_PROPOSALS,
    SKIP,
    ImportQuestion,
    ProposedAnswer,
    QuestionKind,
    Unanswered,
)
from etl.questions.questions import ImportQuestions
from etl.tables.headings import HeadedColumn
from etl.tables.money_columns import UNITS, amount_of, odd_amounts
from etl.tables.tables import Table
from models.register.organization import Organization, YearReport
from models.register.unread import UnreadValue

OTHER_UNIT = "money.other_unit"
NUMBERS = frozenset((*COUNTS, *MONEY))
MILLION = 1_000_000
THOUSANDS = ((400, 2_500), (400_000, 2_500_000))  # times last year's value: another unit, not growth
MOSTLY = 3  # rows from which on their middle tells of a whole column
_REMEDY = "Trả lời câu hỏi về đơn vị của các ô này, hoặc ghi đơn vị ngay trong ô (ví dụ 912,5 tỷ đồng)"


@dataclass(slots=True)
class SettledAmounts:
    """By spot: the amounts that are not taken, and the units that somebody said of others."""

    problems: dict[int, Problem] = field(default_factory=dict)
    units: dict[int, Unit] = field(default_factory=dict)


def settle_amounts(table: Table, marks: Marks, context: Context) -> SettledAmounts:
    """Ask once a column about the amounts that may be in another unit than it states; unanswered they stay unread."""
    settled = SettledAmounts()
    for column in table.header.columns:
        if column.unit is None or column.unit.measure is not UnitMeasure.MONEY or not column.is_unit_stated:
            continue
        odd = odd_amounts(table, column, marks) | _off_last_year(table, column, marks, context)
        if odd:
            _settle(column, odd, settled, context.questions, is_large=_is_large(table, column, odd, marks))
    return settled


def _is_large(table: Table, column: HeadedColumn, odd: Mapping[int, Cell], marks: Marks) -> bool:
    """Whether the doubtful amounts are above the others; where there are no others, the heading's unit is too large."""
    amounts = [(spot_of(line.number, column.index), amount_of(line.cells, column, marks)) for line in table.lines]
    others = [amount for spot, amount in amounts if amount and spot not in odd]
    doubtful = [amount for spot, amount in amounts if amount and spot in odd]
    return not others or median(doubtful) > median(others)


def _settle(
    column: HeadedColumn,
    odd: Mapping[int, Cell],
    settled: SettledAmounts,
    questions: ImportQuestions,
    *,
    is_large: bool,
) -> None:
    text = f"{column.heading}: {'; '.join(dict.fromkeys(map(_written, odd.values())))}"[:LONGEST_TEXT]
    make = partial(_question, column, odd, text, is_large=is_large)
    answer = questions.ask(QuestionKind.UNIT, column.name, text, make, among=UNITS, rows=len(odd))
    unit = read_unit(answer) if answer not in (None, SKIP) else None
    for spot, cell in odd.items():
        if unit is not None:
            settled.units[spot] = unit
            continue
        what = f'{shown(cell)} ở cột "{column.heading}" hơn kém hàng trăm lần giá trị thường có, có thể khác đơn vị'
        settled.problems[spot] = Problem(OTHER_UNIT, what, _REMEDY)


def _question(column: HeadedColumn, odd: Mapping[int, Cell], text: str, *, is_large: bool) -> ImportQuestion:
    factor = float(column.unit.factor) if column.unit is not None else 1.0
    own = [words for words, size in UNITS.items() if size == factor]
    fitting = [words for words, size in UNITS.items() if size != factor and (size < factor) is is_large]
    likely = sorted(fitting, key=lambda words: abs(log10(UNITS[words] / factor)))[: MOST_PROPOSALS - 1]
    reason = f"các ô khác, năm trước {'nhỏ' if is_large else 'lớn'} hơn nhiều"
    proposals = [ProposedAnswer(words, words, reason) for words in likely]
    proposals += [ProposedAnswer(words, words, "đúng như tiêu đề cột") for words in own]
    return ImportQuestion(
        kind=QuestionKind.UNIT,
        field=column.name,
        text=text,
        asked=f'{len(odd)} ô ở cột "{column.heading[:60]}" hơn kém hàng trăm lần các ô khác hoặc số năm trước '
        f"({', '.join(map(_written, list(odd.values())[:3]))}): tính bằng đơn vị nào?",
        proposals=tuple(proposals),
        choices={words: words for words in UNITS},
        unanswered=Unanswered.FIELD,
        skip_words="Chưa rõ, để trống các ô này",
    )


def said_unit(value: UnreadValue, questions: ImportQuestions) -> Unit | None:
    """The unit that somebody said of an unread amount; None while nobody did, and for counts."""
    start = f"{value.heading}: "
    for answer in questions.of(QuestionKind.UNIT) if value.field in MONEY else ():
        if answer.field == value.field and answer.text.startswith(start) and answer.value != SKIP:
            values = answer.text[len(start) :].split("; ")
            whole = values[:-1] if len(answer.text) >= LONGEST_TEXT else values  # the last may be cut
            if value.text in whole:
                return read_unit(answer.value)
    return None


def _written(cell: Cell) -> str:
    """An amount as an unread value keeps it."""
    return f"{cell:.15g}".replace(".", ",") if isinstance(cell, float) else clean(text_of(cell))


def _off_last_year(table: Table, column: HeadedColumn, marks: Marks, context: Context) -> dict[int, Cell]:
    """By spot, the amounts about a thousand or a million times last year's of their organisation, or that part of it.

    Where the middle of the column is so, all its amounts are. Organisations are known by their code.
    """
    code = table.header.index_of("tax_code")
    stored = _stored(column.name, context) if code is not None and column.name in MONEY else {}
    if code is None or not stored:
        return {}
    import pandas as pd  # lists that nothing is known of pay nothing for it

    ratios = pd.concat([pd.DataFrame(_ratios(chunk, code, column, marks, stored)) for chunk in table.lines.chunks()])
    if ratios.empty:
        return {}
    is_off = ratios["ratio"].map(_is_off)
    if len(ratios) >= MOSTLY and _is_off(float(ratios["ratio"].median())):
        filled = (line for line in table.lines if amount_of(line.cells, column, marks))
        return {spot_of(line.number, column.index): line.cells[column.index] for line in filled}
    return dict(zip(ratios["spot"][is_off].astype(int).tolist(), ratios["cell"][is_off].tolist(), strict=True))


def _ratios(
    lines: Sequence[Any], code: int, column: HeadedColumn, marks: Marks, stored: Mapping[str, float]
) -> Iterator[dict[str, Any]]:
    for line in lines:
        known = stored.get(parse_tax_code(line.cells[code]).value or "") if code < len(line.cells) else None
        amount = amount_of(line.cells, column, marks) if known else None
        if known and amount:
            spot, ratio = spot_of(line.number, column.index), amount / MILLION / known
            yield {"spot": spot, "cell": line.cells[column.index], "ratio": ratio}


def _is_off(ratio: float) -> bool:
    size = max(ratio, 1 / ratio)
    return any(low <= size <= high for low, high in THOUSANDS)


def _stored(name: str, context: Context) -> dict[str, float]:
    """What is known of last year, in million đồng, by the code of the organisation."""
    value = getattr(YearReport, name)
    statement = (
        select(col(Organization.tax_code), value)
        .join(YearReport, col(YearReport.organization_id) == col(Organization.id))
        .where(col(YearReport.superseded_at).is_(None), col(YearReport.year) == context.year - 1)
        .where(col(Organization.is_demo) == context.is_demo, col(Organization.tax_code).is_not(None), value > 0)
        .where(col(Organization.place).in_([context.place.slug, *context.place.predecessors]))
    )
    return {str(code): float(amount) for code, amount in context.session.execute(statement)}
