"""A chart as a plain value: the picture, plotly, slides and papers all draw this and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MOST_YEARS = 7  # more marks of years than about this would stand too close
HEADROOM = 1.2  # air above the highest value, for the figure that is written over it


class ChartColour(StrEnum):
    """What a line or a band is; the name is the token of the style sheet that colours it (assets/10-tokens.css)."""

    ACTUAL = "chart-actual"
    PROMISE = "chart-promise"
    THIRD = "chart-third"
    FOURTH = "chart-fourth"
    NEEDED = "chart-needed"
    PROJECTED = "chart-projected"
    SPREAD = "chart-spread"
    RANGE = "chart-range"


class LineStyle(StrEnum):
    """How a line is drawn, by plotly's names: lines are told apart without colour too."""

    SOLID = "solid"
    DASHED = "dash"
    DOTTED = "dot"
    DASH_DOT = "dashdot"


class MarkSymbol(StrEnum):
    """The shape of a mark, by plotly's names."""

    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"
    CROSS = "cross"


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One value: what is written beside it, and what is said when a reader points at it. An estimate is hollow."""

    on: date
    value: float
    label: str = ""
    says: str = ""
    is_estimate: bool = False


@dataclass(frozen=True, slots=True)
class ChartLine:
    """Points in the order of their days. Without a style they are not joined, without a symbol they are not marked."""

    name: str
    points: tuple[ChartPoint, ...]
    colour: ChartColour
    style: LineStyle | None = None
    symbol: MarkSymbol | None = None


@dataclass(frozen=True, slots=True)
class ChartBand:
    """The room between two edges over the same days: the range of a promise, or the spread of a projection."""

    name: str
    days: tuple[date, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    colour: ChartColour


@dataclass(frozen=True, slots=True)
class Chart:
    """Values over time in one unit; `says` is the chart in words, and at least one line has points.

    The line with the most points comes first. With a legend each line has a name of its own beside the picture.
    """

    says: str
    unit: str
    lines: tuple[ChartLine, ...]
    bands: tuple[ChartBand, ...] = ()
    has_legend: bool = False

    def _days(self) -> Iterator[date]:
        yield from (point.on for line in self.lines for point in line.points)
        yield from (day for band in self.bands for day in band.days)

    @property
    def days(self) -> tuple[date, date]:
        """The edges of the axis: some months before the first day and after the last."""
        return date(min(self._days()).year - 1, 9, 1), date(max(self._days()).year + 1, 4, 1)

    @property
    def years(self) -> list[int]:
        """The years to mark at their 31/12, where promises and most values stand; the last one is among them."""
        first, last = min(self._days()).year, max(self._days()).year
        return list(range(last, first - 2, -max(1, round((last - first + 1) / MOST_YEARS))))[::-1]

    @property
    def values(self) -> tuple[float, float]:
        """The edges of the axis of values: from zero, or from below it where a value is."""
        found = [0.0, *(point.value for line in self.lines for point in line.points)]
        found += [value for band in self.bands for value in (*band.low, *band.high)]
        return min(found) * HEADROOM, max(found) * HEADROOM or 1.0

    @property
    def is_whole(self) -> bool:
        """Whether everything on it is counted whole: there is no half an organisation."""
        return all(point.value == int(point.value) for line in self.lines for point in line.points)
