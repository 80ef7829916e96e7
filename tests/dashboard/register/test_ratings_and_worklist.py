"""Ratings with coverage, movers and the weak by name; what waits to be settled, oldest first."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from dashboard.register.data.worklist import build_worklist
from dashboard.register.rating_values import Tally

Read = Callable[..., str]


def test_the_share_stands_with_numerator_denominator_and_coverage(read: Read) -> None:
    page = read("/xep-loai")
    assert "Năm 2024: 50% đạt tốt, khá (2/4)" in page or "50,0% đạt tốt, khá (2/4)" in page
    assert "4/6" in page  # groups have no scheme: six of the seven stood to be rated


def test_not_rated_is_told_with_its_reason_and_is_no_class(read: Read) -> None:
    assert "Không xếp loại vì: hoạt động dưới 12 tháng: 1" in read("/xep-loai")


def test_a_share_of_nobody_is_not_zero() -> None:
    from collections import Counter

    assert Tally("", Counter(), 5).share is None


def test_who_moved_class_is_named(read: Read) -> None:
    page = read("/xep-loai")
    assert "2 tổ chức chuyển loại so với năm 2023" in page
    assert "HTX Đoàn Kết" in page


def test_the_weak_are_named(read: Read) -> None:
    page = read("/xep-loai?dia-ban=ninh-thuan")
    assert "1 tổ chức xếp loại yếu" in page
    assert "HTX Gốm Bàu Trúc Đỏ" in page


@pytest.mark.parametrize("query", ["ky=1999", "ky=abc", "ky=-1", "thang=KHONG_CO", "dia-ban=khong-co"])
def test_ratings_that_never_were_answer_404(client: FlaskClient, query: str) -> None:
    assert client.get(f"/xep-loai?{query}").status_code == 404


def test_without_ratings_the_page_says_how_to_load_them(
    show: Callable[[str], FlaskClient], empty_register: str
) -> None:
    answer = show(empty_register).get("/xep-loai")
    assert answer.status_code == 200
    assert "Chưa có kết quả xếp loại" in answer.get_data(as_text=True)


def test_the_worklist_is_oldest_first_and_unknown_days_come_last(client: FlaskClient) -> None:
    with client.application.app_context():
        found = build_worklist()
    assert [item.line.id for item in found.lines] == [5, 2, 6]
    assert [item.since for item in found.lines] == [date(2021, 12, 31), date(2022, 5, 1), None]


def test_the_worklist_says_who_acts_what_next_and_until_when(read: Read) -> None:
    page = read("/can-xu-ly")
    assert "3 tổ chức chờ xử lý; 2 chưa có cơ quan theo dõi, 1 đã quá hạn" in page
    assert "Sở Tài chính" in page
    assert "30/6/2026" in page
    assert "không rõ ngày" in page


def test_the_worklist_is_narrowed_by_reason_and_place(read: Read) -> None:
    page = read("/can-xu-ly?vi=ngung&dia-ban=ninh-thuan")
    assert re.search(r"1 tổ chức chờ xử lý", page)
    assert "Lam Sơn" not in page


@pytest.mark.parametrize("query", ["vi=khong-co", "dia-ban=khong-co"])
def test_a_worklist_filter_that_does_not_exist_answers_404(client: FlaskClient, query: str) -> None:
    assert client.get(f"/can-xu-ly?{query}").status_code == 404
