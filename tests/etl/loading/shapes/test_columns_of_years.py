"""Headings with a year: the column of the chosen year is read, the others are named, a part of a year is neither."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from etl.loading.recipe import ImportResult
from models.register.organization import Rating, YearReport
from models.targets.observation import Observation
from tests.etl.loading.desk import CODES, Desk
from tests.etl.loading.test_cases import case

Rules = Callable[[ImportResult], set[str]]
KNOWN = ["TT", "Tên HTX", "Mã số thuế"]


def list_of_years(desk: Desk, head: Sequence[Sequence[object]], values: Sequence[object], year: int) -> ImportResult:
    """A register with one organisation under these headings."""
    return desk.load(desk.book([*head, [1, "HTX Một", CODES[0], *values]]), "register", "gia-lai", year)


@pytest.mark.parametrize(
    "head",
    [
        [[*KNOWN, "Doanh thu năm 2023 (trđ)", "Doanh thu năm 2024 (trđ)"]],
        [[*KNOWN, "Doanh thu 2023, trđ", "Doanh thu 2024, trđ"]],
        [["ĐVT: triệu đồng"], [*KNOWN, "Năm 2023", "Năm 2024"], [None, None, None, "Doanh thu", "Doanh thu"]],
        [[*KNOWN, "Doanh thu (triệu đồng)", None], [None, None, None, "2023", "2024"]],
        [[*KNOWN, "Doanh thu (triệu đồng)", None], [None, None, None, "TH 2023", "TH 2024"]],
        [[*KNOWN, "Doanh thu đến 31/12/2023 (trđ)", "Doanh thu (đến 31/12/2024) (trđ)"]],
    ],
)
@pytest.mark.parametrize(("year", "value"), [(2023, 900.0), (2024, 1000.0)])
def test_the_column_of_the_chosen_year_is_read(
    desk: Desk, rules: Rules, head: list[list[object]], year: int, value: float
) -> None:
    outcome = list_of_years(desk, head, [900, 1000], year)
    assert outcome.run_id and [row.revenue_mn for row in desk.all(YearReport)] == [value]
    assert "header.other_year" in rules(outcome) and str(4047 - year) in outcome.findings[0].what


@pytest.mark.parametrize(
    ("below", "stored"),
    [("TH 2023", []), ("Năm 2023", []), (2023, []), ("KH 2025", []), ("Ước TH 2024", []), ("KH 2024", []),
     ("Kế hoạch", []), ("6 tháng 2024", []), ("TH 2024", [900.0]), ("Năm 2024", [900.0])],
)  # fmt: skip
def test_one_year_or_kind_below_a_heading_is_part_of_it_and_no_row(
    desk: Desk, below: object, stored: list[float]
) -> None:
    head = [[*KNOWN, "Doanh thu (triệu đồng)"], [None, None, None, below]]
    book = desk.book([*head, [1, "HTX Một", CODES[0], 900], [2, "HTX Hai", CODES[1], None]])
    outcome = desk.load(book, "register", "gia-lai", 2024, leave_out=True)
    assert outcome.run_id and outcome.left_out == 0
    assert [row.revenue_mn for row in desk.all(YearReport) if row.revenue_mn is not None] == stored
    proposed = [answer.value for question in outcome.questions for answer in question.proposals]
    assert "revenue_mn" not in proposed


@pytest.mark.parametrize(
    "heading",
    [
        *("Doanh thu 6 tháng đầu năm 2024 (trđ)", "Doanh thu kế hoạch năm 2024 (trđ)", "Doanh thu (kế hoạch) (trđ)"),
        *("Doanh thu đến 30/6/2024 (trđ)", "Doanh thu năm 2024 so với năm 2023", "Ước doanh thu năm 2024 (trđ)"),
    ],
)
def test_a_plan_an_estimate_and_a_part_of_the_year_are_not_the_year(desk: Desk, heading: str) -> None:
    list_of_years(desk, [[*KNOWN, heading]], [900], 2024)
    assert desk.all(YearReport) == []


@pytest.mark.parametrize(
    "above", ["Kế hoạch năm 2024", "Ước thực hiện năm 2024", "6 tháng đầu năm 2024", "Năm 2024 so với năm 2023"]
)
def test_a_heading_above_that_turns_the_meaning_is_heard(desk: Desk, above: str) -> None:
    head = [["ĐVT: triệu đồng"], [*KNOWN, above, None], [None, None, None, "Doanh thu", "Lợi nhuận"]]
    list_of_years(desk, head, [900, 90], 2024)
    assert desk.all(YearReport) == []


def test_brackets_carry_meaning(desk: Desk) -> None:
    head = [*KNOWN, "Số thành viên", "Số thành viên (nữ)", "Thành viên (chi tiết)", "Số lao động (người)"]
    assert list_of_years(desk, [head], [20, 8, None, 5], 2024).run_id
    (row,) = desk.all(YearReport)
    assert (row.member_count, row.female_member_count, row.worker_count) == (20, 8, 5)


def test_of_two_columns_of_one_meaning_the_empty_one_is_left(desk: Desk, rules: Rules) -> None:
    head = [*KNOWN, "Thành viên", "Số thành viên"]
    outcome = list_of_years(desk, [head], [20, None], 2024)
    assert outcome.run_id and "header.double" in rules(outcome)
    assert [row.member_count for row in desk.all(YearReport)] == [20]
    assert "header.duplicate" in rules(list_of_years(desk, [head], [20, 21], 2024))


def test_ratings_of_two_years(desk: Desk) -> None:
    rows = [[n, f"HTX Nông nghiệp Suối Biếc {n}", f"59001000{code}"] for n, code in ((1, "06"), (2, "13"), (3, "20"))]
    assert desk.load(desk.book([KNOWN, *rows]), year=2024).run_id
    assert desk.load(case("L08g"), "ratings", "gia-lai", 2024).run_id
    assert [row.rating_class for row in desk.all(Rating)] == ["good"] * 3
    assert desk.load(case("L08g"), "ratings", "gia-lai", 2023).run_id
    assert sorted((row.year, row.rating_class) for row in desk.all(Rating))[:3] == [(2023, "fair")] * 3


def test_reports_of_three_years(desk: Desk) -> None:
    rows = [[n, f"HTX Nông nghiệp Suối Biếc {n}", f"59001000{code}"] for n, code in ((1, "06"), (2, "13"), (3, "20"))]
    assert desk.load(desk.book([KNOWN, *rows]), year=2024).run_id
    assert desk.load(case("A42"), "year_report", "gia-lai", 2024).run_id
    assert sorted((row.revenue_mn, row.member_count) for row in desk.all(YearReport))[0] == (1000, 20)


@pytest.mark.parametrize("name", ["L13", "L13c"])
def test_the_plan_annex_is_read_by_year_and_kind(desk: Desk, name: str) -> None:
    outcome = desk.load(case(name), "report_form", "gia-lai", 2022, leave_out=True)
    assert outcome.run_id
    rows = [row for row in desk.all(Observation) if row.indicator == "htx_count" and "nhap/" in row.key]
    told = {(row.period_end.isoformat(), row.value_kind): row.value for row in rows}
    assert told[("2022-06-30", "actual")] == 203 and told[("2022-12-31", "estimate")] == 204
    assert told[("2022-12-31", "plan")] == 204 and told[("2023-12-31", "plan")] == 215
    assert told[("2021-12-31", "actual")] == 196
