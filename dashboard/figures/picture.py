"""The same figure as an SVG address: a chart stands there with the words, before the drawing library arrives.

Reads the figures of `dashboard.figures.history`. Places across are per cent and letters are in pixels, so the
picture fits any width without its letters growing or shrinking. docs/decisions/0022 tells why it is there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any
from urllib.parse import quote

from dashboard import words

DASHES = {"dash": "9 5", "dot": "2 4"}
DIAMOND = "M0-6l6 6l-6 6l-6-6z"
HALF_A_MARKER = 4.5
SAFE = " =:/(),.;'-"  # letters that an address inside quotes may hold as they are
Figure = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a day and a value lie on the plot: per cent across, pixels down."""

    first: date
    last: date
    low: float
    high: float
    height: float

    def x(self, day: str) -> float:
        return round((date.fromisoformat(day) - self.first).days / max(1, (self.last - self.first).days) * 100, 2)

    def y(self, value: float) -> float:
        return round((self.high - value) / ((self.high - self.low) or 1) * self.height, 1)


def picture_address(figure: Figure) -> str:
    """The figure as an address for an image; nothing in it asks for anything else."""
    layout = figure["layout"]
    margin, (first, last) = layout["margin"], (date.fromisoformat(day) for day in layout["xaxis"]["range"])
    height = layout["height"] - margin["t"] - margin["b"]
    scale = _Scale(first, last, *layout["yaxis"]["range"], height)
    shapes = "".join(_lines(figure, scale))
    parts = "".join([*_grid(layout, scale), *(mark for trace in figure["data"] for mark in _marks(trace, scale))])
    width = f"calc(100% - {margin['l'] + margin['r']}px)"  # browsers differ on where they read it: both are said
    place = f'x="{margin["l"]}" y="{margin["t"]}" width="{width}" style="width:{width}" height="{height}"'
    font = f"font:14px {layout['font']['family']};fill:{layout['font']['color']}".replace('"', "'")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" height="{layout["height"]}" width="100%" style="{font}">'
        f'<svg {place} overflow="visible"><svg viewBox="0 0 100 {height}" preserveAspectRatio="none" '
        f'width="100%" height="{height}" overflow="visible" fill="none">{shapes}</svg>{parts}</svg></svg>'
    )
    return "data:image/svg+xml," + quote(svg, safe=SAFE)


def _lines(figure: Figure, scale: _Scale) -> Iterator[str]:
    """Bands and lines, which may be stretched; the width of a line may not."""
    for shape in figure["layout"].get("shapes", ()):
        left, right = scale.x(shape["x0"]), scale.x(shape["x1"])
        top, bottom = scale.y(shape["y1"]), scale.y(shape["y0"])
        box = f'x="{left}" y="{top}" width="{right - left:.2f}" height="{bottom - top:.1f}"'
        yield f'<rect {box} fill="{shape["fillcolor"]}"/>'
    before: list[str] = []
    for trace in figure["data"]:
        at = _places(trace, scale)
        if trace.get("fill") == "tonexty":
            yield f'<polygon points="{" ".join([*at, *reversed(before)])}" fill="{trace["fillcolor"]}"/>'
        line = trace.get("line", {})
        if "lines" in trace["mode"] and line.get("width"):
            dash = DASHES.get(line.get("dash", ""), "")
            pen = f'stroke="{line["color"]}" stroke-width="{line["width"]}" stroke-dasharray="{dash or "none"}"'
            yield f'<polyline points="{" ".join(at)}" {pen} vector-effect="non-scaling-stroke"/>'
        before = at


def _places(trace: Figure, scale: _Scale) -> list[str]:
    return [f"{scale.x(day)},{scale.y(value)}" for day, value in zip(trace["x"], trace["y"], strict=True)]


def _grid(layout: Figure, scale: _Scale) -> Iterator[str]:
    """Values on the left, years below."""
    colour = layout["yaxis"]["gridcolor"]
    for value in _steps(scale.high, layout["yaxis"]["nticks"]):
        y = scale.y(value)
        yield f'<line x1="0" x2="100%" y1="{y}" y2="{y}" stroke="{colour}"/>'
        yield f'<text x="-6" y="{y + 5:.1f}" text-anchor="end">{escape(words.number(value))}</text>'
    axis = layout["xaxis"]
    year, step = int(axis["tick0"][:4]), int(axis["dtick"][1:]) // 12
    for tick in range(year, scale.last.year + 1, step):
        yield _text(f"{scale.x(f'{tick}-12-31')}%", scale.height + 20, str(tick), "middle")


def _steps(top: float, wanted: int) -> Sequence[float]:
    """Round values from 0 up to the top of the axis, about as many as wanted."""
    if top <= 0:
        return [0]
    rough = top / wanted
    size = 10 ** math.floor(math.log10(rough))
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= rough)
    return [step * number for number in range(int(top / step) + 1)]


def _marks(trace: Figure, scale: _Scale) -> Iterator[str]:
    """Points and the figures beside them."""
    if "markers" not in trace["mode"]:
        return
    marker, texts = trace["marker"], trace.get("text") or [""] * len(trace["x"])
    colours = marker["color"] if isinstance(marker["color"], list) else [marker["color"]] * len(trace["x"])
    for day, value, colour, text in zip(trace["x"], trace["y"], colours, texts, strict=True):
        x, y = scale.x(day), scale.y(value)
        if marker.get("symbol") == "diamond":
            yield f'<svg x="{x}%" y="{y}" overflow="visible"><path d="{DIAMOND}" fill="{colour}"/></svg>'
        else:
            edge = marker.get("line", {}).get("color", colour)
            yield f'<circle cx="{x}%" cy="{y}" r="{HALF_A_MARKER}" fill="{colour}" stroke="{edge}" stroke-width="2"/>'
        if text:
            is_left = trace.get("textposition") == "top left"
            yield _text(f"{x}%", y - 10, text, "end" if is_left else "middle")


def _text(x: str, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
