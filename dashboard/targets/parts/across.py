"""One indicator over time in several places, each place its own line; never summed, never ranked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.targets.parts.history import value_axis, year_axis
from dashboard.ui import words
from models.targets.reading import GapView

LINES = (
    ("#2a7fb0", "solid", "circle"),
    ("#d0542f", "dash", "square"),
    ("#3a9265", "dot", "diamond"),
    ("#9a6cb5", "dashdot", "cross"),
)


def across(items: Sequence[GapView], names: dict[str, str], unit: str) -> dict[str, Any]:
    """A figure dict with one line a place; lines differ in dash and marker as well as in colour."""
    days = [point.period_end for item in items for point in item.gap.series.points]
    values = [point.value for item in items for point in item.gap.series.points]
    return {
        "data": [_line(index, item, names[item.place], unit) for index, item in enumerate(items)],
        "layout": {
            "height": 300,
            "margin": {"r": 20, "t": 10, "b": 34},
            "xaxis": year_axis(min(days), max(days)),
            "yaxis": value_axis(values, 1.1, 6),
            "legend": True,
        },
    }


def _line(index: int, item: GapView, name: str, unit: str) -> dict[str, Any]:
    colour, dash, symbol = LINES[index % len(LINES)]
    points = item.gap.series.points
    return {
        "mode": "lines+markers",
        "name": name,
        "x": [point.period_end.isoformat() for point in points],
        "y": [point.value for point in points],
        "says": [f"{name}, {words.when(point)}: {words.value_text(point)} {unit}" for point in points],
        "line": {"color": colour, "width": 2, "dash": dash},
        "marker": {"size": 9, "symbol": symbol, "color": colour},
    }
