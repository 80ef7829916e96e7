"""Ratings of one year and scheme: classes, coverage, who moved, who is weak; other years beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from sqlalchemy.orm import Session

from dashboard.db.read_session import repository
from dashboard.register.data.organizations import lines_of
from dashboard.register.data.rating_query import RatingCell, StandingCell, moves, named, rating_cells, standing_cells
from dashboard.register.rating_values import RatedOrganization, RatingFilter, RatingsPage, Tally
from models.register.organization import RatingClass

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
