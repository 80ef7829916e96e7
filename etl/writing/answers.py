"""Answers to what files left open: read for a load, and kept with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from etl.questions.question import LONGEST_TEXT, ImportAnswer, QuestionKind
from models.base.kept_answer import KeptAnswer, keep_answer, kept_answers
from models.places.place import COUNTRY


def read_answers(session: Session, place: str | None) -> list[ImportAnswer]:
    """What was answered for a place (None: for files of no place) and for all places."""
    return [plain_answer(kept) for kept in kept_answers(session, place or COUNTRY)]


def plain_answer(kept: KeptAnswer) -> ImportAnswer:
    """A kept answer as the plain value that readers of files use."""
    kind = QuestionKind(kept.kind)
    return ImportAnswer(kind, kept.field, kept.text, kept.value, kept.words, is_everywhere=kept.place is None)


def write_answers(
    session: Session, answers: Iterable[ImportAnswer], place: str | None, actor: str, now: datetime
) -> None:
    """Keep answers for the place, or for all where they say so; the caller tells the trail and commits."""
    for answer in answers:
        kept = KeptAnswer(
            kind=answer.kind,
            field=answer.field,
            text=answer.text[:LONGEST_TEXT],
            text_key=answer.key.text,
            value=answer.value,
            words=answer.words or answer.value,
            place=None if answer.is_everywhere else place or COUNTRY,
            actor=actor,
            answered_at=now,
        )
        keep_answer(session, kept)
