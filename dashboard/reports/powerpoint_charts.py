"""Native charts of the slides: they can be edited, and read in greyscale."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import floor
from typing import cast

from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData, ChartData, XyChartData
from pptx.chart.datalabel import DataLabels
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.oxml.ns import qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Emu, Mm, Pt

from dashboard.reports.charts import CROWDED_YEARS, year_end
from dashboard.reports.values import PaperRow
from dashboard.targets.relation_words import IF_REPEATED
from models.gaps.projection import Projection

HEIGHT = Mm(190.5)
FONT = "Times New Roman"
BLUE, RED, INK = RGBColor(0x0D, 0x4F, 0x73), RGBColor(0xA9, 0x31, 0x17), RGBColor(0x16, 0x20, 0x2A)
# dots for thousands whatever language the viewer runs in; decimals follow the viewer
NUMBERS = r"[>=1000000]0\.000\.000;[>=1000]0\.000;0.##"


def bar_chart(slide: Slide, row: PaperRow, left: int, width: int) -> None:
    """One value beside its promise; `left` and `width` in English Metric Units, as every length here."""
    data = CategoryChartData(number_format=NUMBERS)
    data.categories = [f"Thực tế {row.when}", f"Cam kết {row.horizon}: {row.goal}"]
    data.add_series(row.gap.target.unit if row.gap.target else "", [row.gap.value, row.gap.goal])
    chart = plain_chart(slide, XL_CHART_TYPE.COLUMN_CLUSTERED, left, width, data)
    label(chart, NUMBERS)
    chart.value_axis.minimum_scale = 0
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    plot = chart.plots[0].series[0]
    for index, colour in enumerate((BLUE, RED)):
        fill = plot.points[index].format.fill
        fill.solid()
        fill.fore_color.rgb = colour


def compare_chart(slide: Slide, bars: Sequence[tuple[str, float]], left: int, width: int) -> None:
    """What promises add up to or mean, one column each; the last is what they are held against."""
    data = CategoryChartData(number_format=NUMBERS)
    data.categories = [name for name, _ in bars]
    data.add_series("", [value for _, value in bars])
    chart = plain_chart(slide, XL_CHART_TYPE.COLUMN_CLUSTERED, left, width, data)
    label(chart, NUMBERS)
    chart.value_axis.minimum_scale = 0
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    for index in range(len(bars)):
        fill = chart.plots[0].series[0].points[index].format.fill
        fill.solid()
        fill.fore_color.rgb = RED if index + 1 == len(bars) else BLUE


def line_chart(slide: Slide, row: PaperRow, left: int, width: int) -> None:
    """Dates on a true time axis where 2030 is the end of 2030, so that uneven steps are not drawn evenly."""
    gap, target = row.gap, row.gap.target
    data = XyChartData(number_format=NUMBERS)
    actual = data.add_series("Thực tế")
    for point in gap.series.points:
        actual.add_data_point(round(year_end(point.period_end), 3), point.value)
    if target is not None and gap.latest is not None:
        path = data.add_series(f"Đường cần đi đến cam kết {target.horizon} ({row.goal})")
        path.add_data_point(round(year_end(gap.latest.period_end), 3), gap.latest.value)
        path.add_data_point(round(year_end(target.horizon_end), 3), target.goal)
    _projected_series(data, row.projection)
    chart = plain_chart(slide, XL_CHART_TYPE.XY_SCATTER_LINES, left, width, data)
    chart.has_legend, chart.legend.position = True, XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size = chart.category_axis.tick_labels.font.size = Pt(14)
    chart.category_axis.tick_labels.number_format = "0"
    chart.category_axis.tick_labels.number_format_is_linked = False
    chart.category_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    chart.value_axis.tick_labels.font.size = Pt(14)
    chart.value_axis.tick_labels.number_format = NUMBERS
    chart.value_axis.tick_labels.number_format_is_linked = False
    chart.category_axis.major_unit = 2
    chart.category_axis.minimum_scale = floor(year_end(gap.series.points[0].period_end)) - 1
    last = target.horizon_end if target else gap.series.points[-1].period_end
    chart.category_axis.maximum_scale = round(year_end(last)) + 1
    chart.category_axis.tick_labels.number_format = '"hết "0'
    _points_labelled(chart, [year_end(point.period_end) for point in gap.series.points])


def _projected_series(data: XyChartData, found: Projection | None) -> None:
    """The projection's line and the two edges of its band, editable like the rest."""
    if found is None:
        return
    names = (f"Dự phóng {IF_REPEATED}", "Dự phóng, mép thấp", "Dự phóng, mép cao")
    for name, end in zip(names, (found.end.value, found.end.low, found.end.high), strict=True):
        line = data.add_series(name)  # two points a line: some offices drop the lines before one that has more
        line.add_data_point(round(year_end(found.start.period_end), 3), found.start.value)
        line.add_data_point(round(year_end(found.end.on), 3), round(end, 2))


def _points_labelled(chart: Chart, days: list[float]) -> None:
    """Values beside the points; the needed path is dashed, so that greyscale tells it from what was."""
    for line, colour in zip(chart.plots[0].series, (BLUE, RED), strict=False):
        line.format.line.color.rgb, line.smooth = colour, False
        line.marker.style, line.marker.size = XL_MARKER_STYLE.CIRCLE, 9
        line.marker.format.fill.solid()
        line.marker.format.fill.fore_color.rgb = line.marker.format.line.color.rgb = colour
        if colour == RED:
            line.format.line.dash_style = MSO_LINE.DASH
    for line in list(chart.plots[0].series)[2:]:
        line.smooth, line.marker.style = False, XL_MARKER_STYLE.NONE
        line.format.line.color.rgb, line.format.line.dash_style = INK, MSO_LINE.ROUND_DOT
        line.format.line.width = Pt(0.75 if "mép" in line.name else 1.75)
    labels = DataLabels(next(chart.element.iter(qn("c:ser"))).get_or_add_dLbls())
    labels.show_value, labels.position = True, XL_LABEL_POSITION.ABOVE
    labels.number_format, labels.number_format_is_linked = NUMBERS, False
    labels.font.size = Pt(16)
    for index, (day, following) in enumerate(pairwise(days)):
        if following - day < CROWDED_YEARS:
            label = chart.plots[0].series[0].points[index].data_label
            label.font.size, label.position = Pt(16), XL_LABEL_POSITION.BELOW


def plain_chart(
    slide: Slide, kind: XL_CHART_TYPE, left: int, width: int, data: CategoryChartData | XyChartData
) -> Chart:
    """A chart below the title, itself without title and legend, in the font of the slides.

    The casts mend two types of python-pptx: `add_chart` takes every kind of chart data and gives the frame.
    """
    place = (Emu(left), Mm(50), Emu(width), Emu(HEIGHT - Mm(70)))
    frame = cast(GraphicFrame, slide.shapes.add_chart(kind, *place, cast(ChartData, data)))
    chart = frame.chart
    chart.has_title = chart.has_legend = False
    chart.font.name, chart.font.size = FONT, Pt(14)
    chart.font.language_id = MSO_LANGUAGE_ID.VIETNAMESE
    return chart


def label(chart: Chart, number_format: str) -> None:
    """Figures at the ends of the bars."""
    plot = chart.plots[0]
    plot.has_data_labels = True
    plot.data_labels.font.size = Pt(16)
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = number_format, False
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    plot.gap_width = 60
    chart.category_axis.tick_labels.font.size = Pt(16)
