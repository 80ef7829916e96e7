"""One indicator over time: what was published, the path that the promise needs, and the promises themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboard.targets.relation_words import IF_REPEATED, tell_projection
from dashboard.ui import words
from models.gaps.answer import Gap, Status
from models.gaps.projection import Projection
from models.gaps.promise import Comparator, Direction, PromiseKind, TargetRecord
from models.gaps.series import WHOLE_PERIODS, Point, Series, ValueKind

# mid tones that keep 3:1 on the light and on the dark ground
INK, ACCENT, PROMISE, SOFT = "#65717c", "#2a7fb0", "#d0542f", "#87919a"
BAND = "rgba(120,130,140,.28)"


MOST_LABELS = 3


def is_drawable(series: Series) -> bool:
    """Parts of years of different length do not stand in one line, so they are not drawn at all."""
    return bool(series.points) and all(point.period_kind in WHOLE_PERIODS for point in series.points)


def history(
    gap: Gap, targets: Sequence[TargetRecord], unit: str, projection: Projection | None = None
) -> dict[str, Any]:
    """A figure dict: points and their line, the needed path dashed, each promise as a marker or a band.

    What is said of a point when a reader points at it stands beside it under `says`.
    A projection is a dotted line in a grey band, told apart from the dashed path in greyscale too.
    """
    points = list(gap.series.points)
    traces = [*_projected(projection), _actual(points, unit)]
    if gap.latest is not None:
        traces += [
            _path(gap.latest, target) for target in targets if target.kind is PromiseKind.BY and needs_more(gap, target)
        ]
    traces += [_promise(target) for target in targets]
    bands = [_band(gap.latest, target) for target in targets if target.comparator is Comparator.RANGE]
    layout = _layout(points, targets, [band for band in bands if band])
    if projection is not None:
        layout["yaxis"]["range"][1] = max(layout["yaxis"]["range"][1], projection.end.high * 1.2)
    return {"data": traces, "layout": layout}


def describe(
    gap: Gap, targets: Sequence[TargetRecord], name: str, projection: Projection | None = None, unit: str = ""
) -> str:
    """The picture in words: the first and the last value, every promise, and what a projection is."""
    first, last = gap.series.points[0], gap.series.points[-1]
    span = f"{words.value_text(first)} ({words.when(first)})"
    if last is not first:
        span += f" đến {words.value_text(last)} ({words.when(last)})"
    goals = "; ".join(f"Cam kết {target.horizon}: {words.goal_phrase(target)}" for target in targets)
    told = f"{name}: {span}." + (f" {goals}." if goals else "")
    return f"{told} {tell_projection(projection, unit, projection.end.on.year)}" if projection else told


def needs_more(gap: Gap, target: TargetRecord) -> bool:
    """Whether a path to the promise is still to go; one that is reached needs none."""
    if gap.value is None or gap.status is Status.REACHED or target.kind is not PromiseKind.BY:
        return False
    way = target.goal - gap.value
    return way > 0 if gap.direction is Direction.HIGHER else way < 0


def year_axis(first: date, last: date) -> dict[str, Any]:
    """Days from edge to edge, and the years to mark on 31/12, where promises and most values stand, up to the last."""
    step = max(1, round((last.year - first.year + 1) / 7))
    start = date(first.year - 1, 9, 1)
    return {
        "range": [start.isoformat(), date(last.year + 1, 4, 1).isoformat()],
        "years": list(range(last.year, start.year - 1, -step))[::-1],
    }


def value_axis(values: Sequence[float], air: float, steps: int) -> dict[str, Any]:
    """From zero, or from below it where a value is, with air above and about so many round steps."""
    return {"range": [min(0.0, *values) * air, max(0.0, *values) * air or 1], "steps": steps}


def _actual(points: Sequence[Point], unit: str) -> dict[str, Any]:
    estimates = [point.value_kind is ValueKind.ESTIMATE for point in points]
    return {
        "mode": "lines+markers+text",
        "name": "Thực tế",
        "x": [point.period_end.isoformat() for point in points],
        "y": [point.value for point in points],
        "text": _labels(points),
        "says": [_said(point, unit) for point in points],
        "line": {"color": ACCENT, "width": 2},
        "marker": {
            "size": 9,
            "color": ["rgba(127,127,127,.1)" if estimate else ACCENT for estimate in estimates],
            "line": {"color": ACCENT, "width": 2},
        },
    }


def _projected(projection: Projection | None) -> list[dict[str, Any]]:
    """The band's two edges and the dotted line between them, all from the latest value on."""
    if projection is None:
        return []
    start, steps = projection.start, projection.steps
    days = [start.period_end.isoformat(), *(step.on.isoformat() for step in steps)]
    quiet = {"mode": "lines", "x": days}
    edge = quiet | {"line": {"width": 0}}
    return [
        edge | {"name": "Dải dự phóng, mức thấp", "y": [start.value, *(step.low for step in steps)]},
        edge
        | {
            "name": "Dải dự phóng, mức cao",
            "y": [start.value, *(step.high for step in steps)],
            "fill": "tonexty",
            "fillcolor": BAND,
        },
        quiet
        | {
            "name": f"Dự phóng, {IF_REPEATED}",
            "y": [start.value, *(step.value for step in steps)],
            "line": {"color": INK, "width": 2, "dash": "dot"},
        },
    ]


