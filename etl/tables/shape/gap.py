"""Columns behind an empty column, or with a count of organisations: asked whether they are of another table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from etl.parsing.parsed import cell_name
from etl.questions.question import ImportQuestion, ProposedAnswer, QuestionKind, Unanswered
from etl.questions.questions import ImportQuestions
from etl.tables.shape.header import HeadedColumn, Header
from etl.tables.shape.summary import beside_count, counts_organizations

OTHER, SAME = "other_table", "this_list"
_SHOWN = 4


def behind_gap(header: Header, required: Sequence[str]) -> tuple[HeadedColumn, ...]:
    """The columns behind the first column without any heading that comes after the names, or those of a summary."""
    name = header.index_of("name") if "name" in required else None
    columns = sorted((*header.columns, *header.surplus), key=lambda column: column.index)
    headed = {column.index for column in columns} | {index for column in columns for index, _word in column.ticks}
    gap = next((i for i in range(name + 1, max(headed)) if i not in headed), None) if name is not None else None
    behind = tuple(column for column in columns if gap is not None and column.index > gap)
    if any(column.name for column in behind):
        return behind
    start = beside_count(column for column in columns if column.index > name) if name is not None else None
    return tuple(column for column in columns if start is not None and column.index >= start)


def without_other_table(header: Header, behind: Sequence[HeadedColumn], sheet: str, asked: ImportQuestions) -> Header:
    """The header without these columns, unless somebody answered that they are of this list."""
    headings = ", ".join(column.heading[:40] for column in behind[:_SHOWN])
    make = partial(_question, headings, behind, sheet)
    answer = asked.ask(QuestionKind.SECOND_TABLE, "beside", headings, make, among=(OTHER, SAME))
    if answer == SAME:
        return header
    first = behind[0].index
    return replace(
        header,
        columns=tuple(column for column in header.columns if column.index < first),
        surplus=tuple(column for column in header.surplus if column.index < first),
        keys=tuple(frozenset(key for key in keys if key[0] < first) for keys in header.keys),
    )


def _question(headings: str, behind: Sequence[HeadedColumn], sheet: str) -> ImportQuestion:
    """What the columns are; those that count organisations stay out unanswered, others by agreement."""
    is_summary = any(counts_organizations(column.heading) for column in behind)
    first, last = (cell_name(1, column.index)[:-1] for column in (behind[0], behind[-1]))
    choices = {OTHER: "Bảng khác, không lấy", SAME: "Cột của danh sách này"}
    return ImportQuestion(
        kind=QuestionKind.SECOND_TABLE,
        field="beside",
        text=headings,
        asked=f'Bên phải, ở {first}:{last}, còn các cột "{headings}": của danh sách này hay của một bảng khác?',
        proposals=tuple(ProposedAnswer(value, words) for value, words in choices.items()),
        choices=choices,
        unanswered=Unanswered.FIELD if is_summary else Unanswered.COLUMN,
        may_skip=False,
        where=f'trang "{sheet}"',
    )
