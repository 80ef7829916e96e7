"""Reads the register of one year as groups of organisations: one statement, every figure comes from it.

Only what was said by the end of the year counts: a later list never changes an earlier year's figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from models.commune import Commune
from models.measure_rules import Group
from models.organization import (
    Organization,
    OrganizationDetail,
    OrganizationPerson,
    OrganizationState,
    Rating,
    YearReport,
)
from models.source import Run

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


@dataclass(frozen=True, slots=True)
class CommuneKey:
    """A commune as the entry in force names it; without `since` its code may mean two communes.

    `former` is the code of the commune of before 01/7/2025 that an earlier entry named, if any did.
    """

    code: str | None = None
    since: date | None = None
    former: str | None = None


def read_groups(
    session: Session,
    chosen: Select[Any],
    year: int,
    *,
    demo: bool,
    recorded_at: datetime | None = None,
    by_commune: bool = False,
) -> list[tuple[CommuneKey, Group]]:
    """The organisations whose ids `chosen` selects, grouped by what they said for `year`.

    The first of each pair is the commune (empty unless `by_commune`). Demo and official organisations never
    stand in one group.
    """
    lines = _lines(chosen, year, demo, recorded_at)
    whose = [lines.c.commune_code, lines.c.commune_since, lines.c.former_commune] if by_commune else []
    dimensions = [lines.c[name] for name in SAID] + whose
    sums = [func.sum(lines.c[name]) for name in _sum_names()] + [func.count(lines.c[name]) for name in _sum_names()]
    found = []
    for row in session.execute(select(*dimensions, func.count(), *sums).group_by(*dimensions)):
        said = dict(zip(SAID, row, strict=False))
        commune = CommuneKey(*row[len(SAID) : len(dimensions)])
        count, *numbers = row[len(dimensions) :]
        totals, known = numbers[: len(numbers) // 2], numbers[len(numbers) // 2 :]
        names = _sum_names()
        figures = {name: float(total) for name, total in zip(names, totals, strict=True) if total is not None}
        figures |= {f"{name}:known": number for name, number in zip(names, known, strict=True)}
        found.append((commune, Group(count=count, sums=figures, **_plain(said))))
    return found


def in_force(model: Any, recorded_at: datetime | None) -> tuple[ColumnElement[bool], ...]:
    """The conditions that pick the rows of a fact table in force now, or at a frozen instant."""
    if recorded_at is None:
        return (col(model.superseded_at).is_(None),)
    return (
        col(model.recorded_at) <= recorded_at,
        col(model.superseded_at).is_(None) | (col(model.superseded_at) > recorded_at),
    )


def on_register(recorded_at: datetime | None) -> tuple[ColumnElement[bool], ...]:
    """Leaves out organisations that were taken back; at an earlier instant the entries in force then decide."""
    return () if recorded_at is not None else (~col(Organization.is_withdrawn),)


def last_said(owner: Any, end: date, recorded_at: datetime | None) -> Any:
    """The latest day up to `end` on which the state of the organisation `owner` was given.

    An organisation that never had a state counts from the day its entry became known.
    """
    state, entry = OrganizationState, aliased(OrganizationDetail)
    stated = select(func.max(col(state.on))).where(col(state.organization_id) == owner, col(state.on) <= end)
    has_state = select(col(state.id)).where(col(state.organization_id) == owner).correlate_except(state).exists()
    known: Any = entry.known_on
    entered = select(func.max(known)).where(col(entry.organization_id) == owner, known <= end, ~has_state)
    if recorded_at is not None:
        entered = entered.where(col(entry.recorded_at) <= recorded_at)
    stated = stated.where(*in_force(state, recorded_at))
    return func.coalesce(stated.scalar_subquery(), entered.scalar_subquery())


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
    detail, owner = OrganizationDetail, col(OrganizationDetail.organization_id)
    report: Any = aliased(YearReport)
    its_report = (report.organization_id == owner, report.year + 0 == year, *in_force(report, recorded_at))
    female = func.coalesce(report.is_director_female, _director(owner, year, recorded_at))
    last_on = last_said(owner, end, recorded_at)
    statement = (
        select(
            col(detail.kind),
            col(detail.sector),
            col(detail.commune_code),
            col(detail.commune_since),
            _former_commune(owner, recorded_at).label("former_commune"),
            _latest(OPERATING, owner, end, recorded_at).label("operating_state"),
            _latest(LEGAL, owner, end, recorded_at).label("legal_status"),
            col(detail.is_law_compliant),
            _rating(owner, year, recorded_at).label("rating_class"),
            report.has_high_tech.label("is_high_tech"),
            _is_linked(report, start, end).label("is_linked"),
            report.has_ocop,
            female.label("is_director_female"),
            case((col(detail.founded_on).is_(None), None), else_=col(detail.founded_on) >= start).label("is_new"),
            (last_on >= start).label("is_stated_this_year"),
            func.coalesce(report.value_kind != "actual", False).label("is_estimate"),
            *_sums(report),
        )
        .join(Organization, col(Organization.id) == owner)
        .outerjoin(report, and_(*its_report))  # year + 0: the index by year would be read once an organisation
        .where(*in_force(detail, recorded_at), col(Organization.is_demo) == demo, *on_register(recorded_at))
        .where(owner.in_(chosen), last_on.is_not(None))
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


def _is_linked(report: Any, start: date, end: date) -> Any:
    """A contract counts in a year in which it was valid for at least a day; validity not stated is no obstacle."""
    out_of_date = or_(
        and_(report.linkage_valid_to.is_not(None), report.linkage_valid_to < start),
        and_(report.linkage_valid_from.is_not(None), report.linkage_valid_from > end),
    )
    return case((and_(report.has_linkage_contract, out_of_date), False), else_=report.has_linkage_contract)


def _former_commune(owner: Any, recorded_at: datetime | None) -> Any:
    """The commune of before the merger that a list named last; lists that were taken back say nothing."""
    entry: Any = aliased(OrganizationDetail)
    taken_back = select(col(Run.undoes)).where(col(Run.undoes).is_not(None))
    found = (
        select(entry.commune_code)
        .join(Commune, (col(Commune.code) == entry.commune_code) & (col(Commune.valid_from) == entry.commune_since))
        .where(entry.organization_id == owner, col(Commune.valid_to).is_not(None), entry.run_id.not_in(taken_back))
    )
    if recorded_at is not None:
        found = found.where(entry.recorded_at <= recorded_at)
    return found.order_by(entry.id.desc()).limit(1).scalar_subquery()


def _latest(name: str, owner: Any, end: date, recorded_at: datetime | None) -> Any:
    """The last state of one kind said by `end`."""
    state = OrganizationState
    found = select(col(state.state)).where(col(state.organization_id) == owner, col(state.field) == name)
    found = found.where(col(state.on) <= end, *in_force(state, recorded_at))
    return found.order_by(col(state.on).desc(), col(state.id).desc()).limit(1).scalar_subquery()


def _rating(owner: Any, year: int, recorded_at: datetime | None) -> Any:
    """One class an organisation: of two schemes the first of SCHEMES."""
    rank = case({scheme: index for index, scheme in enumerate(SCHEMES)}, value=col(Rating.scheme), else_=len(SCHEMES))
    found = select(col(Rating.rating_class)).where(col(Rating.organization_id) == owner, col(Rating.year) + 0 == year)
    return found.where(*in_force(Rating, recorded_at)).order_by(rank, col(Rating.scheme)).limit(1).scalar_subquery()


def _director(owner: Any, year: int, recorded_at: datetime | None) -> Any:
    """Whether the director of the year is a woman, where a list names the person."""
    person = OrganizationPerson
    found = select(col(person.is_female)).where(col(person.organization_id) == owner, col(person.role) == DIRECTOR)
    return found.where(col(person.year) == year, *in_force(person, recorded_at)).limit(1).scalar_subquery()


def stated_in(year: int, chosen: Any, *, demo: bool, recorded_at: datetime | None = None) -> Select[Any]:
    """One of the chosen organisations about which something is said in the year itself; nothing where there is none."""
    last_on = last_said(col(Organization.id), date(year, 12, 31), recorded_at)
    return (
        select(col(Organization.id))
        .where(col(Organization.id).in_(chosen), last_on >= date(year, 1, 1))
        .where(col(Organization.is_demo) == demo, *on_register(recorded_at))
        .limit(1)
    )
