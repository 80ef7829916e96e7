"""What is drawn of a promise or of an indicator: its figure, what it says in words, and where it stands large."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.data.place import Promised
from dashboard.targets.parts.across import across
from dashboard.targets.parts.history import describe, history, is_drawable
from dashboard.targets.relation_words import projection_of
from models.places.place import COUNTRY
from models.targets.indicator import Indicator


@dataclass(frozen=True, slots=True)
class Charted:
    """A figure , its words, its id on a page, and the address of its page of its own."""

    figure: dict[str, Any]
    says: str
    ident: str
    address: str


def chart_of_promise(item: Promised, snapshot: Snapshot) -> Charted | None:
    """The values of a promise over time with the way to it; None where there is nothing to draw."""
    gap, indicator = item.view.gap, snapshot.indicators[item.view.indicator]
    if not is_drawable(gap.series):
        return None
    targets = [gap.target, *item.later] if gap.target else []
    projection, unit = projection_of(snapshot, item.view), indicator.unit
    return Charted(
        history(gap, targets, unit, projection),
        describe(gap, targets, indicator.name, projection, unit),
        f"chart-{item.view.programme}-{indicator.code}",
        f"/bieu-do/cam-ket/{item.view.programme}/{indicator.code}",
    )


def chart_of_indicator(indicator: Indicator, snapshot: Snapshot) -> Charted | None:
    """One line for each place that promised something; None where no place has two values to join."""
    promised = {item.place for item in snapshot.gaps if item.indicator == indicator.code and item.place != COUNTRY}
    lines = {
        item.place: item
        for item in snapshot.gaps
        if item.indicator == indicator.code and item.place in promised and is_drawable(item.gap.series)
    }
    if not any(len(item.gap.series.points) > 1 for item in lines.values()):
        return None
    names = {slug: snapshot.places[slug].full_name for slug in lines}
    return Charted(
        across(list(lines.values()), names, indicator.unit),
        f"{indicator.name} theo thời gian của từng địa bàn, chỉ nối những số so sánh được với nhau.",
        f"across-{indicator.code}",
        f"/bieu-do/chi-tieu/{indicator.code}",
    )
