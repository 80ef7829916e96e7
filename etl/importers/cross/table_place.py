"""Of which area the figures of a table are: the province it names, as bounded when the figures were counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from etl.importers.cross.asked import AFTER, BEFORE, TableQuestions
from etl.importers.cross.row_meaning import KIND
from etl.importers.draft import Context
from etl.importers.place_of_year import named_places
from etl.parsing.text import folded_key
from models.places.place import COUNTRY, PlaceTitle
from models.targets.reading import PlaceView

_SEVERAL = 3  # provinces from which on a table's names tell whether it is of before or after the merger
_FIRST_AFTER = 2025


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """Provinces by the key of their name, former and present ones of a name together; earlier names too."""

    by_key: Mapping[str, tuple[PlaceView, ...]]

    @classmethod
    def of(cls, context: Context) -> PlaceNames:
        """Every province that the database knows."""
        found: dict[str, dict[str, PlaceView]] = {}
        named = [(place.name, slug) for slug, place in context.places.items()]
        titles = context.session.execute(select(PlaceTitle.name, PlaceTitle.place))  # type: ignore[call-overload]
        for name, slug in [*named, *((str(name), str(slug)) for name, slug in titles)]:
            if (place := context.places.get(slug)) is not None and place.level == "province":
                found.setdefault(key_of_place(name), {})[slug] = place
        return cls({key: tuple(places.values()) for key, places in found.items()})

    def find(self, label: str) -> tuple[PlaceView, ...]:
        """The provinces that bear or bore a name."""
        return self.by_key.get(key_of_place(label), ())

    @property
    def names(self) -> list[str]:
        """The name of each, once."""
        return sorted({place.name for places in self.by_key.values() for place in places})


def key_of_place(label: str) -> str:
    """The key of a province's name: without its kind, accents and hyphens ("TP. Hồ Chí Minh", "Đăk Lăk")."""
    return folded_key(KIND.sub("", label))


@dataclass(frozen=True, slots=True)
class TablePlace:
    """The place of a table (`name` empty: the country) and whose boundaries its figures keep (None: of their day)."""

    names: PlaceNames
    name: str
    boundary: str | None

    def slug(self, label: str, day: date) -> str:
        """The place of a label, or of the whole table, on a day; it may be one that did not stand on that day."""
        if not label and not self.name:
            return COUNTRY
        places = self.names.find(label or self.name)
        if self.boundary is not None and len(places) > 1:
            return next(p.slug for p in places if (p.valid_from is not None) == (self.boundary == AFTER))
        holding = [p for p in places if _holds(p, day)]
        return (holding or list(places))[0].slug


def _holds(place: PlaceView, day: date) -> bool:
    return (place.valid_from is None or place.valid_from <= day) and (place.valid_to is None or day <= place.valid_to)


def name_of_table(texts: Sequence[str], context: Context, names: PlaceNames, asked: TableQuestions) -> str | None:
    """The province of a table without rows of provinces: named over or below it, chosen, or asked; None: open."""
    told = named_places(texts, names.names)
    if len(told) == 1:
        return told[0]
    if context.place.level == "province":
        return context.place.name
    return asked.place(names.names)


def boundary_of(
    labels: Iterable[str], name: str, years: Collection[int], names: PlaceNames, asked: TableQuestions
) -> tuple[str | None, bool]:
    """Whose boundaries the figures keep, and whether that is known.

    A list of provinces tells it by those that are no more. Of one province the years tell it, unless a table of
    communes, or one that goes over the merger, has older years: they may have been counted anew.
    """
    listed = [label for label in labels if names.find(label)]
    if len(listed) >= _SEVERAL:
        gone = [label for label in listed if all(place.valid_to is not None for place in names.find(label))]
        return (BEFORE if gone else AFTER), True
    older = sorted(year for year in years if year < _FIRST_AFTER)
    communes = {folded_key(label).split(" ")[0] for label in labels}
    is_new = bool(communes & {"xa", "phuong"}) and not communes & {"huyen", "quan"}
    if len(names.find(name)) < 2 or not older or not (is_new or max(years) >= _FIRST_AFTER):
        return None, True
    said = asked.boundary(name, f"năm {older[0]}" if len(older) == 1 else f"các năm {older[0]} đến {older[-1]}")
    return (None if said == BEFORE else said), said is not None
