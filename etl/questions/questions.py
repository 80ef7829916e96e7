"""Collects what a file leaves open while it is read, and knows what was answered before. Pure: no database here."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field, replace

from etl.questions.question import (
    LONGEST_TEXT,
    MOST_EXAMPLES,
    SKIP,
    ImportAnswer,
    ImportQuestion,
    QuestionKey,
    QuestionKind,
    TakenAs,
    Unanswered,
    key_of,
)

MOST = 500  # questions and lines of what was taken for what; what is more is counted and asked after these


@dataclass(slots=True)
class ImportQuestions:
    """The questions of one reading, each once however many rows ask it, and the answers that this reading may use.

    However long the file is, no more than MOST questions are kept; `more` counts rows that would ask others. `wrong`
    are answers that mean nothing today: to be asked anew.
    """

    answers: dict[QuestionKey, ImportAnswer] = field(default_factory=dict)
    open: dict[QuestionKey, ImportQuestion] = field(default_factory=dict)
    taken: dict[QuestionKey, TakenAs] = field(default_factory=dict)
    wrong: dict[QuestionKey, ImportAnswer] = field(default_factory=dict)
    used: set[QuestionKey] = field(default_factory=set)
    more: int = 0

    @classmethod
    def knowing(cls, answers: Iterable[ImportAnswer]) -> ImportQuestions:
        """With answers given before; of two with one key the later counts."""
        return cls({answer.key: answer for answer in answers})

    def answer(
        self, kind: QuestionKind, field_name: str, text: str, *, rows: int = 1, among: Container[str] | None = None
    ) -> str | None:
        """What was answered (SKIP: left unknown), None while nobody did; noted as taken for `rows` more rows.

        An answer that is not `among` what may be answered today counts as none.
        """
        key = key_of(kind, field_name, text)
        found = self.answers.get(key)
        if found is None or (among is not None and found.value != SKIP and found.value not in among):
            return None
        self.used.add(key)
        self._note(key, text, found.words or found.value, rows, is_answered=True)
        return found.value

    def ask(
        self,
        kind: QuestionKind,
        field_name: str,
        text: str,
        make: Callable[[], ImportQuestion],
        *,
        example: str = "",
        among: Container[str] | None = None,
        rows: int = 1,
    ) -> str | None:
        """The answer given before; without one the question of `make` is kept once and counts this row.

        `rows` is the number of rows where it is not asked row by row. An answer given in words is understood here.
        """
        text = text[:LONGEST_TEXT]
        key = key_of(kind, field_name, text)
        if key in self.answers and key not in self.used and key not in self.wrong:
            self._understand(key, make())
        found = None if key in self.wrong else self.answer(kind, field_name, text, among=among, rows=rows)
        if found is None:
            self._count(key, make, example, rows)
        return found

    def took(self, kind: QuestionKind, field_name: str, text: str, words: str, *, rows: int = 1) -> None:
        """Note what a text was taken for by the reviewed lists."""
        self._note(key_of(kind, field_name, text), text, words, rows, is_answered=False)

    def taken_or_answered(self, kind: QuestionKind, field_name: str, text: str, words: str, *, rows: int = 1) -> None:
        """Note what a text was taken for, and whether somebody said so."""
        key = key_of(kind, field_name, text)
        is_answered = key in self.answers
        self.used.update({key} if is_answered else ())
        self._note(key, text, words, rows, is_answered=is_answered)

    def merge(self, part: ImportQuestions) -> None:
        """Take over what a part of the file left open and what was taken there."""
        self.more += part.more
        self.used |= part.used
        self.wrong |= part.wrong
        for key, question in part.open.items():
            if len(self.open) < MOST or key in self.open:
                known = self.open.setdefault(key, question)
                known.rows += 0 if known is question else question.rows
        for key, taken in part.taken.items():
            self._note(key, taken.text, taken.words, taken.rows, is_answered=taken.is_answered)

    @property
    def stopping(self) -> list[ImportQuestion]:
        """The open questions without whose answer nothing of the file may be loaded."""
        return self._waiting(Unanswered.FILE)

    @property
    def columns_out(self) -> list[ImportQuestion]:
        """The open questions about columns that may only stay out once somebody agrees."""
        return self._waiting(Unanswered.COLUMN)

    def _waiting(self, unanswered: Unanswered) -> list[ImportQuestion]:
        return [question for question in self.open.values() if question.unanswered is unanswered]

    def of(self, *kinds: QuestionKind) -> list[ImportAnswer]:
        """The answers of these kinds."""
        return [answer for answer in self.answers.values() if answer.kind in kinds]

    def used_of(self, given: Iterable[ImportAnswer]) -> list[ImportAnswer]:
        """Of answers given with a file those that decided something, as they were understood."""
        return [self.answers[answer.key] for answer in given if answer.key in self.used - self.wrong.keys()]

    def _understand(self, key: QuestionKey, question: ImportQuestion) -> None:
        """Turn the words of an answer into its value, once; what is no answer to this question is set apart."""
        given = self.answers[key]
        value = SKIP if given.value == SKIP and question.may_skip else question.value_of(given.value)
        if value is None:
            self.wrong[key] = given
        else:
            self.answers[key] = replace(given, value=value, words=question.words_of(value))

    def _count(self, key: QuestionKey, make: Callable[[], ImportQuestion], example: str, rows: int) -> None:
        question = self.open.get(key)
        if question is None:
            if len(self.open) >= MOST:
                self.more += rows
                return
            question = self.open[key] = make()
        question.rows += rows
        if example and len(question.examples) < MOST_EXAMPLES and example not in question.examples:
            question.examples.append(example)

    def _note(self, key: QuestionKey, text: str, words: str, rows: int, *, is_answered: bool) -> None:
        known = self.taken.get(key)
        if known is None:
            if len(self.taken) >= MOST:
                return
            known = self.taken[key] = TakenAs(key.kind, key.field, text[:LONGEST_TEXT], words, is_answered)
        known.rows += rows
