"""Questions as plain values that a preview keeps, and what somebody answered to them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from etl.questions.question import (
    KIND_WORDS,
    SKIP,
    ImportAnswer,
    ImportQuestion,
    ProposedAnswer,
    QuestionKind,
    TakenAs,
    Unanswered,
)

OF_PAIRS = QuestionKind.SAME_ORGANIZATION  # asked with a reason, see pairs


class NotAnAnswerError(ValueError):
    """What was typed is no answer to a question; the text is a Vietnamese sentence."""


def question_values(questions: Iterable[ImportQuestion], more: int) -> dict[str, Any]:
    """The open questions but those about pairs; equal lists of choices are kept once and named by their place."""
    lists: dict[tuple[tuple[str, str], ...], int] = {}
    asked = [_values(question, lists) for question in questions if question.kind is not OF_PAIRS]
    return {"asked": asked, "lists": [dict(choices) for choices in lists], "more": more}


def _values(question: ImportQuestion, lists: dict[tuple[tuple[str, str], ...], int]) -> dict[str, Any]:
    own = {name: getattr(question, name) for name in ("field", "text", "asked", "rows", "may_skip", "skip_words")}
    return own | {
        "id": hashlib.sha256("|".join(question.key).encode()).hexdigest()[:12],
        "kind": str(question.kind),
        "kind_words": KIND_WORDS[question.kind],
        "unanswered": str(question.unanswered),
        "examples": list(question.examples),
        "proposals": [asdict(answer) for answer in question.proposals],
        "list": lists.setdefault(tuple(question.choices.items()), len(lists)),
    }


def taken_values(taken: Iterable[TakenAs]) -> list[dict[str, Any]]:
    """What was taken for what."""
    return [asdict(item) | {"kind_words": KIND_WORDS[item.kind]} for item in taken if item.kind is not OF_PAIRS]


def given_answers(
    questions: Mapping[str, Any], said: Mapping[str, str], *, is_everywhere: bool
) -> Sequence[ImportAnswer]:
    """The answers to kept questions by their ids, each a value or the words of one.

    Raises NotAnAnswerError naming the question for anything else.
    """
    found = []
    for kept in questions["asked"]:
        if text := said.get(kept["id"], ""):
            question = _question(kept, questions["lists"][kept["list"]])
            value = SKIP if text == SKIP and question.may_skip else question.value_of(text)
            if value is None:
                raise NotAnAnswerError(
                    f'{question.asked} "{text[:60]}" không phải là một câu trả lời có trong danh sách'
                )
            words = question.words_of(value)
            found.append(ImportAnswer(question.kind, question.field, question.text, value, words, is_everywhere))
    return found


def _question(kept: Mapping[str, Any], choices: Mapping[str, str]) -> ImportQuestion:
    return ImportQuestion(
        kind=QuestionKind(kept["kind"]),
        field=kept["field"],
        text=kept["text"],
        asked=kept["asked"],
        proposals=tuple(ProposedAnswer(**answer) for answer in kept["proposals"]),
        choices=choices,
        unanswered=Unanswered(kept["unanswered"]),
        may_skip=kept["may_skip"],
        skip_words=kept["skip_words"],
    )
