"""A chart as it is handed from what draws it to what puts it on a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


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


class Drawing(NamedTuple):
    """The address of a picture as high as `height` pixels, the values on it, and a sample and name of each line."""

    address: str
    height: int
    plot: Edges
    spots: Sequence[PlotPoint]
    legend: Sequence[tuple[str, str]] = ()
