"""Gaps measured once: after a run only those of the places it touched, and of their neighbours, are measured again.

Another area's value may stand beside a promise, so a neighbour is a place that it came from or went into.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from dashboard.db.cache import renewed
from models.targets.reading import GapView, Moment, read_gaps, read_places, read_programmes
from models.targets.touched import RunState, touched_places

Gaps = tuple[GapView, ...]


def kept_gaps(session: Session, moment: Moment) -> Gaps:
    """The gaps of the moment as they are now, of the places that the session reads."""

    def renew(kept: Gaps, since: RunState, _: RunState) -> Gaps | None:
        touched = touched_places(session, since)
        if touched is None or not touched:
            return None if touched is None else kept
        return _renewed(session, kept, moment, touched)

    return renewed(session, ("gaps", moment), lambda _: tuple(read_gaps(session, moment)), renew)


def _renewed(session: Session, kept: Gaps, moment: Moment, touched: frozenset[str]) -> Gaps:
    places, programmes = read_places(session), read_programmes(session, moment)
    near = touched | {
        other for slug in touched & places.keys() for other in (*places[slug].predecessors, *places[slug].successors)
    }
    again = {row.place for row in programmes.values()} & near
    renewed = {slug for slug, row in programmes.items() if row.place in again}
    gaps = [view for view in kept if view.programme not in renewed] + read_gaps(session, moment, again)
    order = {slug: number for number, slug in enumerate(programmes)}

    def printed(view: GapView) -> tuple[bool, str | int, int]:
        is_trend = view.gap.target is None
        return is_trend, order[view.programme] if is_trend else view.programme, view.position

    return tuple(sorted(gaps, key=printed))
