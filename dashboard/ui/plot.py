"""Where the days and values of a chart lie in its frame: the same for its picture and for the values over it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from dashboard.ui import words
from dashboard.ui.chart_values import Chart

LETTERS, DIGIT, BESIDE = 14, 8, 12  # pixels: letters, how wide one of a number is, and what stands free of it
RIGHT, TOP, BOTTOM = 20, 16, 34  # pixels around the plot; on the left as much as the longest value needs
ABREAST = 36  # pixels: values nearer than this in height must share the room across
STEPS = 5  # about so many values beside the axis


class PlotPoint(NamedTuple):
    """One value on the plot: per cent from its left edge, pixels from its upper edge, what is said of it.

    `room` is how far away the next one is that stands about as high, per cent across.
    """

    x: float
    y: float
    says: str
    room: float


class Edges(NamedTuple):
    """How far the plot's edges are from those of the picture, and how high the plot is, in pixels."""

    left: int
    right: int
    top: int
    height: int


class PictureSize(NamedTuple):
    """How high a picture is in pixels, and how much larger than usual its letters and lines are.

    Without a width it is as wide as there is room; with one it grows and shrinks as a whole.
    """

    height: int
    scale: float = 1
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Plot:
    """The part of the picture that holds the drawing: days across, values up, `steps` the values beside it."""

    edges: Edges
    days: tuple[date, date]
    values: tuple[float, float]
    steps: Sequence[float]

    def x(self, day: date) -> float:
        """Per cent from the left edge of the plot."""
        first, last = self.days
        return round((day - first).days / (last - first).days * 100, 2)

    def y(self, value: float) -> float:
        """Pixels from the upper edge of the plot."""
        low, high = self.values
        return round((high - value) / (high - low) * self.edges.height, 1)


def plot_of(chart: Chart, size: PictureSize) -> Plot:
    """The left margin is as wide as the longest value that stands in it."""
    steps = round_steps(*chart.values, STEPS)
    if chart.is_whole:
        steps = [step for step in steps if step == int(step)]
    left = BESIDE + DIGIT * max(len(words.number(step)) for step in steps)
    left, right, top, bottom = (round(pixels * size.scale) for pixels in (left, RIGHT, TOP, BOTTOM))
    return Plot(Edges(left, right, top, size.height - top - bottom), chart.days, chart.values, steps)


def spots(chart: Chart, plot: Plot) -> list[PlotPoint]:
    """Every value of which something is said, line by line."""
    said = [point for line in chart.lines for point in line.points if point.says]
    found = [(plot.x(point.on), plot.y(point.value), point.says) for point in said]
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
