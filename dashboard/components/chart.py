"""A chart with its text alternative; the words stand before the drawing library arrives."""

from __future__ import annotations

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

FIRST_PICTURE = "first-picture"
GRAPH_CONFIG = {
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "displaylogo": False,
    "displayModeBar": False,
    "responsive": True,
    "locale": "vi",
}


def chart(figure: dict[str, Any], description: str, *, ident: str, picture: str = "") -> Component:
    """A graph in a frame of fixed height; `description` says in words what it shows.

    `picture` is the address of the same chart as an image, which stands there until the graph is drawn.
    """
    graph = dcc.Graph(id=ident, figure=figure, config=GRAPH_CONFIG, className="graph")
    return html.Figure(
        [
            html.Div(
                [html.Img(src=picture, alt="", className=FIRST_PICTURE) if picture else None, graph],
                role="img",
                className="graph-frame",
                **{"aria-label": description},
            ),
            html.Figcaption(description),
        ],
        className="chart",
    )
