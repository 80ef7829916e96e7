"""Reads the register of one year as groups of organisations: one statement, every figure comes from it.

Only what was said by the end of the year counts: a later list never changes an earlier year's figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, distinct, exists, func, or_, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from models.facts import Fact
from models.measure_rules import Group
from models.organization import (
    Organization,
    OrganizationDetail,
    OrganizationPerson,
    OrganizationState,
    Rating,
    YearReport,
)

OPERATING, LEGAL, DIRECTOR = "operating_state", "legal_status", "director"
SCHEMES = ("TT01_2020", "TT09_2017")  # of two ratings of one year the first counts
SUMMED = (
    "member_count",
    "worker_count",
    "member_worker_count",
    "manager_count",
    "revenue_mn",
    "profit_mn",
    "charter_capital_mn",
    "working_capital_mn",
    "ocop_product_count",
)
PAIRED = {"manager_trained_count": "manager_count", "manager_degree_count": "manager_count"}
SAID: tuple[str, ...] = (
    "kind",
    "sector",
    "operating_state",
    "legal_status",
    "is_law_compliant",
    "rating_class",
    "is_high_tech",
    "is_linked",
    "has_ocop",
    "is_director_female",
    "is_new",
    "is_stated_this_year",
    "is_estimate",
)


def read_groups(
    session: Session,
    chosen: Select[Any],
    year: int,
    *,
    demo: bool,
    recorded_at: datetime | None = None,
    by_commune: bool = False,
) -> list[tuple[str | None, Group]]:
    """The organisations whose ids `chosen` selects, grouped by what they said for `year`.

    The first of each pair is the commune code (None unless `by_commune`). Demo and official organisations
    never stand in one group.
    """
    lines = _lines(chosen, year, demo, recorded_at)
    dimensions = [lines.c[name] for name in SAID] + ([lines.c.commune_code] if by_commune else [])
    sums = [func.sum(lines.c[name]) for name in _sum_names()] + [func.count(lines.c[name]) for name in _sum_names()]
    found = []
    for row in session.execute(select(*dimensions, func.count(), *sums).group_by(*dimensions)):
        said = dict(zip(SAID, row, strict=False))
        commune = row[len(SAID)] if by_commune else None
        count, *numbers = row[len(dimensions) :]
        totals, known = numbers[: len(numbers) // 2], numbers[len(numbers) // 2 :]
        names = _sum_names()
        figures = {name: float(total) for name, total in zip(names, totals, strict=True) if total is not None}
        figures |= {f"{name}:known": number for name, number in zip(names, known, strict=True)}
        found.append((commune, Group(count=count, sums=figures, **_plain(said))))
    return found


def in_force(model: type[Fact], recorded_at: datetime | None) -> tuple[ColumnElement[bool], ...]:
    """The conditions that pick the rows of a fact table in force now, or at a frozen instant."""
    if recorded_at is None:
        return (col(model.superseded_at).is_(None),)
    return (
        col(model.recorded_at) <= recorded_at,
        col(model.superseded_at).is_(None) | (col(model.superseded_at) > recorded_at),
    )


def evidence(end: date, recorded_at: datetime | None) -> Subquery:
    """By organisation the latest day up to `end` on which its state was given.

    An organisation that never had a state counts from the day its entry became known.
    """
    states: Any = select(col(OrganizationState.organization_id).label("id"), col(OrganizationState.on).label("on"))
    has_state = exists().where(col(OrganizationState.organization_id) == col(OrganizationDetail.organization_id))
    details = select(col(OrganizationDetail.organization_id), col(OrganizationDetail.known_on)).where(~has_state)
    if recorded_at is not None:
        details = details.where(col(OrganizationDetail.recorded_at) <= recorded_at)
    said = states.where(*in_force(OrganizationState, recorded_at)).union_all(details).subquery()
    statement = select(said.c.id, func.max(said.c.on).label("last_on")).where(said.c.on <= end).group_by(said.c.id)
    return statement.subquery()


def _plain(said: dict[str, Any]) -> dict[str, Any]:
    """Truth values as the databases give them back are 0 and 1, or None."""
    return {
        name: bool(value) if value is not None and name.startswith(("is_", "has_")) else value
        for name, value in said.items()
    }


def _sum_names() -> Sequence[str]:
    return (*SUMMED, *PAIRED, *(f"{part}:whole" for part in PAIRED))


def _lines(chosen: Select[Any], year: int, demo: bool, recorded_at: datetime | None) -> Subquery:
    """One line an organisation that is known to exist by the end of the year."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    detail, person = OrganizationDetail, OrganizationPerson
    report: Any = aliased(YearReport)
    seen = evidence(end, recorded_at)
    operating, legal = _latest(OPERATING, end, recorded_at), _latest(LEGAL, end, recorded_at)
    rating = _rating(year, recorded_at)
    female = func.coalesce(report.is_director_female, col(person.is_female))
    statement = (
        select(
            col(detail.kind),
            col(detail.sector),
            col(detail.commune_code),
            operating.c.state.label("operating_state"),
            legal.c.state.label("legal_status"),
            col(detail.is_law_compliant),
            rating.c.rating_class,
            report.has_high_tech.label("is_high_tech"),
            _is_linked(report, start, end).label("is_linked"),
            report.has_ocop,
            female.label("is_director_female"),
            case((col(detail.founded_on).is_(None), None), else_=col(detail.founded_on) >= start).label("is_new"),
            (seen.c.last_on >= start).label("is_stated_this_year"),
            func.coalesce(report.value_kind != "actual", False).label("is_estimate"),
            *_sums(report),
        )
        .join(Organization, col(Organization.id) == col(detail.organization_id))
        .join(seen, seen.c.id == col(detail.organization_id))
        .outerjoin(operating, operating.c.organization_id == col(detail.organization_id))
        .outerjoin(legal, legal.c.organization_id == col(detail.organization_id))
        .outerjoin(rating, rating.c.organization_id == col(detail.organization_id))
        .outerjoin(report, and_(report.organization_id == detail.organization_id, *_of_year(report, year, recorded_at)))
        .outerjoin(person, and_(_is_director(year), col(person.organization_id) == col(detail.organization_id)))
        .where(*in_force(detail, recorded_at), col(Organization.is_demo) == demo, ~col(Organization.is_withdrawn))
        .where(col(detail.organization_id).in_(chosen))
        .where(or_(col(detail.founded_on).is_(None), col(detail.founded_on) <= end))
    )
    return statement.subquery()


