"""Ratings of one year and scheme, counted once a data version: classes, coverage, who moved, who is weak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, and_, case, extract, func, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from dashboard.db.cache import remembered
from dashboard.db.read_session import repository
from dashboard.register.data.organizations import lines_of
from dashboard.register.data.register_query import ROW_ID, in_register
from dashboard.register.rating_values import RatedOrganization, RatingFilter, RatingsPage, Tally
from dashboard.register.words import UNKNOWN
from models.register.organization import (
    LegalStatus,
    OperatingState,
    Organization,
    OrganizationKind,
    Rating,
    RatingClass,
)

RATED_KINDS = (OrganizationKind.COOPERATIVE, OrganizationKind.UNION)  # no scheme rates groups or credit funds here


class RatingCell(NamedTuple):
    """How many organisations got this class for this reason."""

    year: int
    scheme: str
    place: str
    sector: str
    rating_class: str
    reason: str
    is_contradicting: bool
    number: int


class StandingCell(NamedTuple):
    """How many organisations were founded and dissolved in these years; 0 = not known, or still standing."""

    place: str
    sector: str
    founded: int
    dissolved: int
    number: int

    def stands_in(self, year: int) -> bool:
        """Whether they could be rated for that year."""
        return self.founded <= year and not 0 < self.dissolved < year


def rating_cells(session: Session) -> list[RatingCell]:
    """All current ratings, counted."""

    def count() -> list[RatingCell]:
        dimensions = (
            col(Rating.year),
            col(Rating.scheme),
            col(Organization.place),
            func.coalesce(Organization.sector, UNKNOWN),
            col(Rating.rating_class),
            func.coalesce(Rating.not_rated_reason, UNKNOWN),
            col(Rating.is_contradicting),
        )
        statement = select(*dimensions, func.count()).join(Organization, _same(Rating)).where(*_current(Rating))
        return [RatingCell(*row) for row in session.execute(statement.group_by(*dimensions))]

    return remembered(session, ("ratings",), count)


def standing_cells(session: Session) -> list[StandingCell]:
    """All organisations that a scheme may rate, counted by founding and dissolution."""

    def count() -> list[StandingCell]:
        dissolved = case(
            (col(Organization.operating_state) == OperatingState.DISSOLVED, col(Organization.operating_state_on)),
            (col(Organization.legal_status) == LegalStatus.DISSOLVED, col(Organization.legal_status_on)),
            else_=None,
        )
        dimensions = (
            col(Organization.place),
            func.coalesce(Organization.sector, UNKNOWN),
            func.coalesce(extract("year", col(Organization.founded_on)), 0),
            func.coalesce(extract("year", dissolved), 0),
        )
        statement = select(*dimensions, func.count()).where(in_register(), col(Organization.kind).in_(RATED_KINDS))
        rows = session.execute(statement.group_by(*dimensions))
        return [StandingCell(place, sector, int(a), int(b), count) for place, sector, a, b, count in rows]

    return remembered(session, ("standing",), count)


def moves(session: Session, chosen: RatingFilter, previous: int) -> list[tuple[str, str, int]]:
    """How many went from which class to which between two years of one scheme."""

    def count() -> list[tuple[str, str, int]]:
        before, now = aliased(Rating), aliased(Rating)
        statement = (
            select(col(before.rating_class), col(now.rating_class), func.count())
            .select_from(now)
            .join(before, _year_before(before, now, previous))
            .join(Organization, _same(now))
            .where(*_current(now), *rating_conditions(now, chosen))
            .group_by(before.rating_class, now.rating_class)
        )
        return [(a, b, n) for a, b, n in session.execute(statement)]

    return remembered(session, ("moves", chosen, previous), count)


def named(
    session: Session, chosen: RatingFilter, previous: int | None, only: str, limit: int
) -> list[tuple[int, str, str | None, float | None]]:
    """Organisations by name (id, class, class before, points): `only` is "weak" or "moved"."""
    before = aliased(Rating)
    statement = (
        select(ROW_ID, col(Rating.rating_class), col(before.rating_class), col(Rating.points))
        .select_from(Rating)
        .join(Organization, _same(Rating))
        .outerjoin(before, _year_before(before, Rating, previous or 0))
        .where(*_current(Rating), *rating_conditions(Rating, chosen))
    )
    weak = col(Rating.rating_class) == "weak"
    class_before = col(before.rating_class)
    moved = and_(class_before.is_not(None), class_before != col(Rating.rating_class))
    statement = statement.where(weak if only == "weak" else moved)
    order = (
        col(Rating.points).asc().nulls_last(),
        col(Organization.name_sort),
        col(Organization.name_norm),
        col(Organization.id),
    )
    return [(a, b, c, d) for a, b, c, d in session.execute(statement.order_by(*order).limit(limit))]


def rating_conditions(rating: Any, chosen: RatingFilter) -> list[ColumnElement[bool]]:
    """Year, scheme, place and sector of a filter."""
    found: list[ColumnElement[bool]] = [rating.year == chosen.year, rating.scheme == chosen.scheme]
    if chosen.place:
        found.append(col(Organization.place) == chosen.place)
    if chosen.sector:
        column = col(Organization.sector)
        found.append(column.is_(None) if chosen.sector == UNKNOWN else column == chosen.sector)
    return found


def _year_before(before: Any, now: Any, previous: int) -> ColumnElement[bool]:
    return and_(
        before.organization_id == now.organization_id,
        before.scheme == now.scheme,
        func.coalesce(before.year, 0) == previous,
        before.superseded_at.is_(None),
    )


def _same(rating: Any) -> ColumnElement[bool]:
    joined: ColumnElement[bool] = rating.organization_id == col(Organization.id)
    return joined


def _current(rating: Any) -> list[ColumnElement[bool]]:
    return [rating.superseded_at.is_(None), in_register(), col(Organization.kind).in_(RATED_KINDS)]


SHOWN = 30
EXPORTED = 100_000


def default_filter(year: int | None, scheme: str, place: str, sector: str) -> RatingFilter | None:
    """Fill in the latest year and its most used scheme; None when nothing was rated yet or such a year never was."""
    with repository().session() as session:
        cells = rating_cells(session)
    years = {cell.year for cell in cells if not scheme or cell.scheme == scheme}
    if not years or (year is not None and year not in years):
        return None
    wanted = year or max(years)
    schemes: Counter[str] = Counter()
    for cell in cells:
        if cell.year == wanted and (not scheme or cell.scheme == scheme):
            schemes[cell.scheme] += cell.number
    return RatingFilter(wanted, schemes.most_common(1)[0][0], place, sector)


def is_anything_rated() -> bool:
    """Whether the register holds any rating."""
    with repository().session() as session:
        return bool(rating_cells(session))


def build_ratings(chosen: RatingFilter) -> RatingsPage:
    """Everything the page shows."""
    with repository().session() as session:
        cells = [cell for cell in rating_cells(session) if cell.scheme == chosen.scheme]
        standing = standing_cells(session)
        years = sorted({cell.year for cell in cells})
        now = [cell for cell in cells if cell.year == chosen.year and _is_in(cell, chosen)]
        earlier = [year for year in years if year < chosen.year]
        previous = earlier[-1] if earlier else None
        return RatingsPage(
            chosen=chosen,
            years=tuple(sorted({cell.year for cell in rating_cells(session)}, reverse=True)),
            schemes=tuple(sorted({cell.scheme for cell in rating_cells(session)})),
            tally=_tally("", now, standing, chosen),
            reasons=_reasons(now),
            by_year=tuple(_by_year(cells, standing, chosen, years)),
            by_place=tuple(_by(cells, standing, chosen, "place")),
            by_sector=tuple(_by(cells, standing, chosen, "sector")),
            previous=previous,
            moves=tuple(moves(session, chosen, previous)) if previous else (),
            movers=tuple(_named(session, chosen, previous, "moved", SHOWN)) if previous else (),
            weak=tuple(_named(session, chosen, previous, "weak", SHOWN)),
            weak_count=sum(cell.number for cell in now if cell.rating_class == RatingClass.WEAK),
            contradicting=sum(cell.number for cell in now if cell.is_contradicting),
        )


def named_list(chosen: RatingFilter, previous: int | None, only: str) -> list[RatedOrganization]:
    """The whole list of the weak, or of those who moved class, for an export."""
    with repository().session() as session:
        return _named(session, chosen, previous, only, EXPORTED)


def _named(
    session: Session, chosen: RatingFilter, previous: int | None, only: str, limit: int
) -> list[RatedOrganization]:
    rows = named(session, chosen, previous, only, limit)
    lines = {line.id: line for line in lines_of(session, [row[0] for row in rows])}
    return [
        RatedOrganization(lines[ident], now, before, points) for ident, now, before, points in rows if ident in lines
    ]


def _is_in(cell: RatingCell | StandingCell, chosen: RatingFilter) -> bool:
    return (not chosen.place or cell.place == chosen.place) and (not chosen.sector or cell.sector == chosen.sector)


def _tally(label: str, cells: Iterable[RatingCell], standing: Iterable[StandingCell], chosen: RatingFilter) -> Tally:
    counts: Counter[str] = Counter()
    for cell in cells:
        counts[cell.rating_class] += cell.number
    eligible = sum(cell.number for cell in standing if _is_in(cell, chosen) and cell.stands_in(chosen.year))
    return Tally(label, counts, eligible)


def _reasons(cells: Iterable[RatingCell]) -> tuple[tuple[str, int], ...]:
    found: Counter[str] = Counter()
    for cell in cells:
        if cell.rating_class == RatingClass.NOT_RATED:
            found[cell.reason] += cell.number
    return tuple(found.most_common())


def _by_year(
    cells: list[RatingCell], standing: list[StandingCell], chosen: RatingFilter, years: list[int]
) -> Iterable[Tally]:
    for year in reversed(years):
        there = [cell for cell in cells if cell.year == year and _is_in(cell, chosen)]
        yield _tally(str(year), there, standing, replace(chosen, year=year))


def _by(
    cells: list[RatingCell], standing: list[StandingCell], chosen: RatingFilter, field: Literal["place", "sector"]
) -> Iterable[Tally]:
    def narrow(value: str) -> RatingFilter:
        return replace(chosen, place=value) if field == "place" else replace(chosen, sector=value)

    wide = narrow("")
    there = [cell for cell in cells if cell.year == chosen.year and _is_in(cell, wide)]
    for value in sorted({getattr(cell, field) for cell in there}):
        yield _tally(value, [c for c in there if getattr(c, field) == value], standing, narrow(value))
