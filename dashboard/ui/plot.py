"""Where the days and values of a figure lie in its frame: the same for its picture and for the values over it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.ui import words
from dashboard.ui.drawing import Edges, PlotPoint

DIGIT, BESIDE = 8, 12  # pixels: a letter of a number at the size charts are written in, and what stands free of it
ABREAST = 36  # pixels: values nearer than this in height must share the room across
Figure = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Plot:
    """The part of the picture that holds the drawing: days across, values up, `steps` the values beside it."""

    edges: Edges
    first: date
    last: date
    low: float
    high: float
    steps: Sequence[float]

    def x(self, day: str) -> float:
        """Per cent from the left edge of the plot."""
        return round((date.fromisoformat(day) - self.first).days / max(1, (self.last - self.first).days) * 100, 2)

    def y(self, value: float) -> float:
        """Pixels from the upper edge of the plot."""
        return round((self.high - value) / (self.high - self.low) * self.edges.height, 1)


def plot_of(figure: Figure) -> Plot:
    """The left margin is as wide as the longest value that stands in it."""
    layout = figure["layout"]
    margin, (first, last) = layout["margin"], (date.fromisoformat(day) for day in layout["xaxis"]["range"])
    low, high = layout["yaxis"]["range"]
    steps = round_steps(low, high, layout["yaxis"]["steps"])
    if all(value == int(value) for trace in figure["data"] for value in trace["y"]):
        steps = [step for step in steps if step == int(step)]  # there is no half an organisation
    left = BESIDE + DIGIT * max(len(words.number(step)) for step in steps)
    edges = Edges(left, margin["r"], margin["t"], layout["height"] - margin["t"] - margin["b"])
    return Plot(edges, first, last, low, high, steps)


def spots(figure: Figure, plot: Plot) -> list[PlotPoint]:
    """Every value of which something is said, line by line."""
    found = [
        (plot.x(day), plot.y(value), says)
        for trace in figure["data"]
        if "says" in trace
        for day, value, says in zip(trace["x"], trace["y"], trace["says"], strict=True)
    ]
    return [PlotPoint(x, y, says, _room((x, y, says), found)) for x, y, says in found]


def _room(spot: tuple[float, float, str], spots: Sequence[tuple[float, float, str]]) -> float:
    beside = (abs(other[0] - spot[0]) for other in spots if other != spot and abs(other[1] - spot[1]) < ABREAST)
    return round(min(beside, default=100), 2)


def round_steps(low: float, high: float, wanted: int) -> Sequence[float]:
    """Round values from end to end of the axis, about as many as wanted; zero is one of them."""
    rough = (high - low) / wanted
    size = 10 ** math.floor(math.log10(rough))
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= rough)
    return [step * number for number in range(math.ceil(low / step), math.floor(high / step) + 1)]
