"""A workbook from the browser: problems by cell, every figure before and after, confirm, cancel, take back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import python_calamine
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.imports.parts import preview
from models.base.database import make_engine
from models.base.source import Run
from models.config.settings import Settings
from models.register.organization import Organization

PLACE = "thanh-hoa"
BAD = (("THT Một", "HTX", "Nông nghiệp", "Xã A", "Đang hoạt động", "36,508", "Tốt"),)


def count(settings: Settings, model: Any = Organization) -> int:
    with Session(make_engine(settings.database_url)) as session:
        return session.scalar(select(func.count(col(model.id)))) or 0


def test_the_preview_shows_every_figure_before_and_after_and_writes_nothing(
    browser: Any, settings: Settings, make_workbook: Callable[..., bytes]
) -> None:
    runs = count(settings, Run)
    text = browser.read(browser.preview(make_workbook(), "register", PLACE, 2023))
    assert "Xem trước: 4 dòng mới" in text
    assert "Số hợp tác xã HTX sổ đăng ký chưa có 4" in text
    assert "Số hợp tác xã đang hoạt động HTX sổ đăng ký chưa có 3" in text
    assert (count(settings), count(settings, Run)) == (0, runs)


def test_agreeing_loads_and_taking_back_withdraws(
    browser: Any, settings: Settings, make_workbook: Callable[..., bytes]
) -> None:
    answer = browser.load(make_workbook(), "register", PLACE, 2023)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    assert count(settings) == 4
    page = browser.read("/doi-soat?muc=luot-nap")
    assert "4 mới" in page
    assert "Nguyễn Thị Thử (chưa xác thực)" in page
    sources = browser.read(f"/doi-soat?dia-ban={PLACE}&nam-so=2023")
    assert "Thanh Hóa, năm 2023" in sources
    assert browser.send("/hoan-tac/2", "/hoan-tac/2", nguoi_ghi="Nguyễn Thị Thử").status_code == 303
    with Session(make_engine(settings.database_url)) as session:
        assert set(session.scalars(select(col(Organization.is_withdrawn)))) == {True}


def test_giving_up_forgets_the_preview(browser: Any, settings: Settings, make_workbook: Callable[..., bytes]) -> None:
    address = browser.preview(make_workbook(), "register", PLACE, 2023)
    answer = browser.send(address, f"{address.split('?')[0]}/huy")
    assert answer.status_code == 303
    assert "hết hạn" in browser.read(address)
    assert count(settings) == 0


def test_problems_are_told_by_cell_and_the_marked_copy_holds_them(
    browser: Any, make_workbook: Callable[..., bytes]
) -> None:
    address = browser.preview(make_workbook(BAD), "register", PLACE, 2023)
    text = browser.read(address)
    assert "ô G4" in text
    assert "36,508" in text
    answer = browser.client.get(f"{address.split('?')[0]}/ban-danh-dau.xlsx")
    assert answer.status_code == 200
    names = python_calamine.load_workbook(io.BytesIO(answer.data)).sheet_names
    assert "Danh sách lỗi" in names


def test_rows_that_stop_are_left_out_only_after_agreement(
    browser: Any, settings: Settings, make_workbook: Callable[..., bytes]
) -> None:
    good = ("HTX Hai", "HTX", "Nông nghiệp", "Xã A", "Đang hoạt động", 9, "Tốt")
    content = make_workbook((*BAD, good))
    answer = browser.load(content, "register", PLACE, 2023)
    assert answer.status_code == 403
    assert count(settings) == 0
    answer = browser.load(content, "register", PLACE, 2023, de_ngoai="1")
    assert answer.status_code == 303
    assert count(settings) == 1


def test_a_file_whose_rows_must_all_stay_out_is_not_called_known_already(
    browser: Any, settings: Settings, make_workbook: Callable[..., bytes]
) -> None:
    text = browser.read(browser.preview(make_workbook(BAD), "register", PLACE, 2023))
    assert f"Không còn dòng nào để nạp: {len(BAD)} dòng phải để ngoài" in text
    assert "đã có sẵn" not in text
    assert '/nap"' not in text
    good = ("HTX Hai", "HTX", "Nông nghiệp", "Xã A", "Đang hoạt động", 9, "Tốt")
    browser.load(make_workbook((good,)), "register", PLACE, 2023)
    text = browser.read(browser.preview(make_workbook((good, *BAD)), "register", PLACE, 2023))
    assert "Không còn dòng nào để nạp: 1 dòng đã có sẵn y như trong tệp, 1 dòng phải để ngoài" in text


def test_a_preview_of_older_data_is_refused(
    browser: Any, settings: Settings, make_workbook: Callable[..., bytes]
) -> None:
    address = browser.preview(make_workbook(), "register", PLACE, 2023)
    commit = f"{address.split('?')[0]}/nap"
    held = browser.forms(address)[commit].fields | {"nguoi-ghi": "Nguyễn Thị Thử"}
    other = (("HTX Khác", "HTX", "Nông nghiệp", "Xã C", "Đang hoạt động", 5, "Khá"),)
    browser.load(make_workbook(other), "register", PLACE, 2023)
    answer = browser.client.post(commit, data=held)
    assert answer.status_code == 403
    assert "thay đổi" in answer.get_data(as_text=True)
    assert count(settings) == 1


def test_a_preview_of_older_data_is_made_again_without_sending_the_file_anew(
    browser: Any, settings: Settings, make_workbook: Callable[..., bytes]
) -> None:
    address = browser.preview(make_workbook(), "register", PLACE, 2023)
    other = (("HTX Khác", "HTX", "Nông nghiệp", "Xã C", "Đang hoạt động", 5, "Khá"),)
    browser.load(make_workbook(other), "register", PLACE, 2023)
    assert "Dữ liệu đã thay đổi từ lúc xem trước" in browser.read(address)
    again = browser.send(address, f"{address.split('?')[0]}/cap").get_data(as_text=True)
    found = re.search(r'href="(/nhap-lieu/[^"]+)"', again)
    assert found
    fresh = unescape(found[1])
    assert browser.send(fresh, f"{fresh.split('?')[0]}/nap", nguoi_ghi="Nguyễn Thị Thử").status_code == 303
    assert count(settings) == 5


def test_an_invented_workbook_does_not_enter_an_official_installation(
    browser: Any, settings: Settings, make_workbook: Callable[..., bytes]
) -> None:
    content = make_workbook(title="DANH SÁCH HTX ĐẾN 31/12/2023 (SỐ LIỆU MÔ PHỎNG)")
    text = browser.read(browser.preview(content, "register", PLACE, 2023))
    assert "Chưa nạp được" in text
    assert "mô phỏng" in text
    assert count(settings) == 0


def test_a_file_that_is_no_workbook_gets_a_sentence(browser: Any) -> None:
    answer = browser.send(
        "/nhap-lieu", "/nhap-lieu", tep=(io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"0" * 99), "so.xlsx"), loai="register",
        dia_ban=PLACE, nam_so="2023",
    )  # fmt: skip
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "Traceback" not in text
    assert "Chưa nạp được" in text or "Chưa đọc được" in text or "/nhap-lieu/" in text


def test_a_marked_copy_is_offered_only_of_a_file_that_could_be_opened(
    browser: Any, make_workbook: Callable[..., bytes]
) -> None:
    whole = browser.preview(make_workbook(BAD), "register", PLACE, 2023)
    assert "bản đánh dấu" in browser.read(whole)
    broken = browser.preview(make_workbook()[:900], "register", PLACE, 2023)
    text = browser.read(broken)
    assert "Dừng cả tệp" in text and "bản đánh dấu" not in text


def test_the_form_is_filled_in_as_it_was_for_the_mended_file(browser: Any, make_workbook: Callable[..., bytes]) -> None:
    address = browser.preview(make_workbook(BAD), "ratings", PLACE, 2023)
    (again,) = re.findall(r'href="(/nhap-lieu[?][^"]*)"', browser.client.get(address).get_data(as_text=True))
    fields = browser.forms(unescape(again))["/nhap-lieu"].fields
    assert [fields[name] for name in ("loai", "dia-ban", "nam-so")] == ["ratings", PLACE, "2023"]


def test_the_file_field_says_in_vietnamese_what_is_chosen(browser: Any) -> None:
    page = browser.client.get("/nhap-lieu").get_data(as_text=True)
    (control,) = re.findall(r'<input type="file"[^>]*>', page)
    (said,) = re.findall(r'aria-describedby="([^"]+)"', control)
    assert f'<span id="{said}" role="status">' in page and "Chọn tệp" in browser.read("/nhap-lieu")
    (script,) = re.findall(r'<script defer src="([^"]+)"', page)
    told = browser.client.get(script).get_data(as_text=True)
    assert "Chưa chọn tệp nào" in told and "file.name" in told


def test_a_file_beyond_20_mb_gets_a_sentence(browser: Any, settings: Settings) -> None:
    answer = browser.send(
        "/nhap-lieu", "/nhap-lieu", tep=(io.BytesIO(b"0" * 22_000_000), "so.xlsx"), loai="register", dia_ban=PLACE,
        nam_so="2023",
    )  # fmt: skip
    assert answer.status_code == 413
    assert "20 MB" in answer.get_data(as_text=True)


def test_wrong_choices_are_refused_before_the_file_is_read(browser: Any, make_workbook: Callable[..., bytes]) -> None:
    for wrong in ({"loai": "virus"}, {"nam_so": "23"}, {"dia_ban": ""}):
        fields = {"loai": "register", "dia_ban": PLACE, "nam_so": "2023"} | wrong
        tep = (io.BytesIO(make_workbook()), "so.xlsx")
        assert browser.send("/nhap-lieu", "/nhap-lieu", tep=tep, **fields).status_code == 403


def test_a_forged_preview_address_leads_nowhere(browser: Any) -> None:
    for token in ("x" * 32, "..%2F..%2Fetc%2Fpasswd", "a"):
        answer = browser.client.get(f"/nhap-lieu/{token}")
        assert answer.status_code in (200, 404)
        assert "root:" not in answer.get_data(as_text=True)
        assert browser.client.get(f"/nhap-lieu/{token}/ban-danh-dau.xlsx").status_code == 404


def test_previews_and_marked_copies_are_not_shown_where_writing_is_not_possible(
    browser: Any, open_browser: Callable[..., Any], make_workbook: Callable[..., bytes]
) -> None:
    address = browser.preview(make_workbook(), "register", PLACE, 2023)
    reader = open_browser(allow_writes=False)
    assert reader.client.get(address).status_code == 403
    assert reader.client.get(f"{address.split('?')[0]}/ban-danh-dau.xlsx").status_code == 403
    assert "Bản cài này chỉ để đọc" in reader.read("/nhap-lieu")


def test_navigation_offers_importing_only_where_writing_is_switched_on(open_browser: Callable[..., Any]) -> None:
    assert "/nhap-lieu" in open_browser().client.get("/doi-soat").get_data(as_text=True)
    page = open_browser(allow_writes=False).client.get("/doi-soat").get_data(as_text=True)
    assert 'href="/nhap-lieu"' not in page


def test_problems_on_the_page_never_quote_options_of_the_command() -> None:
    told = "Xóa dòng lặp, hoặc xác nhận khác nhau (--different 6484fb=56072a)"
    assert preview._sentence(told) == "Xóa dòng lặp, hoặc xác nhận khác nhau."
