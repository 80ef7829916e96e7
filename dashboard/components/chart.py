"""A chart with its text alternative; the words stand before the drawing library arrives."""

from __future__ import annotations

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

GRAPH_CONFIG = {
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "displaylogo": False,
    "displayModeBar": False,
    "responsive": True,
    "locale": "vi",
}


def chart(figure: dict[str, Any], description: str, *, ident: str) -> Component:
    """A graph in a frame of fixed height; `description` says in words what it shows."""
    graph = dcc.Graph(id=ident, figure=figure, config=GRAPH_CONFIG, className="graph")
    return html.Figure(
        [
            html.Div(graph, role="img", className="graph-frame", **{"aria-label": description}),
            html.Figcaption(description),
        ],
        className="chart",
    )
