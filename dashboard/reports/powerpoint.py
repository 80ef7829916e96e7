"""One finding a slide, with native charts that can be edited and speaker notes that carry the sources."""

from __future__ import annotations

import io

from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu, Mm, Pt

from dashboard import words
from dashboard.reports.values import Paper, PaperRow
from models.answer import Status

WIDTH, HEIGHT, MARGIN = Mm(338.7), Mm(190.5), Mm(16)
FONT = "Times New Roman"
BLUE, RED, INK = RGBColor(0x0D, 0x4F, 0x73), RGBColor(0xA9, 0x31, 0x17), RGBColor(0x16, 0x20, 0x2A)
BLANK = 6


def slides(paper: Paper) -> bytes:
    """The deck of one programme: where the promises stand, then each promise that has a value, worst first."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    _overview(deck, paper)
    for row in paper.worst:
        _finding(deck, paper, row)
    _missing(deck, paper)
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
    chart.has_legend = False
    _label(chart, "0")
    chart.category_axis.reverse_order = True
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False


def _finding(deck: Deck, paper: Paper, row: PaperRow) -> None:
    notes = (
        f"Nguồn: {row.source}. Cam kết: {row.goal_phrase}, điều khoản {row.clause}. Ghi chú: {row.flags or 'không'}. "
    )
    slide = _slide(deck, row.finding, paper, notes + _stamp(paper))
    facts = "\n".join(
        (
            f"Tình trạng: {row.status}",
            f"Thực tế: {row.value} ({row.when})",
            f"Cam kết {row.horizon}: {row.goal_phrase}",
            f"So với cam kết: {row.percent}",
            f"Cần mỗi năm: {row.needed}",
            f"Đang đạt mỗi năm: {row.actual}",
        )
    )
    _text(slide, facts, MARGIN, Mm(52), Mm(112), HEIGHT - Mm(75), size=20)
    left, width = Mm(132), WIDTH - Mm(132) - MARGIN
    if len(row.gap.series.points) > 1:
        _line_chart(slide, row, left, width)
    else:
        _bar_chart(slide, row, left, width)


def _bar_chart(slide: Slide, row: PaperRow, left: Emu, width: Emu) -> None:
    data = CategoryChartData(number_format="#,##0.##")
    data.categories = [f"Thực tế {row.when}", f"Cam kết {row.horizon}"]
    data.add_series(row.gap.target.unit if row.gap.target else "", [row.gap.value, row.gap.goal])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, left, Mm(50), width, HEIGHT - Mm(70), data)
    chart = frame.chart
    chart.has_legend = False
    _label(chart, "#,##0.##")
    chart.value_axis.minimum_scale = 0
    chart.value_axis.has_major_gridlines = False
    plot = chart.plots[0].series[0]
    for index, colour in enumerate((BLUE, RED)):
        fill = plot.points[index].format.fill
        fill.solid()
        fill.fore_color.rgb = colour


def _line_chart(slide: Slide, row: PaperRow, left: Emu, width: Emu) -> None:
    """Dates as years on a true time axis, so that uneven steps are not drawn evenly."""
    gap, target = row.gap, row.gap.target
    if target is None or gap.latest is None:
        return
    data = XyChartData(number_format="#,##0.##")
    actual = data.add_series("Thực tế")
    for point in gap.series.points:
        actual.add_data_point(_year(point.period_end), point.value)
    path = data.add_series("Đường cần đi")
    path.add_data_point(_year(gap.latest.period_end), gap.latest.value)
    path.add_data_point(_year(target.horizon_end), target.goal)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES, left, Mm(50), width, HEIGHT - Mm(70), data)
    chart = frame.chart
    chart.has_legend, chart.legend.position = True, XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size = chart.category_axis.tick_labels.font.size = Pt(14)
    chart.category_axis.tick_labels.number_format = "0"
    chart.category_axis.tick_labels.number_format_is_linked = False
    chart.category_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    chart.value_axis.tick_labels.font.size = Pt(14)


def _label(chart: object, number_format: str) -> None:
    plot = chart.plots[0]  # type: ignore[attr-defined]
    plot.has_data_labels = True
    plot.data_labels.font.size = Pt(16)
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = number_format, False
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    plot.gap_width = 60
    chart.category_axis.tick_labels.font.size = Pt(16)  # type: ignore[attr-defined]


def _missing(deck: Deck, paper: Paper) -> None:
    rows = [row for row in paper.rows if row.gap.latest is None]
    if not rows:
        return
    title = f"{len(rows)} chỉ tiêu chưa có số liệu so sánh được"
    slide = _slide(deck, title, paper, "Thiếu số liệu không được coi là bằng 0. " + _stamp(paper))
    lines = "\n".join(f"• {row.name} ({row.horizon}): {row.goal_phrase}" for row in rows[:18])
    _text(slide, lines, MARGIN, Mm(46), WIDTH - 2 * MARGIN, HEIGHT - Mm(64), size=14 if len(rows) > 12 else 18)


def _stamp(paper: Paper) -> str:
    return f"Số liệu biết đến {paper.known_on}, mã số liệu {paper.snapshot_id}, ngưỡng phiên bản {paper.thresholds}."


def _year(day: object) -> float:
    return round(day.year + (day.timetuple().tm_yday - 1) / 365.25, 3)  # type: ignore[attr-defined]
