"""Headings that somebody was asked about: from the answer on they mean what was said."""

from __future__ import annotations

from dataclasses import replace

from etl.questions.question import SKIP, QuestionKind
from etl.questions.questions import ImportQuestions
from etl.tables.heading_words import HeadingWords, split_heading


def answered_headings(words: HeadingWords, field: str, questions: ImportQuestions) -> HeadingWords:
    """The reviewed headings with those answered for `field`, the first reviewed file of a kind; a name of ours only.

    A reviewed heading is never turned into another by an answer. An answer about "Tổng thu năm 2024" holds for that
    heading of every year, each with its own.
    """
    said = []
    for answer in questions.of(QuestionKind.HEADING):
        if answer.field == field and answer.value != SKIP and (name := _name(answer.value, words)):
            questions.answers[answer.key] = replace(answer, value=name, words=words.first_spelling(name))
            said.append(words.spelling_of(name, answer.text))
    return words.extended(said) if said else words


def _name(said: str, words: HeadingWords) -> str:
    """Our column that an answer means, given by its name or by one of its reviewed headings."""
    if said in words.by_name:
        return said
    found = words.find(split_heading(said))
    return found[0].name if found else ""
