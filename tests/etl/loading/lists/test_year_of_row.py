"""A column of the year of the figures: lines of another year stay out, those of the order's are read."""

from __future__ import annotations

import pytest

from models.register.organization import YearReport
from tests.etl.loading.desk import CODES, HEAD, Desk

FIRST = [1, "HTX Một", CODES[0], "Xã A", "Đang hoạt động"]


@pytest.mark.parametrize("heading", ["Năm", "Năm báo cáo", "NĂM SỐ LIỆU", "Niên độ"])
@pytest.mark.parametrize("years", [(2023, 2024), ("2023", "Năm 2024"), (2023.0, "2024")])
def test_lines_of_another_year_are_not_taken_for_this_one(
    desk: Desk, heading: str, years: tuple[object, object]
) -> None:
    rows = [[*HEAD, heading], [*FIRST, 20, years[0]], [*FIRST, 25, years[1]]]
    outcome = desk.load(desk.book(rows), year=2024, leave_out=True)
    assert [(row.year, row.member_count) for row in desk.all(YearReport)] == [(2024, 25)]
    assert [item.cell for item in outcome.findings if item.rule == "row.other_year"] == ["G2"]


def test_the_year_of_an_event_is_no_year_of_the_figures(desk: Desk) -> None:
    rows = [[*HEAD, "Năm thành lập", "Năm sinh"], [*FIRST, 20, 2015, 1970]]
    assert desk.load(desk.book(rows), year=2024).left_out == 0
