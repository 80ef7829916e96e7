"""A figure for plotly, on the page that shows one chart large: it zooms, and lines can be hidden."""

from __future__ import annotations

from typing import Any

from dash import dcc

from dashboard.targets.parts.charted import Charted
from dashboard.ui.picture import FONT
from dashboard.ui.plot import Figure, plot_of

INK, GRID = "#65717c", "rgba(120,130,140,.25)"  # mid tones; the style sheet makes letters follow light and dark

GRAPH_CONFIG: dcc.Graph.Config = {
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "displaylogo": False,
    "displayModeBar": False,
    "responsive": True,
}


def live_graph(charted: Charted | None) -> dcc.Graph | None:
    """A chart as plotly draws it."""
    if charted is None:
        return None
    ident = f"{charted.ident}-live"
    return dcc.Graph(id=ident, figure=live(charted.figure), config=GRAPH_CONFIG, className="graph live")


def live(figure: Figure) -> dict[str, Any]:
    """The same lines, marks and words as the picture has."""
    shapes = figure["layout"].get("shapes", ())
    return {
        "data": [_trace(trace) for trace in figure["data"]],
        "layout": {
            "margin": {"l": plot_of(figure).edges.left + 6, "r": 24, "t": 24, "b": 40},
            "separators": ",.",
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT.replace("'", '"'), "size": 16, "color": INK},
            "hoverlabel": {"font": {"size": 15}, "align": "left"},
            "hoverdistance": 40,
            "legend": {"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom"},
            "shapes": [{**shape, "type": "rect", "line": {"width": 0}, "layer": "below"} for shape in shapes],
            **_axes(figure["layout"]),
        },
    }


def _axes(layout: Figure) -> dict[str, Any]:
    years, both = layout["xaxis"]["years"], {"gridcolor": GRID, "zerolinecolor": GRID}
    every = years[1] - years[0] if len(years) > 1 else 1
    days = {
        "type": "date",
        "tick0": f"{years[-1]}-12-31",
        "dtick": f"M{12 * every}",
        "tickformat": "%Y",
        "automargin": True,
    }
    values = {"nticks": layout["yaxis"]["steps"] + 1, "tickformat": ",~r"}
    return {
        "xaxis": {"range": layout["xaxis"]["range"], **days, **both},
        "yaxis": {"range": layout["yaxis"]["range"], **values, **both},
    }


def _trace(trace: Figure) -> dict[str, Any]:
    """Marks say what the picture says of them; the edges of a band say nothing and have no name in the legend."""
    shown = {name: value for name, value in trace.items() if name != "says"}
    said = {"hovertext": trace["says"], "hoverinfo": "text"} if "says" in trace else {"hoverinfo": "skip"}
    is_named = "markers" in trace["mode"] or bool(trace.get("line", {}).get("width"))
    return {"textposition": "top center", **shown, **said, "type": "scatter", "showlegend": is_named}
