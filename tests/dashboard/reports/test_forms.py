"""The form of the papers: Decree 30/2020/NĐ-CP, editable charts, headers on every page, rows that are never cut."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from openpyxl import load_workbook
from pptx import Presentation

from dashboard.reports import pdf, powerpoint, word
from dashboard.reports.office_charts import ChartPlace, row_chart
from dashboard.reports.office_form import FONT
from dashboard.reports.values import PaperContent
from dashboard.ui.table import data_table


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
