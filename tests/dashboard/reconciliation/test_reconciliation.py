"""Sources side by side, lists by name, who has not reported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.reconciliation.data.reconciliation import spread_of
from dashboard.reconciliation.parts.sources import difference
from dashboard.reconciliation.values import ReconciliationLine
from dashboard.register.data.lists import part_lists
from models.register.measures import Measure
from models.targets.observation import Observation

PLACE = "thanh-hoa"
END = date(2023, 12, 31)


def said(value: float, definition: str = "published", on: date = END) -> Observation:
    return Observation(value=value, definition=definition, period_end=on)


def counted(value: float | None) -> Measure:
    return Measure("htx_count", PLACE, 2023, value)


def test_values_of_other_definitions_or_days_are_not_in_disagreement() -> None:
    assert spread_of([said(388, "a"), said(162, "b")], None) is None
    assert spread_of([said(388), said(162, on=date(2022, 12, 31))], None) is None
    assert spread_of([said(400), said(300)], None) == pytest.approx(0.25)


def test_the_register_is_held_only_against_its_own_day() -> None:
    assert spread_of([said(388)], counted(439)) == pytest.approx(51 / 439)
    assert spread_of([said(388, on=date(2023, 6, 30))], counted(439)) is None
    assert spread_of([said(388)], counted(None)) is None


def test_values_of_other_days_are_never_counted_as_agreeing() -> None:
    other_day = (said(1376, on=date(2023, 12, 26)),)
    line = ReconciliationLine("htx_count", other_day, counted(334), None, spread_of(other_day, counted(334)))
    assert not line.agrees
    assert not line.differs
    same_day = (said(439),)
    assert ReconciliationLine("htx_count", same_day, counted(439), None, spread_of(same_day, counted(439))).agrees


def test_the_difference_is_the_register_less_the_published_value() -> None:
    parts = difference(said(400), counted(439))
    assert isinstance(parts, list)
    assert parts[0].children == "+39"
    assert difference(said(439), counted(439)).children == "khớp"  # type: ignore[attr-defined]
    assert difference(said(439, on=date(2023, 6, 30)), counted(439)).children == "khác ngày"  # type: ignore[attr-defined]


@given(
    st.dictionaries(st.integers(0, 9), st.sampled_from("abc")),
    st.dictionaries(st.integers(0, 9), st.sampled_from("abc")),
)
def test_two_lists_fall_into_four_parts_that_never_overlap(here: dict[int, str], there: dict[int, str]) -> None:
    same, only_here, only_there, other = part_lists(here, there)
    assert sorted([*same, *only_here, *only_there, *other]) == sorted(here.keys() | there.keys())
    assert all(here[row] == there[row] for row in same)
    assert all(here[row] != there[row] for row in other)


def test_published_and_counted_values_stand_side_by_side(browser: Any, make_workbook: Callable[..., bytes]) -> None:
    rows = tuple((f"HTX Số {n}", "HTX", "Nông nghiệp", "Xã A", "Đang hoạt động", 10, "Tốt") for n in range(400))
    browser.load(make_workbook(rows), "register", "gia-lai-truoc-2025-07", 2023)
    text = browser.read("/doi-soat?dia-ban=gia-lai-truoc-2025-07&nam-so=2023")
    assert "439 · 31/12/2023" in text
    assert "400" in text
    assert "−39 (−8,9%)" in text
    assert "chỉ tiêu lệch" in text


def test_without_a_list_the_page_says_so_and_still_shows_published_values(browser: Any) -> None:
    text = browser.read("/doi-soat?dia-ban=gia-lai-truoc-2025-07&nam-so=2023")
    assert "Chưa có danh sách tổ chức năm 2023" in text
    assert "353" in text


def test_two_lists_differ_by_name(browser: Any, make_workbook: Callable[..., bytes]) -> None:
    browser.load(make_workbook(), "register", PLACE, 2023)
    later = (
        ("HTX Lam Sơn", "HTX", "Nông nghiệp", "Xã A", "Đang hoạt động", 21, "Tốt"),
        ("HTX Sông Mã", "HTX", "Nông nghiệp", "Xã A", "Ngừng hoạt động", None, "Không xếp loại"),
        ("HTX Mới Lập", "HTX", "Vận tải", "Xã C", "Đang hoạt động", 7, "Khá"),
    )
    title = "DANH SÁCH HỢP TÁC XÃ ĐẾN 31/12/2024"
    browser.load(make_workbook(later, title=title), "register", PLACE, 2024)
    text = browser.read(f"/doi-soat?muc=danh-sach&dia-ban={PLACE}")
    assert "4 tổ chức khác nhau, 1 giống nhau" in text
    assert "Đổi tình trạng: 1" in text
    assert "Chỉ có trong danh sách 31/12/2023: 2" in text
    assert "HTX Hàm Rồng" in text
    assert "Chỉ có trong danh sách 31/12/2024: 1" in text
    assert "HTX Mới Lập" in text


def test_who_has_not_reported_is_named_against_the_provinces_own_date(
    browser: Any, make_workbook: Callable[..., bytes]
) -> None:
    browser.load(make_workbook(), "register", PLACE, 2023)
    title = "DANH SÁCH HỢP TÁC XÃ ĐẾN 31/12/2025"
    rows = (("HTX Lam Sơn", "HTX", "Nông nghiệp", "Xã A", "Đang hoạt động", 21, "Tốt"),)
    browser.load(make_workbook(rows, title=title), "register", PLACE, 2025)
    text = browser.read(f"/doi-soat?muc=bao-cao&dia-ban={PLACE}&nam-so=2025")
    assert "3 chưa báo cáo, trong 4" in text
    assert "14/12/2025" in text
    assert "quá hạn 342 ngày" in text
    assert "HTX Đông Sơn" in text
    assert "1, chậm nhất" in text


@pytest.mark.parametrize(
    "query",
    ["", "?muc=danh-sach", "?muc=bao-cao", "?muc=luot-nap", "?muc=phan-anh", "?muc=la", "?dia-ban=atlantis",
     "?nam-so=abcd", "?nam-so=99999", "?muc=danh-sach&tu=hom-qua", "?biet-den=2025-01-01"],
)  # fmt: skip
def test_every_part_of_the_page_answers_in_vietnamese(browser: Any, query: str) -> None:
    answer = browser.client.get("/doi-soat" + query)
    assert answer.status_code == 200
    assert '<html lang="vi">' in answer.get_data(as_text=True)
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "None" not in browser.read("/doi-soat" + query)


def test_unknown_figures_and_runs_answer_404(browser: Any) -> None:
    for address in ("/bao-so-lieu-sai?so=nothing", "/chot-so?dia-ban=x&chi-tieu=y&nam-so=2025", "/hoan-tac/999"):
        assert "không" in browser.read(address, 404).lower()


def test_every_figure_on_the_province_page_can_be_called_wrong(browser: Any) -> None:
    page = browser.client.get("/tinh/thanh-hoa").get_data(as_text=True)
    assert page.count("/bao-so-lieu-sai?so=") >= 3


@pytest.mark.parametrize("year", ["2019", "2024", "2026"])
def test_who_has_not_reported_is_told_for_the_year_that_is_asked(browser: Any, year: str) -> None:
    text = browser.read(f"/doi-soat?muc=bao-cao&dia-ban={PLACE}&nam-so={year}")
    assert f"Thanh Hóa, năm {year}" in text
