"""One organisation: identity, history, runs; forged numbers; persons withheld."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

Read = Callable[..., str]


def test_identity_is_marked_as_a_copy_with_its_day(read: Read) -> None:
    assert "Chép từ cơ sở dữ liệu đăng ký tại ngày 31/12/2025" in read("/htx/1")


def test_what_was_said_earlier_stands_in_the_history(read: Read) -> None:
    page = read("/htx/1")
    assert "Xã, phường: Xã Cũ" in page
    assert "Xã, phường: Xã Mới" in page


def test_the_runs_that_brought_it_are_named_without_who_ran_them(read: Read) -> None:
    page = read("/htx/1")
    assert "danh-sach.xlsx" in page
    assert "sua.xlsx" in page
    assert ">test<" not in page


@pytest.mark.parametrize("address", ["/htx/1", "/htx", "/xuat/so-dang-ky.csv", "/can-xu-ly", "/xep-loai"])
def test_no_page_or_list_shows_a_person(client: FlaskClient, address: str) -> None:
    text = client.get(address).get_data(as_text=True)
    assert "Chamaliaq" not in text
    assert "1907" not in text


def test_the_page_says_that_person_data_is_withheld(read: Read) -> None:
    assert "Dữ liệu cá nhân về giám đốc không hiển thị" in read("/htx/1")


@pytest.mark.parametrize(
    "number", ["0", "-1", "abc", "999", "1.5", "1 OR 1=1", "9" * 30, "２", "1;", "2147483648", "1'--"]
)
def test_a_number_that_is_nobodys_answers_404(client: FlaskClient, number: str) -> None:
    assert client.get(f"/htx/{number}").status_code == 404


def test_a_number_that_no_database_keeps_is_refused(client: FlaskClient) -> None:
    assert client.get("/htx/%00").status_code == 400


def test_ratings_states_and_reasons_are_in_words(read: Read) -> None:
    page = read("/htx/5")
    assert "Hoạt động dưới 12 tháng" in page
    assert "Chưa chuyển đổi" in page
    assert "not_converted" not in page.replace("organization", "")
