"""Counts of the register kept until a load touches their place: `/doi-soat` asks for many places and years at once.

A run touches its own place, the places its organisations were and are in, what these came from or went into, and the
country; a run of all places touches everything.
"""

from __future__ import annotations

from sqlalchemy import or_, select, union
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.db.bounds import WHOLE
from dashboard.db.cache import remembered, renewed, up_to_date
from models.base.source import Run
from models.places.place import COUNTRY
from models.register.measures import Measure, read_measures
from models.register.organization import OrganizationDetail, OrganizationPerson, OrganizationState, Rating, YearReport
from models.register.register_tallies import BEFORE, NOW, ByPlace, Read
from models.targets.reading import read_places
from models.targets.touched import RunState

ABOUT = (OrganizationDetail, OrganizationState, OrganizationPerson, YearReport, Rating)
Measures = dict[str, Measure]


def kept_measures(session: Session, place: str, year: int, *, demo: bool) -> Measures:
    """As `models.register.measures.read_measures` gives them now."""

    def keep(what: str, of: str, when: int, read: Read) -> ByPlace:
        return _year(session, ("year", what, of, when, demo), read)

    def renew(kept: Measures, since: RunState, now: RunState) -> Measures | None:
        touched = _touched(session, since, now)
        return None if touched is None or place in touched else kept

    name = ("measures", place, year, demo)
    return renewed(session, name, lambda _: read_measures(session, place, year, demo=demo, keep=keep), renew)


def _year(session: Session, name: tuple[str, str, str, int, bool], read: Read) -> ByPlace:
    """What `read` gives of a year by place; after a load it is asked for the places alone that were touched.

    A year that was read as itself is not read again as the year before another.
    """
    _, what, of, when, demo = name

    def renew(kept: ByPlace, since: RunState, now: RunState) -> ByPlace | None:
        touched = _touched(session, since, now)
        if touched is None:
            return None
        old = touched if of == COUNTRY else touched & {of}
        return {place: said for place, said in kept.items() if place not in old} | dict(read(old)) if old else kept

    whole: ByPlace | None = up_to_date(session, ("year", NOW, of, when, demo)) if what == BEFORE else None
    return renewed(session, name, lambda _: read(None), renew) if whole is None else whole


def _touched(session: Session, before: RunState, now: RunState) -> frozenset[str] | None:
    """The places whose counts runs since then may have changed; None when anything may differ."""
    return remembered(session, ("touched", before, now), lambda: _places_touched(session, before, now))


def _places_touched(session: Session, before: RunState, now: RunState) -> frozenset[str] | None:
    newer = select(Run).where(col(Run.status) == "done", col(Run.id) > before.newest)
    runs = session.scalars(newer.execution_options(**{WHOLE: True})).all()
    if now.count != before.count + len(runs) or any(run.place is None for run in runs):
        return None
    ids, detail = [run.id for run in runs], OrganizationDetail
    said_of = [
        select(col(model.organization_id)).where(or_(col(model.run_id).in_(ids), col(model.superseded_by).in_(ids)))
        for model in ABOUT
    ]
    moved = select(col(detail.place)).where(col(detail.organization_id).in_(union(*said_of))).distinct()
    found = {run.place for run in runs if run.place} | set(session.scalars(moved.execution_options(**{WHOLE: True})))
    places = read_places(session)
    for slug in found & places.keys():
        found |= {*places[slug].predecessors, *places[slug].successors}
    if runs:
        found.add(COUNTRY)  # the sum of all
    return frozenset(found)
