"""The register counted by commune, on the boundaries before or since 01/7/2025.

What cannot be placed for certain is counted under its reason and never guessed: a former commune that went over
in parts, a commune of today made of several former ones, an entry without a code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.places.commune import Commune, CommuneSuccession
from models.register.measure_list import RULES
from models.register.measure_tally import TallyGroup
from models.register.register_groups import CommuneKey, read_groups
from models.register.register_places import choose_place
from models.targets.reading import PlaceView

COUNTED = (
    "htx_count",
    "htx_active_count",
    "htx_stopped_count",
    "htx_not_converted_count",
    "lhhtx_count",
    "tht_count",
    "htx_member_count",
)


class Boundary(StrEnum):
    """Communes before 01/7/2025, or since."""

    OLD = "old"
    NEW = "new"


class Unplaced(StrEnum):
    """Why an organisation belongs to no commune of the boundary that is asked for."""

    NO_CODE = "no_code"  # the entry names no commune, or no commune table was there
    UNKNOWN_CODE = "unknown_code"  # the code is in no commune table
    SAME_CODE = "same_code"  # the code means a former and a present commune, the entry does not say which
    SPLIT = "split"  # the former commune went over in parts
    SEVERAL = "several"  # the commune of today is made of several former ones


@dataclass(frozen=True, slots=True)
class CommuneLine:
    """One commune with its figures by indicator; None is "not reported", 0 that the list names none there."""

    code: str
    name: str
    district: str | None
    place: str
    values: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class CommuneCounts:
    """A place by commune. `total` holds every organisation, placed or not; `reason` says why there is nothing.

    `silent` counts the communes of the boundary in which the register names nobody.
    """

    lines: tuple[CommuneLine, ...] = ()
    unplaced: Mapping[Unplaced, Mapping[str, float | None]] = field(default_factory=dict)
    total: Mapping[str, float | None] = field(default_factory=dict)
    silent: int = 0
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CommuneTables:
    """The communes of some places and how they went over."""

    communes: tuple[Commune, ...]
    successions: tuple[CommuneSuccession, ...]


def count_by_commune(
    session: Session,
    places: Mapping[str, PlaceView],
    place: str,
    year: int,
    boundary: Boundary,
    *,
    demo: bool = False,
    recorded_at: datetime | None = None,
) -> CommuneCounts:
    """Count the register of a place at the end of a year by commune; raises KeyError for an unknown place."""
    chosen = choose_place(session, places, place, year, demo=demo, recorded_at=recorded_at)
    if chosen.reason:
        return CommuneCounts(reason=chosen.reason)
    groups = read_groups(session, chosen.ids, year, demo=demo, recorded_at=recorded_at, by_commune=True)
    area = (place, *places[place].predecessors, *places[place].successors)
    tables = read_communes(session, area)
    found = place_groups(groups, tables, boundary)
    total = _values([group for _, group in groups], {})
    return CommuneCounts(
        lines=tuple(
            CommuneLine(row.code, row.name, row.district_name, row.place, _values(of_row, total))
            for row, of_row in found.placed
        ),
        unplaced={why: _values(of_why, total) for why, of_why in found.unplaced.items()},
        total=total,
        silent=sum(_is_of(row, boundary) for row in tables.communes) - len(found.placed),
        note=chosen.note,
    )


def read_communes(session: Session, places: Iterable[str]) -> CommuneTables:
    """The commune tables of these places."""
    communes = tuple(session.scalars(select(Commune).where(col(Commune.place).in_(tuple(places)))))
    codes = {row.code for row in communes}
    link = CommuneSuccession
    links = session.scalars(select(link).where(or_(col(link.old_code).in_(codes), col(link.new_code).in_(codes))))
    return CommuneTables(communes, tuple(links))


@dataclass(frozen=True, slots=True)
class Placed:
    """Groups by commune, in the order of district and name, and those that no commune takes."""

    placed: tuple[tuple[Commune, list[TallyGroup]], ...]
    unplaced: Mapping[Unplaced, list[TallyGroup]]


def place_groups(groups: Iterable[tuple[CommuneKey, TallyGroup]], tables: CommuneTables, boundary: Boundary) -> Placed:
    """Give each group to a commune of the boundary, or to the reason why none can be named."""
    placer = _Placer(tables, boundary)
    placed: dict[tuple[str, date], list[TallyGroup]] = defaultdict(list)
    unplaced: dict[Unplaced, list[TallyGroup]] = defaultdict(list)
    for key, group in groups:
        found = placer.commune(key)
        if isinstance(found, Unplaced):
            unplaced[found].append(group)
        else:
            placed[found.code, found.valid_from].append(group)
    rows = {(row.code, row.valid_from): row for row in tables.communes}
    pairs = [(rows[key], of_row) for key, of_row in placed.items()]
    pairs.sort(key=lambda pair: (pair[0].place, pair[0].district_name or "", pair[0].name_norm, pair[0].code))
    return Placed(tuple(pairs), {why: unplaced[why] for why in Unplaced if why in unplaced})


class _Placer:
    """Knows for every commune named in an entry its commune on one boundary."""

    def __init__(self, tables: CommuneTables, boundary: Boundary) -> None:
        self._boundary = boundary
        self._versions: dict[str, list[Commune]] = defaultdict(list)
        for row in tables.communes:
            self._versions[row.code].append(row)
        self._onward: dict[str, list[CommuneSuccession]] = defaultdict(list)
        self._back: dict[str, list[CommuneSuccession]] = defaultdict(list)
        for link in tables.successions:
            self._onward[link.old_code].append(link)
            self._back[link.new_code].append(link)

    def commune(self, key: CommuneKey) -> Commune | Unplaced:
        """The commune of the boundary in which an entry that names `key` lies."""
        if key.code is None:
            return Unplaced.NO_CODE
        versions = [row for row in self._versions[key.code] if key.since in (None, row.valid_from)]
        if not versions:
            return Unplaced.UNKNOWN_CODE
        if len(versions) > 1:
            return Unplaced.SAME_CODE
        named = versions[0]
        if _is_of(named, self._boundary):
            return named
        return self._back_of(named, key.former) if self._boundary is Boundary.OLD else self._onward_of(named)

    def _onward_of(self, old: Commune) -> Commune | Unplaced:
        links = self._onward[old.code]
        if len(links) != 1 or not links[0].is_whole:
            return Unplaced.SPLIT
        return self._version(links[0].new_code, is_old=False)

    def _back_of(self, new: Commune, former: str | None) -> Commune | Unplaced:
        links = self._back[new.code]
        if former in {link.old_code for link in links}:  # an earlier list said so
            return self._version(former or "", is_old=True)
        if len(links) != 1 or not links[0].is_whole:
            return Unplaced.SEVERAL
        return self._version(links[0].old_code, is_old=True)

    def _version(self, code: str, *, is_old: bool) -> Commune | Unplaced:
        rows = [row for row in self._versions[code] if (row.valid_to is not None) is is_old]
        return rows[0] if len(rows) == 1 else Unplaced.UNKNOWN_CODE


def _is_of(row: Commune, boundary: Boundary) -> bool:
    return (row.valid_to is not None) is (boundary is Boundary.OLD)


def _values(groups: Sequence[TallyGroup], total: Mapping[str, float | None]) -> dict[str, float | None]:
    """The figures of some groups; a kind that the place's register counts, but not here, counts 0 here."""
    values = {code: RULES[code].count(groups).value for code in COUNTED}
    for code in COUNTED:
        of_kind = [group for group in groups if group.kind == code.split("_")[0] and group.is_standing]
        if values[code] is None and not of_kind and total.get(code) is not None:
            values[code] = 0.0
    return values
