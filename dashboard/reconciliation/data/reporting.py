"""Who has reported for a year and how late, against the province's own date."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.db.published import values_of_place
from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.reconciliation.values import ReportingState
from dashboard.register.data.register_query import ROW_ID
from models.register.organization import Organization, OrganizationKind, Rating, RatingClass, YearReport
from models.targets.reading import PlaceView
from models.tasks.task_state import report_due

NAMED = 200
REPORTING = (OrganizationKind.COOPERATIVE, OrganizationKind.UNION)
NO_COMMUNE = "chưa rõ xã"


def build_reporting(snapshot: Snapshot, place: PlaceView, year: int) -> ReportingState:
    """What has come in for the year, and who is still missing, the communes with most missing first."""
    programme = next((p for p in reversed(snapshot.programmes.values()) if p.place == place.slug), None)
    reporting = programme.reporting if programme else None
    due = report_due(year, reporting)
    with repository().session() as session:
        total, reported, rated = _counts(session, place.slug, year)
        late, last = _late(session, place.slug, year, due)
        missing = _missing(session, place.slug, year)
        sizes = _sizes(session, place.slug)
    as_of = snapshot.moment.as_of
    return ReportingState(
        place=place,
        year=year,
        due=due,
        due_text=str((reporting or {}).get("text", "")),
        total=total,
        reported=reported,
        rated=rated,
        late=late,
        days_late=(last - due).days if due and last and last > due else 0,
        days_over=max(0, (as_of - due).days) if due else 0,
        published=sum(row.period_end.year == year for row in values_of_place(snapshot.moment, place.slug)),
        missing_by_commune=_by_commune(missing, sizes),
        missing=tuple(missing[:NAMED]),
    )


def _by_commune(missing: list[tuple[int, str, str]], sizes: dict[str, int]) -> tuple[tuple[str, int, int], ...]:
    """Communes with how many are missing of how many, most missing first."""
    counts = Counter(commune for _, _, commune in missing)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple((name, count, sizes.get(name, count)) for name, count in ordered)


def _of_place(place: str) -> list[ColumnElement[bool]]:
    row = Organization
    return [
        col(row.place) == place,
        ~col(row.is_withdrawn),
        col(row.is_demo) == repository().settings.is_demo,
        col(row.kind).in_(REPORTING),
        func.coalesce(col(row.operating_state), "") != "dissolved",
    ]


def _with_report(year: int) -> Select[int]:
    report = YearReport
    return select(col(report.organization_id)).where(col(report.year) == year, col(report.superseded_at).is_(None))


def _counts(session: Session, place: str, year: int) -> tuple[int, int, int]:
    ids = select(func.count(col(Organization.id))).where(*_of_place(place))
    rated = select(col(Rating.organization_id)).where(
        col(Rating.year) == year, col(Rating.superseded_at).is_(None), col(Rating.rating_class) != RatingClass.NOT_RATED
    )
    return (
        session.scalar(ids) or 0,
        session.scalar(ids.where(col(Organization.id).in_(_with_report(year)))) or 0,
        session.scalar(ids.where(col(Organization.id).in_(rated))) or 0,
    )


def _late(session: Session, place: str, year: int, due: date | None) -> tuple[int, date | None]:
    """Reports first stored after the date; a later correction does not make a report late."""
    if due is None:
        return 0, None
    first = (
        select(col(YearReport.organization_id), func.min(col(YearReport.recorded_at)).label("first"))
        .join(Organization, col(Organization.id) == col(YearReport.organization_id))
        .where(*_of_place(place), col(YearReport.year) == year)
        .group_by(col(YearReport.organization_id))
        .subquery()
    )
    days = [moment.date() for moment in session.scalars(select(first.c.first))]
    late = [day for day in days if day > due]
    return len(late), max(late, default=None)


def _missing(session: Session, place: str, year: int) -> list[tuple[int, str, str]]:
    row = Organization
    statement = (
        select(ROW_ID, col(row.name), func.coalesce(col(row.commune_name), NO_COMMUNE))
        .where(*_of_place(place), col(row.id).not_in(_with_report(year)))
        .order_by(func.coalesce(col(row.commune_name), NO_COMMUNE), col(row.name))
    )
    return [(row_id, name, commune) for row_id, name, commune in session.execute(statement)]


def _sizes(session: Session, place: str) -> dict[str, int]:
    commune = func.coalesce(col(Organization.commune_name), NO_COMMUNE)
    statement = select(commune, func.count()).where(*_of_place(place)).group_by(commune)
    return {name: count for name, count in session.execute(statement)}  # noqa: C416
