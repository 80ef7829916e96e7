"""What is drawn of a promise or of an indicator: its chart, its id on a page, and where it stands large."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.data.place import Promised
from dashboard.targets.parts.history import across, history, is_drawable
from dashboard.targets.relation_words import projection_of
from dashboard.ui.chart_values import Chart
from dashboard.ui.html import Element
from dashboard.ui.trend import trend
from models.places.place import COUNTRY
from models.targets.indicator import Indicator
from models.targets.reading import GapView


@dataclass(frozen=True, slots=True)
class Charted:
    """A chart, its id on a page, and the address of its page of its own."""

    chart: Chart
    ident: str
    address: str


def chart_of_promise(item: Promised, snapshot: Snapshot) -> Charted | None:
    """The values of a promise over time with the way to it; None where there is nothing to draw."""
    gap, indicator = item.view.gap, snapshot.indicators[item.view.indicator]
    targets = [gap.target, *item.later] if gap.target else []
    drawn = history(gap, targets, indicator.name, indicator.unit, projection_of(snapshot, item.view))
    if drawn is None:
        return None
    ident = f"{item.view.programme}-{indicator.code}"
    return Charted(drawn, f"chart-{ident}", f"/bieu-do/cam-ket/{item.view.programme}/{indicator.code}")


def small_trend(item: GapView, snapshot: Snapshot) -> Element | None:
    """The values and the way to the promise as a picture for a line; None where there is no change to see."""
    gap, indicator = item.gap, snapshot.indicators[item.indicator]
    if len(gap.series.points) < 2:
        return None
    drawn = history(gap, [gap.target] if gap.target else [], indicator.name, indicator.unit)
    return trend(drawn) if drawn else None


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
    drawn = across(list(lines.values()), names, indicator.name, indicator.unit)
    return Charted(drawn, f"across-{indicator.code}", f"/bieu-do/chi-tieu/{indicator.code}")
