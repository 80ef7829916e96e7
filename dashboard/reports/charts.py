"""Charts on paper: the screen's look, readable in greyscale; drawn by matplotlib with its own Vietnamese font."""

from __future__ import annotations

import io
from datetime import date
from typing import cast

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from dashboard.reports.values import PaperRow
from dashboard.targets.parts.history import is_drawable
from dashboard.ui import words
from models.gaps.promise import Comparator, PromiseKind, TargetRecord
from models.gaps.series import ValueKind

BLUE, RED, GREY, INK, TRACK = "#0d4f73", "#a93117", "#87919a", "#16202a", "#e4e2db"
WIDTH_INCHES, HEIGHT_INCHES, BAR_INCHES, DOTS_PER_INCH = 6.3, 2.4, 0.85, 200
CROWDED_YEARS = 1.0  # of two labels closer than this the earlier stands below its point


def row_picture(row: PaperRow) -> bytes | None:
    """What shows a promise best: its values over time, or a bar when there is one value only."""
    if row.gap.target is None or not is_drawable(row.gap.series):
        return None
    return history_picture(row) if len(row.gap.series.points) > 1 else bar_picture(row)


def history_picture(row: PaperRow) -> bytes | None:
    """A PNG of the values over time, the needed path dashed and the promise; None when nothing can be drawn."""
    if not is_drawable(row.gap.series):
        return None
    figure, axes = _canvas(HEIGHT_INCHES)
    _draw_projection(axes, row)
    _draw_values(axes, row)
    if row.gap.target is not None:
        _draw_promise(axes, row, row.gap.target)
    _dress(axes, row)
    return _png(figure)


def bar_picture(row: PaperRow) -> bytes | None:
    """A PNG of one value held against the promise on one line; None without both."""
    gap, target = row.gap, row.gap.target
    if target is None or gap.value is None or gap.latest is None:
        return None
    figure, axes = _canvas(BAR_INCHES)
    top = max(gap.value, target.high or 0, target.goal) * 1.15 or 1.0
    axes.barh([0], [top], height=0.5, color=TRACK)
    soft = gap.latest.value_kind is ValueKind.ESTIMATE
    axes.barh(
        [0], [gap.value], height=0.5, color="white" if soft else BLUE, edgecolor=BLUE, hatch="///" if soft else ""
    )
    if target.comparator is Comparator.RANGE and target.low is not None and target.high is not None:
        axes.axvspan(target.low, target.high, color=RED, alpha=0.3)
    axes.plot([target.goal, target.goal], [-0.45, 0.45], color=RED, linewidth=3)
    inside = "white" if not soft and gap.value > top * 0.3 else INK
    patch = {"facecolor": "white", "edgecolor": "none", "pad": 1.5} if soft else None
    axes.text(top * 0.01, 0, f"{row.value} ({row.when})", va="center", color=inside, fontsize=9, bbox=patch)
    side = "right" if target.goal > top * 0.5 else "left"
    axes.text(target.goal, 0.55, f"cam kết {target.horizon}: {row.goal}", ha=side, va="bottom", color=RED, fontsize=9)
    axes.set_xlim(0, top)
    axes.set_ylim(-0.5, 1.05)
    axes.set_axis_off()
    return _png(figure)


def _canvas(height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(WIDTH_INCHES, height), dpi=DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()


def _png(figure: Figure) -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def _draw_values(axes: Axes, row: PaperRow) -> None:
    points = row.gap.series.points
    days = [year_end(point.period_end) for point in points]
    axes.plot(days, [point.value for point in points], color=BLUE, linewidth=1.8, zorder=3)
    for index, (day, point) in enumerate(zip(days, points, strict=True)):
        face = "white" if point.value_kind is ValueKind.ESTIMATE else BLUE
        is_crowded = index + 1 < len(days) and days[index + 1] - day < CROWDED_YEARS
        axes.plot([day], [point.value], "o", markersize=6, markerfacecolor=face, markeredgecolor=BLUE, zorder=4)
        axes.annotate(
            words.value_text(point),
            (day, point.value),
            (0, -15 if is_crowded else 7),
            textcoords="offset points",
            ha="center",
        )


def _draw_projection(axes: Axes, row: PaperRow) -> None:
    """A dotted line in a grey band: in greyscale it is neither the dashed path nor the line of what was."""
    found = row.projection
    if found is None:
        return
    days = [year_end(found.start.period_end), *(year_end(step.on) for step in found.steps)]
    start = found.start.value
    lows, highs = [start, *(step.low for step in found.steps)], [start, *(step.high for step in found.steps)]
    axes.fill_between(days, lows, highs, color=GREY, alpha=0.3, linewidth=0)
    axes.plot(days, [start, *(step.value for step in found.steps)], ":", color=INK, linewidth=1.8)
    label = f"dự phóng: {words.number(round(found.end.value))}"  # the caption says what it is and is not
    axes.annotate(
        label, (days[-1], found.end.value), (-2, -13), textcoords="offset points", ha="right", color=INK, fontsize=9
    )


def _draw_promise(axes: Axes, row: PaperRow, target: TargetRecord) -> None:
    gap = row.gap
    if gap.latest is None:
        return
    start, end = year_end(gap.latest.period_end), year_end(target.horizon_end)
    if target.kind is PromiseKind.BY and gap.needed_per_year:
        axes.plot([start, end], [gap.latest.value, target.goal], "--", color=GREY, linewidth=1.5)
    if target.comparator is Comparator.RANGE and target.low is not None and target.high is not None:
        axes.fill_between([start, end], target.low, target.high, color=RED, alpha=0.12, linewidth=0)
    axes.plot([end], [target.goal], "D", color=RED, markersize=7, zorder=5)
    label = f"cam kết {target.horizon}: {words.goal_text(target)}"
    axes.annotate(label, (end, target.goal), (-2, 8), textcoords="offset points", ha="right", color=RED)


def _dress(axes: Axes, row: PaperRow) -> None:
    target, points = row.gap.target, row.gap.series.points
    figures = [point.value for point in points] + ([target.high or target.goal] if target else [])
    last = year_end(target.horizon_end if target else points[-1].period_end)
    axes.set_xlim(year_end(points[0].period_end) - 0.8, last + 0.4)
    axes.set_ylim(0, max(figures) * 1.3 or 1.0)
    cast(MaxNLocator, axes.xaxis.get_major_locator()).set_params(integer=True)  # a linear axis has no other
    axes.yaxis.set_major_formatter(lambda value, _position: words.number(value))
    axes.xaxis.set_major_formatter(lambda value, _position: f"hết {value:.0f}")
    axes.set_ylabel(target.unit if target else row.indicator.unit)
    axes.grid(color="#dddddd", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(colors=INK, labelsize=9)


def year_end(day: date) -> float:
    """A day on an axis where a whole number is the end of that year: 31/12/2030 is 2030."""
    start = date(day.year, 1, 1)
    return day.year - 1 + ((day - start).days + 1) / ((date(day.year + 1, 1, 1) - start).days)
