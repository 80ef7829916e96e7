"""Where sources disagree: published against published against the register, for one place and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.db.measures import kept_measures
from dashboard.db.published import comparable_values
from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.reconciliation.values import ReconciliationLine, Sources
from dashboard.register.data.communes import years_of_lists
from models.base.facts import in_force
from models.places.place import COUNTRY
from models.register.measures import Measure, read_measures
from models.targets.observation import Observation
from models.targets.official import OfficialValue


def build_sources(snapshot: Snapshot, place: str, year: int | None, recorded_at: datetime | None = None) -> Sources:
    """Everything said about one place and year; without a choice the place and year with most to compare.

    At an instant `recorded_at` the register and what was made official are those of then.
    """
    published = comparable_values(snapshot.moment)
    with repository().session() as session:
        listed = years_of_lists(session)
        said = defaultdict(set)
        for row in published:
            said[row.place].add(row.period_end.year)
        for slug, years in listed.items():
            said[slug] |= years
        candidates = _candidates(said, place if place in snapshot.places else "", year)
        chosen, at = _busiest(session, candidates, published, listed)
        chosen = chosen or (place if place in snapshot.places else "")
        found_years = tuple(sorted(said.get(chosen, set()), reverse=True))
        measures = _measures(session, chosen, at, recorded_at) if chosen and at else {}
        official = _official(session, chosen, at, recorded_at)
    lines = _lines([row for row in published if row.place == chosen and row.period_end.year == at], measures, official)
    count = measures.get("htx_count")
    return Sources(
        place=snapshot.places.get(chosen),
        year=at,
        places=tuple(snapshot.places[slug] for slug in sorted(said, key=lambda s: (s != COUNTRY, s)) if said[slug]),
        years=found_years,
        lines=tuple(sorted(lines, key=lambda line: -(line.spread or 0))),
        register_note=count.note if count else "",
        has_register=any(m.value is not None for m in measures.values()),
    )


def spread_of(published: Sequence[Observation], measure: Measure | None) -> float | None:
    """How far apart the widest two values of one day are, as a part of the larger; None when nothing compares.

    Published values compare only within a definition; the register compares with what speaks about its own day.
    """
    groups: dict[tuple[date, str], list[float]] = defaultdict(list)
    for row in published:
        groups[row.period_end, row.definition].append(row.value)
    if measure is not None and measure.value is not None:
        for (day, _), values in groups.items():
            if day == measure.period_end:
                values.append(measure.value)
    return max((_apart(values) for values in groups.values() if len(values) > 1), default=None)


def _apart(values: Sequence[float]) -> float:
    low, high = min(values), max(values)
    return (high - low) / abs(high or low) if high != low else 0.0


def _lines(
    published: Sequence[Observation], measures: Mapping[str, Measure], official: Mapping[str, OfficialValue]
) -> list[ReconciliationLine]:
    by_code: dict[str, list[Observation]] = defaultdict(list)
    for row in sorted(published, key=lambda row: (row.period_end, row.definition, row.key)):
        by_code[row.indicator].append(row)
    counted = {code: measure for code, measure in measures.items() if measure.value is not None}
    return [
        ReconciliationLine(code, tuple(rows), counted.get(code), official.get(code), spread_of(rows, counted.get(code)))
        for code, rows in [*by_code.items(), *((code, []) for code in counted if code not in by_code)]
    ]


def _candidates(said: Mapping[str, set[int]], place: str, year: int | None) -> list[tuple[str, int]]:
    """Every place and year that may be opened; what was asked for narrows them as far as it leaves any.

    The country comes only by choice: its figures are held against no register.
    """
    every = [(slug, at) for slug, years in said.items() for at in years if slug == place or not place]
    every = [pair for pair in every if pair[0] != COUNTRY or place]
    return [pair for pair in every if pair[1] == year] or every


def _busiest(
    session: Session,
    candidates: Sequence[tuple[str, int]],
    published: Sequence[Observation],
    listed: Mapping[str, set[int]],
) -> tuple[str, int]:
    """The place and year with most indicators apart, then with most sources, then the latest.

    The register is asked only about years that somebody published something about: alone it cannot disagree.
    """
    if len(candidates) <= 1:
        return candidates[0] if candidates else ("", 0)
    rows: dict[tuple[str, int], list[Observation]] = defaultdict(list)
    for row in published:
        rows[row.place, row.period_end.year].append(row)

    def weight(pair: tuple[str, int]) -> tuple[int, int, int, int, str]:
        place, year = pair
        has_list = year in listed.get(place, set())
        measures = _measures(session, place, year) if has_list and rows[pair] else {}
        lines = _lines(rows[pair], measures, {})
        return sum(line.differs for line in lines), sum(line.voices for line in lines), has_list, year, place

    return max(candidates, key=weight)


def _measures(session: Session, place: str, year: int, recorded_at: datetime | None = None) -> dict[str, Measure]:
    demo = repository().settings.is_demo
    if recorded_at is None:
        return kept_measures(session, place, year, demo=demo)
    return dict(read_measures(session, place, year, demo=demo, recorded_at=recorded_at))


def _official(session: Session, place: str, year: int, recorded_at: datetime | None) -> dict[str, OfficialValue]:
    statement = select(OfficialValue).where(
        *in_force(OfficialValue, recorded_at),
        col(OfficialValue.place) == place,
        col(OfficialValue.period_end).between(date(year or 1, 1, 1), date(year or 1, 12, 31)),
    )
    rows = list(session.scalars(statement))
    for row in rows:
        session.expunge(row)
    return {row.indicator: row for row in rows}
