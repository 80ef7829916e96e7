"""The form of the papers: Decree 30/2020/NĐ-CP, editable charts, headers on every page, rows that are never cut."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from PIL import Image
from pptx import Presentation

from dashboard.reports import pdf, powerpoint, word
from dashboard.reports.charts import bar_picture, row_picture
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


def test_value_and_promise_are_told_apart_in_greyscale(papers: list[PaperContent]) -> None:
    """The bar, the track and the promise differ by lightness, not by hue alone."""
    row = next(row for row in paper_of(papers, "thanh-hoa").rows if row.gap.value is not None)
    content = bar_picture(row)
    assert content is not None
    grey = Image.open(io.BytesIO(content)).convert("L")
    middle = [grey.getpixel((x, int(grey.height * 0.8))) for x in range(0, grey.width, 5)]
    shades = sorted({shade // 24 for shade in middle if isinstance(shade, int)})
    assert len(shades) >= 4 and shades[-1] - shades[0] >= 6


def test_a_promise_without_a_value_has_no_picture(papers: list[PaperContent]) -> None:
    rows = [row for paper in papers for row in paper.rows]
    assert all((row_picture(row) is None) == (row.gap.latest is None) for row in rows if not row.gap.series.points)


def test_a_printed_table_repeats_its_heading_and_never_cuts_a_row(
    chromium: str, pdf_text: Callable[[bytes], str]
) -> None:
    long = "chữ dài để ô xuống dòng " * 12
    rows = [[f"mở{n:03d}", f"{long} kết{n:03d}"] for n in range(90)]
    table = data_table(("Đầu-một", "Đầu-hai"), rows, caption="Bảng dài")
    pages = pdf_text(pdf.print_pdf(pdf.standalone_html(table, "Bảng", {}, "mã 0123456789ab"))).strip("\f").split("\f")
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
