"""Asks what a word of a controlled list means; the nearest of the list are proposed and never taken unasked."""

from __future__ import annotations

from etl.parsing.short_words import near_in_words
from etl.questions.question import MOST_PROPOSALS, ImportQuestion, ProposedAnswer, QuestionKind, Unanswered
from etl.tables.columns import Words
from models.base.text import fold

_TURNING = frozenset(
    ("chua", "khong", "ngung", "dung", "tam", "kem", "yeu", "the", "cham", "cho", "pha", "moi", "chuyen")
)
_FILLERS = frozenset(("nnt", "da", "dang", "duoc", "va", "tu", "nam", "theo", "cho", "roi"))


def word_question(field: str, text: str, words: Words, what: str, unanswered: Unanswered) -> ImportQuestion:
    """What a word of a controlled list means, with the nearest of the list proposed."""
    choices = {code: words.first(code) for code in dict.fromkeys(words.codes.values())}
    near: dict[str, str] = {}
    for spelling in near_words(text, words):
        near.setdefault(words.find(spelling) or "", spelling)
    best = [(code, spelling) for code, spelling in near.items() if code][:MOST_PROPOSALS]
    return ImportQuestion(
        kind=QuestionKind.WORD,
        field=field,
        text=text,
        asked=f'"{text[:60]}" ở cột {what} nghĩa là gì?',
        proposals=tuple(ProposedAnswer(code, choices[code], f'gần với "{spelling}"') for code, spelling in best),
        choices=choices,
        unanswered=unanswered,
    )


def near_words(text: str, words: Words) -> list[str]:
    """The spellings of the list that are near in writing and turn the meaning in the same way."""
    turns = _turns(text)
    return near_in_words(text, [known for known in words.spellings if _turns(known) == turns], without=_FILLERS)


def _turns(text: str) -> frozenset[str]:
    """The words that turn what a state means: "chưa hoạt động" is not near "đang hoạt động"."""
    return _TURNING.intersection(fold(text).split())
