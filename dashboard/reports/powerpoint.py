"""One finding a slide, with native charts that can be edited and speaker notes that carry the sources."""

from __future__ import annotations

import io
from typing import cast

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu, Mm, Pt

from dashboard.reports.office_charts import FONT, ChartPlace, bar_chart, label, plain_chart, row_chart
from dashboard.reports.office_form import LANGUAGE
from dashboard.reports.values import PaperContent, PaperRow, PaperTask
from dashboard.targets.relation_words import Told
from dashboard.ui import words
from models.gaps.answer import Status

WIDTH, HEIGHT, MARGIN = Mm(338.7), Mm(190.5), Mm(16)
TOP, LETTERS = Mm(50), 16
INK = RGBColor(0x16, 0x20, 0x2A)
BLANK = 6
LINE_LETTERS = 190  # of a list slide: two lines; the whole text stands in the Word annex
SHORTEST_TITLE = 70


def slides(paper: PaperContent) -> bytes:
    """The deck of one programme: where the promises stand, then each promise that has a value, worst first."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    if paper.rows:
        _overview(deck, paper)
    for row in (*paper.worst, *paper.trends):
        _finding(deck, paper, row)
    for told in (*paper.relations, *paper.steps):
        _relation(deck, paper, told)
    _missing(deck, paper)
    _tasks(deck, paper)
    _in_vietnamese(deck)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _in_vietnamese(deck: Deck) -> None:
    """Mark every run, of slides and notes, and what new runs are made from: for spelling and reading aloud."""
    deck.core_properties.language = LANGUAGE
    bases = [deck, deck.notes_master, *deck.slide_masters, *deck.slide_layouts]
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    pages = [page for slide in deck.slides for page in (slide, slide.notes_slide)]
    for page in pages:
        for run in page.element.iter(qn("a:r")):
            run.get_or_add_rPr().set("lang", LANGUAGE)
    for part in (*bases, *pages, *charts):
        for marked in part.element.xpath(".//*[@lang]"):
            marked.set("lang", LANGUAGE)


def _slide(deck: Deck, title: str, paper: PaperContent, notes: str) -> Slide:
    slide: Slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    _text(slide, title, MARGIN, MARGIN, WIDTH - 2 * MARGIN, Mm(30), size=32, bold=True)
    stamp = f"{paper.place.full_name} · số liệu biết đến {paper.known_on} · mã {paper.snapshot_id}"
    _text(slide, stamp, MARGIN, HEIGHT - Mm(14), WIDTH - 2 * MARGIN, Mm(8), size=14)
    cast(TextFrame, slide.notes_slide.notes_text_frame).text = notes  # the built-in deck has room for notes
    return slide


def _text(
    slide: Slide, text: str, left: int, top: int, width: int, height: int, *, size: int, bold: bool = False
) -> None:
    frame = slide.shapes.add_textbox(Emu(left), Emu(top), Emu(width), Emu(height)).text_frame
    frame.word_wrap = True
    for index, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold, run.font.name = line, Pt(size), bold, FONT
        run.font.color.rgb = INK


def _overview(deck: Deck, paper: PaperContent) -> None:
    horizon = paper.horizons[0] if paper.horizons else 0
    total = len(paper.at(horizon))
    unknown = paper.count(horizon, Status.NO_DATA, Status.NOT_COMPARABLE)
    title = f"{paper.place.full_name}: {total - unknown} trong {total} chỉ tiêu {horizon} có số liệu"
    slide = _slide(deck, title, paper, "Mỗi chỉ tiêu được đếm một lần; không có điểm trung bình. " + _stamp(paper))
    data = CategoryChartData()
    statuses = [status for status in Status if paper.count(horizon, status)]
    data.categories = [words.STATUS_WORDS[status] for status in statuses]
    data.add_series("Số chỉ tiêu", [paper.count(horizon, status) for status in statuses])
    place = _place(MARGIN)
    label(plain_chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, place, data), "0", place)


def _place(left: int) -> ChartPlace:
    """Below the title, from `left` to the edge."""
    return ChartPlace(left, TOP, WIDTH - left - MARGIN, HEIGHT - Mm(70), LETTERS)


def _finding(deck: Deck, paper: PaperContent, row: PaperRow) -> None:
    notes = (
        f"Nguồn: {row.source}. Cam kết: {row.goal_phrase}, điều khoản {row.clause}. Ghi chú: {row.flags or 'không'}. "
    )
    slide = _slide(deck, row.finding, paper, notes + _stamp(paper))
    _text(slide, f"Tình trạng: {row.status}", MARGIN, Mm(47), Mm(112), Mm(18), size=20, bold=True)
    facts = [f"Thực tế: {row.value} ({row.when})", f"Đang đạt mỗi năm: {row.actual}"]
    if row.gap.target is not None:
        facts[1:1] = [
            f"Cam kết {row.horizon}: {row.goal_phrase}",
            f"So với cam kết: {row.percent}",
            f"Cần mỗi năm: {row.needed}",
        ]
    facts += [f"Lưu ý: {row.flags}"] if row.flags else []
    facts += [row.projected] if row.projected else []
    _text(slide, "\n".join(facts), MARGIN, Mm(65), Mm(112), HEIGHT - Mm(88), size=20)
    row_chart(slide, row, _place(Mm(132)))


def _relation(deck: Deck, paper: PaperContent, told: Told) -> None:
    """Two promises held against each other, or the step to the later horizon: finding, arithmetic, what to know."""
    slide = _slide(deck, told.finding.removesuffix("."), paper, f"{told.title}. {told.source}. " + _stamp(paper))
    width = Mm(120) if told.bars else WIDTH - 2 * MARGIN
    _text(slide, told.arithmetic.removesuffix(".") + ".", MARGIN, Mm(56), width, Mm(60), size=24)
    _text(slide, "\n".join(told.cautions), MARGIN, Mm(118), width, HEIGHT - Mm(138), size=18)
    if told.bars:
        bar_chart(slide, told.bars, _place(MARGIN + width + Mm(10)))


def _missing(deck: Deck, paper: PaperContent) -> None:
    rows = [row for row in paper.rows if row.gap.latest is None]
    lines = [f"• {row.name} ({row.horizon}): {row.goal_phrase}" for row in rows]
    _lists(deck, paper, f"{len(rows)} chỉ tiêu chưa có số liệu so sánh được", lines, a_slide=14)


def _tasks(deck: Deck, paper: PaperContent) -> None:
    lines = [_task_line(task) for task in paper.tasks]
    _lists(deck, paper, f"{len(lines)} nhiệm vụ quá hạn hoặc chưa có báo cáo", lines, a_slide=7)


def _task_line(task: PaperTask) -> str:
    """One task; of a long one the title is shortened, never who acts or until when."""
    rest = f" ({task.leads}; hạn {task.due})"
    room = max(SHORTEST_TITLE, LINE_LETTERS - len(rest))
    title = task.title if len(task.title) <= room else task.title[: room - 1].rstrip(" (,;-") + "…"
    return f"• {task.number}. {title}{rest}"


def _lists(deck: Deck, paper: PaperContent, title: str, lines: list[str], *, a_slide: int) -> None:
    """As many slides as the list needs; nothing is left out."""
    count = -(-len(lines) // a_slide)  # slides of about the same length, none with a single line left over
    a_slide = -(-len(lines) // count) if count else a_slide
    pages = [lines[start : start + a_slide] for start in range(0, len(lines), a_slide)]
    for number, page in enumerate(pages, start=1):
        part = f" ({number}/{len(pages)})" if len(pages) > 1 else ""
        slide = _slide(deck, title + part, paper, "Thiếu số liệu không được coi là bằng 0. " + _stamp(paper))
        _text(slide, "\n".join(page), MARGIN, Mm(46), WIDTH - 2 * MARGIN, HEIGHT - Mm(64), size=18)


def _stamp(paper: PaperContent) -> str:
    return f"Số liệu biết đến {paper.known_on}, mã số liệu {paper.snapshot_id}, ngưỡng phiên bản {paper.thresholds}."