def _sums(report: Any) -> list[Any]:
    columns = [getattr(report, name).label(name) for name in SUMMED]
    for part, whole in PAIRED.items():
        both = and_(getattr(report, part).is_not(None), getattr(report, whole).is_not(None))
        columns.append(case((both, getattr(report, part))).label(part))
        columns.append(case((both, getattr(report, whole))).label(f"{part}:whole"))
    return columns


def _of_year(report: Any, year: int, recorded_at: datetime | None) -> list[Any]:
    return [report.year == year, *_aliased_in_force(report, recorded_at)]


def _aliased_in_force(model: Any, recorded_at: datetime | None) -> list[Any]:
    if recorded_at is None:
        return [model.superseded_at.is_(None)]
    return [model.recorded_at <= recorded_at, or_(model.superseded_at.is_(None), model.superseded_at > recorded_at)]


def _is_director(year: int) -> ColumnElement[bool]:
    return and_(
        col(OrganizationPerson.role) == DIRECTOR,
        col(OrganizationPerson.year) == year,
        col(OrganizationPerson.superseded_at).is_(None),
    )


def _is_linked(report: Any, start: date, end: date) -> Any:
    """A contract counts in a year in which it was valid for at least a day; validity not stated is no obstacle."""
    out_of_date = or_(
        and_(report.linkage_valid_to.is_not(None), report.linkage_valid_to < start),
        and_(report.linkage_valid_from.is_not(None), report.linkage_valid_from > end),
    )
    return case((and_(report.has_linkage_contract, out_of_date), False), else_=report.has_linkage_contract)


def _latest(name: str, end: date, recorded_at: datetime | None) -> Subquery:
    """The last state of one kind said by `end`, by organisation."""
    state = OrganizationState
    order = (col(state.on).desc(), col(state.id).desc())
    ranked = (
        select(
            col(state.organization_id),
            col(state.state),
            col(state.on),
            func.row_number().over(partition_by=col(state.organization_id), order_by=order).label("place_in_line"),
        )
        .where(col(state.field) == name, col(state.on) <= end, *in_force(state, recorded_at))
        .subquery()
    )
    columns = (ranked.c.organization_id, ranked.c.state, ranked.c.on)
    return select(*columns).where(ranked.c.place_in_line == 1).subquery()


def _rating(year: int, recorded_at: datetime | None) -> Subquery:
    """One rating an organisation: of two schemes the first of SCHEMES."""
    rank = case({scheme: index for index, scheme in enumerate(SCHEMES)}, value=col(Rating.scheme), else_=len(SCHEMES))
    ranked = (
        select(
            col(Rating.organization_id),
            col(Rating.rating_class),
            func.row_number()
            .over(partition_by=col(Rating.organization_id), order_by=(rank, col(Rating.scheme)))
            .label("place_in_line"),
        )
        .where(col(Rating.year) == year, *in_force(Rating, recorded_at))
        .subquery()
    )
    return select(ranked.c.organization_id, ranked.c.rating_class).where(ranked.c.place_in_line == 1).subquery()


def stated_in(year: int, chosen: Any, *, demo: bool, recorded_at: datetime | None = None) -> Select[Any]:
    """How many of the chosen organisations have something said about them in the year itself."""
    seen = evidence(date(year, 12, 31), recorded_at)
    return (
        select(func.count(distinct(seen.c.id)))
        .join(Organization, col(Organization.id) == seen.c.id)
        .where(seen.c.last_on >= date(year, 1, 1), seen.c.id.in_(chosen))
        .where(col(Organization.is_demo) == demo, ~col(Organization.is_withdrawn))
    )
