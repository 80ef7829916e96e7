"""Designed states for nothing, not found and not possible: a sentence that says what to do."""

from __future__ import annotations

from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.marks import icon


def empty(title: str, advice: str, *links: Element) -> Element:
    """A calm block: what is the case and what the reader can do."""
    return html.Div(
        [
            html.P([icon("empty"), title], className="empty-title"),
            html.P(advice),
            html.Div(list(links), className="empty-links"),
        ],
        className="empty",
    )
