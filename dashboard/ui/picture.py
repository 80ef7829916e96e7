"""A figure as an SVG address: the chart stands there with the words, without any script.

Reads the figures of `dashboard.targets.parts.history` and `across`. Places across are per cent and letters are
in pixels, so the picture fits any width without its letters growing or shrinking. docs/decisions/0022 tells why it
is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from dashboard.ui import words
from dashboard.ui.drawing import Drawing
from dashboard.ui.plot import Figure, Plot, plot_of, spots

DASHES = {"dash": "9 5", "dot": "2 4", "dashdot": "9 4 2 4"}
FONT = "'Noto Sans','Segoe UI','Fitted DejaVu',system-ui,sans-serif"
SYMBOLS = {  # one pixel large, from the middle
    "diamond": "M0-.65l.65.65l-.65.65l-.65-.65z",
    "square": "M-.5-.5h1v1h-1z",
    "cross": "M-.6-.2h.4v-.4h.4v.4h.4v.4h-.4v.4h-.4v-.4h-.4z",
}
NARROW_PX, MOST_YEARS = 420, 5  # on a phone no more years than this stand beside each other
CLOSE = 12  # per cent across: labels nearer than this lean away from each other
STYLE = (
    f"text{{font:14px {FONT};fill:#424f5a;stroke:#fff;stroke-width:3px;paint-order:stroke}}"
    ".g{stroke:rgba(120,130,140,.25)}"
    f"@media(max-width:{NARROW_PX}px){{.w{{display:none}}}}"
    "@media(prefers-color-scheme:dark){text{fill:#bcc7d0;stroke:#18212a}}"
)
SAFE = " =:/(),.;'-"  # letters that an address inside quotes may hold as they are


def draw(figure: Figure) -> Drawing:
    """The figure as a picture with its values; a legend where it has one line a place."""
    plot = plot_of(figure)
    legend = [(_sample(trace), trace["name"]) for trace in figure["data"]] if figure["layout"].get("legend") else []
    return Drawing(_picture(figure, plot), figure["layout"]["height"], plot.edges, spots(figure, plot), legend)


def _picture(figure: Figure, plot: Plot) -> str:
    edges = plot.edges
    parts = [*_values(plot), *_years(figure, plot), *(mark for trace in figure["data"] for mark in _marks(trace, plot))]
    width = f"calc(100% - {edges.left + edges.right}px)"  # browsers differ on where they read it: both are said
    place = f'x="{edges.left}" y="{edges.top}" width="{width}" style="width:{width}" height="{edges.height}"'
    return _address(
        f'<svg xmlns="http://www.w3.org/2000/svg" height="{figure["layout"]["height"]}" width="100%">'
        f'<style>{STYLE}</style><svg {place} overflow="visible">'
        f'<svg viewBox="0 0 100 {edges.height}" preserveAspectRatio="none" width="100%" height="{edges.height}" '
        f'overflow="visible" fill="none">{"".join(_lines(figure, plot))}</svg>{"".join(parts)}</svg></svg>'
    )


def _sample(trace: Figure) -> str:
    """A short piece of a line with its mark, for the legend."""
    mark = _mark(trace["marker"], trace["marker"]["color"])
    return _address(
        '<svg xmlns="http://www.w3.org/2000/svg" width="36" height="14">'
        f'<path d="M0 7h36" {_pen(trace["line"])}/><svg x="18" y="7" overflow="visible">{mark}</svg></svg>'
    )


def _address(svg: str) -> str:
    return "data:image/svg+xml," + quote(svg, safe=SAFE)


def _lines(figure: Figure, plot: Plot) -> Iterator[str]:
    """Bands and lines, which may be stretched; the width of a line may not."""
    for shape in figure["layout"].get("shapes", ()):
        left, right = plot.x(shape["x0"]), plot.x(shape["x1"])
        top, bottom = plot.y(shape["y1"]), plot.y(shape["y0"])
        box = f'x="{left}" y="{top}" width="{right - left:.2f}" height="{bottom - top:.1f}"'
        yield f'<rect {box} fill="{shape["fillcolor"]}"/>'
    before: list[str] = []
    for trace in figure["data"]:
        at = [f"{plot.x(day)},{plot.y(value)}" for day, value in zip(trace["x"], trace["y"], strict=True)]
        if trace.get("fill") == "tonexty":
            yield f'<polygon points="{" ".join([*at, *reversed(before)])}" fill="{trace["fillcolor"]}"/>'
        line = trace.get("line", {})
        if "lines" in trace["mode"] and line.get("width"):
            yield f'<polyline points="{" ".join(at)}" {_pen(line)} vector-effect="non-scaling-stroke"/>'
        before = at


def _pen(line: Figure) -> str:
    dash = DASHES.get(line.get("dash", ""), "none")
    return f'stroke="{line["color"]}" stroke-width="{line["width"]}" stroke-dasharray="{dash}"'


def _values(plot: Plot) -> Iterator[str]:
    """Lines across, their values on the left."""
    for value in plot.steps:
        y = plot.y(value)
        yield f'<line class="g" x1="0" x2="100%" y1="{y}" y2="{y}"/>'
        yield f'<text x="-6" y="{y + 5:.1f}" text-anchor="end">{escape(words.number(value))}</text>'


def _years(figure: Figure, plot: Plot) -> Iterator[str]:
    """Lines down at the end of years; where many stand close, every second one is named on wide pictures only."""
    years = figure["layout"]["xaxis"]["years"]
    for index, year in enumerate(reversed(years)):
        x = plot.x(f"{year}-12-31")
        yield f'<line class="g" x1="{x}%" x2="{x}%" y1="0" y2="{plot.edges.height}"/>'
        is_wide_only = len(years) > MOST_YEARS and index % 2
        yield _text(f"{x}%", plot.edges.height + 20, str(year), "middle", "w" if is_wide_only else "")


def _marks(trace: Figure, plot: Plot) -> Iterator[str]:
    """Points and the figures beside them."""
    if "markers" not in trace["mode"]:
        return
    marker, texts = trace["marker"], trace.get("text") or [""] * len(trace["x"])
    colours = marker["color"] if isinstance(marker["color"], list) else [marker["color"]] * len(trace["x"])
    labelled = [plot.x(day) for day, text in zip(trace["x"], texts, strict=True) if text]
    for day, value, colour, text in zip(trace["x"], trace["y"], colours, texts, strict=True):
        x, y = plot.x(day), plot.y(value)
        yield f'<svg x="{x}%" y="{y}" overflow="visible">{_mark(marker, colour)}</svg>'
        if text:
            is_left = trace.get("textposition") == "top left"
            yield _text(f"{x}%", y - 10, text, "end" if is_left else _lean(x, labelled))


def _mark(marker: dict[str, Any], colour: str) -> str:
    """A mark around the place 0, 0."""
    size, symbol = marker["size"], SYMBOLS.get(marker.get("symbol", ""))
    if symbol:
        return f'<path d="{symbol}" transform="scale({size})" fill="{colour}"/>'
    edge = marker.get("line")
    pen = f' stroke="{edge["color"]}" stroke-width="{edge["width"]}"' if edge else ""
    return f'<circle r="{size / 2}" fill="{colour}"{pen}/>'


def _lean(x: float, labelled: Sequence[float]) -> str:
    """Which end of a label stands at its point: the one away from a label that is too close."""
    if any(0 < x - other < CLOSE for other in labelled):
        return "start"
    return "end" if any(0 < other - x < CLOSE for other in labelled) else "middle"


def _text(x: str, y: float, text: str, anchor: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
