"""All 134 accented Vietnamese letters come out right in all four formats."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from pptx import Presentation

from dashboard.db.snapshot_values import Snapshot
from dashboard.reports import excel, pdf, powerpoint, word
from dashboard.reports.values import PaperContent
from dashboard.ui import html
from models.targets.reading import thresholds_of

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
LOWER = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES]
LOWER = [letter for letter in LOWER if not letter.isascii()] + ["đ"]
LETTERS = LOWER + [letter.upper() for letter in LOWER]
TEXT = " ".join(LETTERS)
Convert = Callable[[bytes, str, str], Path]


@pytest.fixture(scope="session")
def paper(papers: list[PaperContent]) -> PaperContent:
    """A paper whose first promise with a value is named by all letters."""
    (found,) = [item for item in papers if item.place.slug == "thanh-hoa"]
    rows = tuple(replace(row, name=TEXT, finding=TEXT) if row.gap.latest else row for row in found.rows)
    return replace(found, rows=rows)


def assert_all_letters(text: str) -> None:
    found = "".join(text.split())
    assert "".join(LETTERS) in found, sorted(set(LETTERS) - set(found))


def test_there_are_134_letters_each_of_one_character() -> None:
    assert len(LETTERS) == len(set(LETTERS)) == 134 and all(len(letter) == 1 for letter in LETTERS)


def test_word_holds_every_letter(paper: PaperContent) -> None:
    document = Document(io.BytesIO(word.report(paper)))
    assert_all_letters("\n".join(paragraph.text for paragraph in document.paragraphs))
    assert_all_letters("\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells))


def test_word_prints_every_letter(paper: PaperContent, convert: Convert, pdf_text: Callable[[bytes], str]) -> None:
    assert_all_letters(pdf_text(convert(word.report(paper), "docx", "pdf").read_bytes()))


def test_powerpoint_holds_and_prints_every_letter(
    paper: PaperContent, convert: Convert, pdf_text: Callable[[bytes], str]
) -> None:
    content = powerpoint.slides(paper)
    deck = Presentation(io.BytesIO(content))
    assert_all_letters("\n".join(s.text_frame.text for p in deck.slides for s in p.shapes if s.has_text_frame))
    printed = pdf_text(convert(content, "pptx", "pdf").read_bytes())
    assert [letter for letter in LETTERS if letter not in printed] == []  # text and chart stand side by side


def test_excel_holds_every_letter(
    paper: PaperContent, snapshot: Snapshot, recalculated: Callable[[bytes], list[list[str]]]
) -> None:
    content = excel.workbook([paper], thresholds_of(snapshot.thresholds), date(2026, 11, 21))
    assert_all_letters("".join(cell for line in recalculated(content) for cell in line))


def test_pdf_prints_every_letter_in_text_and_foot(chromium: str, pdf_text: Callable[[bytes], str]) -> None:
    page = html.Div([html.P(TEXT[start : start + 60]) for start in range(0, len(TEXT), 60)])
    text = pdf_text(pdf.print_pdf(pdf.standalone_html(page, "Chữ", TEXT[:60])))
    assert_all_letters(text)
    assert "".join(TEXT[:60].split()) in "".join(text.rsplit("Ỵ", 1)[-1].split())
