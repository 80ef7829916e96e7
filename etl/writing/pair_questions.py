"""Pairs that may be one organisation as questions of a file to fill in; the answers are decisions about pairs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from etl.importers.draft import Pair
from etl.parsing.issues import LoadError
from etl.questions.question import ImportQuestion, QuestionKind, Unanswered
from etl.questions.questions import ImportQuestions
from etl.writing.requests import ImportRequest

SAME, DIFFERENT = "same", "different"
CHOICES = {SAME: "là một tổ chức", DIFFERENT: "hai tổ chức khác nhau"}


def ask_pairs(pairs: Iterable[Pair], questions: ImportQuestions) -> None:
    """Ask about each pair that nobody has decided."""
    for pair in pairs:
        if not pair.is_decided:
            questions.ask(QuestionKind.SAME_ORGANIZATION, "organization", pair.key, partial(_question, pair))


def _question(pair: Pair) -> ImportQuestion:
    return ImportQuestion(
        kind=QuestionKind.SAME_ORGANIZATION,
        field="organization",
        text=pair.key,
        asked=f"{pair.left} và {pair.right}: một hay hai tổ chức? ({pair.evidence})",
        choices=CHOICES,
        unanswered=Unanswered.ROWS,
        may_skip=False,
    )


def with_pairs(order: ImportRequest) -> ImportRequest:
    """The order with its answers about pairs as decisions; raises LoadError for an answer that is neither."""
    same, different, others = set(order.decisions.same), set(order.decisions.different), []
    for answer in order.answers:
        if answer.kind is not QuestionKind.SAME_ORGANIZATION:
            others.append(answer)
            continue
        value = ImportQuestion(answer.kind, answer.field, answer.text, "", (), CHOICES, may_skip=False).value_of(
            answer.value
        )
        if value is None:
            remedy = f'Ghi "{CHOICES[SAME]}" hoặc "{CHOICES[DIFFERENT]}"'
            raise LoadError(f'Câu trả lời "{answer.value[:60]}" về một cặp không hiểu được. {remedy}')
        (same if value == SAME else different).add(answer.text.replace("/", "="))
    decisions = replace(order.decisions, same=frozenset(same), different=frozenset(different))
    return replace(order, decisions=decisions, answers=tuple(others))
