"""The register by commune: a page, a file, a filter in the address; an earlier day is shown or said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient


def test_what_has_no_commune_code_is_said_and_never_guessed(read: Callable[..., str]) -> None:
    text = read("/htx/theo-xa?dia-ban=thanh-hoa&nam-so=2025")
    assert "Thanh Hóa, năm 2025" in text
    assert "Chưa phân được: danh sách không ghi xã" in text
    assert "Chưa có danh mục xã" in text


def test_the_table_by_commune_can_be_taken_away(client: FlaskClient) -> None:
    answer = client.get("/xuat/theo-xa.csv?dia-ban=thanh-hoa&nam-so=2025&ranh-gioi=cu")
    lines = answer.get_data(as_text=True).splitlines()
    assert lines[0].endswith("Mã xã,\"Tên xã, phường\",Huyện cũ,Địa bàn,Ranh giới,Năm,HTX,HTX đang hoạt động,"
                             "\"HTX ngừng, chờ giải thể\",HTX chưa chuyển đổi,LHHTX,THT,Thành viên HTX")  # fmt: skip
    assert lines[-1].split(",")[1:7] == [
        "Cả địa bàn",
        "",
        "Thanh Hóa",
        "trước 01/7/2025",
        "2025",
        "3",
    ]


@pytest.mark.parametrize("address", ["/htx/theo-xa?ranh-gioi=la", "/htx/theo-xa?dia-ban=atlantis"])
def test_an_unknown_place_or_boundary_answers_404(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404
    assert client.get(address.replace("/htx/theo-xa", "/xuat/theo-xa.csv")).status_code == 404


def test_the_list_can_be_narrowed_to_a_commune_in_the_address(small_register: str, client: FlaskClient) -> None:
    _name_communes(small_register)
    text = client.get("/htx?dia-ban=thanh-hoa&xa=Xã+Thử").get_data(as_text=True)
    assert "Đang hiện 1 trong 1 tổ chức" in text
    assert "HTX Đoàn Kết" in text
    assert "Xã, phường: </span><strong>Xã Thử" in text
    lines = client.get("/xuat/so-dang-ky.csv?dia-ban=thanh-hoa&xa=Xã+Thử").get_data(as_text=True).splitlines()
    assert len([line for line in lines if "HTX Đoàn Kết" in line]) == 1
    assert len(lines) == 2
    other = client.get("/htx?dia-ban=thanh-hoa&xa=Xã+Khác").get_data(as_text=True)
    assert "Không có tổ chức nào khớp" in other


def _name_communes(url: str) -> None:
    from sqlalchemy import update
    from sqlalchemy.orm import Session

    from models.base.database import make_engine
    from models.register.organization import Organization

    engine = make_engine(url)
    with Session(engine) as session:
        session.execute(update(Organization).where(Organization.id == 3).values(commune_name="Xã Thử"))
        session.commit()
    engine.dispose()


@pytest.mark.parametrize("address", ["/xep-loai", "/can-xu-ly", "/htx"])
def test_pages_that_show_the_present_say_so_from_an_earlier_day(read: Callable[..., str], address: str) -> None:
    assert "hiện nay" in read(f"{address}?biet-den=2025-06-01") or "hiện tại" in read(f"{address}?biet-den=2025-06-01")
    assert "hiện nay, không phải" not in read(address)


def test_an_organisation_is_shown_as_it_was_stored_then(read: Callable[..., str]) -> None:
    before, after = read("/htx/1?biet-den=2026-02-01"), read("/htx/1")
    assert "Xã Cũ" in before
    assert "Xã Mới" not in before
    assert "đã ghi đến hết ngày 01/02/2026" in before
    assert "Xã Mới" in after
    unknown: Any = read("/htx/1?biet-den=2025-06-01")
    assert "chưa ghi gì về tổ chức này; dưới đây là hiện nay" in unknown
