"""Cells of lists that can be read in two ways, and those that only look so."""

from __future__ import annotations

import pytest

from etl.parsing.name_forms import form_key
from models.register.organization import Organization, YearReport
from tests.etl.loading.desk import CODES, Desk

MONEY = ["TT", "Tên HTX", "Mã số HTX", "Doanh thu (triệu đồng)"]


def of_column(desk: Desk, heading: str, *values: object) -> list[list[object]]:
    """A list with these values in one column."""
    return [[*MONEY[:3], heading], *([n, f"HTX số {n}", CODES[n], value] for n, value in enumerate(values))]


@pytest.mark.parametrize(
    ("values", "doubtful"),
    [
        (["1.200", "1,300", "1.400", "1.500,5"], {"D3"}),
        (["1.200", "1,300", "1.200.500,5", "1.700.000"], {"D3"}),
        (["1,200", "1.300", "1,400.5", "2,000,000"], {"D3"}),
        (["1.200", "3,5", "1.500,5"], set()),
        (["12,5", "1,300"], set()),
    ],
)
def test_the_mark_of_decimals_before_three_digits_is_doubtful_where_the_column_parts_thousands(
    desk: Desk, values: list[str], doubtful: set[str]
) -> None:
    outcome = desk.load(desk.book(of_column(desk, MONEY[3], *values)), commit=False)
    found = [item for item in outcome.findings if item.rule == "number.ambiguous"]
    assert {item.cell for item in found} == doubtful
    assert all("hoặc" in item.what for item in found)


@pytest.mark.parametrize(
    ("unit", "values", "odd"),
    [
        ("đồng", [500_000_000, 300_000_000, 400_000_000, 650_000_000, 500], {"D6"}),
        ("đồng", [500_000_000, 500, 300_000_000], {"D3"}),
        ("nghìn đồng", [500_000, 300_000, 400, 450_000], {"D4"}),
        ("triệu đồng", [500, 300, 0.4, 450], {"D4"}),
        ("triệu đồng", [850, 640, 1200, 95, 640_000], {"D6"}),
        ("triệu đồng", [5, 8, 6000], set()),
        ("triệu đồng", [250, 300, 400, 90_000], set()),
        ("triệu đồng", [850, 640, 1200, 5], set()),
        ("triệu đồng", [1, 20, 350, 4000, 60_000], set()),
    ],
)
def test_an_amount_is_odd_where_it_would_fit_in_another_unit(
    desk: Desk, unit: str, values: list[object], odd: set[str]
) -> None:
    outcome = desk.load(desk.book(of_column(desk, f"Vốn điều lệ ({unit})", *values)), commit=False)
    assert {item.cell for item in outcome.findings if item.rule == "money.other_unit"} == odd


@pytest.mark.parametrize("cell", ["1.234", "1.234 người", "1.234 thành viên"])
def test_a_count_with_a_dot_is_whole_with_its_unit_and_without(desk: Desk, cell: str) -> None:
    assert desk.load(desk.book(of_column(desk, "Số thành viên", cell))).run_id
    assert [row.member_count for row in desk.all(YearReport)] == [1234]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("HTX DV N.nghiệp Tân Mẫu", "HTX dịch vụ nông nghiệp Tân Mẫu"),
        ("HTX NN CNC Tân Mẫu", "HTX nông nghiệp công nghệ cao Tân Mẫu"),
        ("HTX SXKD Tân Mẫu", "Hợp tác xã sản xuất và kinh doanh Tân Mẫu"),
        ("HTX TMDV XNK Tân Mẫu", "Hợp tác xã thương mại, dịch vụ xuất nhập khẩu Tân Mẫu"),
        ("HTX D.V N.N Tân Mẫu", "HTX DVNN Tân Mẫu"),
        ("HTX T.mại D.vụ V.tải Tân Mẫu", "HTX TM-DV-VT Tân Mẫu"),
    ],
)
def test_dotted_and_usual_letters_meet_the_words_they_stand_for(short: str, long: str) -> None:
    assert form_key(short) == form_key(long)
    assert form_key(short) != form_key(long.replace("Tân Mẫu", "Đồi Mẫu"))


@pytest.mark.parametrize(
    ("heading", "value", "field", "stored"),
    [
        ("Tổng số TV", 12, "member_count", 12),
        ("Tổng số xã viên", 12, "member_count", 12),
        ("Số LĐ", 5, "worker_count", 5),
        ("Vốn điều lệ (tỷ)", 1.5, "charter_capital_mn", 1500),
        ("Vốn ĐL (trđ)", 900, "charter_capital_mn", 900),
    ],
)
def test_usual_short_headings_are_taken_in_their_unit(
    desk: Desk, heading: str, value: float, field: str, stored: float
) -> None:
    assert desk.load(desk.book(of_column(desk, heading, value))).run_id
    assert [getattr(row, field) for row in desk.all(YearReport)] == [stored]


@pytest.mark.parametrize(
    ("state", "proposed"),
    [
        ("Đã ngừng", "Ngừng hoạt động"),
        ("Chưa hoạt động", ""),
        ("Hoạt động kém hiệu quả", ""),
        ("Đang hoạt động tốt", "Đang hoạt động"),
    ],
)
def test_only_a_state_near_in_meaning_is_proposed(desk: Desk, state: str, proposed: str) -> None:
    rows = [["TT", "Tên HTX", "Mã số", "Tình trạng hoạt động"], [1, "HTX Một", CODES[0], state]]
    what = next(item.what for item in desk.load(desk.book(rows)).findings if item.rule == "word.unknown")
    assert "Tạm ngừng" not in what and (f'Có phải "{proposed}' in what if proposed else "Có phải" not in what)


@pytest.mark.parametrize(("heading", "wrong"), [("Hoạt động", "Vốn hoạt động"), ("Tên thành viên", "Tổng thành viên")])
def test_only_a_heading_near_in_meaning_is_proposed(desk: Desk, heading: str, wrong: str) -> None:
    outcome = desk.load(desk.book([["TT", "Tên HTX", "Mã số", heading], [1, "HTX Một", CODES[0], "Đang hoạt động"]]))
    assert not any(f'"{wrong}"' in item.what for item in outcome.findings)


@pytest.mark.parametrize("day", ["1/1/1900", "12/12/2099", 1900])
def test_a_founding_day_that_cannot_be_stays_unknown_and_is_told(desk: Desk, day: object) -> None:
    outcome = desk.load(desk.book([["TT", "Tên HTX", "Mã số", "Ngày thành lập"], [1, "HTX Một", CODES[1], day]]))
    assert outcome.run_id and "founded.implausible" in {finding.rule for finding in outcome.findings}
    assert [row.founded_on for row in desk.all(Organization)] == [None]
