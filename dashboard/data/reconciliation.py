"""Where sources disagree: published against published against the register, for one place and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.data.snapshot import door
from dashboard.snapshot import Snapshot
from dashboard.work_values import Line, Sources
from models.measures import Measure, read_measures
from models.observation import Observation
from models.official import OfficialValue
from models.organization import Organization, OrganizationState
from models.place import COUNTRY
from models.series import WHOLE_PERIODS


def build_sources(snapshot: Snapshot, place: str, year: int | None) -> Sources:
    """Everything said about one place and year; without a choice the place and year with most to compare."""
    published = [row for row in snapshot.observations if row.period_kind in WHOLE_PERIODS and row.value_kind != "plan"]
    with door().session() as session:
        listed = _years_of_lists(session)
        said = defaultdict(set)
        for row in published:
            said[row.place].add(row.period_end.year)
        for slug, years in listed.items():
            said[slug] |= years
        chosen = place if place in snapshot.places else _busiest(published, listed)
        found_years = tuple(sorted(said.get(chosen, set()), reverse=True))
        at = year if year in found_years else (max(listed.get(chosen, set()) or found_years or {0}))
        measures = read_measures(session, chosen, at, demo=door().settings.is_demo) if chosen and at else {}
        official = _official(session, chosen, at)
    lines = _lines([row for row in published if row.place == chosen and row.period_end.year == at], measures, official)
    count = measures.get("htx_count")
    return Sources(
        place=snapshot.places.get(chosen),
        year=at,
        places=tuple(snapshot.places[slug] for slug in sorted(said, key=lambda s: (s != COUNTRY, s)) if said[slug]),
        years=found_years,
        lines=tuple(sorted(lines, key=lambda line: -line.spread)),
        register_note=count.note if count else "",
        has_register=any(m.value is not None for m in measures.values()),
    )


def spread_of(published: Sequence[Observation], measure: Measure | None) -> float:
    """How far apart the widest two values of one day are, as a part of the larger; 0 when nothing compares.

    Published values compare only within a definition; the register compares with what speaks about its own day.
    """
    groups: dict[tuple[date, str], list[float]] = defaultdict(list)
    for row in published:
        groups[row.period_end, row.definition].append(row.value)
    if measure is not None and measure.value is not None:
        for (day, _), values in groups.items():
            if day == measure.period_end:
                values.append(measure.value)
    return max((_apart(values) for values in groups.values()), default=0.0)


def _apart(values: Sequence[float]) -> float:
    low, high = min(values), max(values)
    return (high - low) / abs(high or low) if high != low else 0.0


def _lines(
    published: Sequence[Observation], measures: Mapping[str, Measure], official: Mapping[str, OfficialValue]
) -> list[Line]:
    by_code: dict[str, list[Observation]] = defaultdict(list)
    for row in sorted(published, key=lambda row: (row.period_end, row.definition, row.key)):
        by_code[row.indicator].append(row)
    counted = {code: measure for code, measure in measures.items() if measure.value is not None}
    return [
        Line(code, tuple(rows), counted.get(code), official.get(code), spread_of(rows, counted.get(code)))
        for code, rows in [*by_code.items(), *((code, []) for code in counted if code not in by_code)]
    ]


def _busiest(published: Sequence[Observation], listed: Mapping[str, set[int]]) -> str:
    """The place with a register, else the one with most published values."""
    if listed:
        return max(listed, key=lambda slug: (max(listed[slug], default=0), slug))
    counts: dict[str, int] = defaultdict(int)
    for row in published:
        if row.place != COUNTRY:
            counts[row.place] += 1
    return max(counts, key=lambda slug: (counts[slug], slug), default="")


def _years_of_lists(session: Session) -> dict[str, set[int]]:
    """The years about which the register of each place says something."""
    state = OrganizationState
    statement = (
        select(col(Organization.place), col(state.on))
        .join(Organization, col(Organization.id) == col(state.organization_id))
        .where(col(state.superseded_at).is_(None), ~col(Organization.is_withdrawn))
        .where(col(Organization.is_demo) == door().settings.is_demo)
        .distinct()
    )
    found: dict[str, set[int]] = defaultdict(set)
    for slug, on in session.execute(statement):
        found[slug].add(on.year)
    return dict(found)


def _official(session: Session, place: str, year: int) -> dict[str, OfficialValue]:
    statement = select(OfficialValue).where(
        col(OfficialValue.superseded_at).is_(None),
        col(OfficialValue.place) == place,
        col(OfficialValue.period_end).between(date(year or 1, 1, 1), date(year or 1, 12, 31)),
    )
    rows = list(session.scalars(statement))
    for row in rows:
        session.expunge(row)
    return {row.indicator: row for row in rows}
