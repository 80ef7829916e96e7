"""A chart as small as a word: its line, the way still to go and the promise, without axes. It says its two ends."""

from __future__ import annotations

from datetime import date

from dashboard.ui import html
from dashboard.ui.chart_values import Chart, ChartColour, ChartLine
from dashboard.ui.html import Element
from dashboard.ui.picture import address_of
from dashboard.ui.style_sheet import ColourScheme, tokens

WIDTH, HEIGHT, EDGE = 96, 26, 4  # pixels; marks need the edge
DRAWN = (ChartColour.ACTUAL, ChartColour.NEEDED, ChartColour.PROMISE)  # no projection: it would look like a promise


def trend(chart: Chart) -> Element | None:
    """The picture for a line of a list; None where there is no change to see."""
    lines = [line for line in chart.lines if line.colour in DRAWN]
    told = chart.lines[0].points
    if len(told) < 2:
        return None
    points = [point for line in lines for point in line.points]
    days, values = [point.on for point in points], [point.value for point in points]
    plot = _Plot(min(days), max(days), min(values), max(values))
    says = f"Từ {told[0].says} đến {told[-1].says}"
    return html.Img(src=_picture(lines, plot), alt=says, title=says, width=WIDTH, height=HEIGHT, className="trend")


class _Plot:
    """Where a day and a value lie in the small picture."""

    def __init__(self, first: date, last: date, low: float, high: float) -> None:
        self.first, self.low = first, low
        self.per_day = (WIDTH - 2 * EDGE) / max(1, (last - first).days)
        self.per_unit = (HEIGHT - 2 * EDGE) / ((high - low) or 1.0)

    def at(self, on: date, value: float) -> str:
        x = EDGE + (on - self.first).days * self.per_day
        return f"{x:.1f},{HEIGHT - EDGE - (value - self.low) * self.per_unit:.1f}"


def _picture(lines: list[ChartLine], plot: _Plot) -> str:
    colours = tokens(ColourScheme.LIGHT)
    parts = []
    for line in lines:
        at, colour = [plot.at(point.on, point.value) for point in line.points], colours[line.colour]
        if line.colour is ChartColour.PROMISE:
            parts += [f'<path d="M{spot}m0-4l4 4l-4 4l-4-4z" fill="{colour}"/>' for spot in at]
            continue
        dash = "" if line.colour is ChartColour.ACTUAL else ' stroke-dasharray="3 3"'
        parts.append(f'<polyline points="{" ".join(at)}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
    return address_of(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">{"".join(parts)}</svg>'
    )
