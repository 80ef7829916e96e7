"""Which area a place name means in a year: the same name is another area before a merger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from etl.issues import LoadError
from etl.text import fold, nearest
from models.reading import PlaceView


def place_of_year(places: Mapping[str, PlaceView], slug: str, year: int) -> PlaceView:
    """The area that bore the name at the end of the year; raises LoadError naming what to choose instead."""
    place = places.get(slug)
    if place is None:
        like = nearest(slug.replace("-", " "), [known.replace("-", " ") for known in places], limit=1, cutoff=0.6)
        hint = f'. Có phải "{like[0].replace(" ", "-")}"?' if like else ""
        raise LoadError(f'Không có địa bàn "{slug}"{hint} Xem: python -m etl export places')
    end = date(year, 12, 31)
    if place.valid_from is not None and end < place.valid_from:
        return _before_merger(places, place, year)
    if place.valid_to is not None and end > place.valid_to and year != place.valid_to.year:
        successors = ", ".join(place.successors)
        raise LoadError(f'"{place.full_name}" không còn trong năm {year}. Chọn địa bàn: {successors}')
    return place


def _before_merger(places: Mapping[str, PlaceView], place: PlaceView, year: int) -> PlaceView:
    namesakes = [slug for slug in place.predecessors if places[slug].name == place.name]
    if len(namesakes) == 1:
        return places[namesakes[0]]
    choices = ", ".join(place.predecessors)
    raise LoadError(f'Năm {year} chưa có "{place.name}" trong ranh giới này. Chọn địa bàn: {choices}')


def other_place_named(texts: Iterable[str], place: PlaceView, places: Iterable[PlaceView]) -> str | None:
    """The name of another province that a title speaks of, while it does not speak of this one."""
    spoken = " | ".join(fold(text) for text in texts)
    if f"tinh {fold(place.name)}" in spoken or f"thanh pho {fold(place.name)}" in spoken:
        return None
    others = {other.name for other in places if other.level == "province" and other.name != place.name}
    return next((name for name in sorted(others, key=len, reverse=True) if f"tinh {fold(name)}" in spoken), None)
