"""A place as a plain value, and what to name instead of it on a day when it did not exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.base.day_text import day_text


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place with what it came from and what it became."""

    slug: str
    name: str
    level: str
    code: str | None
    place_type: str | None
    valid_from: date | None
    valid_to: date | None
    legal_basis: str
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """The name with its end where the place no longer exists: a bare name would mean another area."""
        return f"{self.name} (đến {day_text(self.valid_to)})" if self.valid_to else self.name


def places_instead(places: Mapping[str, PlaceView], slug: str, day: date) -> tuple[PlaceView, ...]:
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


def is_told_ahead(place: PlaceView, value_kind: str, published_on: date | None) -> bool:
    """Whether a plan or estimate may speak of a day after the place's end: told while the place stood."""
    return value_kind != "actual" and (published_on is None or place.valid_to is None or published_on <= place.valid_to)


def life_text(place: PlaceView, day: date) -> str:
    """Why the place cannot be meant on that day, as the first half of a sentence."""
    if place.valid_from is not None and day < place.valid_from:
        return f'địa bàn "{place.name}" này chỉ có từ ngày {day_text(place.valid_from)}'
    return f'địa bàn "{place.name}" này chỉ có đến ngày {day_text(place.valid_to) if place.valid_to else ""}'
