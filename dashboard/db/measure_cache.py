"""Counts of the register kept until a load touches their place: `/doi-soat` asks for many places and years at once.

What invalidates them is a finished run alone, never time. A run touches its own place, the places its organisations
were and are in, what these came from or went into, and the country; a run of all places touches everything.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from flask import current_app
from sqlalchemy import or_, select, union
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.db.bounds import WHOLE, Places, seen_places
from dashboard.db.read_session import repository
from models.base.source import Run
from models.places.place import COUNTRY
from models.register.measures import Measure, read_measures
from models.register.organization import OrganizationDetail, OrganizationPerson, OrganizationState, Rating, YearReport
from models.register.register_tallies import BEFORE, NOW, ByPlace, Read
from models.targets.reading import read_places
from models.targets.touched import RunState, run_state

KEPT = 2000
YEARS_KEPT = 36  # of places, some 7 KB each, and of the country, some 250 KB each
ABOUT = (OrganizationDetail, OrganizationState, OrganizationPerson, YearReport, Rating)
Key = tuple[Places | None, str, int]
YearKey = tuple[str, Places | None, str, int]


@dataclass(frozen=True, slots=True)
class _Year:
    """What was read of a year by place; of the places in `old` it is to be read again."""

    said: ByPlace
    old: frozenset[str] = frozenset()


def _renewed(year: _Year, again: ByPlace) -> ByPlace:
    return {place: said for place, said in year.said.items() if place not in year.old} | dict(again)


class MeasureMemory:
    """The counts of places and years; safe for threads."""

    def __init__(self) -> None:
        self._kept: dict[Key, dict[str, Measure]] = {}
        self._years: OrderedDict[YearKey, _Year] = OrderedDict()
        self._state: RunState | None = None
        self._lock = Lock()

    def measures(self, session: Session, place: str, year: int, *, demo: bool) -> dict[str, Measure]:
        """As `models.register.measures.read_measures` gives them now."""
        key, state = (seen_places(), place, year), run_state(session)
        with self._lock:
            self._forget(session, state)
            found = self._kept.get(key)
        if found is not None:
            return found

        def keep(what: str, of: str, when: int, read: Read) -> ByPlace:
            return self._year(state, (what, key[0], of, when), read)

        made = read_measures(session, place, year, demo=demo, keep=keep)
        with self._lock:
            if self._state == state:  # counted while nothing else came in
                if len(self._kept) >= KEPT:
                    self._kept.clear()
                self._kept[key] = made
        return made

    def _year(self, state: RunState, key: YearKey, read: Read) -> ByPlace:
        """What `read` gives of a year by place; after a load it is asked for the places alone that were touched.

        A year that was read as itself is not read again as the year before another.
        """
        with self._lock:
            whole = self._years.get((NOW, *key[1:])) if key[0] == BEFORE else None
            found = (whole if whole and not whole.old else self._years.get(key)) if self._state == state else None
        if found is not None and not found.old:
            return found.said
        made = read(None) if found is None else _renewed(found, read(found.old))
        with self._lock:
            if self._state == state:
                self._years[key] = _Year(made)
                self._years.move_to_end(key)
                while len(self._years) > YEARS_KEPT:
                    self._years.popitem(last=False)
        return made

    def _forget(self, session: Session, state: RunState) -> None:
        if state == self._state:
            return
        touched = _touched(session, self._state, state) if self._state else None
        if touched is None:
            self._kept.clear()
            self._years.clear()
        else:
            for key in [key for key in self._kept if key[1] in touched]:
                del self._kept[key]
            for year_key, year in self._years.items():
                old = touched if year_key[2] == COUNTRY else touched & {year_key[2]}
                self._years[year_key] = _Year(year.said, year.old | old)
        self._state = state


def measure_memory() -> MeasureMemory:
    """The memory of the running application, for the database that its pages read."""
    kept: tuple[object, MeasureMemory] | None = current_app.extensions.get("measure_memory")
    if kept is None or kept[0] is not repository():
        kept = (repository(), MeasureMemory())
        current_app.extensions["measure_memory"] = kept
    return kept[1]


def _touched(session: Session, before: RunState, now: RunState) -> frozenset[str] | None:
    """The places whose counts runs since then may have changed; None when anything may differ."""
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
