"""What is measured: unit, kind, direction and what each definition means."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class Indicator(SQLModel, table=True):
    """One indicator. `direction` is higher, lower or none (context only); it is declared, never assumed.

    `definitions` lists the meanings a value may have, `related` the indicators that look alike and must
    not be compared, each with the reason. `aggregation` says whether parts may be added. `run_id` is the load of a
    received file that brought it, None for one of data/.
    """

    __tablename__ = "indicator"

    code: str = Field(primary_key=True)
    position: int
    name: str
    short_name: str
    unit: str
    kind: str
    direction: str
    aggregation: str
    decimals: int
    group: str
    definition: str
    formula: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    rhythm: str | None = None
    owner: str | None = Field(default=None, foreign_key="agency.code")
    legal_source: str | None = None
    definitions: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    related: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    run_id: int | None = None


class ThresholdSet(SQLModel, table=True):
    """One version of the cut-offs that decide a status; `content` is data/thresholds.yaml as reviewed."""

    __tablename__ = "threshold_set"

    version: str = Field(primary_key=True)
    valid_from: date
    content: dict[str, Any] = Field(sa_type=JSON)
