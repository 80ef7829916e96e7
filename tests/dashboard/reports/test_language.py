"""Word and PowerPoint say that they are Vietnamese: spelling is checked and read aloud as Vietnamese."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from docx import Document
from pptx import Presentation

from dashboard.reports import powerpoint, word
from dashboard.reports.office_form import new_document, to_bytes
from dashboard.reports.values import PaperContent

MARKS = re.compile(
    rb'<w:lang [^>]*w:val="([^"]*)"|<w:themeFontLang [^>]*w:val="([^"]*)"'
    rb'|<a:(?:rPr|defRPr|endParaRPr)[^>]* lang="([^"]*)"'
)
OTHERS = re.compile(rb'"(?:en|ja|zh|ar|fr|de)-[A-Z]{2}"')


def languages(content: bytes) -> dict[str, set[str]]:
    """The languages that each part names; none of them may name another anywhere."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name.endswith(".xml")}
    assert [name for name, part in parts.items() if OTHERS.search(part)] == []
    return {name: {next(filter(None, found)).decode() for found in MARKS.findall(part)} for name, part in parts.items()}


@pytest.mark.parametrize("number", [0, 1])
def test_word_is_vietnamese_in_its_defaults_and_nowhere_anything_else(papers: list[PaperContent], number: int) -> None:
    content = word.report(papers[number])
    found = languages(content)
    assert found["word/styles.xml"] == found["word/settings.xml"] == {"vi-VN"}
    assert set().union(*found.values()) == {"vi-VN"}
    assert Document(io.BytesIO(content)).core_properties.language == "vi-VN"


def test_the_form_that_every_word_paper_begins_with_names_no_other_language() -> None:
    content = to_bytes(new_document("Thông báo kết luận"))
    assert set().union(*languages(content).values()) == {"vi-VN"}


@pytest.mark.parametrize("number", [0, 1])
def test_every_run_of_a_deck_its_notes_and_charts_is_vietnamese(papers: list[PaperContent], number: int) -> None:
    content = powerpoint.slides(papers[number])
    assert set().union(*languages(content).values()) == {"vi-VN"}
    deck = Presentation(io.BytesIO(content))
    assert deck.core_properties.language == "vi-VN"
    frames = [shape.text_frame for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    frames += [slide.notes_slide.notes_text_frame for slide in deck.slides]
    runs = [run for frame in frames for paragraph in frame.paragraphs for run in paragraph.runs]
    assert runs and {run._r.rPr.get("lang") for run in runs} == {"vi-VN"}
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert {str(chart.font.language_id) for chart in charts} <= {"VIETNAMESE (1066)"} and charts
