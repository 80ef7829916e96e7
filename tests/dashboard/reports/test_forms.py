"""The form of the papers: Decree 30/2020/NĐ-CP, editable charts, headers on every page, rows that are never cut."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from openpyxl import load_workbook
from pptx import Presentation
from pptx.chart.chart import Chart as OfficeChart
from pptx.util import Emu, Mm

from dashboard.reports import pdf, powerpoint, word
from dashboard.reports.office_charts import ChartPlace, history_chart, row_chart
from dashboard.reports.office_form import FONT
from dashboard.reports.values import PaperContent
from dashboard.ui.chart_values import Chart, ChartColour, ChartLine, ChartPoint, LineStyle, MarkSymbol
from dashboard.ui.table import data_table
from models.tasks.task_state import TaskState


def paper_of(papers: list[PaperContent], slug: str) -> PaperContent:
    (found,) = [item for item in papers if item.place.slug == slug]
    return found


def test_the_word_report_keeps_the_form_of_the_decree(papers: list[PaperContent]) -> None:
    document = Document(io.BytesIO(word.report(paper_of(papers, "thanh-hoa"))))
    first = document.sections[0]
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    assert 20 <= round(first.top_margin.mm) <= 25 and 20 <= round(first.bottom_margin.mm) <= 25
    assert 30 <= round(first.left_margin.mm) <= 35 and 15 <= round(first.right_margin.mm) <= 20
    assert document.styles["Normal"].font.name == FONT == "Times New Roman"
    head = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head[1] and "Độc lập - Tự do - Hạnh phúc" in head[1]
    assert head[2].startswith("Số:") and head[2].endswith("/BC-") and "ngày      tháng" in head[3]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts.index("BÁO CÁO") < texts.index("I. Đánh giá chung") < texts.index("Phụ lục I")
    assert first.different_first_page_header_footer and "PAGE" in first.header._element.xml
    assert document.sections[1].orientation == WD_ORIENT.LANDSCAPE


def test_every_table_of_promises_repeats_its_heading_and_keeps_its_rows_whole(papers: list[PaperContent]) -> None:
    document = Document(io.BytesIO(word.report(paper_of(papers, "thanh-hoa"))))
    tables = [table for table in document.tables if table.style.name == "Table Grid"]
    assert tables
    for table in tables:
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert all("w:cantSplit" in row._tr.xml for row in table.rows[1:])


def test_the_annexes_hold_every_promise_and_every_task_that_needs_a_report(papers: list[PaperContent]) -> None:
    for paper in papers:
        document = Document(io.BytesIO(word.report(paper)))
        lines = [row.cells[0].text for table in document.tables for row in table.rows]
        assert all(row.name in lines for row in paper.rows)
        assert all(task.number in lines for task in paper.tasks)
    assert any(paper.tasks for paper in papers)


def test_every_picture_in_word_has_words_for_those_who_do_not_see_it(papers: list[PaperContent]) -> None:
    document = Document(io.BytesIO(word.report(paper_of(papers, "ninh-thuan"))))
    pictures = document.element.body.xpath(".//wp:docPr")
    assert pictures and all("cam kết" in picture.get("descr", "") for picture in pictures)


@pytest.mark.parametrize("slug", ["gia-lai-truoc-2025-07", "viet-nam", "thanh-hoa"])
def test_every_programme_has_its_slides_with_sources_in_the_notes(papers: list[PaperContent], slug: str) -> None:
    paper = paper_of(papers, slug)
    deck = Presentation(io.BytesIO(powerpoint.slides(paper)))
    texts = [[s.text_frame.text for s in p.shapes if s.has_text_frame] for p in deck.slides]
    assert all(paper.snapshot_id in text[1] and paper.known_on in text[1] for text in texts)
    findings = [row.finding for row in (*paper.worst, *paper.trends)]
    assert [text[0] for text in texts if text[0] in findings] == findings
    notes = "\n".join(page.notes_slide.notes_text_frame.text for page in deck.slides)
    assert all(row.source in notes for row in (*paper.worst, *paper.trends))


def test_no_promise_is_left_out_of_a_long_list(papers: list[PaperContent]) -> None:
    paper = paper_of(papers, "thanh-hoa")
    empty = [row for row in paper.rows if row.gap.latest is None]
    many = replace(paper, rows=tuple(replace(row, name=f"{row.name} {n}") for n in range(4) for row in empty))
    deck = Presentation(io.BytesIO(powerpoint.slides(many)))
    text = "\n".join(s.text_frame.text for p in deck.slides for s in p.shapes if s.has_text_frame)
    assert all(f"• {row.name} (" in text for row in many.rows)


def test_charts_in_powerpoint_are_native_and_can_be_edited(papers: list[PaperContent]) -> None:
    deck = Presentation(io.BytesIO(powerpoint.slides(paper_of(papers, "ninh-thuan"))))
    charts = [shape.chart for page in deck.slides for shape in page.shapes if shape.has_chart]
    assert len(charts) >= 3 and not any(s.shape_type == 13 for p in deck.slides for s in p.shapes)
    assert all(chart.part.chart_workbook.xlsx_part is not None for chart in charts)


def test_word_counts_states_in_words_and_leaves_names_of_offices_as_they_are(papers: list[PaperContent]) -> None:
    told = "Giao Sở Tài chính. Đã có 1 báo cáo hoàn thành (110/BC-UBND, 10/02/2026)"
    paper = paper_of(papers, "thanh-hoa")
    first, second, *rest = paper.tasks
    tasks = (replace(first, state=TaskState.IN_PART, told=told), second, *rest)
    document = Document(io.BytesIO(word.report(replace(paper, tasks=tasks))))
    (counted,) = [p.text for p in document.paragraphs if p.text.startswith("Nhiệm vụ cần báo cáo")]
    silent = len(paper.tasks) - 1
    assert counted == f"Nhiệm vụ cần báo cáo: 1 mới báo cáo một phần, {silent} chưa có báo cáo (Phụ lục II)."
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert f"Mới báo cáo một phần. {told}" in cells


def charts_of(content: bytes, opened: Callable[[io.BytesIO], Any]) -> list[ElementTree.Element]:
    parts = opened(io.BytesIO(content)).part.package.iter_parts()
    return [
        ElementTree.fromstring(part.blob)  # noqa: S314  (our own chart)
        for part in parts
        if str(part.partname).rsplit("/", 2)[1] == "charts"
    ]


def test_charts_in_word_are_native_and_bring_the_workbook_that_they_are_edited_in(papers: list[PaperContent]) -> None:
    content = word.report(paper_of(papers, "ninh-thuan"))
    assert 1 < len(charts_of(content, Document)) <= word.PICTURES
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = parts.namelist()
        books = [name for name in names if name.startswith("word/embeddings/")]
        assert len(books) == len([name for name in names if name.startswith("word/charts/chart")])
        assert [name for name in names if name.endswith(".png")] == []
        for name in books:
            assert load_workbook(io.BytesIO(parts.read(name))).worksheets[0]["A2"].value is not None


@pytest.mark.parametrize("make", [word.report, powerpoint.slides])
def test_value_and_promise_are_told_apart_in_greyscale(
    papers: list[PaperContent], make: Callable[[PaperContent], bytes]
) -> None:
    """A bar that is full, or hatched where it is an estimate, and a promise that is hollow: not by hue alone."""
    charts = charts_of(make(paper_of(papers, "thanh-hoa")), Document if make is word.report else Presentation)
    bars = [chart.findall(".//{*}dPt") for chart in charts if chart.find(".//{*}barChart") is not None]
    fills = [[len(point.findall("{*}spPr/{*}noFill")) for point in points] for points in bars if points]
    assert fills and all(hollow[-1] and not any(hollow[:-1]) for hollow in fills)


def test_a_promise_without_a_value_has_no_chart(papers: list[PaperContent]) -> None:
    rows = [row for paper in papers for row in paper.rows]
    assert all((row.chart is None) == (row.gap.latest is None) for row in rows if not row.gap.series.points)


def test_a_reached_promise_has_no_path_down_to_it_on_paper(papers: list[PaperContent]) -> None:
    row = next(row for row in paper_of(papers, "thanh-hoa").rows if row.indicator.code == "htx_count")
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    chart = replace(row, gap=replace(row.gap, series=replace(row.gap.series, points=row.gap.series.points * 2)))
    drawn = row_chart(slide, chart, ChartPlace(0, 0, 5_000_000, 3_000_000, 14))
    assert drawn is not None and [series.name for series in drawn.plots[0].series] == ["Thực tế", "Cam kết 2030"]


def drawn_history(points: tuple[ChartPoint, ...], until: int, width: int, letters: int) -> OfficeChart:
    promise = ChartPoint(date(until, 12, 31), 90.0, "≥ 90")
    lines = (
        ChartLine("Thực tế", points, ChartColour.ACTUAL, LineStyle.SOLID, MarkSymbol.CIRCLE),
        ChartLine("Cam kết", (promise,), ChartColour.PROMISE, symbol=MarkSymbol.DIAMOND),
    )
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    return history_chart(slide, Chart("", "%", lines), ChartPlace(0, 0, width, Mm(65), letters))


SHARES = tuple(
    ChartPoint(date(year, 12, 31), 60.1 + year - 2021, f"{60 + year - 2021},1" if year in (2021, 2025) else "")
    for year in range(2021, 2026)
)


def test_office_charts_write_the_figures_of_the_picture_with_a_comma_in_every_office() -> None:
    """A figure at every point of five years ran into the next one, and an English office wrote 60.1 for 60,1."""
    drawn = drawn_history(SHARES, 2045, Mm(180), 16)
    assert [text.text for text in drawn.element.findall(".//{*}dLbl//{*}t")] == ["60,1", "64,1", "≥ 90"]
    assert {point.get("val") for point in drawn.element.findall(".//{*}dLbl/{*}idx")} == {"0", "4"}


@pytest.mark.parametrize(("width", "letters"), [(Mm(155), 9), (Mm(180), 16), (Mm(120), 18)])
@pytest.mark.parametrize("until", [2030, 2045])
def test_no_two_years_of_an_office_chart_run_together(width: int, letters: int, until: int) -> None:
    axis = drawn_history(SHARES, until, width, letters).category_axis
    marks = (until - axis.minimum_scale) / axis.major_unit
    assert marks == int(marks), "the year of the promise is marked"
    assert axis.minimum_scale < 2021 and until < axis.maximum_scale < until + axis.major_unit
    across = axis.major_unit / (axis.maximum_scale - axis.minimum_scale) * Emu(width).pt * 0.85
    assert across > len("hết 2030") * letters * 0.45


def test_figures_side_by_side_stand_above_and_below() -> None:
    points = (ChartPoint(date(2024, 12, 31), 248_586, "248.586"), ChartPoint(date(2025, 12, 31), 241_086, "241.086"))
    drawn = drawn_history(points, 2030, Mm(170), 16)
    assert [place.get("val") for place in drawn.element.findall(".//{*}dLbl/{*}dLblPos")] == ["b", "t", "t"]


def test_no_office_chart_of_whole_things_marks_halves() -> None:
    points = tuple(ChartPoint(date(2020 + n, 12, 31), n, str(n)) for n in (1, 2))
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    line = ChartLine("Thực tế", points, ChartColour.ACTUAL, LineStyle.SOLID, MarkSymbol.CIRCLE)
    drawn = history_chart(slide, Chart("", "LHHTX", (line,)), ChartPlace(0, 0, Mm(170), Mm(65), 16))
    assert drawn.value_axis.major_unit == 1


def test_an_estimate_is_hollow_on_paper(papers: list[PaperContent]) -> None:
    charts = charts_of(word.report(paper_of(papers, "ninh-thuan")), Document)
    points = [
        point
        for chart in charts
        if chart.find(".//{*}scatterChart") is not None
        for point in chart.findall(".//{*}dPt")
    ]
    assert points and all(point.find(".//{*}solidFill/{*}srgbClr").get("val") == "FFFFFF" for point in points)


def test_a_printed_table_repeats_its_heading_and_never_cuts_a_row(
    chromium: str, pdf_text: Callable[[bytes], str]
) -> None:
    long = "chữ dài để ô xuống dòng " * 12
    rows = [[f"mở{n:03d}", f"{long} kết{n:03d}"] for n in range(90)]
    table = data_table(("Đầu-một", "Đầu-hai"), rows, caption="Bảng dài")
    pages = pdf_text(pdf.print_pdf(pdf.standalone_html(table, "Bảng", "mã 0123456789ab"))).strip("\f").split("\f")
    assert len(pages) > 3
    for page in pages:
        assert "Đầu-hai" in page and "mã 0123456789ab" in page
        opened = {part[:3] for part in page.split("mở")[1:]}
        assert opened == {part[:3] for part in page.split("kết")[1:]} and opened


def test_without_a_browser_the_pdf_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pdf.NoPrinterError, match="chromium"):
        pdf.print_pdf("<p>x</p>")
