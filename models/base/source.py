"""Where rows come from: one run for each time something was loaded."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from models.base.utc import UtcDateTime

PERSONAL = "personal"  # in the summary of a run: its file held data of persons, so it was not kept


class Run(SQLModel, table=True):
    """One load: who started it, from what, when, and what it changed. Rows name the run that brought them."""

    __tablename__ = "run"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    source: str
    checksum: str
    actor: str
    started_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    status: str = Field(default="running", index=True)
    place: str | None = Field(default=None, foreign_key="place.slug")
    year: int | None = None
    is_demo: bool = False
    undoes: int | None = Field(default=None, foreign_key="run.id")
    summary: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class SourceFile(SQLModel, table=True):
    """A received file, kept under its checksum before anyone opened it; `name` is only a label."""

    __tablename__ = "source_file"

    checksum: str = Field(primary_key=True)
    name: str
    size: int
    received_at: datetime = Field(sa_type=UtcDateTime)


class ReferenceChange(SQLModel, table=True):
    """The earlier content of a reference row (place, agency, indicator, programme) that a run changed."""

    __tablename__ = "reference_change"

    id: int | None = Field(default=None, primary_key=True)
    table_name: str = Field(index=True)
    row_key: str = Field(index=True)
    before: dict[str, Any] = Field(sa_type=JSON)
    changed_at: datetime = Field(sa_type=UtcDateTime)
    run_id: int = Field(foreign_key="run.id")
