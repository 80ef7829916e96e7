"""Programmes and the typed promises they make."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from models.base.facts import Fact, one_current
from models.base.utc import UtcDateTime


class Programme(SQLModel, table=True):
    """One decision. `issued_on` is the last day of the month or year where only that is printed.

    `is_annex_entered`, `is_body_entered`: every task there is in, or there is none; else what is not in is unknown.
    `run_id` is the load of a received file that said it last, None for one that stands as in data/. `withdrawn_at`:
    its load was taken back and nothing else says it; the row stays for whoever looks from an earlier moment.
    """

    __tablename__ = "programme"

    slug: str = Field(primary_key=True)
    place: str = Field(foreign_key="place.slug", index=True)
    title: str
    number: str | None = None
    issued_on: date
    issued_precision: str
    issued_text: str
    issuer: str | None = Field(default=None, foreign_key="agency.code")
    issuer_text: str
    signed_note: str | None = None
    implements: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    replaces: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    reporting: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    checked: bool
    is_annex_entered: bool = False
    is_body_entered: bool = False
    remark: str | None = None
    run_id: int | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Target(Fact, table=True):
    """One quantitative promise; it stays with the place it was promised for.

    `amended_on` is the day a later decision (`amended_by`) replaced it; both stay visible.
    """

    __tablename__ = "target"
    __table_args__ = (one_current("target"),)

    position: int
    programme: str = Field(foreign_key="programme.slug", index=True)
    place: str = Field(foreign_key="place.slug", index=True)
    indicator: str = Field(foreign_key="indicator.code", index=True)
    definition: str
    horizon: int
    comparator: str
    kind: str
    low: float | None = None
    high: float | None = None
    unit: str
    clause: str
    wording: str
    nested_in: str | None = Field(default=None, foreign_key="indicator.code")
    note: str | None = None
    amended_on: date | None = None
    amended_by: str | None = Field(default=None, foreign_key="programme.slug")


class QualitativePromise(Fact, table=True):
    """A promise without a figure: shown as text, never measured."""

    __tablename__ = "qualitative_promise"
    __table_args__ = (one_current("qualitative_promise"),)

    position: int
    programme: str = Field(foreign_key="programme.slug", index=True)
    horizon: int | None = None
    clause: str
    text: str
