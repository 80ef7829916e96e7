"""Tables that count organisations, below or beside a list, are told and passed over; a second list is read."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from etl.questions.question import ImportAnswer, QuestionKind, Unanswered
from models.register.organization import Organization, OrganizationDetail, YearReport
from tests.etl.loading.desk import CODES, Desk

HEAD = ["TT", "Tên HTX", "Mã số HTX", "Số thành viên"]
LIST: list[Sequence[object]] = [HEAD, *([n + 1, f"HTX Số {n}", CODES[n], 10 + n] for n in range(3))]
NAMES = ["HTX Số 0", "HTX Số 1", "HTX Số 2"]


def names(desk: Desk) -> list[str]:
    """The names in the register."""
    return sorted(row.name for row in desk.all(Organization))


@pytest.mark.parametrize(
    "below",
    [
        [["TT", "Huyện", "Số HTX", "Số thành viên"], [1, "Huyện A", 2, 21], [2, "Huyện B", 1, 12]],
        [["Huyện", "Số lượng"], ["Huyện A", 2], ["Huyện B", 1], ["Cộng", 3]],
        [
            ["STT", "Huyện, thị xã", "Số HTX", "Đang hoạt động", "Ngừng"],
            [1, "Huyện A", 2, 2, 0],
            [2, "Huyện B", 1, 1, 0],
        ],
        [[None, "Loại hình", "Số lượng", "Thành viên"], [None, "HTX nông nghiệp", 2, 28], [None, "HTX vận tải", 1, 5]],
        [["TT", "Đơn vị", "Tổng số HTX"], [1, "Huyện A", 2], [2, "Huyện B", 1]],
        [["TT", "Chỉ tiêu", "Đơn vị", "Giá trị"], [1, "Tổng số HTX", "HTX", 3], [2, "Tổng số thành viên", "người", 33]],
    ],
)
def test_a_summary_below_is_passed_over_with_its_cells(desk: Desk, below: list[Sequence[object]]) -> None:
    outcome = desk.load(desk.book([*LIST, [], ["Tổng hợp"], *below]))
    assert outcome.run_id and outcome.left_out == 0 and names(desk) == NAMES
    (told,) = [finding for finding in outcome.findings if finding.rule == "table.passed_over"]
    assert f"7:{'ABCDE'[len(below[0]) - 1]}{6 + len(below)}" in told.what


def test_a_summary_at_the_side_lends_nothing_to_the_list(desk: Desk) -> None:
    rows = [[*HEAD, "Huyện", "Số HTX"], [*LIST[1], "Huyện A", 2], [*LIST[2], "Huyện B", 1], LIST[3]]
    outcome = desk.load(desk.book(rows))
    assert outcome.run_id and {row.district_name for row in desk.all(OrganizationDetail)} == {None}
    (question,) = outcome.questions
    assert (question.text, question.unanswered) == ("Huyện, Số HTX", Unanswered.FIELD) and "E:F" in question.asked


def test_columns_behind_a_gap_wait_for_an_answer_and_what_stands_in_the_gap_is_told(desk: Desk) -> None:
    head = [*HEAD[:3], None, "Số thành viên"]
    clean = [head, *([*row[:3], None, row[3]] for row in LIST[1:])]
    assert desk.load(desk.book(clean)).columns_out == ["Số thành viên"]
    same = ImportAnswer(QuestionKind.SECOND_TABLE, "beside", "Số thành viên", "this_list")
    assert desk.load(desk.book(clean), answers=(same,)).run_id and len(desk.all(YearReport)) == 3
    slipped = desk.load(desk.book([head, [1, "HTX Chín", CODES[9], "lạc", 5]], "b.xlsx"), leave_out=True)
    assert slipped.left_out == 1 or slipped.stops_file


def test_a_second_list_under_another_heading_of_names_is_read(desk: Desk) -> None:
    second = [["TT", "Tên tổ", "Xã, phường", "Số thành viên"], [1, "THT Một", "Xã A", 7], [2, "THT Hai", "Xã B", 8]]
    assert desk.load(desk.book([*LIST, [], *second])).run_id
    assert names(desk) == [*NAMES, "THT Hai", "THT Một"]
    assert {row.commune_name for row in desk.all(OrganizationDetail)} == {None, "Xã A", "Xã B"}


def test_a_union_may_count_its_own_cooperatives(desk: Desk) -> None:
    outcome = desk.load(desk.book([["TT", "Tên LHHTX", "Số HTX thành viên"], [1, "LHHTX A", 5]]), leave_out=True)
    assert outcome.run_id and names(desk) == ["LHHTX A"]


def test_kinds_counted_after_a_total_are_no_organisations(desk: Desk) -> None:
    foot = [["Tổng cộng: 3 HTX"], ["Trong đó:"], [None, "HTX nông nghiệp", None, 2], [None, "HTX vận tải", None, 1]]
    outcome = desk.load(desk.book([*LIST, [], *foot]), leave_out=True)
    assert names(desk) == NAMES and {q.kind for q in outcome.questions} <= {QuestionKind.GROUP_ROW}


def test_a_form_alone_is_no_name(desk: Desk) -> None:
    outcome = desk.load(desk.register(["HTX", CODES[0], None, None, 9], ["HTX Một", CODES[1], None, None, 9]))
    assert [f.cell for f in outcome.findings if f.rule == "name.only_form"] == ["B2"]
