"""What was answered about received files, as plain values, and taking an answer back or giving it for all places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlmodel import col

from dashboard.access.trail import finish, tell_trail
from dashboard.db.import_file import question_kind_name
from dashboard.db.read_session import repository
from dashboard.ui.arguments import read_id
from models.base.kept_answer import KeptAnswer, keep_answer, take_back

GONE = "Câu trả lời này không còn, hoặc đã được thu hồi. Mở lại trang Câu trả lời."


class NoAnswerError(Exception):
    """There is no such answer that still counts; the message is a Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class KeptAnswerLine:
    """One answer as a page shows it; `place` None: for all places. Taken back where `taken_back_at` says so."""

    id: int
    kind_words: str
    text: str
    words: str
    place: str | None
    actor: str
    answered_at: datetime
    taken_back_at: datetime | None
    taken_back_by: str


def read_lines() -> list[KeptAnswerLine]:
    """Every answer about the places that the viewer may see, newest first."""
    with repository().session() as session:
        return [_line(kept) for kept in session.scalars(select(KeptAnswer).order_by(col(KeptAnswer.id).desc()))]


def _line(kept: KeptAnswer) -> KeptAnswerLine:
    return KeptAnswerLine(
        kept.id or 0,
        question_kind_name(kept.kind),
        kept.text,
        kept.words,
        kept.place,
        kept.actor,
        kept.answered_at,
        kept.taken_back_at,
        kept.taken_back_by or "",
    )


def take_back_answer(number: str, actor: str, *, of_all: bool) -> None:
    """Let an answer of one place, or one of all places, count no longer; raises NoAnswerError where there is none."""
    with repository().writing() as session:
        kept = session.get(KeptAnswer, read_id(number) or 0)
        if kept is None or kept.taken_back_at is not None or (kept.place is None) is not of_all:
            raise NoAnswerError(GONE)
        take_back(kept, actor, datetime.now(UTC))
        tell_trail(subject="Thu hồi câu trả lời về tệp", answers=[f"{kept.text} = {kept.words}"])
        finish(session)


def use_everywhere(number: str, actor: str) -> None:
    """Give an answer of one place for all places; raises NoAnswerError where there is none."""
    with repository().writing() as session:
        kept = session.get(KeptAnswer, read_id(number) or 0)
        if kept is None or kept.taken_back_at is not None or kept.place is None:
            raise NoAnswerError(GONE)
        now = datetime.now(UTC)
        names = ("kind", "field", "text", "text_key", "value", "words")
        same = {name: getattr(kept, name) for name in names}
        keep_answer(session, KeptAnswer(**same, place=None, actor=actor, answered_at=now))
        tell_trail(subject="Dùng câu trả lời cho mọi địa bàn", answers=[f"{kept.text} = {kept.words}"])
        finish(session)
