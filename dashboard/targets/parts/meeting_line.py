"""One promise over time as an SVG for the projector: no script, few marks, readable in greyscale and in the dark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from dashboard.targets.parts.history import is_drawable, needs_more
from dashboard.ui import words
from models.gaps.answer import Gap
from models.gaps.projection import Projection
from models.gaps.promise import TargetRecord
from models.gaps.series import Point, ValueKind

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 420, 176, 6, 414, 34, 148  # on a phone letters stay at 14 px
STYLE = (
    "text{font:600 18px 'Noto Sans','Segoe UI',system-ui,sans-serif;fill:#424f5a}"
    ".p{fill:#b3361b}.a{stroke:#2a7fb0;fill:none;stroke-width:4}.d{fill:#2a7fb0;stroke:#2a7fb0;stroke-width:3}"
    ".e{fill:#fff}.n{stroke:#87919a;stroke-width:3;stroke-dasharray:10 7}.j{stroke:#65717c;stroke-width:3;"
    "stroke-dasharray:2 6;stroke-linecap:round;fill:none}.b{fill:#87919a;opacity:.3}.x{stroke:#87919a}"
    "@media (prefers-color-scheme:dark){text{fill:#bcc7d0}.p{fill:#ff9479}.e{fill:#18212a}.j{stroke:#a3afb9}}"
)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a day and a value lie on the picture; values start at 0."""

    first: date
    last: date
    top: float

    def at(self, on: date, value: float) -> str:
        across = (on - self.first).days / max(1, (self.last - self.first).days)
        x = LEFT + 40 + across * (RIGHT - LEFT - 80)
        return f"{x:.1f},{BOTTOM - value / self.top * (BOTTOM - TOP):.1f}"

    def text(self, on: date, value: float, words_: str, *, lift: float = -12, style: str = "") -> str:
        x, y = (float(part) for part in self.at(on, value).split(","))
        return f'<text class="{style}" x="{x:.1f}" y="{y + lift:.1f}" text-anchor="middle">{escape(words_)}</text>'


def meeting_line(gap: Gap, target: TargetRecord, projection: Projection | None) -> str | None:
    """The picture; None with fewer than two points, where a line would say nothing that the bar does not."""
    points = gap.series.points
    if len(points) < 2 or not is_drawable(gap.series):
        return None
    high = (
        [point.value for point in points] + [target.high or target.goal] + ([projection.end.high] if projection else [])
    )
    frame = _Frame(points[0].period_end, max(target.horizon_end, points[-1].period_end), max(high) or 1.0)
    parts = [
        f'<path class="x" d="M{LEFT} {BOTTOM}H{RIGHT}"/>',
        *_projection(frame, projection),
        *_needed(frame, gap, target),
        *_actual(frame, points),
        frame.text(target.horizon_end, target.goal, words.goal_text(target), style="p"),
        _diamond(frame, target),
        frame.text(target.horizon_end, 0, str(target.horizon), lift=22),
    ]
    box = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}><style>{STYLE}</style>{"".join(parts)}</svg>'


def _projection(frame: _Frame, found: Projection | None) -> list[str]:
    if found is None:
        return []
    start = frame.at(found.start.period_end, found.start.value)
    above = [frame.at(step.on, step.high) for step in found.steps]
    below = [frame.at(step.on, step.low) for step in reversed(found.steps)]
    middle = [start, *(frame.at(step.on, step.value) for step in found.steps)]
    return [
        f'<polygon class="b" points="{" ".join([start, *above, *below])}"/>',
        f'<polyline class="j" points="{" ".join(middle)}"/>',
    ]


def _needed(frame: _Frame, gap: Gap, target: TargetRecord) -> list[str]:
    if gap.latest is None or not needs_more(gap, target):
        return []
    start, end = frame.at(gap.latest.period_end, gap.latest.value), frame.at(target.horizon_end, target.goal)
    return [f'<polyline class="n" points="{start} {end}"/>']


def _actual(frame: _Frame, points: Sequence[Point]) -> list[str]:
    line = " ".join(frame.at(point.period_end, point.value) for point in points)
    parts = [f'<polyline class="a" points="{line}"/>']
    for point in points:
        x, y = frame.at(point.period_end, point.value).split(",")
        soft = " e" if point.value_kind is ValueKind.ESTIMATE else ""
        parts.append(f'<circle class="d{soft}" cx="{x}" cy="{y}" r="6"/>')
    for point in (points[0], points[-1]):
        parts.append(frame.text(point.period_end, point.value, words.value_text(point)))
        parts.append(frame.text(point.period_end, 0, str(point.period_end.year), lift=22))
    return parts


def _diamond(frame: _Frame, target: TargetRecord) -> str:
    x, y = (float(part) for part in frame.at(target.horizon_end, target.goal).split(","))
    return f'<path class="p" d="M{x:.1f} {y - 9:.1f}l9 9l-9 9l-9 -9z"/>'
