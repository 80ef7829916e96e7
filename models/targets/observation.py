"""Published values, each with what it is about, when it became known and when we stored it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field

from models.base.facts import Fact, one_current

# What values in force are counted by, so that counting reads no row of the table. The day comes last: earlier, SQLite
# would take "this indicator, known by this day" to be fewer values than "this place, this indicator".
COUNTED_BY = ("indicator", "run_id", "known_on")
IN_FORCE = text("superseded_at IS NULL")


class Observation(Fact, table=True):
    """One published value, in the indicator's unit (shares 0 to 100).

    `period_end` is what it is about, `known_on` when it became known (publication; where that is
    unknown the load date, and `known_on_is_load_date` says so), `recorded_at` when we stored it.
    """

    __tablename__ = "observation"
    __table_args__ = (
        one_current("observation"),
        Index("ix_observation_series", "place", "indicator"),
        Index("ix_observation_counts", *COUNTED_BY, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE),
    )

    place: str = Field(foreign_key="place.slug")
    indicator: str = Field(foreign_key="indicator.code")
    definition: str
    period_start: date
    period_end: date
    period_kind: str
    value: float
    unit: str
    value_kind: str
    qualifier: str
    publisher: str
    published_on: date | None = None
    known_on: date
    known_on_is_load_date: bool
    source_title: str
    source_url: str = ""
    note: str = ""


class SeriesBreak(Fact, table=True):
    """From `on` the indicator means something else at that place: values before and after never join."""

    __tablename__ = "series_break"
    __table_args__ = (one_current("series_break"),)

    place: str = Field(foreign_key="place.slug", index=True)
    indicator: str = Field(foreign_key="indicator.code", index=True)
    on: date
    reason: str


class SeriesJudgement(Fact, table=True):
    """A reviewed decision that these definitions (joined by spaces) may stand in one line, with its reason."""

    __tablename__ = "series_judgement"
    __table_args__ = (one_current("series_judgement"),)

    place: str = Field(foreign_key="place.slug", index=True)
    indicator: str = Field(foreign_key="indicator.code", index=True)
    definitions: str
    decided_on: date
    reason: str
