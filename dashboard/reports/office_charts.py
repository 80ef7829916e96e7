"""Native charts of slides and Word: they can be edited, and are read in greyscale. Lengths are English Metric Units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import ceil
from typing import NamedTuple, cast

from pptx.chart.chart import Chart as OfficeChart
from pptx.chart.data import CategoryChartData, ChartData, XyChartData
from pptx.chart.series import XySeries
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Emu, Pt

from dashboard.reports.values import PaperRow
from dashboard.ui.chart_values import (
    HEADROOM,
    Chart,
    ChartBand,
    ChartColour,
    ChartLine,
    ChartPoint,
    LineStyle,
    MarkSymbol,
)
from dashboard.ui.style_sheet import ColourScheme, tokens
from models.gaps.series import ValueKind

FONT = "Times New Roman"
# dots for thousands whatever language the viewer runs in; decimals of axes follow the viewer
NUMBERS = r"[>=1000000]0\.000\.000;[>=1000]0\.000;0.##"
YEAR_FORMAT = '"hết "0'
YEAR_LETTERS = 9  # letters that a marked year needs across, with the room beside it
LETTER_WIDTH = 0.45  # of a letter's height
FEW = 8  # up to this many, an office would mark halves
AIR = 0.5  # years between the axis of values and the first value, for the figure over it
AFTER = 0.9  # years after the last one, for the words of a promise; no mark of another year
PLOT_SHARE = 0.85  # of a chart's width; the rest is the axis of values
DASHES = {LineStyle.DASHED: MSO_LINE.DASH, LineStyle.DOTTED: MSO_LINE.ROUND_DOT, LineStyle.DASH_DOT: MSO_LINE.DASH_DOT}
MARKERS = {
    None: XL_MARKER_STYLE.NONE,
    MarkSymbol.CIRCLE: XL_MARKER_STYLE.CIRCLE,
    MarkSymbol.SQUARE: XL_MARKER_STYLE.SQUARE,
    MarkSymbol.DIAMOND: XL_MARKER_STYLE.DIAMOND,
    MarkSymbol.CROSS: XL_MARKER_STYLE.PLUS,
}
WHITE = RGBColor(255, 255, 255)
LINE_POINTS, EDGE_POINTS = 2.0, 0.75


class ChartPlace(NamedTuple):
    """Where a chart stands and how large its letters are, in points."""

    left: int
    top: int
    width: int
    height: int
    letters: int


def row_chart(slide: Slide, row: PaperRow, place: ChartPlace) -> OfficeChart | None:
    """What shows a promise best: its values over time, or beside one value the promise; None with nothing to draw."""
    chart, gap = row.chart, row.gap
    if chart is None:
        return None
    if len(gap.series.points) > 1:
        return history_chart(slide, chart, place)
    if gap.target is None or gap.latest is None:
        return None
    bars = [
        (f"Thực tế {row.when}", gap.latest.value),
        (f"Cam kết {row.horizon}: {row.goal}", gap.target.goal),
    ]
    return bar_chart(slide, bars, place, is_estimate=gap.latest.value_kind is ValueKind.ESTIMATE)


def bar_chart(
    slide: Slide, bars: Sequence[tuple[str, float]], place: ChartPlace, *, is_estimate: bool = False
) -> OfficeChart:
    """One bar each; the last is hollow: what the others are held against. An estimate is hatched."""
    data = CategoryChartData(number_format=NUMBERS)
    data.categories = [name for name, _ in bars]
    data.add_series("", [value for _, value in bars])
    chart = plain_chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, place, data)
    label(chart, NUMBERS, place)
    chart.value_axis.minimum_scale = 0
    chart.value_axis.maximum_scale = max(value for _, value in bars) * HEADROOM or 1.0
    *held, against = (chart.plots[0].series[0].points[index].format for index in range(len(bars)))
    for bar in held if is_estimate else ():
        bar.fill.patterned()
        bar.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        bar.fill.fore_color.rgb, bar.fill.back_color.rgb = _colour(ChartColour.ACTUAL), WHITE
    against.fill.background()
    against.line.color.rgb, against.line.width = _colour(ChartColour.PROMISE), Pt(LINE_POINTS)
    return chart


def history_chart(slide: Slide, chart: Chart, place: ChartPlace) -> OfficeChart:
    """Days on a true time axis where 2030 is the end of 2030, so that uneven steps are not drawn evenly."""
    lines = [*chart.lines, *map(_outline, chart.bands)]
    data = XyChartData(number_format=NUMBERS)
    for line in lines:
        series = data.add_series(line.name)
        for point in _drawn(line, chart):
            series.add_data_point(round(year_end(point.on), 3), round(point.value, 2))
    drawn = plain_chart(slide, XL_CHART_TYPE.XY_SCATTER_LINES, place, data)
    drawn.has_legend, drawn.legend.position = True, XL_LEGEND_POSITION.BOTTOM
    drawn.legend.include_in_layout, drawn.legend.font.size = False, Pt(place.letters)
    a_year = _axes(drawn, chart, place)
    is_range = bool(chart.bands) and chart.bands[-1].colour is ChartColour.RANGE
    for series, line in zip(drawn.plots[0].series, lines, strict=True):
        _dress(series, line, Pt(LINE_POINTS if line in chart.lines else EDGE_POINTS))
        _label_points(series, line, place, a_year, is_range=is_range)
    return drawn


def plain_chart(
    slide: Slide, kind: XL_CHART_TYPE, place: ChartPlace, data: CategoryChartData | XyChartData
) -> OfficeChart:
    """A chart without title and legend, in the font of the papers.

    The casts mend two types of python-pptx: `add_chart` takes every kind of chart data and gives the frame.
    """
    left, top, width, height = (Emu(length) for length in place[:4])
    frame = cast(GraphicFrame, slide.shapes.add_chart(kind, left, top, width, height, cast(ChartData, data)))
    chart = frame.chart
    chart.has_title = chart.has_legend = False
    chart.font.name, chart.font.size = FONT, Pt(place.letters)
    chart.font.language_id = MSO_LANGUAGE_ID.VIETNAMESE
    return chart


def label(chart: OfficeChart, number_format: str, place: ChartPlace) -> None:
    """Figures at the ends of the bars, the first bar on top; the axis says nothing more."""
    plot = chart.plots[0]
    plot.has_data_labels = True
    plot.data_labels.font.size = Pt(place.letters)
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = number_format, False
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    plot.gap_width = 60
    fill = plot.series[0].format.fill
    fill.solid()
    fill.fore_color.rgb = _colour(ChartColour.ACTUAL)
    chart.category_axis.tick_labels.font.size = Pt(place.letters)
    chart.category_axis.reverse_order = True
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False


def year_end(day: date) -> float:
    """A day on an axis where a whole number is the end of that year: 31/12/2030 is 2030."""
    start = date(day.year, 1, 1)
    return day.year - 1 + ((day - start).days + 1) / ((date(day.year + 1, 1, 1) - start).days)


def _colour(colour: ChartColour) -> RGBColor:
    red, green, blue = bytes.fromhex(tokens(ColourScheme.PRINT)[colour].removeprefix("#"))
    return RGBColor(red, green, blue)


def _outline(band: ChartBand) -> ChartLine:
    """An office has no bands between lines: thin, from the lower end over a common start to the upper end.

    No more than three points, and of a line without marks its two ends only: some offices drop the lines before one
    that has more points.
    """
    start, end = [ChartPoint(band.days[0], band.low[0])] if band.low[0] == band.high[0] else [], band.days[-1]
    points = (ChartPoint(end, band.low[-1]), *start, ChartPoint(end, band.high[-1]))
    colour = ChartColour.PROMISE if band.colour is ChartColour.RANGE else ChartColour.PROJECTED
    return ChartLine(band.name, points, colour, LineStyle.DOTTED)


def _drawn(line: ChartLine, chart: Chart) -> tuple[ChartPoint, ...]:
    return line.points if line.symbol or line not in chart.lines else (line.points[0], line.points[-1])


def _axes(drawn: OfficeChart, chart: Chart, place: ChartPlace) -> float:
    """Dress the axes; how many letters there are room for across a year."""
    years, values = drawn.category_axis, drawn.value_axis
    years.has_major_gridlines = False
    begin, step = _marked_years(chart, place)
    end = chart.years[-1] + AFTER
    years.minimum_scale, years.maximum_scale, years.major_unit = begin, end, step
    values.minimum_scale = chart.values[0]
    if chart.is_whole and chart.values[1] <= FEW:
        values.major_unit = 1  # no half an organisation
    values.has_title, values.axis_title.text_frame.text = True, chart.unit
    values.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(place.letters)
    for axis, number_format in ((years, YEAR_FORMAT), (values, NUMBERS)):
        axis.tick_labels.font.size = Pt(place.letters)
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = number_format, False
    return _letters(place) / (end - begin)


def _letters(place: ChartPlace) -> float:
    """How many letters there are room for across the plot."""
    return Emu(place.width).pt * PLOT_SHARE / (LETTER_WIDTH * place.letters)


def _marked_years(chart: Chart, place: ChartPlace) -> tuple[int, int]:
    """The year that the axis begins with and the step of its marks: no two stand too close, the last is marked."""
    last = chart.years[-1]
    span = last + AIR - min(year_end(point.on) for line in chart.lines for point in line.points)
    step = ceil(span / max(1, _letters(place) // YEAR_LETTERS - 1))
    return last - step * ceil(span / step), step


def _dress(series: XySeries, line: ChartLine, width: Pt) -> None:
    """Colour, dash and mark; an estimate is hollow."""
    colour, marker = _colour(line.colour), series.marker
    if line.style:
        series.format.line.color.rgb, series.format.line.width = colour, width
        series.format.line.dash_style = DASHES.get(line.style, MSO_LINE.SOLID)
    else:
        series.format.line.fill.background()
    marker.style = MARKERS[line.symbol]
    if line.symbol is None:
        return
    marker.size = 9
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = marker.format.line.color.rgb = colour
    for index, point in enumerate(line.points):
        if point.is_estimate:
            hollow = series.points[index].marker
            hollow.style, hollow.size = MARKERS[line.symbol], 9
            hollow.format.fill.solid()
            hollow.format.fill.fore_color.rgb, hollow.format.line.color.rgb = WHITE, colour


def _label_points(series: XySeries, line: ChartLine, place: ChartPlace, a_year: float, *, is_range: bool) -> None:
    """The words that the picture has beside the same points, `a_year` letters a year.

    Of two too close to each other the earlier stands below its point; those of a promise where a range rises above it.
    """
    labelled = [(index, point) for index, point in enumerate(line.points) if line.symbol and point.label]
    days = [year_end(point.on) * a_year for _, point in labelled]
    for number, (index, point) in enumerate(labelled):
        said = series.points[index].data_label
        said.text_frame.text = point.label
        said.text_frame.paragraphs[0].runs[0].font.size = Pt(place.letters)
        is_crowded = any(later - day < len(point.label) + 1 for day, later in pairwise(days[number : number + 2]))
        is_below = is_range if line.style is None else is_crowded
        said.position = XL_LABEL_POSITION.BELOW if is_below else XL_LABEL_POSITION.ABOVE
