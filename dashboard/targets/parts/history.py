"""One indicator over time as a chart: what was published, the path that the promise needs, and the promises."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

from dashboard.targets.relation_words import IF_REPEATED, tell_projection
from dashboard.ui import words
from dashboard.ui.chart_values import Chart, ChartBand, ChartColour, ChartLine, ChartPoint, LineStyle, MarkSymbol
from models.gaps.answer import Gap, Status
from models.gaps.projection import Projection
from models.gaps.promise import Comparator, Direction, PromiseKind, TargetRecord
from models.gaps.series import WHOLE_PERIODS, Point, Series, ValueKind
from models.targets.reading import GapView

MOST_LABELS = 3
OF_PLACES = tuple(
    zip(
        (ChartColour.ACTUAL, ChartColour.PROMISE, ChartColour.THIRD, ChartColour.FOURTH),
        LineStyle,
        MarkSymbol,
        strict=True,
    )
)


def is_drawable(series: Series) -> bool:
    """Parts of years of different length do not stand in one line, so they are not drawn at all."""
    return bool(series.points) and all(point.period_kind in WHOLE_PERIODS for point in series.points)


def history(
    gap: Gap, targets: Sequence[TargetRecord], name: str, unit: str, projection: Projection | None = None
) -> Chart | None:
    """Points and their line, the needed path dashed, each promise as a mark and its range as a band.

    A projection is a dotted line in a grey band, told apart from the dashed path in greyscale too. None where there
    is nothing to draw.
    """
    if not is_drawable(gap.series):
        return None
    latest, bands = gap.series.points[-1], [_spread(projection)] if projection else []
    paths = [_path(latest, target) for target in targets if gap.latest is not None and needs_more(gap, target)]
    return Chart(
        says=describe(gap, targets, name, projection, unit),
        unit=unit,
        lines=(
            _actual(gap.series.points, unit),
            *([_projected(projection)] if projection else []),
            *paths,
            *map(_promise, targets),
        ),
        bands=(*bands, *[band for band in (_range(latest, target) for target in targets) if band]),
    )


def across(items: Sequence[GapView], names: dict[str, str], name: str, unit: str) -> Chart:
    """One indicator in several places, each its own line; never summed, never ranked.

    Lines differ in dash and mark as well as in colour.
    """
    looks = cycle(OF_PLACES)
    return Chart(
        says=f"{name} theo thời gian của từng địa bàn, chỉ nối những số so sánh được với nhau.",
        unit=unit,
        lines=tuple(
            ChartLine(names[item.place], _points(item.gap.series.points, unit, names[item.place]), *next(looks))
            for item in items
        ),
        has_legend=True,
    )


def describe(
    gap: Gap, targets: Sequence[TargetRecord], name: str, projection: Projection | None = None, unit: str = ""
) -> str:
    """The chart in words: the first and the last value, every promise, and what a projection is."""
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


def _actual(points: Sequence[Point], unit: str) -> ChartLine:
    """The published values; of many only the first and the last have figures, so that none cover each other."""
    drawn = _points(points, unit, labelled=range(len(points)) if len(points) <= MOST_LABELS else (0, len(points) - 1))
    return ChartLine("Thực tế", drawn, ChartColour.ACTUAL, LineStyle.SOLID, MarkSymbol.CIRCLE)


def _points(points: Sequence[Point], unit: str, of: str = "", labelled: Sequence[int] = ()) -> tuple[ChartPoint, ...]:
    return tuple(
        ChartPoint(
            point.period_end,
            point.value,
            words.value_text(point) if index in labelled else "",
            _said(point, unit, of),
            point.value_kind is ValueKind.ESTIMATE,
        )
        for index, point in enumerate(points)
    )


def _said(point: Point, unit: str, of: str) -> str:
    told = f"{words.when(point)}: {words.value_text(point)} {unit}"
    return f"{of}, {told}" if of else f"{told}, {point.publisher}" if point.publisher else told


def _spread(found: Projection) -> ChartBand:
    days, start = (found.start.period_end, *(step.on for step in found.steps)), found.start.value
    low, high = (start, *(step.low for step in found.steps)), (start, *(step.high for step in found.steps))
    return ChartBand("Dải dự phóng", days, low, high, ChartColour.SPREAD)


def _projected(found: Projection) -> ChartLine:
    steps = (ChartPoint(step.on, step.value) for step in found.steps)
    points = (ChartPoint(found.start.period_end, found.start.value), *steps)
    return ChartLine(f"Dự phóng, {IF_REPEATED}", points, ChartColour.PROJECTED, LineStyle.DOTTED)


def _path(latest: Point, target: TargetRecord) -> ChartLine:
    ends = (ChartPoint(latest.period_end, latest.value), ChartPoint(target.horizon_end, target.goal))
    return ChartLine(f"Đường cần đi đến {target.horizon}", ends, ChartColour.NEEDED, LineStyle.DASHED)


def _promise(target: TargetRecord) -> ChartLine:
    says = f"Cam kết đến {target.horizon}: {words.goal_phrase(target)}"
    point = ChartPoint(target.horizon_end, target.goal, words.goal_text(target), says)
    return ChartLine(f"Cam kết {target.horizon}", (point,), ChartColour.PROMISE, symbol=MarkSymbol.DIAMOND)


def _range(latest: Point, target: TargetRecord) -> ChartBand | None:
    if target.comparator is not Comparator.RANGE or target.low is None or target.high is None:
        return None
    days = (latest.period_end, target.horizon_end)
    edges = (target.low, target.low), (target.high, target.high)
    return ChartBand(f"Khoảng cam kết {target.horizon}", days, *edges, ChartColour.RANGE)
