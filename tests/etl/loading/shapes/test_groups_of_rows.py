"""Group rows by place and sums: they lend their district, commune or sector to the rows below, and are checked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.loading.recipe import ImportResult
from etl.questions.question import ImportAnswer, QuestionKind
from models.register.organization import Organization, OrganizationDetail
from tests.etl.loading.desk import Desk

Rules = Callable[[ImportResult], set[str]]
HEAD = ["STT", "Tên HTX", "Năm thành lập", "Số thành viên"]


def org(number: int, members: int, name: str = "") -> list[object]:
    """One organisation."""
    return [number, name or f"HTX số {number}", 2010 + number, members]


def told(desk: Desk, field: str) -> dict[str, object]:
    """What the register says of each."""
    return {row.name: getattr(row, field) for row in desk.all(OrganizationDetail)}


def test_groups_lend_their_district_until_the_next(desk: Desk) -> None:
    rows = [HEAD, ["I", "Huyện Một", None, 30], org(1, 10), org(2, 20), ["II", "TX. Hai", None, 5], org(3, 5)]
    assert desk.load(desk.book(rows)).run_id
    assert told(desk, "district_name") == {"HTX số 1": "Huyện Một", "HTX số 2": "Huyện Một", "HTX số 3": "TX. Hai"}


def test_groups_lend_their_sector_and_an_unknown_group_ends_it(desk: Desk) -> None:
    rows = [
        *(HEAD, ["HTX NÔNG NGHIỆP"], org(1, 10), [None, "Lĩnh vực vận tải"], org(2, 20)),
        *([None, "HTX PHI NÔNG NGHIỆP"], org(3, 5)),
    ]
    outcome = desk.load(desk.book(rows), leave_out=True)
    sectors = told(desk, "sector")
    assert outcome.run_id and (sectors["HTX số 1"], sectors["HTX số 2"]) == ("agriculture", "transport")
    assert sectors["HTX số 3"] is None
    assert sorted(sectors) == ["HTX số 1", "HTX số 2", "HTX số 3"]


def test_groups_within_groups_add_up(desk: Desk, rules: Rules) -> None:
    rows = [
        *(HEAD, ["A", "Huyện Một", None, 60], ["I", "Nông nghiệp", None, 30], org(1, 10), org(2, 20)),
        *(["II", "Vận tải", None, 30], org(3, 30), ["B", "Huyện Hai", None, 7], ["I", "Vận tải", None, 7], org(4, 7)),
    ]
    outcome = desk.load(desk.book(rows))
    assert outcome.run_id and "total.mismatch" not in rules(outcome)
    assert told(desk, "district_name") == {f"HTX số {n}": "Huyện Hai" if n == 4 else "Huyện Một" for n in range(1, 5)}
    sectors = told(desk, "sector")
    assert [sectors[f"HTX số {n}"] for n in range(1, 5)] == ["agriculture", "agriculture", "transport", "transport"]


def test_a_group_that_is_not_the_sum_of_its_rows_is_told(desk: Desk) -> None:
    rows = [HEAD, ["I", "Huyện Một", None, 31], org(1, 10), org(2, 20), ["II", "Huyện Hai", None, 5], org(3, 5)]
    outcome = desk.load(desk.book(rows))
    assert outcome.run_id and [f.cell for f in outcome.findings if f.rule == "total.mismatch"] == ["D2"]


@pytest.mark.parametrize(("answer", "count"), [(None, None), ("group", 2), ("organization", 3)])
def test_a_doubtful_row_is_asked_once(desk: Desk, answer: str | None, count: int | None) -> None:
    rows = [HEAD, ["I", "Vùng cao", None, 99], org(1, 10), org(2, 20)]
    answers = (ImportAnswer(QuestionKind.GROUP_ROW, "name", "Vùng cao", answer),) if answer else ()
    outcome = desk.load(desk.book(rows), answers=answers)
    assert [q.text for q in outcome.questions if q.kind is QuestionKind.GROUP_ROW] == ([] if answer else ["Vùng cao"])
    assert (len(desk.all(Organization)) if outcome.run_id else None) == count


def test_a_row_of_a_name_alone_among_numbered_rows_is_no_organisation_unasked(desk: Desk) -> None:
    rows = [HEAD, [None, "HTX dịch vụ khác"], *(org(n, n) for n in range(1, 8))]
    outcome = desk.load(desk.book(rows), leave_out=True)
    assert len(outcome.questions) == 1 and len(desk.all(Organization)) == 7


@pytest.mark.parametrize("place", ["Gia Lai", "Chư Sê", "Toàn tỉnh"])
@pytest.mark.parametrize("is_top", [True, False])
@pytest.mark.parametrize("is_numbered", [True, False])
def test_a_total_of_the_place_is_told_by_arithmetic_where_names_have_no_form(
    desk: Desk, place: str, is_top: bool, is_numbered: bool
) -> None:
    rows: list[list[object]] = [[n, name, 10 + n] for n, name in enumerate(["Mẫu A", "Mẫu B", "Mẫu C"], start=1)]
    total: list[object] = [9 if is_numbered else None, place, 36]
    lines = [total, *rows] if is_top else [*rows, total]
    desk.load(desk.book([["TT", "Tên HTX", "Số thành viên"], *lines]), leave_out=True)
    assert sorted(row.name for row in desk.all(Organization)) == ["Mẫu A", "Mẫu B", "Mẫu C"]


def test_a_row_of_words_only_is_never_lost_without_a_word(desk: Desk) -> None:
    """In a file of text every cell is a word: a total at the top made notes of all rows without figures."""
    path = desk.folder / "list.csv"
    path.write_text(
        "TT;Tên HTX;Xã;Số thành viên\n;Tổng cộng;;\n1;HTX Một;Xã A;\n2;HTX Hai;;\n3;HTX Ba;Xã C;7\n", encoding="utf-8"
    )
    assert desk.load(path).run_id
    assert sorted(row.name for row in desk.all(Organization)) == ["HTX Ba", "HTX Hai", "HTX Một"]


def test_words_below_a_total_stop_unless_a_signature_came_before(desk: Desk) -> None:
    head: list[object] = ["Tên HTX", "Xã"]
    outcome = desk.load(desk.book([head, ["HTX Một", "Xã A"], ["Tổng: 1"], ["Mẫu Hai", "Xã B"], ["HTX Ba", "Xã C"]]))
    assert [f.cell for f in outcome.findings if f.rule == "row.after_total"] == ["A4"] and outcome.run_id is None
    foot = [["NGƯỜI LẬP BIỂU", "GIÁM ĐỐC"], ["Nguyễn Văn Mẫu", "Trần Mẫu"]]
    assert desk.load(desk.book([head, ["HTX Một", "Xã A"], ["Tổng: 1"], *foot])).run_id
    assert [row.name for row in desk.all(Organization)] == ["HTX Một"]


def test_a_name_alone_in_its_column_is_asked_about_unless_it_says_a_place_or_a_sector(desk: Desk) -> None:
    head: list[object] = ["Tên HTX", "Xã"]
    outcome = desk.load(desk.book([head, ["HTX Một", "Xã A"], ["Mẫu Hai"], ["HTX Ba", "Xã C"]]), leave_out=True)
    assert [question.text for question in outcome.questions] == ["Mẫu Hai"]
    outcome = desk.load(desk.book([head, ["Huyện Mẫu"], ["HTX Bốn", "Xã A"], ["HTX Năm", "Xã C"]]), leave_out=True)
    assert outcome.left_out == 0 and "Huyện Mẫu" in {row.district_name for row in desk.all(OrganizationDetail)}
