"""Two received lists side by side, down to named organisations, also when they speak of the same day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PLACE = "thanh-hoa"
DEPARTMENT = (
    ("HTX Lam Sơn", "HTX", "Nông nghiệp", "Xã A", "Đang hoạt động", 20, "Tốt"),
    ("HTX Sông Mã", "HTX", "Nông nghiệp", "Xã A", "Đang hoạt động", 30, "Khá"),
    ("HTX Hàm Rồng", "HTX", "Vận tải", "Xã B", "Đang hoạt động", None, None),
)
ALLIANCE = (
    ("HTX Lam Sơn", "HTX", "Nông nghiệp", "Xã A", "Đang hoạt động", 20, "Tốt"),
    ("HTX Sông Mã", "HTX", "Nông nghiệp", "Xã A", "Ngừng hoạt động", 30, "Khá"),
    ("HTX Đông Sơn", "HTX", "Xây dựng", "Xã B", "Đang hoạt động", 50, "Yếu"),
)


def load_both(browser: Any, make_workbook: Callable[..., bytes]) -> None:
    browser.load(make_workbook(DEPARTMENT), "register", PLACE, 2023)
    browser.load(make_workbook(ALLIANCE), "register", PLACE, 2023)


def test_two_lists_of_one_day_are_told_apart_by_their_loads(browser: Any, make_workbook: Callable[..., bytes]) -> None:
    load_both(browser, make_workbook)
    text = browser.read(f"/doi-soat?muc=danh-sach&dia-ban={PLACE}")
    assert "3 tổ chức khác nhau, 1 giống nhau" in text
    assert "Đổi tình trạng: 1" in text
    assert "Chỉ có trong danh sách 31/12/2023 (lượt 2): 1" in text
    assert "Chỉ có trong danh sách 31/12/2023 (lượt 3): 1" in text
    assert "Có trong cả hai, không khác tình trạng: 1" in text
    for name in ("HTX Lam Sơn", "HTX Sông Mã", "HTX Hàm Rồng", "HTX Đông Sơn"):
        assert name in text


def test_the_comparison_can_be_taken_away_whole(browser: Any, make_workbook: Callable[..., bytes]) -> None:
    load_both(browser, make_workbook)
    lines = browser.client.get(f"/xuat/hai-danh-sach.csv?dia-ban={PLACE}").get_data(as_text=True).splitlines()
    assert [line.split(",")[1:4:2] for line in lines if "HTX " in line] == [
        ["HTX Sông Mã", "Khác tình trạng"],
        ["HTX Hàm Rồng", "Chỉ có trong danh sách đầu"],
        ["HTX Đông Sơn", "Chỉ có trong danh sách sau"],
        ["HTX Lam Sơn", "Có trong cả hai"],
    ]
    assert any("Danh sách đầu: ngày 31/12/2023, lượt nạp 2" in line for line in lines)
    assert browser.client.get("/xuat/hai-danh-sach.csv?dia-ban=atlantis").status_code == 404
    assert browser.client.get("/xuat/hai-danh-sach.csv?dia-ban=gia-lai").status_code == 404


def test_a_list_that_was_taken_back_is_offered_no_more(browser: Any, make_workbook: Callable[..., bytes]) -> None:
    load_both(browser, make_workbook)
    browser.send("/hoan-tac/3", "/hoan-tac/3", nguoi_ghi="Nguyễn Thị Thử", ly_do="thử")
    text = browser.read(f"/doi-soat?muc=danh-sach&dia-ban={PLACE}")
    assert "mới có 1 danh sách" in text


def test_the_choice_of_lists_stands_in_the_address(browser: Any, make_workbook: Callable[..., bytes]) -> None:
    load_both(browser, make_workbook)
    text = browser.read(f"/doi-soat?muc=danh-sach&dia-ban={PLACE}&tu=3&den=2")
    assert text.index("Chỉ có trong danh sách 31/12/2023 (lượt 3)") < text.index(
        "Chỉ có trong danh sách 31/12/2023 (lượt 2)"
    )
