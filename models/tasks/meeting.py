"""Meetings: what was looked at from which moment, what was decided, and the papers handed out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from models.base.facts import Fact, one_current
from models.base.utc import UtcDateTime
from models.tasks.follow_up import Signed


class Meeting(SQLModel, table=True):
    """One meeting, frozen when it is opened: it shows what was known on `known_on` and stored at `recorded_at`.

    `place` is None for a meeting on all provinces. `snapshot_id` stands for every number it shows: when rendering
    anew gives another one, something outside the facts was changed and the page says so.
    """

    __tablename__ = "meeting"

    id: int | None = Field(default=None, primary_key=True)
    title: str
    place: str | None = Field(default=None, foreign_key="place.slug", index=True)
    horizon: int
    held_on: date
    known_on: date
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    data_version: int
    snapshot_id: str
    actor: str
    is_actor_verified: bool = False


class AgendaItem(SQLModel, table=True):
    """One screen of a meeting; `subject` is the key of a promise or of a task. The order never changes."""

    __tablename__ = "agenda_item"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    position: int
    subject_kind: str
    subject: str


class Conclusion(Fact, Signed, table=True):
    """What a meeting decided; key = "kl-<number>". A change closes the row and adds one, as for every fact.

    `kind` is conclusion, assignment (with agency and day) or explanation (whose request is `explanation`).
    `done_on` says that an assignment was carried out, with its document.
    """

    __tablename__ = "conclusion"
    __table_args__ = (one_current("conclusion"),)

    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    place: str = Field(foreign_key="place.slug")
    subject_kind: str
    subject: str = Field(index=True)
    kind: str
    text: str
    agency: str | None = Field(default=None, foreign_key="agency.code", index=True)
    due_on: date | None = None
    explanation: str | None = None
    done_on: date | None = None
    done_document: str | None = None


class Paper(SQLModel, table=True):
    """A paper as it was handed out; its bytes lie in the papers folder under `checksum` (SHA-256)."""

    __tablename__ = "paper"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    job_id: int | None = Field(default=None, foreign_key="job.id", index=True)
    place: str = Field(foreign_key="place.slug")
    format: str
    name: str
    checksum: str = Field(index=True)
    size: int
    snapshot_id: str
    known_on: date
    made_at: datetime = Field(sa_type=UtcDateTime)


class Job(SQLModel, table=True):
    """Long work in a process of its own. `status` is waiting, running, done or failed; `message` is for the reader."""

    __tablename__ = "job"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    arguments: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    status: str = "waiting"
    done_count: int = 0
    total_count: int = 0
    message: str = ""
    actor: str
    started_at: datetime = Field(sa_type=UtcDateTime)
    beat_at: datetime = Field(sa_type=UtcDateTime)
