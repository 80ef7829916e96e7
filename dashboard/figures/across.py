"""One indicator over time in several places, each place its own line; never summed, never ranked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard import words
from dashboard.figures.history import FONT, GRID, INK, year_axis
from models.reading import GapView

LINES = (
    ("#2a7fb0", "solid", "circle"),
    ("#d0542f", "dash", "square"),
    ("#3a9265", "dot", "diamond"),
    ("#9a6cb5", "dashdot", "cross"),
)


def across(items: Sequence[GapView], names: dict[str, str], unit: str) -> dict[str, Any]:
    """A figure dict with one line a place; lines differ in dash and marker as well as in colour."""
    traces = []
    for index, item in enumerate(items):
        colour, dash, symbol = LINES[index % len(LINES)]
        points = item.gap.series.points
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": names[item.place],
                "x": [point.period_end.isoformat() for point in points],
                "y": [point.value for point in points],
                "hovertemplate": [
                    f"{names[item.place]}<br>{words.when(point)}: <b>{words.value_text(point)}</b> {unit}"
                    "<extra></extra>"
                    for point in points
                ],
                "line": {"color": colour, "width": 2, "dash": dash},
                "marker": {"size": 9, "symbol": symbol, "color": colour},
            }
        )
    days = [point.period_end for item in items for point in item.gap.series.points]
    axis = {"gridcolor": GRID, "zerolinecolor": GRID, "fixedrange": True}
    return {
        "data": traces,
        "layout": {
            "height": 340,
            "margin": {"l": 60, "r": 16, "t": 10, "b": 34},
            "separators": ",.",
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT, "size": 14, "color": INK},
            "legend": {"orientation": "h", "y": -0.16},
            "xaxis": year_axis(min(days), max(days)),
            "yaxis": {**axis, "rangemode": "tozero", "tickformat": ",~r", "nticks": 6},
        },
    }
