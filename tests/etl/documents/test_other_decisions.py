"""Decisions as other provinces write them, invented: press, bullets, a table of targets, a portal, a party's programme.

What is found is exactly what stands in them: nothing missed, nothing false.
"""

from __future__ import annotations

import csv
from pathlib import Path

import docx
import pytest

from etl.documents.annex import read_annex
from etl.documents.decision_draft import read_decision
from etl.documents.document_facts import read_facts_of
from etl.documents.document_text import read_document_text
from etl.documents.promise_places import promise_places
from etl.documents.promises import read_promises
from models.config.settings import ROOT
from tests.etl.documents.test_promise_places import HTX

FOLDER = ROOT / "tests" / "files" / "decisions"
NAMES = ("horizon", "indicator", "comparator", "kind", "low", "high", "nested_in", "wording")


def expected() -> dict[str, list[tuple[str, ...]]]:
    with (FOLDER / "expected.csv").open(encoding="utf-8", newline="") as file:
        found: dict[str, list[tuple[str, ...]]] = {}
        for row in csv.DictReader(file):
            found.setdefault(row["file"], []).append(tuple(row[name] for name in NAMES))
    return found


def shown(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float | int) else str(value)


@pytest.mark.parametrize("name", expected())
def test_every_promise_is_found_as_printed_and_nothing_else(name: str) -> None:
    text = read_document_text(FOLDER / name)
    draft = read_decision(text)
    assert [tuple(shown(getattr(item, name)) for name in NAMES) for item in draft.promises] == expected()[name]
    assert all(text[item.start : item.end] == item.wording for item in draft.promises)


@pytest.mark.parametrize(
    ("name", "number", "issued", "issuer"),
    [
        ("press.txt", "112/KH-UBND", "2024-05-15", None),
        ("bullets.txt", "2045/QĐ-UBND", "2023-11-09", "ỦY BAN NHÂN DÂN TỈNH HẢI TRÀ"),
        ("party.txt", "25-CTr/TU", "2023-01-30", "TỈNH ỦY CAO PHƯỚC"),
        ("portal.html", "33/2024/NQ-HĐND", "2024-12-10", "HỘI ĐỒNG NHÂN DÂN TỈNH ĐÔNG LÂM"),
    ],
)
def test_what_a_document_says_of_itself(name: str, number: str, issued: str, issuer: str | None) -> None:
    facts = read_facts_of(read_document_text(FOLDER / name))
    assert (facts.number, str(facts.issued_on), facts.issuer_text) == (number, issued, issuer)
    assert not facts.title or "Trang chủ" not in facts.title


def test_an_annex_with_partners_first_merged_cells_and_lettered_sections() -> None:
    rows = read_annex(read_document_text(FOLDER / "portal.html"))
    assert [(row.section, row.section_title, row.number, row.leads_text, row.deadline_text) for row in rows] == [
        ("A", "Hoàn thiện chính sách", "1", "Sở Kế hoạch và Đầu tư", "Quý II/2025"),
        ("A", "Hoàn thiện chính sách", "2", "Sở Tài nguyên và Môi trường", "Hằng năm"),
        ("A", "Hoàn thiện chính sách", "3", "Sở Tài nguyên và Môi trường", "Tháng 9/2025"),
        ("B", "Tuyên truyền", "4", "Sở Thông tin và Truyền thông", "Thường xuyên"),
    ]
    assert rows[0].coordinators_text == "Sở Tài chính; UBND các huyện" and rows[2].product == "Báo cáo"


def test_an_annex_without_numbers_is_numbered_in_its_order() -> None:
    rows = read_annex(read_document_text(FOLDER / "mixed.txt"))
    assert [(row.number, row.title, row.leads_text) for row in rows] == [
        ("1", "Rà soát quy hoạch", "Sở Xây dựng"),
        ("2", "Tập huấn", "Liên minh HTX"),
    ]


HEADING = (
    ("STT", "Nhiệm vụ", "Đơn vị thực hiện", "Đơn vị thực hiện", "Thời gian"),
    ("STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"),
    ("I", "Đất đai", "", "", ""),
    ("1", "Giao đất", "Sở Xây dựng", "UBND cấp xã", "Hằng năm"),
    ("2", "Cấp giấy", "Sở Xây dựng", "Sở Tư pháp", "Hằng quý"),
)


def test_a_heading_over_two_rows_with_merged_cells_in_word(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=len(HEADING), cols=len(HEADING[0]))
    for row, cells in zip(table.rows, HEADING, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    for first, last in (((0, 2), (0, 3)), ((0, 0), (1, 0)), ((0, 1), (1, 1)), ((3, 2), (4, 2)), ((2, 1), (2, 4))):
        kept = table.cell(*first).text
        table.cell(*first).merge(table.cell(*last)).text = kept
    document.add_paragraph(
        "Kế hoạch phát triển kinh tế tập thể của tỉnh, kèm phân công nhiệm vụ cho từng cơ quan. " * 3
    )
    path = tmp_path / "phu-luc.docx"
    document.save(str(path))
    rows = read_annex(read_document_text(path))
    assert [(row.section, row.number, row.leads_text, row.coordinators_text, row.deadline_text) for row in rows] == [
        ("I", "1", "Sở Xây dựng", "UBND cấp xã", "Hằng năm"),
        ("I", "2", "Sở Xây dựng", "Sở Tư pháp", "Hằng quý"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Đến năm 2030, có 500 HTX và đến năm 2045 có 900 HTX.", [("htx_count", 2030, 500), ("htx_count", 2045, 900)]),
        ("Đến năm 2030, thành lập mới 40 HTX, 01 liên hiệp HTX.", [("htx_new_count", 2030, 40), (None, 2030, 1)]),
        ("Đến năm 2030, có 120 HTX xếp loại tốt.", [(None, 2030, 120)]),
        ("Đến năm 2030, doanh thu của HTX liên kết tăng 30% so với năm 2024.", [(None, 2030, 30)]),
        ("Phấn đấu đến năm 2030 có 500 HTX (hiện nay có 400 HTX).", [("htx_count", 2030, 500)]),
        ("Năm 2030, toàn tỉnh có ≥ 500 HTX.", [("htx_count", 2030, 500)]),
        ("Đến năm 2030, số HTX tăng gấp 1,5 lần so với năm 2023.", [(None, 2030, 1.5)]),
        ("UBND tỉnh giao Liên minh HTX tỉnh chủ trì mở 12 lớp tập huấn trong năm 2030.", []),
        ("Doanh thu bình quân của HTX đến năm 2030 đạt 3,5 tỷ đồng/năm.", [("htx_revenue_avg_mn", 2030, 3500)]),
    ],
)
def test_a_figure_is_never_taken_for_another_measure(text: str, found: list[tuple[str | None, int, float]]) -> None:
    assert [(item.indicator, item.horizon, item.low) for item in read_promises(text, 2023)] == found


def test_a_promise_of_a_table_opens_its_row() -> None:
    text = read_document_text(FOLDER / "table.txt")
    (at,) = promise_places(text, [HTX.__class__(**{**_values(), "low": 320, "high": 320, "comparator": "equal"})])
    assert at and text[at.start : at.end] == "320" and "Số hợp tác xã" in text[slice(*at.sentence)]


def _values() -> dict[str, object]:
    return {name: getattr(HTX, name) for name in HTX.__slots__}
