"""The one ranking of promises, worst first: the overview, the headline of a place and its list all stand in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from dashboard.db.snapshot_values import Snapshot
from models.gaps.answer import WORST_FIRST, Status, worst_first
from models.targets.reading import GapView


def ranked(views: Iterable[GapView]) -> tuple[GapView, ...]:
    """Worst first; where two stand as badly, by place, then as printed."""
    return tuple(sorted(views, key=lambda view: (*worst_first(view.gap), view.place, view.position)))


def promises_for(snapshot: Snapshot, horizon: int, place: str = "") -> tuple[GapView, ...]:
    """The promises in force of a horizon, of one place or of all, worst first."""
    views = (view for view in snapshot.gaps_in_force if not place or view.place == place)
    return ranked(view for view in views if view.gap.target is not None and view.gap.target.horizon == horizon)


def horizons_of(snapshot: Snapshot, place: str) -> list[int]:
    """The years a place promised something for, in order."""
    views = (view for view in snapshot.gaps_in_force if view.place == place)
    return sorted({view.gap.target.horizon for view in views if view.gap.target is not None})


def count_statuses(views: Sequence[GapView]) -> tuple[tuple[Status, int], ...]:
    """How many promises have each status, worst first, statuses that do not occur left out."""
    counts = Counter(view.gap.status for view in views)
    return tuple((status, counts[status]) for status in WORST_FIRST if counts[status])
