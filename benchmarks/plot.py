"""Lines over a numeric axis as a small SVG: text stays text, and it reads on light and dark pages."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 720, 360
LEFT, RIGHT, TOP, BOTTOM = 64, 236, 34, 48
INSIDE_X, INSIDE_Y = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
COLOURS = ("#0b74c4", "#c4510b", "#1b8a4f", "#9a3fb5", "#8a6d00", "#c22b5c", "#5f6b76")
DASHES = ("none", "7 4", "2 4", "10 3 2 3", "none", "7 4", "2 4")
LINE_HEIGHT = 18
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#222}.ground{fill:#fff}.grid{stroke:#ccc}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}.ground{fill:#16191d}.grid{stroke:#444}}"
)


def plot(title: str, across: str, unit: str, places: Sequence[float], lines: Mapping[str, Sequence[float]]) -> str:
    """One picture; `across` and `unit` label the axes, both of which start at zero.

    Every line has a value for each of `places`. Raises ValueError for none.
    """
    right = _step(max(places)) * math.ceil(max(places) / _step(max(places)))
    highest = max(value for values in lines.values() for value in values) or 1
    top = _step(highest) * math.ceil(highest / _step(highest))
    at = {name: [(_x(p, right), _y(v, top)) for p, v in zip(places, lines[name], strict=True)] for name in lines}
    parts = [*_axes(across, unit, places, right, top), *_drawn(at), *_names(lines)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img"><title>{escape(title)}</title><style>{STYLE}</style>\n'
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>\n{_text(LEFT, 18, title)}\n' + "\n".join(parts)
    ) + "\n</svg>\n"


def _x(place: float, right: float) -> float:
    return round(LEFT + place / right * INSIDE_X, 1)


def _y(value: float, top: float) -> float:
    return round(TOP + (1 - value / top) * INSIDE_Y, 1)


def _step(highest: float) -> float:
    """A round step of which four to ten reach the highest value."""
    size = 10 ** math.floor(math.log10(highest / 4))
    return float(max(size * times for times in (1, 2, 5) if size * times <= highest / 4))


def _axes(across: str, unit: str, places: Sequence[float], right: float, top: float) -> Iterator[str]:
    step = _step(top)
    for number in range(round(top / step) + 1):
        y = _y(number * step, top)
        yield f'<line class="grid" x1="{LEFT}" x2="{LEFT + INSIDE_X}" y1="{y}" y2="{y}"/>'
        yield _text(LEFT - 8, y + 4, f"{number * step:,.6g}", "end")
    for place in places:
        yield _text(_x(place, right), TOP + INSIDE_Y + 18, f"{place:,.6g}", "middle")
    yield _text(LEFT + INSIDE_X / 2, HEIGHT - 8, across, "middle")
    middle = TOP + INSIDE_Y / 2
    yield f'<text transform="translate(14 {middle:.0f}) rotate(-90)" text-anchor="middle">{escape(unit)}</text>'


def _drawn(at: Mapping[str, Sequence[tuple[float, float]]]) -> Iterator[str]:
    for number, points in enumerate(at.values()):
        colour = COLOURS[number % len(COLOURS)]
        line = " ".join(f"{x},{y}" for x, y in points)
        dash = DASHES[number % len(DASHES)]
        yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
        yield from (f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>' for x, y in points)


def _names(lines: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """Every line's name with its first and last value, the highest last value on top."""
    order = sorted(enumerate(lines.items()), key=lambda item: -item[1][1][-1])
    for row, (number, (name, values)) in enumerate(order):
        x, y = WIDTH - RIGHT + 18, TOP + 6 + row * LINE_HEIGHT * 2
        colour, dash = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
        yield f'<path d="M{x} {y}h24" stroke="{colour}" stroke-width="3" stroke-dasharray="{dash}"/>'
        yield _text(x + 32, y + 4, name)
        yield _text(x + 32, y + 4 + LINE_HEIGHT - 2, f"{values[0]:,.4g} → {values[-1]:,.4g}")


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(text)}</text>'
