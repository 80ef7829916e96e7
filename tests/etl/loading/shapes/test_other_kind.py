"""A file of another kind than was chosen is known by its headings and said in one sentence."""

from __future__ import annotations

from itertools import permutations

import pytest

from etl.loading.preview import preview_lines
from etl.writing.requests import KINDS
from tests.etl.loading.desk import CODES, Desk

FILES = {
    "register": [["TT", "Tên HTX", "Mã số HTX", "Số thành viên", "Xếp loại"], [1, "HTX Một", CODES[0], 9, "Tốt"]],
    "report_form": [["TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2023"], [1, "Tổng số hợp tác xã", "HTX", 200]],
    "figures": [
        ["Địa bàn", "Chỉ tiêu", "Giá trị", "Đơn vị", "Đến ngày", "Nơi công bố"],
        ["Gia Lai", "Tổng số HTX", 200, "HTX", "31/12/2023", "Sở Mẫu"],
    ],
    "communes": [["Mã", "Tên", "Tỉnh / Thành Phố", "Mã TP"], ["23563", "Phường Mẫu", "Tỉnh Gia Lai", "52"]],
    "tasks": [["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"], [1, "Xây dựng kế hoạch", "Sở Mẫu", "2025"]],
}
CHOSEN = {*FILES, "ratings", "year_report"}
PAIRS = [
    (kind, chosen)
    for kind, chosen in permutations(sorted(CHOSEN), 2)
    if kind in FILES and KINDS[kind].headings != KINDS[chosen].headings
    if chosen != "figures" or kind == "register"  # other tables may be read as those of yearbooks
]


@pytest.mark.parametrize(("kind", "chosen"), PAIRS)
def test_a_file_of_another_kind_says_which(desk: Desk, kind: str, chosen: str) -> None:
    outcome = desk.load(desk.book(FILES[kind], sheet="Trang"), chosen, leave_out=True)
    (told,) = outcome.findings
    assert told.rule == "file.other_kind" and f'giống loại "{KINDS[kind].name}"' in told.what
    assert f"--as {kind}" in told.remedy and outcome.run_id is None and not outcome.questions
    assert len(list(preview_lines(outcome))) == 1


def test_a_file_of_the_chosen_kind_is_not_called_another(desk: Desk) -> None:
    for kind in ("register", "report_form", "figures"):
        outcome = desk.load(desk.book(FILES[kind], sheet="Trang"), kind, commit=False)
        assert "file.other_kind" not in {finding.rule for finding in outcome.findings}


def test_a_list_that_only_lacks_a_heading_is_asked_and_not_called_another_kind(desk: Desk) -> None:
    rows = [["TT", "Danh mục", "Mã số HTX", "Ghi chú"], [1, "Mẫu Một", CODES[0], "x"], [2, "Mẫu Hai", CODES[1], "y"]]
    outcome = desk.load(desk.book(rows, sheet="Trang"), commit=False)
    assert outcome.questions and "file.other_kind" not in {finding.rule for finding in outcome.findings}
