"""What has all the words of a search in its name, kind by kind; marks and capitals do not count.

Everything but organisations stands in the snapshot, which holds what the reader may see; organisations are asked of the
register, as its own page does, and only few are read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from dashboard.db.snapshot_values import Snapshot
from dashboard.register.address import RegisterFilter
from dashboard.register.data.organizations import first_lines
from dashboard.targets.parts.place_words import programme_name
from models.base.text import fold

SHOWN = 8  # of each kind
LEAST = 2  # letters


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its name, what tells it from others of that name, and where it stands (a path)."""

    name: str
    beside: str
    path: str


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The hits of one kind, the nearest first; `total` counts those not shown too."""

    title: str
    hits: tuple[Hit, ...]
    total: int


def find_everything(snapshot: Snapshot, text: str) -> tuple[HitGroup, ...]:
    """Kinds without a hit are left out; a single letter finds nothing."""
    words = fold(text).split()
    if len("".join(words)) < LEAST:
        return ()
    kinds = (
        ("Tỉnh, thành phố", _places(snapshot)),
        ("Chỉ tiêu", _indicators(snapshot)),
        ("Cơ quan", _agencies(snapshot)),
        ("Văn bản", _documents(snapshot)),
        ("Nhiệm vụ", _tasks(snapshot)),
    )
    found = [_group(title, hits, words) for title, hits in kinds]
    return tuple(group for group in (*found, _organizations(snapshot, text)) if group.hits)


def _group(title: str, hits: Iterable[Hit], words: list[str]) -> HitGroup:
    known = [(fold(f"{hit.name} {hit.beside}"), hit) for hit in hits]
    found = [(name, hit) for name, hit in known if all(word in name for word in words)]
    found.sort(key=lambda pair: (not pair[0].startswith(" ".join(words)), len(pair[0]), pair[0]))
    return HitGroup(title, tuple(hit for _, hit in found[:SHOWN]), len(found))


def _places(snapshot: Snapshot) -> Iterable[Hit]:
    for place in snapshot.places.values():
        became = ", ".join(snapshot.places[slug].name for slug in place.successors if slug in snapshot.places)
        yield Hit(place.full_name, f"nay thuộc {became}" if became else "", f"/tinh/{place.slug}")


def _indicators(snapshot: Snapshot) -> Iterable[Hit]:
    for indicator in snapshot.indicators.values():
        yield Hit(indicator.name, indicator.short_name, f"/chi-tieu/{indicator.code}")


def _agencies(snapshot: Snapshot) -> Iterable[Hit]:
    for agency in snapshot.agencies.values():
        yield Hit(agency.name, agency.short_name if agency.short_name != agency.name else "", f"/co-quan/{agency.code}")


def _documents(snapshot: Snapshot) -> Iterable[Hit]:
    for programme in snapshot.programmes.values():
        place = snapshot.places[programme.place].full_name
        yield Hit(programme_name(programme), place, f"/tinh/{programme.place}")


def _tasks(snapshot: Snapshot) -> Iterable[Hit]:
    for view in snapshot.follow.tasks:
        if not view.task.is_heading:
            place = snapshot.places[view.task.place].full_name
            yield Hit(view.task.title, place, f"/viec/{quote(view.task.key)}")


def _organizations(snapshot: Snapshot, text: str) -> HitGroup:
    lines, total = first_lines(RegisterFilter(text=text), SHOWN)
    hits = [
        Hit(
            line.name,
            ", ".join(filter(None, (line.tax_code, line.commune_name, snapshot.places[line.place].full_name))),
            f"/htx/{line.id}",
        )
        for line in lines
        if line.place in snapshot.places
    ]
    return HitGroup("Tổ chức trong sổ đăng ký", tuple(hits), total)
