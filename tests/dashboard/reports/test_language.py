"""Word and PowerPoint say that they are Vietnamese: spelling is checked and read aloud as Vietnamese."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from docx import Document
from pptx import Presentation

from dashboard.reports import powerpoint, word
from dashboard.reports.values import PaperContent

PARTS = re.compile(
    r"(word/(document|styles|header\d*|footer\d*)|ppt/((slides|notesSlides|charts|slideMasters|slideLayouts|notesMasters)/)?\w+)\.xml"
)
MARKS = re.compile(rb'<w:lang [^>]*w:val="([^"]*)"|<a:(?:rPr|defRPr|endParaRPr)[^>]* lang="([^"]*)"')


def languages(content: bytes) -> dict[str, set[str]]:
    """The languages that each part names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if PARTS.fullmatch(name)]
        return {name: {(a or b).decode() for a, b in MARKS.findall(archive.read(name))} for name in names}


@pytest.mark.parametrize("number", [0, 1])
def test_word_is_vietnamese_in_its_defaults_and_nowhere_anything_else(papers: list[PaperContent], number: int) -> None:
    content = word.report(papers[number])
    found = languages(content)
    assert found["word/styles.xml"] == {"vi-VN"}
    assert set().union(*found.values()) == {"vi-VN"}
    assert Document(io.BytesIO(content)).core_properties.language == "vi-VN"


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
