"""What is wrong in a workbook of a programme is told by sheet and cell, in Vietnamese; nothing of it is loaded."""

from __future__ import annotations

import re
from typing import Any

import pytest

from etl.commands.cli import main
from etl.programmes import sheets
from etl.tables.findings import Finding
from tests.etl.loading.desk import Desk
from tests.etl.programmes.books import exported, filled, load, set_cells
from tests.etl.programmes.test_load_programme import SLUG, TARGET, TASKS, new_book

CODE = re.compile(r"\b[a-z]+_[a-z_]+\b|\.csv\b|\.yaml\b|\bnull\b|\b(?:low|high|comparator|leads|horizon)\b")


def problems(desk: Desk, document: dict[str, Any] | None = None, **tables: Any) -> list[Finding]:
    """What is told of an invented workbook with these lines instead; none of it may be loaded."""
    path = filled(new_book(desk, **tables), document or {})
    outcome = load(desk, path)
    assert outcome.run_id is None and outcome.stops_file
    return outcome.findings


def one(desk: Desk, document: dict[str, Any] | None = None, **tables: Any) -> Finding:
    """The only problem, in words that a person can act on."""
    (found,) = problems(desk, document, **tables)
    assert not CODE.search(f"{found.what} {found.remedy}"), str(found)
    return found


@pytest.mark.parametrize(
    ("written", "both"),
    [("50.000", ("50000", "50")), ("1,280", ("1.28", "1280")), ("450.000", ("450000", "450"))],
)
def test_a_figure_of_two_readings_is_refused_with_both(desk: Desk, written: str, both: tuple[str, str]) -> None:
    found = one(desk, targets=[TARGET | {"Từ": written}])
    assert (found.sheet, found.cell) == (sheets.TARGETS, "G2")
    assert all(value in found.what for value in both) and written in found.what


@pytest.mark.parametrize("written", ["34,5", "34.5"])
def test_a_figure_of_one_reading_is_taken(desk: Desk, written: str) -> None:
    share = {"Chỉ tiêu": "Tỷ lệ hợp tác xã xếp loại tốt, khá", "Lời văn bản": "ít nhất 34,5%", "Từ": written}
    share["Cách tính"] = "Nguồn không nêu mẫu số"
    outcome = load(desk, new_book(desk, targets=[TARGET | share]))
    assert outcome.run_id, [str(item) for item in outcome.findings]


def test_a_number_cell_that_lost_its_thousands_is_seen_beside_the_wording(desk: Desk) -> None:
    found = one(desk, targets=[TARGET | {"Lời văn bản": "ít nhất 50.000 HTX", "Từ": 50}])
    assert (found.sheet, found.cell) == (sheets.TARGETS, "G2") and "không có con số 50" in found.what


def test_a_decision_before_the_merger_is_not_given_to_the_later_place(desk: Desk) -> None:
    found = one(desk, {"Địa bàn": "Gia Lai"})
    assert (found.sheet, found.cell) == (sheets.DOCUMENT, "B3")
    assert "Gia Lai (đến 30/6/2025)" in found.remedy


def test_a_place_that_nobody_knows_is_told(desk: Desk) -> None:
    found = problems(desk, {"Địa bàn": "Tỉnh Không Có"})
    assert any(item.cell == "B3" and 'không có địa bàn "Tỉnh Không Có"' in item.what for item in found)


def test_a_missing_cell_is_told_at_its_cell(desk: Desk) -> None:
    found = one(desk, targets=[{name: value for name, value in TARGET.items() if name != "Điều khoản"}])
    assert (found.cell, found.what) == ("J2", 'thiếu ô "Điều khoản"')


def test_an_unknown_indicator_is_told_with_the_sheet_for_new_ones(desk: Desk) -> None:
    found = one(desk, targets=[TARGET | {"Chỉ tiêu": "Số máy cày"}])
    assert found.cell == "B2" and sheets.INDICATORS in found.remedy


def test_an_unknown_office_is_told_with_the_sheet_for_spellings(desk: Desk) -> None:
    found = one(desk, tasks=[TASKS[0], TASKS[1] | {"Chủ trì như in": "Sở Tài chính, Phòng Lạ"}])
    assert (found.sheet, found.cell) == (sheets.TASKS, "G3")
    assert "Phòng Lạ" in found.what and sheets.AGENCIES in found.remedy


def test_a_deadline_that_contradicts_its_words_is_told_in_words(desk: Desk) -> None:
    found = one(desk, tasks=[TASKS[0], TASKS[1] | {"Loại thời hạn": "thường xuyên"}])
    assert found.cell == "L3" and '"trong quý"' in found.what


def test_a_strength_word_against_the_wording_is_told_in_words(desk: Desk) -> None:
    found = one(desk, targets=[TARGET | {"Mức": "trên"}])
    assert found.cell == "E2" and found.what == 'lời cam kết "ít nhất 450 HTX" khác "trên"'


def test_an_unknown_column_is_never_lost_in_silence(desk: Desk) -> None:
    path = set_cells(new_book(desk), {(sheets.TARGETS, "N1"): "Cột thêm", (sheets.TARGETS, "N2"): "có gì đó"})
    (found,) = load(desk, path).findings
    assert (found.sheet, found.cell) == (sheets.TARGETS, "N1") and "sẽ bị mất" in found.what


def test_a_missing_sheet_stops_the_file(desk: Desk) -> None:
    import openpyxl

    path = new_book(desk)
    book = openpyxl.load_workbook(path)
    del book[sheets.TASKS]
    book.save(path)
    (found,) = load(desk, path).findings
    assert found.rule == "programme.sheet" and sheets.TASKS in found.what


def test_a_blank_code_never_stands_for_another_document(desk: Desk) -> None:
    assert load(desk, new_book(desk)).run_id
    found = one(desk, {"Tên chương trình": "Một kế hoạch khác"})
    assert found.cell == "B2" and SLUG in found.what


def test_an_empty_workbook_says_so_and_changes_nothing(desk: Desk) -> None:
    outcome = load(desk, exported(desk))
    assert outcome.run_id is None and outcome.is_blank_template and not outcome.stops_file


def test_the_commands_write_and_take_the_workbook(desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setenv("DATABASE_URL", str(desk.engine.url))
    out = desk.folder / "out.xlsx"
    assert main(["export", "programme", "gia-lai-2020", "--out", str(out)]) == 0
    assert main(["load", str(out), "--as", "programme", "--dry-run"]) == 0
    assert "Không có gì thay đổi" in capsys.readouterr().out
    assert (
        main(["export", "programme", "--out", str(out)]) == 0
        and main(["template", "programme", "--out", str(out)]) == 0
    )
    assert main(["export", "programme", "khong-co", "--out", str(out)]) == 1
    assert "thanh-hoa-922-2023" in capsys.readouterr().err
    assert main(["export", "programme", "gia-lai-2020"]) == 1


def test_a_workbook_of_another_kind_is_told(desk: Desk) -> None:
    (found,) = load(desk, desk.register(["HTX Một", "0100109106", None, None, 9])).findings[:1]
    assert found.rule == "programme.sheet"
