"""Names for browser tabs, which are made before a page's own arguments are read."""

from __future__ import annotations

from dashboard.db.read_session import UNREADABLE, repository
from models.places.place import COUNTRY


def place_names() -> dict[str, str]:
    """Full names by slug; empty while there is no database."""
    try:
        return {slug: place.full_name for slug, place in repository().today().places.items()}
    except UNREADABLE:
        return {}


def living_places() -> list[str]:
    """Full names of the viewer's own places of today, the country left out; empty while there is no database."""
    try:
        places = repository().today().places.values()
    except UNREADABLE:
        return []
    return sorted(place.full_name for place in places if place.valid_to is None and place.slug != COUNTRY)


def indicator_names() -> dict[str, str]:
    """Names by code; empty while there is no database."""
    try:
        return {code: indicator.name for code, indicator in repository().today().indicators.items()}
    except UNREADABLE:
        return {}
