"""Reads the register of one year as groups of organisations: one statement, every figure comes from it.

Only what was said by the end of the year counts: a later list never changes an earlier year's figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from models.base.facts import in_force
from models.base.source import Run
from models.places.commune import Commune
from models.register.measure_tally import TallyGroup
from models.register.organization import (
    OrganizationDetail,
    OrganizationKind,
    OrganizationPerson,
    OrganizationState,
    Rating,
    YearReport,
)
from models.register.register_said import counts, last_said

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
AGRICULTURE = ("agriculture",)
PAIRED = {"manager_trained_count": "manager_count", "manager_degree_count": "manager_count"}
SAID: tuple[str, ...] = (
    "kind",
    "is_agricultural",
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
class Columns:
    """What is read of organisations: of which kinds (none: all), what they say and which figures are added up."""

    kinds: tuple[str, ...] = ()
    said: tuple[str, ...] = SAID
    sums: tuple[str, ...] = (*SUMMED, *PAIRED, *(f"{part}:whole" for part in PAIRED))


ALL = Columns()
# A year is asked as the year before another about these alone: a growth is one of means of cooperatives.
OF_GROWTH = Columns(
    (OrganizationKind.COOPERATIVE.value,),
    ("kind", OPERATING, LEGAL, "is_stated_this_year"),
    ("working_capital_mn", "revenue_mn", "profit_mn"),
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
    columns: Columns = ALL,
) -> list[tuple[CommuneKey, TallyGroup]]:
    """The organisations whose ids `chosen` selects, grouped by what they said for `year`.

    The first of each pair is the commune (empty unless `by_commune`). Demo and official organisations never
    stand in one group.
    """
    lines = _lines(year, demo, recorded_at, col(OrganizationDetail.organization_id).in_(chosen))
    whose = [lines.c.commune_code, lines.c.commune_since, lines.c.former_commune] if by_commune else []
    return [(CommuneKey(*commune), group) for commune, group in _grouped(session, lines, whose, columns)]


def read_groups_by_place(
    session: Session,
    year: int,
    *,
    demo: bool,
    recorded_at: datetime | None = None,
    columns: Columns = ALL,
    within: Collection[str] | None = None,
) -> dict[str, list[TallyGroup]]:
    """Every organisation of the register in groups as above, by the place where the entry in force puts it.

    `within` narrows to these places.
    """
    lines = _lines(year, demo, recorded_at, *(() if within is None else (col(OrganizationDetail.place).in_(within),)))
    found: dict[str, list[TallyGroup]] = defaultdict(list)
    for (place,), group in _grouped(session, lines, [lines.c.place], columns):
        found[place].append(group)
    return dict(found)


def _grouped(
    session: Session, lines: Subquery, whose: list[Any], columns: Columns
) -> Iterator[tuple[Sequence[Any], TallyGroup]]:
    """Groups of lines that say the same, each with the columns `whose`; of nobody known by then there is none."""
    names, said, width = columns.sums, columns.said, len(whose) + len(columns.said)
    dimensions = [*whose, *(lines.c[name] for name in said)]
    sums = [func.sum(lines.c[name]) for name in names] + [func.count(lines.c[name]) for name in names]
    statement = select(*dimensions, func.count(), *sums).group_by(*dimensions)
    if columns.kinds:
        statement = statement.where(lines.c.kind.in_(columns.kinds))
    is_truth = [name.startswith(("is_", "has_")) for name in said]
    for row in session.execute(statement):
        told: dict[str, Any] = {
            name: bool(value) if is_yes_no and value is not None else value  # 0 and 1, as databases give them back
            for name, value, is_yes_no in zip(said, row[len(whose) : width], is_truth, strict=True)
        }
        if told["is_stated_this_year"] is None:
            continue
        count, *numbers = row[width:]
        figures: dict[str, float] = {}
        for name, total, known in zip(names, numbers[: len(names)], numbers[len(names) :], strict=True):
            if known:
                figures |= {name: float(total), f"{name}:known": known}
        yield row[: len(whose)], TallyGroup(count=count, sums=figures, **told)


def _lines(year: int, demo: bool, recorded_at: datetime | None, *chosen: ColumnElement[bool]) -> Subquery:
    """One line an organisation; of those not known by the end of the year `is_stated_this_year` is None.

    To leave these out here, SQLite would look for the last day twice an organisation.
    """
    start, end = date(year, 1, 1), date(year, 12, 31)
    detail, owner = OrganizationDetail, col(OrganizationDetail.organization_id)
    report: Any = aliased(YearReport)
    its_report = (report.organization_id == owner, report.year == year, *in_force(report, recorded_at))
    female = func.coalesce(report.is_director_female, _director(owner, year, recorded_at))
    statement = (
        select(
            col(detail.place),
            col(detail.kind),
            col(detail.sector).in_(AGRICULTURE).label("is_agricultural"),
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
            (last_said(owner, end, recorded_at) >= start).label("is_stated_this_year"),
            func.coalesce(report.value_kind != "actual", False).label("is_estimate"),
            *_sums(report),
        )
        .outerjoin(report, and_(*its_report))
        .where(*in_force(detail, recorded_at), counts(owner, demo, recorded_at), *chosen)
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
