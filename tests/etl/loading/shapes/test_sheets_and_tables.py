"""Which sheets hold the list, and several tables on one sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import xlsxwriter

from etl.loading.recipe import ImportResult
from etl.questions.question import ImportAnswer, QuestionKind
from models.register.organization import Organization, OrganizationDetail, YearReport
from tests.etl.loading.desk import CODES, Desk
from tests.etl.loading.test_cases import case

Rules = Callable[[ImportResult], set[str]]


def sheets(desk: Desk, pages: dict[str, Sequence[Sequence[object]]]) -> Path:
    """A workbook of several sheets."""
    path = desk.folder / "sheets.xlsx"
    book = xlsxwriter.Workbook(path)
    for name, rows in pages.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, list(row))
    book.close()
    return path


def test_a_summary_is_passed_over_and_said(desk: Desk, rules: Rules) -> None:
    outcome = desk.load(case("L21"), "register", "gia-lai", 2024)
    assert outcome.run_id and len(desk.all(Organization)) == 4
    assert [f.sheet for f in outcome.findings if f.rule == "sheet.passed_over"] == ["Tổng hợp"]


def test_a_list_whose_names_nobody_can_tell_is_never_passed_over(desk: Desk) -> None:
    pages = {
        "A": [["TT", "Tên HTX", "Xã"], [1, "HTX Một", "Xã A"]],
        "B": [["TT", "Chủ thể", "Xã"], [1, "HTX Hai", "Xã B"], [2, "HTX Ba", "Xã B"]],
    }
    outcome = desk.load(sheets(desk, pages), leave_out=True)
    assert outcome.stops_file and desk.all(Organization) == []


def test_the_column_of_names_is_told_by_its_values(desk: Desk, rules: Rules) -> None:
    rows = [["TT", "Tên mô hình", "Xã"], [1, "HTX Một", "Xã A"], [2, "Tổ hợp tác Hai", "Xã B"]]
    outcome = desk.load(desk.book(rows))
    assert outcome.run_id and "header.name_by_values" in rules(outcome)
    assert sorted(row.kind for row in desk.all(Organization)) == ["htx", "tht"]


def test_two_tables_side_by_side_are_read_by_their_own_headings(desk: Desk, rules: Rules) -> None:
    rows = [
        ["HỢP TÁC XÃ", None, None, None, None, "TỔ HỢP TÁC"],
        ["TT", "Tên HTX", "Xã", "Số thành viên", None, "TT", "Tên THT", "Tổ trưởng", "Số thành viên"],
        [1, "HTX Một", "Xã A", 12, None, 1, "THT Bốn", "Người Mẫu 1", 6],
        [2, "HTX Hai", "Xã B", 13, None, 2, "THT Năm", "Người Mẫu 2", 7],
        [3, "HTX Ba", "Xã C", 14],
    ]
    outcome = desk.load(desk.book(rows))
    assert outcome.run_id and "table.beside" in rules(outcome)
    told = {row.name: row.commune_name for row in desk.all(OrganizationDetail)}
    assert told == {"HTX Một": "Xã A", "HTX Hai": "Xã B", "HTX Ba": "Xã C", "THT Bốn": None, "THT Năm": None}
    assert sum(row.member_count for row in desk.all(YearReport)) == 52


def test_two_tables_side_by_side_without_ordinals(desk: Desk) -> None:
    rows = [["Tên HTX", "Mã số", None, "Tên THT", "Số thành viên"], ["HTX Một", CODES[0], None, "THT Hai", 6]]
    assert desk.load(desk.book(rows)).run_id
    assert sorted(row.name for row in desk.all(Organization)) == ["HTX Một", "THT Hai"]


def test_columns_behind_an_empty_column_are_asked_before_they_are_taken(desk: Desk) -> None:
    head = ["TT", "Tên HTX", "Mã số thuế", "Số thành viên", None, "Xã", "Số HTX"]
    rows = [head, [1, "HTX Một", CODES[1], 20, None, "Xã A", 9], [2, "HTX Hai", CODES[2], 30, None, "Xã B", 8]]
    book = desk.book([*rows, [None, None, None, None, None, "Cộng", 17]])
    outcome = desk.load(book)
    assert [question.text for question in outcome.questions] == ["Xã, Số HTX"] and outcome.run_id
    assert [row.commune_name for row in desk.all(Organization)] == [None, None]
    same = ImportAnswer(QuestionKind.SECOND_TABLE, "beside", "Xã, Số HTX", "this_list")
    outcome = desk.load(desk.book(rows, "b.xlsx"), answers=(same,))
    assert sorted(str(row.commune_name) for row in desk.all(Organization)) == ["Xã A", "Xã B"]
