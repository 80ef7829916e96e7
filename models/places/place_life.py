"""Whether a place existed on a day, and which places to name instead: the same name is another area before a merger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol, TypeVar

from models.base.day_text import day_text


class Lived(Protocol):
    """A place as far as its life goes; None = without a known first or last day."""

    @property
    def slug(self) -> str:
        """Its slug."""

    @property
    def name(self) -> str:
        """Its bare name."""

    @property
    def valid_from(self) -> date | None:
        """Its first day."""

    @property
    def valid_to(self) -> date | None:
        """Its last day."""

    @property
    def predecessors(self) -> tuple[str, ...]:
        """The places it was made of."""

    @property
    def successors(self) -> tuple[str, ...]:
        """The places it went into."""


PlaceT = TypeVar("PlaceT", bound=Lived)


def places_instead(places: Mapping[str, PlaceT], slug: str, day: date) -> tuple[PlaceT, ...]:
    """The places that stood there on that day; empty when the place itself did, or when no such place is known.

    Before its first day the one of the same name, else all that it was made of; after its last day what it became.
    """
    place = places.get(slug)
    if place is None:
        return ()
    if place.valid_from is not None and day < place.valid_from:
        former = tuple(places[code] for code in place.predecessors)
        return tuple(other for other in former if other.name == place.name) or former
    if place.valid_to is not None and day > place.valid_to:
        return tuple(places[code] for code in place.successors)
    return ()


def is_told_ahead(place: Lived, value_kind: str, published_on: date | None) -> bool:
    """Whether a plan or estimate may speak of a day after the place's end: told while the place stood."""
    return value_kind != "actual" and (published_on is None or place.valid_to is None or published_on <= place.valid_to)


def life_text(place: Lived, day: date) -> str:
    """Why the place cannot be meant on that day, as the first half of a sentence."""
    if place.valid_from is not None and day < place.valid_from:
        return f'địa bàn "{place.name}" này chỉ có từ ngày {day_text(place.valid_from)}'
    return f'địa bàn "{place.name}" này chỉ có đến ngày {day_text(place.valid_to) if place.valid_to else ""}'
