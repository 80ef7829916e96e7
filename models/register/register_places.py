"""Which organisations make up a place in a year, on the boundary that the place's slug stands for.

Old and new areas are different places. Where the register cannot tell which old area an organisation of a
merged province lay in, that is said and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from models.base.facts import in_force
from models.places.commune import Commune, CommuneSuccession
from models.places.place import COUNTRY
from models.register.organization import Organization, OrganizationDetail
from models.register.register_said import on_register, places_stated, stated_in
from models.targets.reading import PlaceView

NAMED = 3  # of the places without a list


@dataclass(frozen=True, slots=True)
class OrganizationQuery:
    """The organisations of a place in a year as a statement of ids; `reason` says why there are none."""

    ids: Select[Any]
    reason: str = ""
    note: str = ""


def choose_place(
    session: Session,
    places: Mapping[str, PlaceView],
    slug: str,
    year: int,
    *,
    demo: bool = False,
    recorded_at: datetime | None = None,
    stated: Callable[[], Collection[str]] | None = None,
) -> OrganizationQuery:
    """Pick the organisations of a place; every part of it must have a list that speaks about the year.

    `stated` gives what `places_stated` reads, for somebody who keeps it.
    """
    place = places[slug]
    ids, parts = _members(places, place, year, recorded_at)

    def read() -> Collection[str]:
        return set(session.scalars(places_stated(year, demo=demo, recorded_at=recorded_at)))

    spoken = (stated or read)() if slug == COUNTRY else ()

    def speaks(part: str) -> bool:
        now = _places_now(places[part])
        if slug == COUNTRY and now:
            return any(each in spoken for each in now)
        return _speaks(session, part_ids(part, places, recorded_at), year, demo, recorded_at)

    silent = list(islice((part for part in parts if not speaks(part)), NAMED + 1))  # who is not named is not asked
    if silent:
        names = ", ".join(places[part].full_name for part in silent[:NAMED]) + (" ..." if len(silent) > NAMED else "")
        return OrganizationQuery(ids, f"Chưa có danh sách tổ chức năm {year} của {names}.")
    if place.valid_to is None or date(year, 12, 31) <= place.valid_to:
        return OrganizationQuery(ids)
    lost = session.scalar(_unassigned(places, place, demo, recorded_at)) or 0
    if lost:
        return OrganizationQuery(
            ids,
            f"{lost} tổ chức chưa biết thuộc địa giới cũ nào (thiếu xã, hoặc xã nhập từ nhiều tỉnh): không đoán.",
        )
    return OrganizationQuery(ids, note="Tính theo địa giới cũ, xác định qua danh sách trước đây và xã.")


def part_ids(slug: str, places: Mapping[str, PlaceView], recorded_at: datetime | None = None) -> Select[Any]:
    """The organisations of one area, wherever later lists put them."""
    place = places[slug]
    if place.valid_to is None:
        return now_in(_places_now(place), recorded_at)
    in_successor = now_in(place.successors, recorded_at)
    detail = OrganizationDetail
    was_here = or_(
        col(detail.organization_id).in_(ever_in((slug,))),
        _resolves_to(slug),
    )
    return select(col(detail.organization_id)).where(
        *in_force(detail, recorded_at),
        or_(col(detail.place) == slug, col(detail.organization_id).in_(in_successor) & was_here),
    )


def _places_now(place: PlaceView) -> tuple[str, ...]:
    """Where the entries in force put the organisations of an area of today; of a former area they do not tell."""
    return (place.slug, *place.predecessors) if place.valid_to is None else ()


def ever_in(places: Sequence[str]) -> Select[Any]:
    """Organisations that some list, past or present, put into one of these places."""
    detail = OrganizationDetail
    return select(col(detail.organization_id)).where(col(detail.place).in_(places)).distinct()


def now_in(places: Sequence[str], recorded_at: datetime | None = None) -> Select[Any]:
    """Organisations that the list in force puts into one of these places."""
    detail = OrganizationDetail
    return select(col(detail.organization_id)).where(col(detail.place).in_(places), *in_force(detail, recorded_at))


def _members(
    places: Mapping[str, PlaceView], place: PlaceView, year: int, recorded_at: datetime | None
) -> tuple[Select[Any], list[str]]:
    """The ids of a place and the areas whose lists are all needed."""
    end = date(year, 12, 31)
    if place.slug == COUNTRY:
        parts = [p.slug for p in places.values() if p.level == "province" and _stands(p, end)]
        return select(col(OrganizationDetail.organization_id)).where(*in_force(OrganizationDetail, recorded_at)), parts
    if place.predecessors and place.valid_from is not None and end < place.valid_from:
        return now_in((place.slug, *place.predecessors), recorded_at), list(place.predecessors)
    return part_ids(place.slug, places, recorded_at), [place.slug]


def _stands(place: PlaceView, day: date) -> bool:
    return (place.valid_from is None or place.valid_from <= day) and (place.valid_to is None or day <= place.valid_to)


def _speaks(session: Session, ids: Select[Any], year: int, demo: bool, recorded_at: datetime | None) -> bool:
    return session.scalar(stated_in(year, ids, demo=demo, recorded_at=recorded_at)) is not None


def _old_homes(slug: str | None) -> Select[Any]:
    """Codes of today's communes into which some commune of the old area went (None: of any old area)."""
    old: Any = aliased(Commune)
    statement = select(col(CommuneSuccession.new_code)).join(old, old.code == col(CommuneSuccession.old_code))
    statement = statement.where(old.valid_to.is_not(None))
    return statement if slug is None else statement.where(old.place == slug)


def _resolves_to(slug: str) -> Any:
    """Whether the commune of an organisation lay in one old area only, and in this one."""
    other: Any = aliased(Commune)
    elsewhere = (
        select(col(CommuneSuccession.new_code))
        .join(other, other.code == col(CommuneSuccession.old_code))
        .where(other.valid_to.is_not(None), other.place != slug)
    )
    code = col(OrganizationDetail.commune_code)
    return code.in_(_old_homes(slug)) & code.not_in(elsewhere)


def _unassigned(
    places: Mapping[str, PlaceView], place: PlaceView, demo: bool, recorded_at: datetime | None
) -> Select[Any]:
    """How many organisations of the merged place no list and no commune puts into an old area."""
    siblings = sorted({old for slug in place.successors for old in places[slug].predecessors})
    detail = OrganizationDetail
    return (
        select(func.count())
        .select_from(detail)
        .join(Organization, col(Organization.id) == col(detail.organization_id))
        .where(*in_force(detail, recorded_at), col(detail.place).in_(place.successors))
        .where(col(Organization.is_demo) == demo, *on_register(recorded_at))
        .where(col(detail.organization_id).not_in(ever_in(siblings)))
        .where(~or_(*[func.coalesce(_resolves_to(old), False) for old in siblings]))
    )
