"""Questions and what was taken for what, as lines of text for the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from etl.loading.answer_file import MEANS
from etl.questions.question import KIND_WORDS, ImportQuestion, QuestionKind, TakenAs

_KINDS = list(QuestionKind)


def question_lines(questions: Sequence[ImportQuestion], more: int) -> Iterator[str]:
    """The open questions by kind, each with its rows, proposals and what happens without an answer."""
    if not questions:
        return
    yield f"Có {len(questions)} câu hỏi; mỗi câu trả lời một lần cho mọi dòng và các tệp sau:"
    ordered = sorted(questions, key=lambda question: _KINDS.index(question.kind))
    for kind, some in groupby(ordered, key=lambda question: question.kind):
        yield f"{KIND_WORDS[kind]}:"
        yield from map(_question_line, some)
    if more:
        yield f"  … và {more} dòng nữa có câu hỏi khác; trả lời các câu trên rồi xem lại."


def _question_line(question: ImportQuestion) -> str:
    proposed = [f"{number}. {a.words}" for number, a in enumerate(question.proposals, start=1)]
    parts = [
        f"  {question.asked} ({question.rows} dòng)",
        f"ví dụ {', '.join(question.examples)}" if question.examples else "",
        f"đề xuất: {'; '.join(proposed)}" if proposed else "",
        f"chưa trả lời thì {MEANS[question.unanswered]}",
    ]
    return "; ".join(part for part in parts if part)


def taken_lines(taken: Iterable[TakenAs]) -> Iterator[str]:
    """What was taken for what, by kind."""
    ordered = sorted(taken, key=lambda item: _KINDS.index(item.kind))
    if ordered:
        yield "Đã hiểu là:"
    for kind, some in groupby(ordered, key=lambda item: item.kind):
        yield f"  {KIND_WORDS[kind]}:"
        for item in some:
            said = ", theo câu trả lời" if item.is_answered else ""
            yield f'    "{item.text}" là {item.words} ({item.rows} dòng{said})'
