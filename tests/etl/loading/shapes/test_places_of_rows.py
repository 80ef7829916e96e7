"""Where a row says its organisation lies: in an address, in old and new names side by side, by its district."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from etl.loading.recipe import ImportResult
from etl.questions.question import ImportAnswer, QuestionKind
from models.register.organization import OrganizationDetail
from tests.etl.loading.desk import CODES, Desk
from tests.etl.loading.test_cases import case

Rules = Callable[[ImportResult], set[str]]
OLD_NEW = ["TT", "Tên HTX", "Mã số thuế", "Xã phường cũ", "Quận huyện cũ", "Xã phường mới"]


def told(desk: Desk) -> dict[str, tuple[object, object]]:
    """Code and name of the commune of each."""
    return {row.name: (row.commune_code, row.commune_name) for row in desk.all(OrganizationDetail)}


def test_two_of_one_name_in_two_communes_of_their_addresses_are_two(desk: Desk, rules: Rules) -> None:
    answer = ImportAnswer(QuestionKind.HEADING, "organization", "Ngành nghề kinh doanh", "-")
    outcome = desk.load(case("L18"), "register", "gia-lai", 2024, answers=(answer,))
    assert outcome.run_id and "header.unread_column" not in rules(outcome)
    rows = {(row.name, row.commune_name) for row in desk.all(OrganizationDetail)}
    assert len(rows) == 6
    assert {name for twice, name in rows if twice == "HTX Nông nghiệp Tân Tiến"} == {"Xã Ia Mẫu Đông", "Xã Ia Mẫu Tây"}
    assert {name for twice, name in rows if twice == "HTX Nông nghiệp Đoàn Kết"} == {"Xã Ia Mẫu Nam", "Xã Ia Mẫu Tây"}


@pytest.mark.parametrize(
    ("address", "commune"),
    [
        ("Thôn 1 xã Hòa Phú huyện Chư Păh tỉnh Gia Lai", "Xã Hòa Phú"),
        ("Tổ 5, P. Tây Sơn, TX. An Khê", "Phường Tây Sơn"),
        ("Thị xã An Khê, tỉnh Gia Lai", None),
        ("Liên xã A, xã Hòa Phú và xã Ia Hrú", None),
    ],
)
def test_the_commune_is_read_out_of_the_address(desk: Desk, address: str, commune: str | None) -> None:
    rows = [["TT", "Tên HTX", "Mã số thuế", "Địa chỉ"], [1, "HTX Một", CODES[0], address]]
    assert desk.load(desk.book(rows)).run_id
    assert [name for _code, name in told(desk).values()] == [commune]


def test_a_row_with_a_code_is_kept_beside_an_unknown_commune_and_never_loses_a_known_one(
    desk: Desk, communes: Path
) -> None:
    heading = ["TT", "Tên HTX", "Mã số thuế", "Xã"]
    assert desk.load(desk.book([heading, [1, "HTX Một", CODES[0], "Xã Hòa Phú"]])).run_id
    unknown = [[1, "HTX Một", CODES[0], "Xã Không Có"], [2, "HTX Hai", CODES[1], "Xã Không Có"]]
    outcome = desk.load(desk.book([heading, *unknown]))
    assert outcome.run_id and outcome.left_out == 0
    (question,) = [question for question in outcome.questions if question.kind is QuestionKind.COMMUNE]
    assert question.rows == len(unknown)
    assert told(desk) == {"HTX Một": ("23700", "Xã Hòa Phú"), "HTX Hai": (None, "Xã Không Có")}


def test_an_address_of_an_unknown_commune_keeps_the_row_with_a_remark(desk: Desk, communes: Path, rules: Rules) -> None:
    rows = [
        ["TT", "Tên HTX", "Mã số thuế", "Địa chỉ"],
        [1, "HTX Một", CODES[0], "Thôn 1, xã Hòa Phú"],
        [2, "HTX Hai", CODES[1], "Thôn 1, xã Không Có"],
    ]
    outcome = desk.load(desk.book(rows))
    assert outcome.run_id and "commune.unknown" in rules(outcome)
    assert told(desk) == {"HTX Một": ("23700", "Xã Hòa Phú"), "HTX Hai": (None, "Xã Không Có")}


@pytest.mark.parametrize(
    "head",
    [
        OLD_NEW,
        [*OLD_NEW[:3], "Xã (cũ)", "Huyện (cũ)", "Xã (mới)"],
        [*OLD_NEW[:3], "Xã, phường trước sắp xếp", "Huyện trước sắp xếp", "Xã, phường sau sắp xếp"],
        [*OLD_NEW[:3], "Xã", "Huyện", "Xã mới"],
    ],
)
def test_the_new_commune_is_taken_and_the_old_one_held_against_it(
    desk: Desk, communes: Path, rules: Rules, head: list[str]
) -> None:
    right = [1, "HTX Một", CODES[0], "Xã Hòa Phú", "Huyện Chư Păh", "Xã Chư Păh"]
    wrong = [2, "HTX Hai", CODES[1], "Xã Hòa Phú", "Huyện Chư Păh", "Phường Pleiku"]
    outcome = desk.load(desk.book([head, right, wrong]), "register", "gia-lai", 2025, leave_out=True)
    assert "commune.contradiction" in rules(outcome) and told(desk) == {"HTX Một": ("23722", "Xã Chư Păh")}


def test_before_the_merger_the_old_commune_counts(desk: Desk, communes: Path) -> None:
    row = [1, "HTX Một", CODES[0], "Xã Hòa Phú", "Huyện Chư Păh", "Xã Chư Păh"]
    assert desk.load(desk.book([OLD_NEW, row]), "register", "gia-lai", 2023).run_id
    assert told(desk) == {"HTX Một": ("23700", "Xã Hòa Phú")}


def test_the_published_layout_of_old_and_new(desk: Desk) -> None:
    answer = ImportAnswer(QuestionKind.HEADING, "organization", "Hoạt động", "operating_state")
    outcome = desk.load(case("L11"), "register", "gia-lai", 2025, answers=(answer,))
    assert outcome.run_id
    assert sorted(str(name) for _code, name in told(desk).values()) == [
        *("Phường Diên Hồng", "Xã Ia Băng", "Xã Xuân An", "Xã Đak Đoa"),
    ]


def districts(desk: Desk) -> set[object]:
    """The districts of all."""
    return {row.district_name for row in desk.all(OrganizationDetail)}


@pytest.mark.parametrize(
    ("title", "sheet", "district"),
    [
        ("DANH SÁCH HTX HUYỆN CHƯ PĂH NĂM 2023", "HTX", "Huyện Chư Păh"),
        ("Danh sách HTX trên địa bàn thị xã An Khê, tỉnh Gia Lai", "HTX", "thị xã An Khê"),
        ("Danh sách HTX năm 2023", "Huyện Chư Păh", "Huyện Chư Păh"),
        ("Danh sách HTX các huyện, thị xã, thành phố", "HTX", None),
        ("Danh sách HTX huyện Chư Păh và huyện Chư Pưh", "HTX", None),
        ("Danh sách HTX tỉnh Gia Lai", "Chư Păh", None),
    ],
)
def test_the_district_of_a_title_or_sheet_is_that_of_its_rows(
    desk: Desk, title: str, sheet: str, district: str | None
) -> None:
    rows = [[title], ["TT", "Tên HTX", "Mã số thuế"], [1, "HTX Một", CODES[0]]]
    assert desk.load(desk.book(rows, sheet=sheet)).run_id and districts(desk) == {district}


def test_a_sheet_named_like_a_known_district_is_of_it(desk: Desk, communes: Path) -> None:
    rows = [["TT", "Tên HTX", "Mã số thuế", "Xã"], [1, "HTX Một", CODES[0], "Phường Tây Sơn"]]
    assert desk.load(desk.book(rows, sheet="An Khê")).run_id
    assert [code for code, _name in told(desk).values()] == ["23614"]


def test_one_sheet_for_each_district(desk: Desk) -> None:
    assert desk.load(case("L21"), "register", "gia-lai", 2024).run_id
    assert districts(desk) == {"Huyện Chư Mẫu", "Huyện Mẫu Khê"}
