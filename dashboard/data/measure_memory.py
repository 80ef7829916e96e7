"""Counts of the register kept until a load touches their place: `/doi-soat` asks for many places and years at once.

What invalidates them is a finished run alone, never time. A run touches its own place, the places its organisations
were and are in, what these came from or went into, and the country; a run of all places touches everything.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from flask import current_app
from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.data.snapshot import door
from dashboard.data.territory import WHOLE, Places, seen_places
from models.measure_rules import Group
from models.measures import Measure, read_measures
from models.organization import OrganizationDetail
from models.place import COUNTRY
from models.reading import read_places
from models.register_places import Chosen
from models.source import Run
from models.touched import RunState, run_state

KEPT = 2000
GROUPS_KEPT = 12  # years of places, about a thousand groups each
Key = tuple[Places | None, str, int]


class MeasureMemory:
    """The counts of places and years; safe for threads."""

    def __init__(self) -> None:
        self._kept: dict[Key, dict[str, Measure]] = {}
        self._groups: OrderedDict[Key, list[Group]] = OrderedDict()
        self._state: RunState | None = None
        self._lock = Lock()

    def measures(self, session: Session, place: str, year: int, *, demo: bool) -> dict[str, Measure]:
        """As `models.measures.read_measures` gives them now."""
        key, state = (seen_places(), place, year), run_state(session)
        with self._lock:
            self._forget(session, state)
            found = self._kept.get(key)
        if found is not None:
            return found

        def groups_of(_: Chosen, when: int, read: Callable[[int], list[Group]]) -> list[Group]:
            return self._year(state, (key[0], place, when), read)

        made = read_measures(session, place, year, demo=demo, groups_of=groups_of)
        with self._lock:
            if self._state == state:  # counted while nothing else came in
                if len(self._kept) >= KEPT:
                    self._kept.clear()
                self._kept[key] = made
        return made

    def _year(self, state: RunState, key: Key, read: Callable[[int], list[Group]]) -> list[Group]:
        """The groups of a year: the next year's figures ask for them again."""
        with self._lock:
            found = self._groups.get(key) if self._state == state else None
        if found is not None:
            return found
        made = read(key[2])
        with self._lock:
            if self._state == state:
                self._groups[key] = made
                while len(self._groups) > GROUPS_KEPT:
                    self._groups.popitem(last=False)
        return made

    def _forget(self, session: Session, state: RunState) -> None:
        if state == self._state:
            return
        touched = _touched(session, self._state, state) if self._state else None
        for kept in (self._kept, self._groups):
            for key in [key for key in kept if touched is None or key[1] in touched]:
                del kept[key]
        self._state = state


def measure_memory() -> MeasureMemory:
    """The memory of the running application, for the database that its pages read."""
    kept: tuple[object, MeasureMemory] | None = current_app.extensions.get("measure_memory")
    if kept is None or kept[0] is not door():
        kept = (door(), MeasureMemory())
        current_app.extensions["measure_memory"] = kept
    return kept[1]


def _touched(session: Session, before: RunState, now: RunState) -> frozenset[str] | None:
    """The places whose counts runs since then may have changed; None when anything may differ."""
    newer = select(Run).where(col(Run.status) == "done", col(Run.id) > before.newest)
    runs = session.scalars(newer.execution_options(**{WHOLE: True})).all()
    if now.count != before.count + len(runs) or any(run.place is None for run in runs):
        return None
    ids, detail = [run.id for run in runs], OrganizationDetail
    moved = select(col(detail.place)).where(or_(col(detail.run_id).in_(ids), col(detail.superseded_by).in_(ids)))
    found = {run.place for run in runs if run.place} | set(
        session.scalars(moved.distinct().execution_options(**{WHOLE: True}))
    )
    places = read_places(session)
    for slug in found & places.keys():
        found |= {*places[slug].predecessors, *places[slug].successors}
    if runs:
        found.add(COUNTRY)  # the sum of all
    return frozenset(found)
