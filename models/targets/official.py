"""Which value is official, and what readers say is wrong."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from models.base.facts import Fact, one_current
from models.base.utc import UtcDateTime


class OfficialValue(Fact, table=True):
    """Chốt số: the value an officer marked official; key = "<place>/<indicator>/<period_end>".

    `observation_key` names a published value; where it is empty the register's own count of that day is
    official and `value` holds it as it was counted then.
    """

    __tablename__ = "official_value"
    __table_args__ = (one_current("official_value"),)

    place: str = Field(foreign_key="place.slug", index=True)
    indicator: str = Field(foreign_key="indicator.code", index=True)
    period_end: date
    observation_key: str | None = None
    value: float
    definition: str
    reason: str
    actor: str
    is_actor_verified: bool = False
    decided_on: date


class Remark(SQLModel, table=True):
    """Báo số liệu sai: what a reader says about a figure, and what the officer answered."""

    __tablename__ = "remark"

    id: int | None = Field(default=None, primary_key=True)
    address: str
    subject: str
    text: str
    reporter: str
    is_reporter_verified: bool = False
    made_at: datetime = Field(sa_type=UtcDateTime)
    answer: str | None = None
    answered_by: str | None = None
    is_answerer_verified: bool = False
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
