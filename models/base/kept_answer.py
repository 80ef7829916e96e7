"""What officers answered when a file left something open: kept, used in the next file, and taken back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import Field, SQLModel, col

from models.base.utc import UtcDateTime


class KeptAnswer(SQLModel, table=True):
    """One answer. `place` None: for all places. Rows stay: an answer taken back or given anew says when and by whom.

    `text` stands as in the file, `text_key` is what it is found by, `words` say the `value` to a reader.
    """

    __tablename__ = "import_answer"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    field: str
    text: str
    text_key: str = Field(index=True)
    value: str
    words: str
    place: str | None = Field(default=None, foreign_key="place.slug", index=True)
    actor: str
    answered_at: datetime = Field(sa_type=UtcDateTime)
    taken_back_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    taken_back_by: str | None = None


def kept_answers(session: Session, place: str) -> list[KeptAnswer]:
    """The answers that count for a place, those for all places first: of two the later counts."""
    statement = (
        select(KeptAnswer).where(_counts(place)).order_by(col(KeptAnswer.place).is_not(None), col(KeptAnswer.id))
    )
    return list(session.scalars(statement))


def keep_answer(session: Session, answer: KeptAnswer) -> None:
    """Add an answer; an earlier one to the same question for the same place is taken back by it."""
    same = (
        col(KeptAnswer.kind) == answer.kind,
        col(KeptAnswer.field) == answer.field,
        col(KeptAnswer.text_key) == answer.text_key,
        col(KeptAnswer.place).is_(None) if answer.place is None else col(KeptAnswer.place) == answer.place,
        col(KeptAnswer.taken_back_at).is_(None),
    )
    for earlier in session.scalars(select(KeptAnswer).where(*same)):
        take_back(earlier, answer.actor, answer.answered_at)
    session.add(answer)
    session.flush()


def take_back(answer: KeptAnswer, actor: str, at: datetime) -> None:
    """Let an answer count no longer; it stays readable."""
    answer.taken_back_at, answer.taken_back_by = at, actor


def answers_moved(session: Session, place: str | None) -> int:
    """How often an answer for the place or for all (None: any) was given or taken back: another number after each."""
    statement = select(func.count(col(KeptAnswer.id)) + func.count(col(KeptAnswer.taken_back_at)))
    if place is not None:
        statement = statement.where(or_(col(KeptAnswer.place).is_(None), col(KeptAnswer.place) == place))
    return session.scalar(statement) or 0


def _counts(place: str) -> ColumnElement[bool]:
    of_place = or_(col(KeptAnswer.place).is_(None), col(KeptAnswer.place) == place)
    return col(KeptAnswer.taken_back_at).is_(None) & of_place
