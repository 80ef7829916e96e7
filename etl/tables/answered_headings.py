"""Headings that somebody was asked about: from the answer on they mean what was said."""

from __future__ import annotations

from etl.questions.question import SKIP, QuestionKind
from etl.questions.questions import ImportQuestions
from etl.tables.heading_words import HeadingWords, Spelling


def answered_headings(words: HeadingWords, field: str, questions: ImportQuestions) -> HeadingWords:
    """The reviewed headings with those answered for `field`, the first reviewed file of a kind; a name of ours only.

    A reviewed heading is never turned into another by an answer.
    """
    names = set(words.names)
    said = [
        Spelling(answer.value, answer.text, words.reviewed_unit(answer.value))
        for answer in questions.of(QuestionKind.HEADING)
        if answer.field == field and answer.value != SKIP and answer.value in names
    ]
    return words.extended(said) if said else words
