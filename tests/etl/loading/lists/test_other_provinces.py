"""Rows of another province are told by what their cells say, whatever the heading."""

from __future__ import annotations

import pytest

from models.register.organization import Organization
from tests.etl.loading.desk import CODES, HEAD, Desk

OWN = [1, "HTX Một", CODES[0], "Xã A", "Đang hoạt động", 7]
OTHER = [2, "HTX Hai", CODES[1], "Xã B", "Đang hoạt động", 7]


@pytest.mark.parametrize("heading", ["Địa phương", "Đơn vị tỉnh", "Tỉnh nơi đặt trụ sở"])
@pytest.mark.parametrize("other", ["Đắk Lắk", "tỉnh Kon Tum", "TP. Đà Nẵng", "Đăk Lăk"])
def test_a_column_of_provinces_is_known_by_its_values(desk: Desk, heading: str, other: str) -> None:
    rows = [[*HEAD, heading], [*OWN, "Gia Lai"], [*OTHER, other]]
    outcome = desk.load(desk.book(rows), leave_out=True)
    assert [item.cell for item in outcome.findings if item.rule == "place.other"] == ["G3"]
    assert [row.name for row in desk.all(Organization)] == ["HTX Một"]


@pytest.mark.parametrize(
    "address", ["Thôn 2, xã B, huyện Mẫu, tỉnh Đắk Lắk", "Thôn 2 - Xã B - Kon Tum", "xã B, tỉnh Kon Tum (cũ)"]
)
def test_an_address_in_another_province_stops_its_row(desk: Desk, address: str) -> None:
    rows = [[*HEAD, "Địa chỉ"], [*OWN, "Thôn 1, xã A, tỉnh Gia Lai"], [*OTHER, address]]
    assert desk.load(desk.book(rows), leave_out=True).left_out == 1


@pytest.mark.parametrize("commune", ["Xã B, tỉnh Đắk Lắk", "Xã B, Kon Tum"])
def test_a_commune_of_another_province_stops_its_row(desk: Desk, commune: str) -> None:
    rows = [HEAD, OWN, [*OTHER[:3], commune, *OTHER[4:]]]
    assert desk.load(desk.book(rows), leave_out=True).left_out == 1


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("Thị trường", "Hà Nội, xuất khẩu"),
        ("Địa chỉ", "số 5 Hà Nội, xã A, tỉnh Gia Lai"),
        ("Địa chỉ", "Thôn Hòa Bình"),
        ("Địa phương", "Gia Lai"),
    ],
)
def test_what_only_looks_like_another_province_is_taken(desk: Desk, heading: str, value: str) -> None:
    assert desk.load(desk.book([[*HEAD, heading], [*OWN, value]])).run_id
    assert len(desk.all(Organization)) == 1


def test_a_commune_that_bears_the_name_of_a_province_is_a_commune(desk: Desk) -> None:
    assert desk.load(desk.book([HEAD, [*OWN[:3], "Hòa Bình", *OWN[4:]]])).run_id


@pytest.mark.parametrize("style", ["TỈNH {}", "I. Tỉnh {}", "{}"])
def test_rows_below_a_group_of_another_province_stop_and_the_others_load(desk: Desk, style: str) -> None:
    rows = [HEAD, [style.format("Đắk Lắk")], OTHER, [style.format("Gia Lai")], OWN]
    outcome = desk.load(desk.book(rows), leave_out=True)
    assert [item.cell for item in outcome.findings if item.rule == "place.other"] == ["B3"]
    assert [row.name for row in desk.all(Organization)] == ["HTX Một"]