def _said(point: Point, unit: str) -> str:
    publisher = f", {point.publisher}" if point.publisher else ""
    return f"{words.when(point)}: {words.value_text(point)} {unit}{publisher}"


def _labels(points: Sequence[Point]) -> list[str]:
    """Figures beside the points; with many points only the first and the last, so that none cover each other."""
    shown = range(len(points)) if len(points) <= MOST_LABELS else (0, len(points) - 1)
    return [words.value_text(point) if index in shown else "" for index, point in enumerate(points)]


def _path(latest: Point, target: TargetRecord) -> dict[str, Any]:
    return {
        "mode": "lines",
        "name": f"Đường cần đi đến {target.horizon}",
        "x": [latest.period_end.isoformat(), target.horizon_end.isoformat()],
        "y": [latest.value, target.goal],
        "line": {"color": SOFT, "width": 2, "dash": "dash"},
    }


def _promise(target: TargetRecord) -> dict[str, Any]:
    text = words.goal_text(target)
    return {
        "mode": "markers+text",
        "name": f"Cam kết {target.horizon}",
        "x": [target.horizon_end.isoformat()],
        "y": [target.goal],
        "text": [text],
        "textposition": "top left",
        "says": [f"Cam kết đến {target.horizon}: {words.goal_phrase(target)}"],
        "marker": {"symbol": "diamond", "size": 12, "color": PROMISE},
    }


def _band(latest: Point | None, target: TargetRecord) -> dict[str, Any] | None:
    if target.low is None or target.high is None:
        return None
    start = latest.period_end if latest else target.issued_on
    return {
        "x0": start.isoformat(),
        "x1": target.horizon_end.isoformat(),
        "y0": target.low,
        "y1": target.high,
        "fillcolor": "rgba(179,54,27,.10)",
    }


def _layout(points: Sequence[Point], targets: Sequence[TargetRecord], bands: list[dict[str, Any]]) -> dict[str, Any]:
    days = [point.period_end for point in points]
    values = [point.value for point in points] + [target.high or target.goal for target in targets]
    return {
        "height": 250,
        "margin": {"r": 20, "t": 16, "b": 34},
        "xaxis": year_axis(
            min(days or [target.issued_on for target in targets]),
            max([*days, *(target.horizon_end for target in targets)]),
        ),
        "yaxis": value_axis(values, 1.2, 5),
        "shapes": bands,
    }
