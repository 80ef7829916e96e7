"""Rows and tables that name no organisation, and organisations of another kind than they seem."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.loading.recipe import ImportResult
from etl.questions.question import Unanswered
from models.register.organization import Organization
from tests.etl.loading.desk import CODES, HEAD, Desk

Rules = Callable[[ImportResult], set[str]]
ROWS = [[n, f"HTX số {n}", CODES[n], "Xã A", "Đang hoạt động", 10 + n] for n in range(1, 4)]


def names(desk: Desk) -> list[str]:
    """The names in the register."""
    return sorted(row.name for row in desk.all(Organization))


@pytest.mark.parametrize(
    "row",
    [
        [None, "TC", None, None, None, 36],
        [None, "BQ/HTX", None, None, None, 12],
        ["B", "Địa bàn An Khê", None, None, None, 13],
        [None, "Số HTX đang hoạt động", None, None, None, 2],
        [None, "Tr.đó: nữ", None, None, None, 3],
        [4, "Các đơn vị còn lại", None, "Xã A", None, 30],
        [None, "Tỷ trọng HTX nông nghiệp", None, None, None, 50],
    ],
)
def test_a_row_without_code_day_and_form_never_becomes_an_organisation(desk: Desk, row: list[object]) -> None:
    outcome = desk.load(desk.book([HEAD, *ROWS, row]), leave_out=True)
    assert outcome.run_id and names(desk) == ["HTX số 1", "HTX số 2", "HTX số 3"]


def test_a_name_without_form_is_kept_with_a_code_or_a_founding_day(desk: Desk) -> None:
    head = [*HEAD, "Ngày thành lập"]
    more = [
        [4, "Đồi Thông", CODES[4], "Xã A", "Đang hoạt động", 7],
        [5, "Suối Biếc", None, "Xã A", "Đang hoạt động", 7, "01/02/2015"],
        [6, "H.T.X Mẫu", None, "Xã A", "Đang hoạt động", 7],
        [7, "Tổ HT Mẫu", None, "Xã A", "Đang hoạt động", 7],
    ]
    assert desk.load(desk.book([head, *ROWS, *more])).run_id
    assert len(names(desk)) == 7


@pytest.mark.parametrize(
    "rows",
    [
        [["STT", "Đơn vị", "Tổng số HTX", "Số thành viên"], [1, "Ia Mẫu", 12, 230], [2, "Chư Mẫu", 9, 300]],
        [["DANH SÁCH TỔ HỢP TÁC"], ["STT", "Tên đơn vị", "Xã", "Số thành viên"], [1, "Bơm nước thôn 1", "Xã A", 5]],
        [["STT", "Đơn vị", "Số thành viên"], [1, "Phường Mẫu", 230], [2, "Thị trấn Mẫu", 300], [3, "Mẫu", 2]],
    ],
)
def test_a_table_in_which_nothing_says_organisation_is_no_register(
    desk: Desk, rules: Rules, rows: list[list[object]]
) -> None:
    assert "file.no_organizations" in rules(desk.load(desk.book(rows), leave_out=True)) and names(desk) == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Công ty TNHH Mẫu", None),
        ("Trang trại Mẫu", "HTX"),
        ("Liên hiệp HTX Mẫu", "HTX"),
        ("THT Mẫu", "HTX"),
    ],
)
def test_a_kind_that_contradicts_the_name_stops_its_row(desk: Desk, rules: Rules, name: str, kind: str | None) -> None:
    rows = [[*HEAD, "Loại hình"], [*ROWS[0], "HTX"], [2, name, CODES[5], "Xã A", "Đang hoạt động", 5, kind]]
    assert "kind.doubtful" in rules(desk.load(desk.book(rows), leave_out=True)) and names(desk) == ["HTX số 1"]


@pytest.mark.parametrize(
    ("title", "heading", "kind"),
    [
        ("DANH SÁCH TỔ HỢP TÁC", "Tên THT", "tht"),
        ("Danh sách HTX và THT", "Tên THT", "tht"),
        ("DANH SÁCH HỢP TÁC XÃ", "Tên HTX", "htx"),
        ("DANH SÁCH TỔ HỢP TÁC", "Tên HTX", None),
        ("DANH SÁCH TỔ HỢP TÁC", "Tên đơn vị", None),
    ],
)
def test_a_bare_name_is_of_the_kind_its_heading_says(desk: Desk, title: str, heading: str, kind: str | None) -> None:
    rows = [[title], ["TT", heading, "Mã số", "Xã"], [1, "Bơm nước thôn 1", CODES[0], "Xã A"]]
    desk.load(desk.book(rows))
    assert [row.kind for row in desk.all(Organization)] == ([kind] if kind else [])


@pytest.mark.parametrize("remark", ["Đã giải thể tháng 3/2024", "Ngừng HĐ", "Tạm ngừng từ 2022"])
def test_a_remark_that_says_ended_beside_no_state_stops_its_row(desk: Desk, rules: Rules, remark: str) -> None:
    rows = [
        ["TT", "Tên HTX", "Mã số", "Ghi chú"],
        [1, "HTX Một", CODES[0], "HTX mới"],
        [2, "HTX Hai", CODES[1], remark],
    ]
    assert "state.missing" in rules(desk.load(desk.book(rows), leave_out=True)) and names(desk) == ["HTX Một"]


def test_a_remark_beside_a_stated_state_leaves_the_row_as_it_is(desk: Desk) -> None:
    rows = [[*HEAD, "Ghi chú"], [*ROWS[0][:4], "Ngừng hoạt động", 5, "Đã giải thể tháng 3/2023"]]
    assert desk.load(desk.book(rows)).run_id


@pytest.mark.parametrize("word", ["Tổ HT", "Liên hiệp", "QTD"])
def test_a_kind_that_nobody_knows_yet_is_no_cooperative(desk: Desk, rules: Rules, word: str) -> None:
    rows = [[*HEAD, "Loại hình"], [*ROWS[0], "Hợp tác xã DV"], [2, "Đơn vị Hai", CODES[2], "Xã A", None, 5, word]]
    outcome = desk.load(desk.book(rows), leave_out=True)
    assert names(desk) == ["HTX số 1"] and "kind.unknown" in rules(outcome)
    asked = {question.text: question.unanswered for question in outcome.questions}
    assert asked == {"Hợp tác xã DV": Unanswered.FIELD, word: Unanswered.ROWS}
