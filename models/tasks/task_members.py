"""Who belongs to a collective name ("UBND cấp xã", "các sở, ban, ngành") of a place on a day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base.text import fold
from models.places.agency import GROUP, Agency, GroupMember
from models.places.commune import Commune
from models.places.place import Place
from models.targets.reading import current
from models.targets.views import Moment
from models.tasks.task_parts import Parts, ReportingOffice

COMMUNES, DISTRICTS = "ubnd-cap-xa", "ubnd-cap-huyen"  # groups whose members a loaded list of communes names
_KIND = re.compile(r"^(?:thành phố|thị xã|thị trấn|đặc khu|huyện|quận|phường|xã)\b", re.IGNORECASE)
Lists = dict[tuple[str, str], list["MemberLife"]]


@dataclass(frozen=True, slots=True)
class MemberLife:
    """A member with its first and last day."""

    office: ReportingOffice
    valid_from: date | None
    valid_to: date | None

    def is_on(self, day: date) -> bool:
        """Whether it was one on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class GroupLists:
    """The members by place and group, and the last days of the places and groups that have ended."""

    lists: Mapping[tuple[str, str], list[MemberLife]]
    last_days: Mapping[str, date]

    def of(self, place: str, group: str, day: date) -> tuple[ReportingOffice, ...]:
        """The members on that day, or on the last day of place or group; nothing where no list is known."""
        on = min([day, *(self.last_days[name] for name in (place, group) if name in self.last_days)])
        return tuple(dict.fromkeys(life.office for life in self.lists.get((place, group), ()) if life.is_on(on)))

    def fill(self, parts: Parts, place: str, day: date) -> Parts:
        """The same parts with the members of each group whose list is known for that day."""
        found = [(group, self.of(place, group, day)) for group in parts.groups]
        return replace(parts, members=tuple((group, offices) for group, offices in found if offices))


def read_members(session: Session, moment: Moment, places: Collection[str]) -> GroupLists:
    """The lists loaded for these places by the moment; where none is, the offices of a loaded list of communes."""
    lists: Lists = _of_communes(session, places) | _loaded(session, moment)
    ends = select(col(Place.slug), col(Place.valid_to)).where(col(Place.valid_to).is_not(None))
    groups = select(col(Agency.code), col(Agency.valid_to)).where(
        col(Agency.kind) == GROUP, col(Agency.valid_to).is_not(None)
    )
    last_days = {name: day for statement in (ends, groups) for name, day in session.execute(statement) if day}
    return GroupLists(lists, last_days)


def _loaded(session: Session, moment: Moment) -> Lists:
    lists: Lists = defaultdict(list)
    rows = select(GroupMember).where(*current(GroupMember, moment)).order_by(col(GroupMember.key))
    for row in session.scalars(rows):
        lists[row.place, row.group_code].append(
            MemberLife(ReportingOffice(row.code, row.name), row.valid_from, row.valid_to)
        )
    return dict(lists)


def _of_communes(session: Session, places: Collection[str]) -> Lists:
    lists: Lists = defaultdict(list)
    statement = select(Commune).where(col(Commune.place).in_(places)).order_by(col(Commune.code))
    for row in session.scalars(statement):
        lists[row.place, COMMUNES].append(MemberLife(_office(row.code, row.name), row.valid_from, row.valid_to))
        if row.district_name:
            district = _office(fold(row.district_name), row.district_name)
            lists[row.place, DISTRICTS].append(MemberLife(district, row.valid_from, row.valid_to))
    return dict(lists)


def _office(code: str, name: str) -> ReportingOffice:
    """The office of a commune or district; its kind in small letters, however the list writes it ("Thị Xã")."""
    return ReportingOffice(f"ubnd/{code}", f"UBND {_KIND.sub(lambda kind: kind[0].lower(), name)}")
