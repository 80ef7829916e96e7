"""No number stands in any paper that is not the API's: every token of every format is accounted for."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from dashboard.db.snapshot_values import Snapshot
from dashboard.reports import excel, powerpoint, word
from dashboard.reports.values import PaperContent
from dashboard.ui import words
from dashboard.ui.picture import ON_PAGE
from dashboard.ui.plot import plot_of
from models.rows import export_rows
from models.targets.reading import thresholds_of
from tests.dashboard.reports.said_numbers import Known, api_tables, values_of

SLUGS = ("thanh-hoa", "viet-nam", "gia-lai-truoc-2025-07")


@pytest.fixture(scope="session")
def known(loaded: Engine, snapshot: Snapshot) -> Callable[[str], Known]:
    """What the API says about a place, with the settings of the method that /phuong-phap prints."""

    def of(slug: str) -> Known:
        with Session(loaded) as session:
            tables = api_tables(lambda name: export_rows(name, session, snapshot.moment, is_day_asked=True))
        programmes = [p for p in snapshot.programmes.values() if p.place == slug]
        documents = [doc for p in programmes for doc in (*p.implements, *p.replaces)]
        method = [row.get("value") for row in snapshot.thresholds.content.values() if isinstance(row, dict)]
        agencies = [view.name for view in snapshot.agencies.values()]
        dictionary = [i.name for i in snapshot.indicators.values()] + [
            i.short_name for i in snapshot.indicators.values()
        ]
        rules = snapshot.thresholds.content["steps"]
        told = [
            *method, *agencies, *dictionary, *values_of(documents), *values_of(rules), snapshot.moment.as_of,
            *(p.title for p in programmes), *(p.issued_text for p in programmes), snapshot.thresholds.version,
        ]  # fmt: skip
        found = Known(tables, slug, told)
        found.texts += [text for text in ("20-NQ/TW",) if text not in found.texts]
        return found

    return of


@pytest.fixture(scope="session", params=SLUGS)
def paper(request: pytest.FixtureRequest, papers: list[PaperContent]) -> PaperContent:
    (found,) = [item for item in papers if item.place.slug == request.param]
    return found


def without_stamp(lines: Iterator[str], paper: PaperContent) -> list[str]:
    return [line.replace(paper.snapshot_id, " ") for line in lines if line.strip()]


def word_lines(content: bytes) -> Iterator[str]:
    document = Document(io.BytesIO(content))
    yield from (paragraph.text for paragraph in document.paragraphs)
    yield from (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    for section in document.sections:
        yield from (paragraph.text for paragraph in (*section.header.paragraphs, *section.footer.paragraphs))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        yield from re.findall(r'descr="([^"]*)"', parts.read("word/document.xml").decode())


def said_by_charts(content: bytes) -> tuple[list[str], list[float]]:
    """Every text and every number that the native charts of a paper hold."""
    lines: list[str] = []
    drawn: list[float] = []
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if re.fullmatch(r"\w+/charts/chart\d+\.xml", name):
                source = parts.read(name).decode()
                for block in re.findall(r"<c:(?:strCache|strLit)>.*?</c:(?:strCache|strLit)>", source, re.DOTALL):
                    lines += re.findall(r"<c:v>([^<]*)</c:v>", block)
                lines += re.findall(r"<a:t>([^<]*)</a:t>", source)
                for block in re.findall(r"<c:(?:numCache|numLit)>.*?</c:(?:numCache|numLit)>", source, re.DOTALL):
                    drawn += [float(text) for text in re.findall(r"<c:v>([^<]*)</c:v>", block)]
    return lines, drawn


def test_every_number_of_the_word_report_is_the_apis(paper: PaperContent, known: Callable[[str], Known]) -> None:
    content, of_place = word.report(paper), known(paper.place.slug)
    said, drawn = said_by_charts(content)
    lines = without_stamp(chain(word_lines(content), said), paper)
    assert len(lines) > 50 and of_place.leftover(lines) == []
    assert [value for value in drawn if not of_place.holds(value)] == []


def test_every_number_of_the_slides_their_notes_and_charts_is_the_apis(
    paper: PaperContent, known: Callable[[str], Known]
) -> None:
    content, of_place = powerpoint.slides(paper), known(paper.place.slug)
    lines, drawn = said_by_charts(content)
    for slide in Presentation(io.BytesIO(content)).slides:
        lines += [p.text for shape in slide.shapes if shape.has_text_frame for p in shape.text_frame.paragraphs]
        lines.append(slide.notes_slide.notes_text_frame.text)
    assert of_place.leftover(without_stamp(iter(lines), paper)) == []
    assert drawn and [value for value in drawn if not of_place.holds(value)] == []


def test_every_cell_of_the_recalculated_workbook_is_the_apis(
    paper: PaperContent, known: Callable[[str], Known], snapshot: Snapshot, convert: Callable[[bytes, str, str], Path]
) -> None:
    of_place = known(paper.place.slug)
    book = excel.workbook([paper], thresholds_of(snapshot.thresholds), snapshot.moment.as_of)
    numbers: list[Any] = []
    lines: list[str] = []
    for sheet in load_workbook(convert(book, "xlsx", "xlsx"), data_only=True).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
                numbers.append(cell.value)
            elif isinstance(cell.value, str):
                lines.append(cell.value)
    allowed = {365.25, *(float(year) for year in paper.horizons), *asdict(thresholds_of(snapshot.thresholds)).values()}
    assert [value for value in numbers if value not in allowed and not of_place.holds(float(value))] == []
    assert of_place.leftover(without_stamp(iter(lines), paper)) == []


def _around(lines: list[str], index: int) -> list[str]:
    return [" ".join(lines[max(0, index - 4) : index + 5])]


def test_every_number_of_the_pdf_is_the_apis(
    commanded: Path, known: Callable[[str], Known], papers: list[PaperContent], pdf_text: Callable[[bytes], str]
) -> None:
    (file,) = commanded.glob("*.pdf")
    (paper,) = [item for item in papers if item.place.slug == "ninh-thuan"]
    lines = without_stamp(iter(pdf_text(file.read_bytes()).splitlines()), paper)
    of_place = known("ninh-thuan")
    charts = [row.chart for row in paper.rows if row.chart]
    axes = {words.number(step) for chart in charts for step in plot_of(chart, ON_PAGE).steps}
    axes |= {str(year) for chart in charts for year in chart.years}  # marks of an axis are no figures
    found = [
        (number, line)
        for index, line in enumerate(lines)
        for number, _ in of_place.leftover([line])  # a sentence may run over some lines of a narrow column
        if (number, *_around(lines, index)) in {(n, w) for n, w in of_place.leftover(_around(lines, index))}
        and line.strip() not in axes
    ]
    assert found == [], "\n".join(map(str, found))


def test_a_number_that_the_api_does_not_give_is_left_over(paper: PaperContent, known: Callable[[str], Known]) -> None:
    of_place = known(paper.place.slug)
    assert of_place.leftover(["còn thiếu 82.842 người, ngày 30/02/2019".replace("30/02", "28/02")]) != []
    assert not of_place.holds(123456.789)
