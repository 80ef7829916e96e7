"""One finding a slide, with native charts that can be edited and speaker notes that carry the sources."""

from __future__ import annotations

import io
from itertools import pairwise
from math import floor

from pptx import Presentation
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.datalabel import DataLabels
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu, Mm, Pt

from dashboard import words
from dashboard.figures.history import is_drawable
from dashboard.reports.charts import CROWDED_YEARS, year_end
from dashboard.reports.values import Paper, PaperRow
from models.answer import Status

WIDTH, HEIGHT, MARGIN = Mm(338.7), Mm(190.5), Mm(16)
FONT = "Times New Roman"
BLUE, RED, INK = RGBColor(0x0D, 0x4F, 0x73), RGBColor(0xA9, 0x31, 0x17), RGBColor(0x16, 0x20, 0x2A)
BLANK = 6
LINE_LETTERS = 150  # of a list slide; a longer line is shortened, the whole text stands in the Word annex
# dots for thousands whatever language the viewer runs in; decimals follow the viewer
NUMBERS = r"[>=1000000]0\.000\.000;[>=1000]0\.000;0.##"


def slides(paper: Paper) -> bytes:
    """The deck of one programme: where the promises stand, then each promise that has a value, worst first."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    if paper.rows:
        _overview(deck, paper)
    for row in (*paper.worst, *paper.trends):
        _finding(deck, paper, row)
    _missing(deck, paper)
    _tasks(deck, paper)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _slide(deck: Deck, title: str, paper: Paper, notes: str) -> Slide:
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    _text(slide, title, MARGIN, MARGIN, WIDTH - 2 * MARGIN, Mm(30), size=32, bold=True)
    stamp = f"{paper.place.full_name} · số liệu biết đến {paper.known_on} · mã {paper.snapshot_id}"
    _text(slide, stamp, MARGIN, HEIGHT - Mm(14), WIDTH - 2 * MARGIN, Mm(8), size=14)
    slide.notes_slide.notes_text_frame.text = notes
    return slide


def _text(
    slide: Slide, text: str, left: Emu, top: Emu, width: Emu, height: Emu, *, size: int, bold: bool = False
) -> None:
    frame = slide.shapes.add_textbox(left, top, width, height).text_frame
    frame.word_wrap = True
    for index, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold, run.font.name = line, Pt(size), bold, FONT
        run.font.color.rgb = INK


def _overview(deck: Deck, paper: Paper) -> None:
    horizon = paper.horizons[0] if paper.horizons else 0
    total = len(paper.at(horizon))
    unknown = paper.count(horizon, Status.NO_DATA, Status.NOT_COMPARABLE)
    title = f"{paper.place.full_name}: {total - unknown} trong {total} chỉ tiêu {horizon} có số liệu"
    slide = _slide(deck, title, paper, "Mỗi chỉ tiêu được đếm một lần; không có điểm trung bình. " + _stamp(paper))
    data = CategoryChartData()
    statuses = [status for status in Status if paper.count(horizon, status)]
    data.categories = [words.STATUS_WORDS[status] for status in statuses]
    data.add_series("Số chỉ tiêu", [paper.count(horizon, status) for status in statuses])
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED, MARGIN, Mm(50), WIDTH - 2 * MARGIN, HEIGHT - Mm(70), data
    )
    chart = frame.chart
    _plain(chart)
    _label(chart, "0")
    fill = chart.plots[0].series[0].format.fill
    fill.solid()
    fill.fore_color.rgb = BLUE
    chart.category_axis.reverse_order = True
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False


def _finding(deck: Deck, paper: Paper, row: PaperRow) -> None:
    notes = (
        f"Nguồn: {row.source}. Cam kết: {row.goal_phrase}, điều khoản {row.clause}. Ghi chú: {row.flags or 'không'}. "
    )
    slide = _slide(deck, row.finding, paper, notes + _stamp(paper))
    _text(slide, f"Tình trạng: {row.status}", MARGIN, Mm(48), Mm(112), Mm(12), size=20, bold=True)
    facts = [f"Thực tế: {row.value} ({row.when})", f"Đang đạt mỗi năm: {row.actual}"]
    if row.gap.target is not None:
        facts[1:1] = [
            f"Cam kết {row.horizon}: {row.goal_phrase}",
            f"So với cam kết: {row.percent}",
            f"Cần mỗi năm: {row.needed}",
        ]
    facts += [f"Lưu ý: {row.flags}"] if row.flags else []
    _text(slide, "\n".join(facts), MARGIN, Mm(62), Mm(112), HEIGHT - Mm(85), size=20)
    left, width = Mm(132), WIDTH - Mm(132) - MARGIN
    if not is_drawable(row.gap.series):
        return
    if len(row.gap.series.points) > 1:
        _line_chart(slide, row, left, width)
    elif row.gap.target is not None:
        _bar_chart(slide, row, left, width)


def _bar_chart(slide: Slide, row: PaperRow, left: Emu, width: Emu) -> None:
    data = CategoryChartData(number_format=NUMBERS)
    data.categories = [f"Thực tế {row.when}", f"Cam kết {row.horizon}: {row.goal}"]
    data.add_series(row.gap.target.unit if row.gap.target else "", [row.gap.value, row.gap.goal])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, left, Mm(50), width, HEIGHT - Mm(70), data)
    chart = frame.chart
    _plain(chart)
    _label(chart, NUMBERS)
    chart.value_axis.minimum_scale = 0
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    plot = chart.plots[0].series[0]
    for index, colour in enumerate((BLUE, RED)):
        fill = plot.points[index].format.fill
        fill.solid()
        fill.fore_color.rgb = colour


def _line_chart(slide: Slide, row: PaperRow, left: Emu, width: Emu) -> None:
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
    frame = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES, left, Mm(50), width, HEIGHT - Mm(70), data)
    chart = frame.chart
    _plain(chart)
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


def _points_labelled(chart: Chart, days: list[float]) -> None:
    """Values beside the points; the needed path is dashed, so that greyscale tells it from what was."""
    for line, colour in zip(chart.plots[0].series, (BLUE, RED), strict=False):
        line.format.line.color.rgb, line.smooth = colour, False
        line.marker.style, line.marker.size = XL_MARKER_STYLE.CIRCLE, 9
        line.marker.format.fill.solid()
        line.marker.format.fill.fore_color.rgb = line.marker.format.line.color.rgb = colour
        if colour == RED:
            line.format.line.dash_style = MSO_LINE.DASH
    labels = DataLabels(chart.plots[0].series[0]._element.get_or_add_dLbls())
    labels.show_value, labels.position = True, XL_LABEL_POSITION.ABOVE
    labels.number_format, labels.number_format_is_linked = NUMBERS, False
    labels.font.size = Pt(16)
    for index, (day, following) in enumerate(pairwise(days)):
        if following - day < CROWDED_YEARS:
            label = chart.plots[0].series[0].points[index].data_label
            label.font.size, label.position = Pt(16), XL_LABEL_POSITION.BELOW


def _plain(chart: Chart) -> None:
    chart.has_title = chart.has_legend = False
    chart.font.name, chart.font.size = FONT, Pt(14)


def _label(chart: Chart, number_format: str) -> None:
    plot = chart.plots[0]
    plot.has_data_labels = True
    plot.data_labels.font.size = Pt(16)
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = number_format, False
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    plot.gap_width = 60
    chart.category_axis.tick_labels.font.size = Pt(16)


def _missing(deck: Deck, paper: Paper) -> None:
    rows = [row for row in paper.rows if row.gap.latest is None]
    lines = [f"• {row.name} ({row.horizon}): {row.goal_phrase}" for row in rows]
    _lists(deck, paper, f"{len(rows)} chỉ tiêu chưa có số liệu so sánh được", lines, a_slide=14)


def _tasks(deck: Deck, paper: Paper) -> None:
    lines = [f"• {task.number}. {task.title} ({task.leads}; hạn {task.due})" for task in paper.tasks]
    lines = [line if len(line) <= LINE_LETTERS else line[: LINE_LETTERS - 1] + "…" for line in lines]
    _lists(deck, paper, f"{len(lines)} nhiệm vụ quá hạn hoặc chưa có báo cáo", lines, a_slide=7)


def _lists(deck: Deck, paper: Paper, title: str, lines: list[str], *, a_slide: int) -> None:
    """As many slides as the list needs; nothing is left out."""
    pages = [lines[start : start + a_slide] for start in range(0, len(lines), a_slide)]
    for number, page in enumerate(pages, start=1):
        part = f" ({number}/{len(pages)})" if len(pages) > 1 else ""
        slide = _slide(deck, title + part, paper, "Thiếu số liệu không được coi là bằng 0. " + _stamp(paper))
        _text(slide, "\n".join(page), MARGIN, Mm(46), WIDTH - 2 * MARGIN, HEIGHT - Mm(64), size=18)


def _stamp(paper: Paper) -> str:
    return f"Số liệu biết đến {paper.known_on}, mã số liệu {paper.snapshot_id}, ngưỡng phiên bản {paper.thresholds}."
