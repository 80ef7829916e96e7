"""Promises one a line: what, who, how far, whereto, status. On the page of their place a line opens its card."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.data.place import Promised
from dashboard.targets.parts.bullet import bullet
from dashboard.targets.parts.charted import chart_of_promise, small_trend
from dashboard.targets.parts.promise import actual_and_goal, anchor, keeper, missing_with_unit, promise_card
from dashboard.ui import html
from dashboard.ui.address import View
from dashboard.ui.chart import chart_figure
from dashboard.ui.html import Element
from dashboard.ui.marks import status_mark
from models.targets.reading import GapView


def opening_lines(items: Sequence[Promised], snapshot: Snapshot, view: View, *, is_open: bool) -> Element:
    """Each promise as a line that opens its card, without any script; all of them open where the reader asks so."""
    return html.Div([_opening(item, snapshot, view, is_open) for item in items], className="lines-list")


def leading_lines(views: Sequence[GapView], snapshot: Snapshot, view: View) -> Element:
    """The same lines where each leads to the promise on the page of its own place."""
    items = [
        html.Li(html.A(_cells(item, snapshot), href=view.link(f"/tinh/{item.place}") + f"#{anchor(item)}"))
        for item in views
    ]
    return html.Ul(items, className="lines-list leading")


def _opening(item: Promised, snapshot: Snapshot, view: View, is_open: bool) -> Element:
    card = promise_card(item.view, snapshot, view, item.later, _chart(item, snapshot, view))
    summary = html.Summary(_cells(item.view, snapshot))
    return html.Details([summary, card], className="line printed", open=is_open or None)


def _cells(item: GapView, snapshot: Snapshot) -> list[Element]:
    """Short name and agency, bar with actual and promise, what is missing, the small trend, the status."""
    gap = item.gap
    year = f", {gap.target.horizon}" if gap.target else ""
    name = f"{snapshot.indicators[item.indicator].short_name}{year}"
    return [
        html.Span([html.Span(name, className="strong"), html.Small(keeper(item, snapshot), className="sub")]),
        html.Span([bullet(gap), html.Small(actual_and_goal(gap), className="sub")], className="measured"),
        html.Span(missing_with_unit(gap), className="num"),
        html.Span(small_trend(item, snapshot), className="way"),
        html.Span(status_mark(gap.status, gap.flags), className="state"),
    ]


def _chart(item: Promised, snapshot: Snapshot, view: View) -> Element | None:
    """The history; of a single value there is nothing to draw, so its chart is one line of words."""
    found = chart_of_promise(item, snapshot)
    if found is None:
        return None
    if len(item.view.gap.series.points) < 2:
        link = html.A("Xem trên trục thời gian", href=view.link(found.address), rel="nofollow")
        return html.P([found.chart.says, " ", link], className="source one-value")
    return chart_figure(found.chart, ident=found.ident, larger=view.link(found.address))
