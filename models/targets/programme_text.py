"""The text of a programme's document as an installation attached it: shown beside its promises, counted nowhere."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import Field, SQLModel, col

from models.base.utc import UtcDateTime
from models.targets.programme import Programme


class ProgrammeText(SQLModel, table=True):
    """One attached document. Rows stay: one that was replaced or removed says when and by whom.

    `text` is in NFC as it was taken from the file (`checksum`), and what offsets of sentences count in; `name` is the
    name the file came with, a label only.
    """

    __tablename__ = "programme_text"

    id: int | None = Field(default=None, primary_key=True)
    programme: str = Field(foreign_key="programme.slug", index=True)
    place: str = Field(foreign_key="place.slug", index=True)
    checksum: str
    name: str
    text: str
    actor: str
    attached_at: datetime = Field(sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    removed_by: str | None = None


def attached_text(session: Session, programme: str) -> ProgrammeText | None:
    """The text that stands with a programme now; None where none is attached."""
    own = (col(ProgrammeText.programme) == programme, col(ProgrammeText.removed_at).is_(None))
    return session.scalars(select(ProgrammeText).where(*own).order_by(col(ProgrammeText.id).desc()).limit(1)).first()


def attach_text(
    session: Session, programme: Programme, *, checksum: str, name: str, text: str, actor: str, at: datetime
) -> bool:
    """Let a text stand with its programme in place of an earlier one; False where the same file stands there already.

    The caller holds the turn, tells the trail and commits.
    """
    earlier = attached_text(session, programme.slug)
    if earlier is not None and (earlier.checksum, earlier.text) == (checksum, text):
        return False
    if earlier is not None:
        earlier.removed_at, earlier.removed_by = at, actor
    row = ProgrammeText(
        programme=programme.slug,
        place=programme.place,
        checksum=checksum,
        name=name,
        text=text,
        actor=actor,
        attached_at=at,
    )
    session.add(row)
    session.flush()
    return True


def remove_text(session: Session, programme: str, actor: str, at: datetime) -> ProgrammeText | None:
    """Let no text stand with a programme any more; gives the one that stood there, None where there was none."""
    row = attached_text(session, programme)
    if row is not None:
        row.removed_at, row.removed_by = at, actor
        session.flush()
    return row
