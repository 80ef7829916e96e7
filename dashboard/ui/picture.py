"""A chart as an SVG address: it stands there with the words, without any script, and on the projector and in PDF too.

Places across are per cent and letters are in pixels, so the picture fits any width without its letters growing or
shrinking. docs/decisions/0022 tells why it is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from html import escape
from typing import NamedTuple
from urllib.parse import quote

from dashboard.ui import words
from dashboard.ui.chart_values import Chart, ChartBand, ChartLine, LineStyle, MarkSymbol
from dashboard.ui.plot import LETTERS, Edges, PictureSize, Plot, PlotPoint, plot_of, spots
from dashboard.ui.style_sheet import ColourScheme, tokens

DASHES = {LineStyle.DASHED: "9 5", LineStyle.DOTTED: "2 4", LineStyle.DASH_DOT: "9 4 2 4"}
SYMBOLS = {  # one pixel large, from the middle
    MarkSymbol.DIAMOND: "M0-.65l.65.65l-.65.65l-.65-.65z",
    MarkSymbol.SQUARE: "M-.5-.5h1v1h-1z",
    MarkSymbol.CROSS: "M-.6-.2h.4v-.4h.4v.4h.4v.4h-.4v.4h-.4v-.4h-.4z",
}
LINE, MARK, MARK_ALONE = 2, 9, 12  # pixels
NARROW_PX, FEW_YEARS = 420, 5  # on a phone no more years than this stand beside each other
CLOSE = 12  # per cent across: labels nearer than this lean away from each other
SAFE = " =:/(),.;'-"  # letters that an address inside quotes may hold as they are
ON_PAGE, WITH_LEGEND, ON_PROJECTOR = PictureSize(250), PictureSize(300), PictureSize(200, 1.4, 420)


class Drawing(NamedTuple):
    """The address of a picture as high as `height` pixels, the values on it, and a sample and name of each line."""

    address: str
    height: int
    plot: Edges
    spots: Sequence[PlotPoint]
    legend: Sequence[tuple[str, str]] = ()


def draw(chart: Chart, size: PictureSize | None = None) -> Drawing:
    """The chart as a picture with its values; a legend where it has one line a place."""
    size = size or (WITH_LEGEND if chart.has_legend else ON_PAGE)
    plot = plot_of(chart, size)
    legend = [(_sample(line), line.name) for line in chart.lines] if chart.has_legend else []
    return Drawing(_picture(chart, plot, size), size.height, plot.edges, spots(chart, plot), legend)


@cache
def _style(scale: float) -> str:
    light, dark = tokens(ColourScheme.LIGHT), tokens(ColourScheme.DARK)
    font = light["typeface"].replace('"', "'")
    return (
        f"<style>text{{font:{LETTERS * scale:g}px {font};fill:{light['ink-2']};stroke:{light['sheet']};"
        f"stroke-width:{3 * scale:g}px;paint-order:stroke}}.g{{stroke:{light['chart-grid']}}}"
        f"@media(max-width:{NARROW_PX - 1}px){{.w{{display:none}}}}"
        f"@media{ColourScheme.DARK.replace(' ', '')}{{text{{fill:{dark['ink-2']};stroke:{dark['sheet']}}}}}</style>"
    )


def _picture(chart: Chart, plot: Plot, size: PictureSize) -> str:
    edges = plot.edges
    parts = [*_values(plot, size.scale), *_years(chart, plot, size.scale)]
    parts += [mark for line in chart.lines for mark in _marks(line, plot, size.scale)]
    width = f"calc(100% - {edges.left + edges.right}px)"  # browsers differ on where they read it: both are said
    place = f'x="{edges.left}" y="{edges.top}" width="{width}" style="width:{width}" height="{edges.height}"'
    box = f'width="{size.width}" viewBox="0 0 {size.width} {size.height}"' if size.width else 'width="100%"'
    return address_of(
        f'<svg xmlns="http://www.w3.org/2000/svg" height="{size.height}" {box}>'
        f'{_style(size.scale)}<svg {place} overflow="visible">'
        f'<svg viewBox="0 0 100 {edges.height}" preserveAspectRatio="none" width="100%" height="{edges.height}" '
        f'overflow="visible" fill="none">{"".join(_lines(chart, plot, size.scale))}</svg>{"".join(parts)}</svg></svg>'
    )


def _sample(line: ChartLine) -> str:
    """A short piece of a line with its mark, for the legend."""
    return address_of(
        '<svg xmlns="http://www.w3.org/2000/svg" width="36" height="14">'
        f'<path d="M0 7h36" {_pen(line, 1)}/><svg x="18" y="7" overflow="visible">{_mark(line, False, 1)}</svg></svg>'
    )


def address_of(svg: str) -> str:
    """An SVG as the address of an image."""
    return "data:image/svg+xml," + quote(svg, safe=SAFE)


def _colour(drawn: ChartLine | ChartBand) -> str:
    return tokens(ColourScheme.LIGHT)[drawn.colour]


def _lines(chart: Chart, plot: Plot, scale: float) -> Iterator[str]:
    """Bands and lines, which may be stretched; the width of a line may not."""
    for band in chart.bands:
        edges = [*zip(band.days, band.high, strict=True), *reversed([*zip(band.days, band.low, strict=True)])]
        yield f'<polygon points="{_path(edges, plot)}" fill="{_colour(band)}"/>'
    for line in chart.lines:
        if line.style:
            at = [(point.on, point.value) for point in line.points]
            yield f'<polyline points="{_path(at, plot)}" {_pen(line, scale)} vector-effect="non-scaling-stroke"/>'


def _path(at: Sequence[tuple[date, float]], plot: Plot) -> str:
    return " ".join(f"{plot.x(day)},{plot.y(value)}" for day, value in at)


def _pen(line: ChartLine, scale: float) -> str:
    dash = DASHES.get(line.style, "none") if line.style else "none"
    return f'stroke="{_colour(line)}" stroke-width="{LINE * scale:g}" stroke-dasharray="{dash}"'


def _values(plot: Plot, scale: float) -> Iterator[str]:
    """Lines across, their values on the left."""
    for value in plot.steps:
        y = plot.y(value)
        yield f'<line class="g" x1="0" x2="100%" y1="{y}" y2="{y}"/>'
        yield _text("-6", y + 5 * scale, words.number(value), "end")


def _years(chart: Chart, plot: Plot, scale: float) -> Iterator[str]:
    """Lines down at the end of years; where many stand close, every second one is named on wide pictures only."""
    for index, year in enumerate(reversed(chart.years)):
        x = plot.x(date(year, 12, 31))
        yield f'<line class="g" x1="{x}%" x2="{x}%" y1="0" y2="{plot.edges.height}"/>'
        is_wide_only = len(chart.years) > FEW_YEARS and index % 2
        if is_wide_only and scale > 1:
            continue
        yield _text(f"{x}%", plot.edges.height + 20 * scale, str(year), "middle", "w" if is_wide_only else "")


def _marks(line: ChartLine, plot: Plot, scale: float) -> Iterator[str]:
    """Points and the figures beside them; the figure of a promise, which stands at the edge, to its left."""
    if line.symbol is None:
        return
    labelled = [plot.x(point.on) for point in line.points if point.label]
    for point in line.points:
        x, y = plot.x(point.on), plot.y(point.value)
        yield f'<svg x="{x}%" y="{y}" overflow="visible">{_mark(line, point.is_estimate, scale)}</svg>'
        if point.label:
            lean = _lean(x, labelled) if line.style else "end"
            yield _text(f"{x}%", y - 10 * scale, point.label, lean)


def _mark(line: ChartLine, is_hollow: bool, scale: float) -> str:
    """A mark around the place 0, 0."""
    colour, size = _colour(line), (MARK if line.style else MARK_ALONE) * scale
    path = SYMBOLS.get(line.symbol) if line.symbol else None
    if path and not is_hollow:
        return f'<path d="{path}" transform="scale({size:g})" fill="{colour}"/>'
    pen = f'stroke="{colour}" stroke-width="{LINE * scale:g}"'
    if path:
        return f'<path d="{path}" transform="scale({size:g})" fill="none" vector-effect="non-scaling-stroke" {pen}/>'
    fill = "rgba(127,127,127,.1)" if is_hollow else colour
    return f'<circle r="{size / 2:g}" fill="{fill}" {pen}/>'


def _lean(x: float, labelled: Sequence[float]) -> str:
    """Which end of a label stands at its point: the one away from a label that is too close."""
    if any(0 < x - other < CLOSE for other in labelled):
        return "start"
    return "end" if any(0 < other - x < CLOSE for other in labelled) else "middle"


def _text(x: str, y: float, text: str, anchor: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
