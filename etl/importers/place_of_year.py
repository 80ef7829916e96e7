"""Which area a place name means in a year: the same name is another area before a merger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from etl.parsing.issues import LoadError
from etl.parsing.text import clean, nearest
from models.base.text import fold
from models.targets.reading import PlaceView

_RECIPIENTS = re.compile(r"(?:nơi nhận|kính gửi|gửi|đồng gửi)\s*:.*")


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


def names_of_area(place: PlaceView, places: Mapping[str, PlaceView]) -> set[str]:
    """The names that lie in an area: its own and those of the places it took in."""
    return {place.name, *(places[slug].name for slug in place.predecessors if slug in places)}


def other_place_named(texts: Iterable[str], place: PlaceView, places: Mapping[str, PlaceView]) -> str | None:
    """The name of another province that a title speaks of; a bare name counts while this place is not named."""
    spoken = " | ".join(_RECIPIENTS.sub("", clean(text).lower()) for text in texts)
    own = names_of_area(place, places)
    names = {other.name for other in places.values() if other.level == "province"} - own
    others = sorted(names, key=lambda name: (-len(name), name))
    folded = fold(spoken)
    named = (name for name in others if re.search(rf"\b(?:tinh|thanh pho|tp\.?) {re.escape(fold(name))}\b", folded))
    if (found := next(named, None)) is not None or any(fold(name) in folded for name in own):
        return found
    return next((name for name in others if _bare_name(name.lower()).search(spoken)), None)


def named_places(texts: Iterable[str], names: Iterable[str]) -> list[str]:
    """The provinces of `names` that texts speak of, those with their kind before bare ones."""
    spoken = " | ".join(clean(text).lower() for text in texts)
    folded = fold(spoken)
    ordered = sorted(names, key=lambda name: (-len(name), name))
    kinds = [name for name in ordered if re.search(rf"\b(?:tinh|thanh pho|tp\.?) {re.escape(fold(name))}\b", folded)]
    return kinds or [name for name in ordered if _bare_name(name.lower()).search(spoken)]


@lru_cache(maxsize=256)
def _bare_name(name: str) -> re.Pattern[str]:
    smaller = "".join(rf"(?<!{kind} )" for kind in ("huyện", "xã", "phường", "quận", "thị trấn"))
    return re.compile(rf"{smaller}\b{re.escape(name)}\b")
