"""Asks which of our columns a heading means that nobody reviewed: near in words, or known by its values."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from etl.parsing.parse_codes import has_valid_check_digit
from etl.parsing.parsed import Cell, shown, text_of
from etl.parsing.text import clean, folded_key
from etl.questions.question import (
    MOST_PROPOSALS,
    ImportQuestion,
    ProposedAnswer,
    QuestionKind,
    Unanswered,
)
from etl.questions.questions import ImportQuestions
from etl.tables.columns import PERSONAL, Words
from etl.tables.heading_words import HeadingWords
from etl.tables.headings import HeadedColumn, Header
from models.base.text import fold

MOSTLY = 0.6
_CODE = re.compile(r"[0-9]{10}(?:-?[0-9]{3})?")
_NAME = re.compile(r"(?:htx|lhhtx|tht|qtdnd)\b.*")
_COMMUNE = re.compile(r"(?:xa|phuong|thi tran|dac khu|x\.|p\.|tt\.) ?\S[^,;]{0,40}")
_DISTRICT = re.compile(r"(?:huyen|thi xa|thanh pho|quan|h\.|tx\.|tp\.) ?\S[^,;]{0,40}")


@dataclass(frozen=True, slots=True)
class AskedHeadings:
    """What the columns of one kind of file may be.

    `field` is the first reviewed file of headings, under which answers are kept; `unread` are columns that this kind
    never keeps; `lists` are the reviewed words of controlled fields.
    """

    words: HeadingWords
    field: str
    unread: Collection[str]
    required: Collection[str]
    lists: Mapping[str, Words]

    def choices(self, header: Header) -> dict[str, str]:
        """What a heading may still mean: our columns that are kept and not there yet, in a reader's words."""
        taken = {column.name for column in header.columns if column.year is None}
        names = [name for name in self.words.names if not name.startswith(PERSONAL)]
        return {name: self.words.first_spelling(name) for name in names if name not in {*taken, *self.unread}}


def ask_heading(
    column: HeadedColumn,
    near: list[str],
    values: list[Cell],
    asked: AskedHeadings,
    header: Header,
    questions: ImportQuestions,
    rows: int,
) -> str | None:
    """The answer about a column: SKIP or one of our names; None while nobody answered."""
    make = partial(_question, column, near, values, asked, header)
    known = asked.words.names
    return questions.ask(QuestionKind.HEADING, asked.field, column.heading, make, among=known, rows=rows)


def _question(
    column: HeadedColumn, near: list[str], values: list[Cell], asked: AskedHeadings, header: Header
) -> ImportQuestion:
    choices = asked.choices(header)
    proposals = _proposals(near, values, asked, choices)
    missing = set(asked.required) & choices.keys()
    is_needed = bool(near) or any(answer.value in missing for answer in proposals)
    return ImportQuestion(
        kind=QuestionKind.HEADING,
        field=asked.field,
        text=column.heading,
        asked=f'Cột "{column.heading[:80]}" là cột nào?',
        proposals=proposals,
        choices=choices,
        unanswered=Unanswered.FILE if is_needed else Unanswered.FIELD,
        skip_words="Không lấy cột này",
        examples=[shown(value) for value in values[:MOST_PROPOSALS]],
    )


def _proposals(
    near: list[str], values: list[Cell], asked: AskedHeadings, choices: Mapping[str, str]
) -> tuple[ProposedAnswer, ...]:
    """Of columns that are still free: those whose values fit before those that are near in words only."""
    by_words = {name: text for text in reversed(near) for name, known in asked.words.by_name.items() if text in known}
    reasons = {name: [f'chữ gần giống "{by_words[name]}"'] for name in reversed(by_words)}
    for name, why in _by_values(values, asked.lists):
        reasons.setdefault(name, []).append(why)
    best = sorted((name for name in reasons if name in choices), key=lambda name: -len(reasons[name]))
    return tuple(ProposedAnswer(name, choices[name], ", ".join(reasons[name])) for name in best[:MOST_PROPOSALS])


def _by_values(values: list[Cell], lists: Mapping[str, Words]) -> Iterator[tuple[str, str]]:
    """Our columns that hold such values, with why."""
    texts = [clean(text_of(value)) for value in values]
    folded = [fold(text) for text in texts]
    shapes = (
        ("tax_code", [_CODE.fullmatch(text) is not None and has_valid_check_digit(text) for text in texts], "mã số"),
        ("founded", [isinstance(value, date) for value in values], "ngày"),
        ("name", [_NAME.fullmatch(folded_key(text)) is not None for text in texts], "tên HTX, THT"),
        ("commune", [_COMMUNE.fullmatch(text) is not None for text in folded], "tên xã, phường"),
        ("district", [_DISTRICT.fullmatch(text) is not None for text in folded], "tên huyện"),
    )
    for name, fits, what in shapes:
        if values and sum(fits) >= MOSTLY * len(values):
            yield name, f"các ô là {what}"
    for name, words in lists.items():
        known = [text for text in texts if words.find(text)]
        if values and len(known) >= MOSTLY * len(values):
            yield name, f'các ô có từ như "{known[0]}"'
