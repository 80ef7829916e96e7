"""The way to each promise of a long page: worst first, each with its status, behind a fold that tells how many."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.parts.promise import anchor
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.marks import status_mark
from models.gaps.answer import worst_first
from models.targets.reading import GapView

FEW = 4


def promise_index(views: Sequence[GapView], snapshot: Snapshot) -> Element | None:
    """Links to the cards and rows of these promises, on screens; None where so few that one sees them all."""
    if len(views) <= FEW:
        return None
    ordered = sorted(views, key=lambda view: (*worst_first(view.gap), view.position))
    return html.Details(
        [
            html.Summary(f"Đi tới từng chỉ tiêu ({len(ordered)}), xấu nhất đứng trước"),
            html.Ul([html.Li(_way(view, snapshot)) for view in ordered], className="ways"),
        ],
        className="way-in",
    )


def _way(view: GapView, snapshot: Snapshot) -> list[Element]:
    name = snapshot.indicators[view.indicator].short_name
    year = f", {view.gap.target.horizon}" if view.gap.target else ""
    return [html.A(f"{name}{year}", href=f"#{anchor(view)}"), status_mark(view.gap.status, view.gap.flags)]
