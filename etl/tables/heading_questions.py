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
from etl.tables.heading_words import HeadingWords, shown_spelling
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
    never keeps; `lists` are the reviewed words of controlled fields. `has_list`: a table of the file has all columns.
    """

    words: HeadingWords
    field: str
    unread: Collection[str]
    required: Collection[str]
    lists: Mapping[str, Words]
    has_list: bool = False

    def needed(self, free: Collection[str]) -> set[str]:
        """Of columns that are not there yet those without which nobody knows whom a row is of."""
        tells = set() if {"tax_code", "legacy_number", "commune"} - set(free) else {"tax_code", "commune"}
        return {*self.required, *(tells if "name" in self.required else ())} & set(free)

    def choices(self, header: Header) -> dict[str, str]:
        """What a heading may still mean: our columns that are kept and not there yet, in a reader's words."""
        taken = {column.name for column in header.columns if column.year is None}
        names = [name for name in self.words.names if not name.startswith(PERSONAL)]
        return {name: self.words.first_spelling(name) for name in names if name not in {*taken, *self.unread}}


@dataclass(frozen=True, slots=True)
class UnknownColumn:
    """A column whose heading nobody reviewed: headings of ours that are near, its first values, the rows it decides.

    `may_be_name`: why it may hold the names that no other column holds; empty where it may not.
    """

    column: HeadedColumn
    near: list[str]
    values: list[Cell]
    may_be_name: str
    rows: int


def ask_heading(unknown: UnknownColumn, asked: AskedHeadings, header: Header, questions: ImportQuestions) -> str | None:
    """The answer about a column: SKIP or one of our names; None while nobody answered."""
    make, known = partial(_question, unknown, asked, header), asked.words.names
    return questions.ask(
        QuestionKind.HEADING, asked.field, unknown.column.heading, make, among=known, rows=unknown.rows
    )


def _question(unknown: UnknownColumn, asked: AskedHeadings, header: Header) -> ImportQuestion:
    choices = asked.choices(header)
    proposals = _proposals(unknown, asked, choices)
    is_needed = any(answer.value in asked.needed(choices) for answer in proposals)
    other = Unanswered.COLUMN if unknown.near else Unanswered.FIELD
    return ImportQuestion(
        kind=QuestionKind.HEADING,
        field=asked.field,
        text=unknown.column.heading,
        asked=f'Cột "{unknown.column.heading[:80]}" là cột nào?',
        proposals=proposals,
        choices=choices,
        unanswered=Unanswered.FILE if is_needed else other,
        skip_words="Không lấy cột này",
        examples=[shown(value) for value in unknown.values[:MOST_PROPOSALS]],
    )


def _proposals(unknown: UnknownColumn, asked: AskedHeadings, choices: Mapping[str, str]) -> tuple[ProposedAnswer, ...]:
    """Of columns that are still free: those whose values fit before those that are near in words only."""
    spelled = asked.words.by_name
    by_words = {name: text for text in reversed(unknown.near) for name, known in spelled.items() if text in known}
    reasons = {name: [f'chữ gần giống "{shown_spelling(by_words[name])}"'] for name in reversed(by_words)}
    if unknown.may_be_name:
        reasons.setdefault("name", []).append(unknown.may_be_name)
    for name, why in _by_values(unknown.values, asked.lists):
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
