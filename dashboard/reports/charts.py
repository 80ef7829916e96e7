"""Charts on paper: the screen's look, readable in greyscale; drawn by matplotlib with its own Vietnamese font."""

from __future__ import annotations

import io
from datetime import date, timedelta

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from dashboard import words
from dashboard.figures.history import is_drawable
from dashboard.reports.values import PaperRow
from models.promise import Comparator, Kind
from models.series import ValueKind

BLUE, RED, GREY, INK = "#0d4f73", "#a93117", "#87919a", "#16202a"
WIDTH_INCHES, HEIGHT_INCHES, DOTS_PER_INCH = 6.3, 2.5, 200


def history_picture(row: PaperRow) -> bytes | None:
    """A PNG of the value over time, the needed path dashed and the promise; None when there is no line to draw."""
    gap = row.gap
    if gap.target is None or not is_drawable(gap.series):
        return None
    figure = Figure(figsize=(WIDTH_INCHES, HEIGHT_INCHES), dpi=DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    _draw_values(axes, row)
    _draw_promise(axes, row)
    _dress(axes, row)
    out = io.BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def _draw_values(axes: Axes, row: PaperRow) -> None:
    points = row.gap.series.points
    days = [_number(point.period_end) for point in points]
    axes.plot(days, [point.value for point in points], color=BLUE, linewidth=1.8, zorder=3)
    for day, point in zip(days, points, strict=True):
        face = "white" if point.value_kind is ValueKind.ESTIMATE else BLUE
        axes.plot([day], [point.value], "o", markersize=6, markerfacecolor=face, markeredgecolor=BLUE, zorder=4)
        axes.annotate(words.value_text(point), (day, point.value), (0, 7), textcoords="offset points", ha="center")


def _draw_promise(axes: Axes, row: PaperRow) -> None:
    gap, target = row.gap, row.gap.target
    if target is None or gap.latest is None:
        return
    start, end = _number(gap.latest.period_end), _number(target.horizon_end)
    if target.kind is Kind.BY:
        axes.plot([start, end], [gap.latest.value, target.goal], "--", color=GREY, linewidth=1.5)
    if target.comparator is Comparator.RANGE and target.low is not None and target.high is not None:
        axes.fill_between([start, end], target.low, target.high, color=RED, alpha=0.12, linewidth=0)
    axes.plot([end], [target.goal], "D", color=RED, markersize=7, zorder=5)
    label = f"cam kết {target.horizon}: {words.goal_text(target)}"
    axes.annotate(label, (end, target.goal), (-2, 8), textcoords="offset points", ha="right", color=RED)


def _dress(axes: Axes, row: PaperRow) -> None:
    target, points = row.gap.target, row.gap.series.points
    if target is None:
        return
    first, last = points[0].period_end, target.horizon_end
    axes.set_xlim(_number(first - timedelta(days=300)), _number(last + timedelta(days=120)))
    axes.set_ylim(0, max([target.high or target.goal, *(point.value for point in points)]) * 1.3)
    axes.yaxis.set_major_formatter(lambda value, _position: words.number(value))
    axes.xaxis.set_major_formatter(lambda value, _position: f"{value:.0f}")
    axes.set_ylabel(target.unit)
    axes.grid(color="#dddddd", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(colors=INK, labelsize=9)


def _number(day: date) -> float:
    """A day as a fraction of years, so that the axis counts years."""
    start = date(day.year, 1, 1)
    return day.year + (day - start).days / ((date(day.year + 1, 1, 1) - start).days)
