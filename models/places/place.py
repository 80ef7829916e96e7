"""Places are versioned: a name or a code means nothing without a date.

A province whose area changed on 01/7/2025 is another place afterwards; a change of name or type is not.
"""

from __future__ import annotations

from datetime import date

from sqlmodel import Field, SQLModel

COUNTRY = "viet-nam"


class Place(SQLModel, table=True):
    """One area for as long as its boundary held. `valid_from`/`valid_to` are first and last day, None = open."""

    __tablename__ = "place"

    slug: str = Field(primary_key=True)
    name: str
    level: str
    code: str | None = None
    place_type: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    legal_basis: str = ""


class PlaceSuccession(SQLModel, table=True):
    """The predecessor went into the successor, wholly, on that day."""

    __tablename__ = "place_succession"

    predecessor: str = Field(foreign_key="place.slug", primary_key=True)
    successor: str = Field(foreign_key="place.slug", primary_key=True)
    effective_on: date
    legal_basis: str = ""


class PlaceTitle(SQLModel, table=True):
    """The name and type a place bears from a day on; earlier names stay findable."""

    __tablename__ = "place_title"

    place: str = Field(foreign_key="place.slug", primary_key=True)
    valid_from: date = Field(primary_key=True)
    name: str
    place_type: str | None = None
    legal_basis: str = ""
