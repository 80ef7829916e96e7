"""Communes before and after 01/7/2025: optional tables that an installation loads for itself."""

from __future__ import annotations

from datetime import date

from sqlmodel import Field, SQLModel


class Commune(SQLModel, table=True):
    """A commune by code and the day its code took this meaning; `place` is the province it lies in."""

    __tablename__ = "commune"

    code: str = Field(primary_key=True)
    valid_from: date = Field(primary_key=True)
    valid_to: date | None = None
    name: str
    name_norm: str = Field(index=True)
    district_name: str | None = None
    place: str = Field(foreign_key="place.slug", index=True)
    run_id: int = Field(foreign_key="run.id")


class CommuneSuccession(SQLModel, table=True):
    """An old commune went into a new one, wholly or in part; a part cannot be assigned by name alone."""

    __tablename__ = "commune_succession"

    old_code: str = Field(primary_key=True)
    new_code: str = Field(primary_key=True)
    is_whole: bool
    remark: str = ""
    run_id: int = Field(foreign_key="run.id")


class SpellingDecision(SQLModel, table=True):
    """A spelling an officer confirmed once: `kind` commune or sector, `spelling` as found (normalised)."""

    __tablename__ = "spelling_decision"

    kind: str = Field(primary_key=True)
    place: str = Field(foreign_key="place.slug", primary_key=True)
    spelling: str = Field(primary_key=True)
    code: str
    run_id: int = Field(foreign_key="run.id")
