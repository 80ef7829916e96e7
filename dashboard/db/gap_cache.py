"""Gaps measured once: after a run only those of the places it touched, and of their neighbours, are measured again.

Another area's value may stand beside a promise, so a neighbour is a place that it came from or went into.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from sqlalchemy.orm import Session

from models.targets.reading import GapView, Moment, PlaceView, read_gaps, read_places, read_programmes
from models.targets.touched import RunState, run_state, touched_places

KEPT = 8
Places = frozenset[str]
Key = tuple[Moment, Places | None]


@dataclass(frozen=True, slots=True)
class _Kept:
    state: RunState
    gaps: tuple[GapView, ...]


class GapMemory:
    """The gaps of a few moments and viewers; safe for threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._lock = Lock()

    def gaps(self, session: Session, moment: Moment, seen: Places | None) -> tuple[GapView, ...]:
        """The gaps of the moment as they are now; `seen` are the places that the session reads (None: all)."""
        key = (moment, seen)
        with self._lock:
            kept = self._kept.get(key)
        state = run_state(session)  # before the values: what is stored in between is looked at again next time
        made = _Kept(state, _renewed(session, kept, moment))
        with self._lock:
            self._kept[key] = made
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made.gaps


def _renewed(session: Session, kept: _Kept | None, moment: Moment) -> tuple[GapView, ...]:
    touched = touched_places(session, kept.state) if kept else None
    if kept is None or touched is None:
        return tuple(read_gaps(session, moment))
    if not touched:
        return kept.gaps
    places, programmes = read_places(session), read_programmes(session, moment)
    near = touched | {other for slug in touched & places.keys() for other in _neighbours(places[slug])}
    again = {row.place for row in programmes.values()} & near
    renewed = {slug for slug, row in programmes.items() if row.place in again}
    gaps = [view for view in kept.gaps if view.programme not in renewed] + read_gaps(session, moment, again)
    order = {slug: number for number, slug in enumerate(programmes)}

    def printed(view: GapView) -> tuple[bool, str | int, int]:
        is_trend = view.gap.target is None
        return is_trend, order[view.programme] if is_trend else view.programme, view.position

    return tuple(sorted(gaps, key=printed))


def _neighbours(place: PlaceView) -> tuple[str, ...]:
    return (*place.predecessors, *place.successors)
