"""Nothing is written from the web unless every condition of writing holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.web import mutations as writing
from models.base.database import make_engine
from models.config.settings import Settings, read_settings
from models.targets.official import OfficialValue, Remark

WRONG = "/bao-so-lieu-sai"
PAGE = f"{WRONG}?dia-ban=thanh-hoa&chi-tieu=htx_count"
SAID = {"noi_dung": "Số đúng là 1.376", "nguoi_ghi": "Nguyễn Thị Thử"}


def remarks(settings: Settings) -> list[Remark]:
    with Session(make_engine(settings.database_url)) as session:
        return list(session.scalars(select(Remark)))


def test_a_remark_is_stored_with_a_name_that_nobody_verified(browser: Any, settings: Settings) -> None:
    answer = browser.send(PAGE, WRONG, **SAID)
    assert answer.status_code == 303
    (row,) = remarks(settings)
    assert (row.reporter, row.is_reporter_verified) == ("Nguyễn Thị Thử", False)
    assert row.address == "/tinh/thanh-hoa#htx_count"


@pytest.mark.parametrize(
    "address", ["/\\evil.example", "//evil.example", "javascript:alert(1)", "https://evil.example/"]
)
def test_a_remark_never_leads_away_from_this_site(browser: Any, settings: Settings, address: str) -> None:
    assert browser.send(PAGE, WRONG, **SAID, trang=address).status_code == 303
    (row,) = remarks(settings)
    assert row.address == "/"


def test_without_the_switch_pages_say_why_and_routes_refuse(
    open_browser: Callable[..., Any], settings: Settings
) -> None:
    browser = open_browser(allow_writes=False)
    assert "Bản cài này chỉ để đọc" in browser.read(PAGE)
    assert "<form" not in browser.client.get(PAGE).get_data(as_text=True)
    answer = browser.client.post(WRONG, data={"noi-dung": "x y z", "nguoi-ghi": "Ai đó"})
    assert answer.status_code == 403
    assert remarks(settings) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "cam-ket.example.vn"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "localhost.evil.example"},
        {"X-Forwarded-For": "203.0.113.9"},
        {"Forwarded": "for=203.0.113.9"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_strange_requests_are_refused(browser: Any, settings: Settings, headers: dict[str, str]) -> None:
    answer = browser.send(PAGE, WRONG, headers=headers, **SAID)
    assert answer.status_code in (400, 403)
    assert remarks(settings) == []


def test_another_machine_may_not_write(browser: Any, settings: Settings) -> None:
    browser.read(PAGE)
    form = browser.forms(PAGE)[WRONG].fields
    data = form | {"noi-dung": "x y z", "nguoi-ghi": "Ai đó"}
    answer = browser.client.post(WRONG, data=data, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert answer.status_code == 403
    assert remarks(settings) == []


@pytest.mark.parametrize("token", ["", "x" * 43, None])
def test_a_form_without_the_browsers_own_token_is_refused(browser: Any, settings: Settings, token: str | None) -> None:
    answer = browser.send(PAGE, WRONG, **SAID, ma_bieu_mau=token)
    assert answer.status_code == 403
    assert "chưa ghi gì" in answer.get_data(as_text=True).lower()
    assert remarks(settings) == []


def test_without_the_cookie_the_token_alone_does_not_help(browser: Any, settings: Settings) -> None:
    data = browser.forms(PAGE)[WRONG].fields | {"noi-dung": "x y z", "nguoi-ghi": "Ai đó"}
    browser.client.delete_cookie(writing.COOKIE)
    assert browser.client.post(WRONG, data=data).status_code == 403
    assert remarks(settings) == []


def test_the_tokens_cookie_is_strict_and_hidden_from_scripts(browser: Any) -> None:
    answer = browser.client.get(PAGE)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["", " ", "a", "x" * 81])
def test_a_change_needs_a_typed_name(browser: Any, settings: Settings, name: str) -> None:
    answer = browser.send(PAGE, WRONG, **{**SAID, "nguoi_ghi": name})
    assert answer.status_code == 403
    assert remarks(settings) == []


def test_a_remark_leads_nowhere_outside(browser: Any, settings: Settings) -> None:
    browser.send(PAGE, WRONG, **SAID, trang="//evil.example/x")
    browser.send(PAGE, WRONG, **SAID, trang="javascript:alert(1)")
    assert [row.address for row in remarks(settings)] == ["/", "/"]


def test_what_a_reader_typed_is_shown_as_text(browser: Any) -> None:
    browser.send(PAGE, WRONG, **{**SAID, "noi_dung": "<script>alert(1)</script>"})
    page = browser.client.get("/doi-soat?muc=phan-anh").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_every_route_that_changes_something_goes_through_the_choke_point(application: Any) -> None:
    ours = [
        rule
        for rule in application.server.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and not rule.rule.startswith("/_dash")
    ]
    made = {
        rule.rule
        for rule in ours
        if application.server.view_functions[rule.endpoint].__code__.co_qualname.startswith("mutation.")
    }
    assert made
    signing_in = {"/dang-nhap", "/dang-nhap/buoc-hai", "/dang-xuat"}  # before there is anybody to have a right
    assert {rule.rule for rule in ours} - made <= {"/", "/<path:path>", *signing_in}


def test_an_officer_answers_a_remark_once(browser: Any, settings: Settings) -> None:
    browser.send(PAGE, WRONG, **SAID)
    where = "/doi-soat?muc=phan-anh"
    assert browser.send(where, "/phan-anh/1", tra_loi="Đã đối chiếu", nguoi_ghi="Cán bộ").status_code == 303
    assert "Đã đối chiếu" in browser.read(where)
    assert "/phan-anh/1" not in browser.forms(where)
    assert remarks(settings)[0].answered_by == "Cán bộ"


@pytest.mark.parametrize(("text", "expected"), [("1", True), ("0", False), ("", False)])
def test_the_switch_is_one_or_zero(text: str, expected: bool) -> None:
    assert read_settings({"ALLOW_WRITES": text}).allow_writes is expected


def test_another_word_for_the_switch_stops_the_start() -> None:
    with pytest.raises(ValueError, match="ALLOW_WRITES"):
        read_settings({"ALLOW_WRITES": "yes"})


def test_an_official_value_changes_the_status_and_says_so(browser: Any, settings: Settings) -> None:
    page = "/chot-so?dia-ban=thanh-hoa&chi-tieu=htx_count&nam-so=2025"
    answer = browser.send(page, "/chot-so", ly_do="Biên bản đối chiếu 12", nguoi_ghi="Nguyễn Thị Thử")
    assert answer.status_code == 303, answer.get_data(as_text=True)
    with Session(make_engine(settings.database_url)) as session:
        (row,) = session.scalars(select(OfficialValue))
    assert (row.value, row.is_actor_verified, row.reason) == (1376, False, "Biên bản đối chiếu 12")
    assert "số đã chốt" in browser.read("/tinh/thanh-hoa")
    assert "Đã chốt 1.376" in browser.read("/doi-soat?dia-ban=thanh-hoa&nam-so=2025")


def test_settling_the_same_value_twice_writes_nothing_new(browser: Any, settings: Settings) -> None:
    page = "/chot-so?dia-ban=thanh-hoa&chi-tieu=htx_count&nam-so=2025"
    for _ in range(2):
        answer = browser.send(page, "/chot-so", ly_do="Biên bản 12", nguoi_ghi="Nguyễn Thị Thử")
        assert answer.status_code == 303
    with Session(make_engine(settings.database_url)) as session:
        assert session.scalar(select(func.count(col(OfficialValue.id)))) == 1


@pytest.mark.parametrize("choice", ["register", "no-such-key", "gia-lai-truoc-2025-07-htx_count-2022-12-31-kh977"])
def test_a_forged_choice_cannot_be_settled(browser: Any, choice: str) -> None:
    page = "/chot-so?dia-ban=thanh-hoa&chi-tieu=htx_count&nam-so=2025"
    answer = browser.send(page, "/chot-so", ly_do="Biên bản 12", nguoi_ghi="Nguyễn Thị Thử", chon=choice)
    assert answer.status_code == 403


FIGURE = {
    "dia_ban": "thanh-hoa",
    "chi_tieu": "htx_count|unstated",
    "gia_tri": "1.401",
    "ngay": "31/10/2026",
    "don_vi": "Sở Tài chính Thanh Hóa",
    "nguon": "Báo cáo 55/BC-STC",
    "ngay_cong_bo": "05/11/2026",
    "nguoi_ghi": "Nguyễn Thị Thử",
}


def test_a_figure_typed_by_hand_enters_the_published_line_with_its_source(browser: Any) -> None:
    answer = browser.send("/nhap-so", "/nhap-so", **FIGURE)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    text = browser.read("/tinh/thanh-hoa")
    assert "1.401" in text
    assert "Sở Tài chính Thanh Hóa" in text
    assert "Nhập tay" in browser.read("/doi-soat?muc=luot-nap")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("gia_tri", "1.40", "không phải số"),
        ("gia_tri", "36,508.2", "không phải số"),
        ("ngay", "31/13/2026", "không phải ngày"),
        ("ngay", "31/12/2027", "Số thực hiện"),
        ("chi_tieu", "htx_count|nothing", "danh mục"),
        ("chi_tieu", "no_such|unstated", "danh mục"),
        ("dia_ban", "atlantis", "danh mục"),
        (
            "dia_ban",
            "ninh-thuan",
            "chỉ có đến ngày 30/6/2025, số liệu là của ngày 31/10/2026: chọn địa bàn “Khánh Hòa”",
        ),
        ("gia_tri", "34,5", "có phần lẻ"),
        ("gia_tri", "-34", "âm"),
        ("don_vi", "", "Đơn vị công bố"),
        ("duong_dan", "javascript:alert(1)", "http"),
    ],
)
def test_an_unclear_figure_is_refused_with_a_sentence(browser: Any, field: str, value: str, says: str) -> None:
    answer = browser.send("/nhap-so", "/nhap-so", **{**FIGURE, field: value})
    assert answer.status_code == 403
    assert says in answer.get_data(as_text=True)


def test_a_figure_of_2023_is_refused_for_the_province_that_begins_in_2025(browser: Any) -> None:
    of_2023 = {**FIGURE, "dia_ban": "gia-lai", "ngay": "31/12/2023"}
    answer = browser.send("/nhap-so", "/nhap-so", **of_2023)
    assert answer.status_code == 403
    assert "chỉ có từ ngày 01/7/2025" in answer.text and "“Gia Lai (đến 30/6/2025)”" in answer.text
    of_2023["dia_ban"] = "gia-lai-truoc-2025-07"
    assert browser.send("/nhap-so", "/nhap-so", **of_2023).status_code == 303


def test_a_hand_typed_figure_can_be_taken_back(browser: Any) -> None:
    browser.send("/nhap-so", "/nhap-so", **FIGURE)
    answer = browser.send("/hoan-tac/2", "/hoan-tac/2", nguoi_ghi="Nguyễn Thị Thử")
    assert answer.status_code == 303, answer.get_data(as_text=True)
    assert "1.401" not in browser.read("/tinh/thanh-hoa")
    assert "bởi lượt 3" in browser.read("/doi-soat?muc=luot-nap")
