"""Every number in every paper is the API's, to the digits that the paper shows."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pptx import Presentation

from dashboard.db.snapshot_values import Snapshot
from dashboard.reports import excel, powerpoint, word
from dashboard.reports.formulas import NAMES
from dashboard.reports.values import PaperContent
from models.targets.reading import thresholds_of

Row = dict[str, Any]
NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")
SLUGS = ("thanh-hoa", "ninh-thuan", "dong-nai-truoc-2025-07", "viet-nam")


def numbers(text: str) -> list[tuple[float, int]]:
    """The numbers written 1.234,5 in a text, each with how many decimals it shows; dates are left out."""
    text = re.sub(r"\d{2}/\d{1,2}/\d{4}", " ", text)
    found = [match.rstrip(".") for match in NUMBER.findall(text)]
    return [(float(t.replace(".", "").replace(",", ".")), len(t.partition(",")[2])) for t in found]


def says(text: str, value: float | None) -> bool:
    """Whether the text holds the value, rounded to the decimals it shows; without a value it holds no number."""
    if value is None:
        return not numbers(text)
    return any(abs(abs(value) - shown) <= 0.5000001 * 10**-decimals for shown, decimals in numbers(text))


def only(text: str, value: float | None) -> bool:
    """Whether the value is the one number of the text."""
    return says(text, value) and len(numbers(text)) <= 1


@pytest.fixture(scope="session", params=SLUGS)
def paper(request: pytest.FixtureRequest, papers: list[PaperContent]) -> PaperContent:
    (found,) = [item for item in papers if item.place.slug == request.param]
    return found


@pytest.fixture(scope="session")
def answers(paper: PaperContent, api: list[Row]) -> dict[tuple[str, int], Row]:
    found = {(row["indicator_name"], row["horizon"]): row for row in api if row["programme"] == paper.programme.slug}
    assert len(found) == len(paper.rows) > 0
    return found


def _is_inside(row: Row) -> bool:
    """Inside a promised range nothing is missing and nothing is over: the screen says so without a number."""
    return row["comparator"] == "range" and row["value"] is not None and row["low"] <= row["value"] <= row["high"]


def annex(content: bytes) -> Iterator[tuple[tuple[str, int], list[str]]]:
    """The promise rows of the Word annex by name and horizon."""
    document = Document(io.BytesIO(content))
    horizons = [int(p.text[-4:]) for p in document.paragraphs if re.fullmatch(r"Đến năm \d{4}", p.text)]
    tables = [table for table in document.tables if table.rows[0].cells[-1].text == "Điều khoản"]
    for horizon, table in zip(horizons, tables, strict=True):
        for line in table.rows[1:]:
            cells = [cell.text for cell in line.cells]
            yield (cells[0], horizon), cells


def test_every_row_of_the_word_annex_is_the_apis(paper: PaperContent, answers: dict[tuple[str, int], Row]) -> None:
    seen = set()
    for key, (_, goal, actual, missing, needed, pace, status, clause) in annex(word.report(paper)):
        row = answers[key]
        seen.add(key)
        promised = [row["low"]] + ([row["high"]] if row["comparator"] == "range" else [])
        assert all(says(goal.removesuffix(row["unit"]), value) for value in promised), (key, goal)
        assert says(re.sub(r"\(.*\)", "", actual), row["value"]), (key, actual)
        assert only(missing, row["gap"]) or (_is_inside(row) and not numbers(missing)), (key, missing)
        shown_needed = row["needed_per_year"] if row["status"] not in ("reached", "missed") else None
        assert only(needed, shown_needed or None), (key, needed)
        if row["actual_per_year"] is not None:
            assert only(pace, row["actual_per_year"]), (key, pace)
        assert clause == row["clause"] and status
    assert seen == set(answers)


def test_every_slide_and_native_chart_is_the_apis(paper: PaperContent, answers: dict[tuple[str, int], Row]) -> None:
    deck = Presentation(io.BytesIO(powerpoint.slides(paper)))
    with_value = {key: row for key, row in answers.items() if row["value"] is not None}
    slides = list(deck.slides)[1 : 1 + len(with_value)]
    assert len(slides) == len(paper.worst)
    for slide, made in zip(slides, paper.worst, strict=True):
        row = with_value[made.name, made.horizon]
        text = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        facts = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
        assert says(facts["Thực tế"], row["value"]) and only(facts["So với cam kết"], row["percent"])
        assert row["clause"] in slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            if shape.has_chart:
                drawn = [value for series in shape.chart.plots[0].series for value in series.values]
                assert row["value"] in drawn and row["goal"] in drawn


def test_every_cell_of_the_workbook_is_the_apis(
    paper: PaperContent,
    answers: dict[tuple[str, int], Row],
    snapshot: Snapshot,
    recalculated: Callable[[bytes], list[list[str]]],
) -> None:
    book = excel.workbook([paper], thresholds_of(snapshot.thresholds), snapshot.moment.as_of)
    lines = [dict(zip(NAMES, line, strict=True)) for line in recalculated(book)[excel.FIRST_ROW :]]
    assert len(lines) == len(answers)
    for cells in lines:
        row = answers[cells["indicator"], int(cells["horizon"])]
        for name in ("low", "high", "value", "goal", "gap", "percent", "ratio"):
            theirs = float(cells[name]) if cells[name] else None
            assert theirs == (row[name] if row[name] is None else pytest.approx(row[name], rel=1e-9)), (name, row)


def test_the_pdf_shows_the_apis_numbers_on_stamped_pages(
    commanded: Path, api: list[Row], papers: list[PaperContent], pdf_text: Callable[[bytes], str]
) -> None:
    (file,) = commanded.glob("*.pdf")
    (paper,) = [item for item in papers if item.place.slug == "ninh-thuan"]
    pages = pdf_text(file.read_bytes()).removesuffix("\f").split("\f")
    text = " ".join(" ".join(pages).split())
    rows = [row for row in api if row["programme"] == paper.programme.slug and row["horizon"] == 2030]
    for row in rows:
        assert row["indicator_name"] in text
        for name in ("value", "gap", "percent") if row["value"] is not None else ():
            assert says(text, row[name]) or (name == "gap" and _is_inside(row)), (row["indicator"], name)
    for number, page in enumerate(pages, start=1):
        assert f"Trang {number}/{len(pages)}" in page and "số liệu biết đến 21/11/2026" in page
        assert paper.snapshot_id in page


def test_the_command_makes_the_four_papers_of_a_place(commanded: Path) -> None:
    assert sorted(path.suffix for path in commanded.iterdir()) == [".docx", ".pdf", ".pptx", ".xlsx"]
    assert len({path.stem for path in commanded.iterdir()}) == 1


def test_the_made_papers_say_the_same_when_made_again(commanded: Path, papers: list[PaperContent]) -> None:
    (file,) = commanded.glob("*.docx")
    (paper,) = [item for item in papers if item.place.slug == "ninh-thuan"]
    assert list(annex(file.read_bytes())) == list(annex(word.report(paper)))


def test_two_numbers_that_differ_are_noticed() -> None:
    assert says("còn thiếu 82.841 người", -82841) and not says("còn thiếu 82.842 người", -82841)
    assert says("75,3%", 75.26) and not says("75,2%", 75.26) and says("–", None) and not says("3", None)
