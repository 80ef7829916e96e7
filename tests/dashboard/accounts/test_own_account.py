"""The own account: password, sessions, access keys; and that none of it happens without the form's token."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from dashboard.access.accounts import viewer_of_session, viewer_of_token
from models.accounts.account import AccessToken, AccountSession, FailedSignIn
from models.accounts.account_rules import ADDRESS_ATTEMPTS, token_hash
from models.accounts.rights import Action, Grant, Role

NEW = "hôm nay trời rất đẹp"
CHANGE = "/tai-khoan/mat-khau"
OWN_CHANGES = [CHANGE, "/tai-khoan/hai-lop", "/tai-khoan/hai-lop/xac-nhan", "/tai-khoan/hai-lop/bo",
               "/tai-khoan/phien/1/dong", "/tai-khoan/khoa", "/tai-khoan/khoa/1/thu-hoi"]  # fmt: skip


def signed_in(office: Any, name: str = "can.bo") -> Any:
    browser = office.browser()
    assert browser.sign_in(name).status_code == 303
    return browser


def make_key(browser: Any, purpose: str = "api") -> str:
    answer = browser.send("/tai-khoan", "/tai-khoan/khoa", muc_dich=purpose, ghi_chu="máy của tôi")
    found = re.search(r'class="secret">([\w-]{43})<', answer.get_data(as_text=True))
    assert found
    return found[1]


def test_a_new_password_ends_all_other_sessions_and_keeps_this_one(office: Any, phrase: str) -> None:
    browser, other = signed_in(office), signed_in(office)
    answer = browser.send("/tai-khoan", CHANGE, hien_tai=phrase, moi=NEW, lai=NEW)
    assert answer.headers["Location"] == "/tai-khoan?da=mat-khau"
    assert (browser.get("/tai-khoan").status_code, other.get("/tai-khoan").status_code) == (200, 303)
    assert office.browser().sign_in("can.bo").status_code == 403
    assert office.browser().sign_in("can.bo", NEW).status_code == 303
    assert ("password_changed", "mật khẩu của mình") in office.trail()


@pytest.mark.parametrize(
    ("present", "first", "second", "says"),
    [
        ("một câu khác hẳn", NEW, NEW, "Mật khẩu hiện tại không đúng"),
        (None, NEW, NEW + "!", "không giống nhau"),
        (None, "ngắn quá", "ngắn quá", "ít nhất 12"),
        (None, "đây là can.bo đây", "đây là can.bo đây", "tên đăng nhập"),
        (None, "matkhau12345", "matkhau12345", "hay bị đoán"),
        (None, "một câu dài dễ nhớ", "một câu dài dễ nhớ", "trùng"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_a_sentence(
    office: Any, phrase: str, present: str | None, first: str, second: str, says: str
) -> None:
    browser = signed_in(office)
    answer = browser.send("/tai-khoan", CHANGE, hien_tai=present or phrase, moi=first, lai=second)
    assert answer.status_code == 403 and says in answer.get_data(as_text=True)
    assert first not in answer.get_data(as_text=True).split('role="status"')[1]
    assert office.browser().sign_in("can.bo").status_code == 303


def test_guessing_the_present_password_in_an_open_session_locks_the_account(office: Any, phrase: str) -> None:
    browser = signed_in(office)
    for _ in range(5):
        browser.send("/tai-khoan", CHANGE, hien_tai="một câu khác hẳn", moi=NEW, lai=NEW)
    answer = browser.send("/tai-khoan", CHANGE, hien_tai=phrase, moi=NEW, lai=NEW)
    assert answer.status_code == 403 and ("locked", "can.bo") in office.trail()


def test_mistyping_the_own_password_shuts_nobody_else_out(office: Any, phrase: str) -> None:
    browser, wrong = signed_in(office), "một câu khác hẳn"
    for page, address in (("/tai-khoan", CHANGE), ("/tai-khoan", "/tai-khoan/hai-lop")):
        assert browser.send(page, address, hien_tai=wrong, moi=NEW, lai=NEW).status_code == 403
    with office.session() as session:
        assert session.scalars(select(FailedSignIn)).all() == []
    assert office.account("can.bo").failed_count == 2


def test_who_is_signed_in_goes_on_where_others_of_the_same_address_failed(office: Any, phrase: str) -> None:
    browser = signed_in(office)
    office.browser().sign_in("khong.co", "một câu khác hẳn")
    with office.session() as session:
        mark, now = session.scalars(select(FailedSignIn)).one().address, datetime.now(UTC)
        session.add_all([FailedSignIn(address=mark, failed_at=now) for _ in range(ADDRESS_ATTEMPTS)])
    assert browser.send("/tai-khoan", CHANGE, hien_tai=phrase, moi=NEW, lai=NEW).status_code == 303


def test_a_one_time_password_is_changed_once_and_then_everything_opens(
    install: Callable[..., Any], phrase: str
) -> None:
    office = install(public_view=False)
    office.add("moi", Grant(Role.OFFICER, "gia-lai"), must_change=True)
    browser = signed_in(office, "moi")
    assert browser.get("/nhap-lieu").headers["Location"] == "/tai-khoan?da=moi"
    assert "Mật khẩu này chỉ dùng một lần" in browser.text("/tai-khoan")
    assert browser.send("/tai-khoan", CHANGE, hien_tai=phrase, moi=NEW, lai=NEW).status_code == 303
    assert browser.get("/tinh/gia-lai").status_code == 200
    assert not office.account("moi").must_change_password


def test_one_session_can_be_signed_out_from_another(office: Any) -> None:
    first, second = signed_in(office), signed_in(office)
    assert "Đăng xuất khỏi phiên này" in second.text("/tai-khoan")
    assert second.send("/tai-khoan", "/tai-khoan/phien/1/dong").status_code == 303
    assert (first.get("/tai-khoan").status_code, second.get("/tai-khoan").status_code) == (303, 200)


def test_nobody_signs_another_account_out(office: Any) -> None:
    admin, browser = signed_in(office, "quan.tri"), signed_in(office)
    assert browser.send("/tai-khoan", "/tai-khoan/phien/1/dong").status_code == 403
    assert admin.get("/tai-khoan").status_code == 200


def test_an_access_key_is_shown_once_and_kept_as_its_checksum(office: Any) -> None:
    browser = signed_in(office)
    key = make_key(browser)
    assert key not in browser.get("/tai-khoan").get_data(as_text=True)
    with office.session() as session:
        assert session.scalars(select(AccessToken)).one().token_hash == token_hash(key)
    assert ("token_made", "dữ liệu (API): máy của tôi") in office.trail() and key not in str(office.trail())


def test_an_access_key_reads_what_its_account_may_see_and_changes_nothing(office: Any) -> None:
    office.add("ca.hai", Grant(Role.ADMIN), Grant(Role.OFFICER, "gia-lai", sees_persons=True))
    key = make_key(signed_in(office, "can.bo"))
    wide = make_key(signed_in(office, "ca.hai"))
    with office.server.app_context():
        found, all_of_it = viewer_of_token(key, "api"), viewer_of_token(wide, "api")
    assert {grant.role for grant in (*found.grants, *all_of_it.grants)} == {Role.VIEWER}
    assert not any(grant.sees_persons for grant in all_of_it.grants)
    assert found.may(Action.EXPORT, "gia-lai") and not found.may(Action.EXPORT, "thanh-hoa")
    assert not found.may(Action.UPDATE) and not all_of_it.may(Action.ADMINISTER)


def test_an_access_key_opens_only_what_it_was_made_for(office: Any) -> None:
    key = make_key(signed_in(office), "lich")
    with office.server.app_context():
        assert viewer_of_token(key, "lich") and viewer_of_token(key, "api") is None
        assert viewer_of_token(key[:-1] + "_", "lich") is None and viewer_of_session(key) is None
    with office.session() as session:
        assert session.scalars(select(AccessToken)).one().last_used_on == datetime.now(UTC).date()


@pytest.mark.parametrize("how", ["revoked", "off", "grant"])
def test_an_access_key_ends_with_itself_with_its_account_and_with_its_roles(office: Any, how: str) -> None:
    browser = signed_in(office)
    key = make_key(browser)
    if how == "revoked":
        assert browser.send("/tai-khoan", "/tai-khoan/khoa/1/thu-hoi").headers["Location"] == "/tai-khoan?da=thu-hoi"
    elif how == "off":
        office.change("can.bo", is_active=False)
    else:
        admin = signed_in(office, "quan.tri")
        admin.send("/quan-tri/tai-khoan/2", "/quan-tri/tai-khoan/2/vai-tro/2/thu-hoi")
    with office.server.app_context():
        found = viewer_of_token(key, "api")
    assert found is None or not found.may(Action.VIEW)


def test_nobody_revokes_the_key_of_another_account(office: Any) -> None:
    key = make_key(signed_in(office, "quan.tri"))
    browser = signed_in(office)
    browser.client.post("/tai-khoan/khoa/1/thu-hoi", data={"ma-bieu-mau": browser.form_token("/tai-khoan")})
    with office.server.app_context():
        assert viewer_of_token(key, "api")


def test_under_closed_viewing_a_key_opens_the_api_and_nothing_without_one(install: Callable[..., Any]) -> None:
    office = install(public_view=False)
    office.add("can.bo", Grant(Role.OFFICER, "gia-lai"))
    key = make_key(signed_in(office))
    stranger = office.browser()
    assert stranger.get("/api/v1/places.json").status_code == 401
    assert stranger.get(f"/api/v1/places.json?khoa={key}").status_code == 200
    assert stranger.get("/api/v1/places.json", headers={"Authorization": f"Bearer {key}"}).status_code == 200
    assert stranger.get(f"/tinh/gia-lai?khoa={key}").status_code == 303


@pytest.mark.parametrize("token", ["", "guessed", "of another"])
def test_without_the_token_of_this_session_nothing_changes(office: Any, token: str, phrase: str) -> None:
    browser = signed_in(office)
    sent = signed_in(office, "quan.tri").form_token("/tai-khoan") if token.startswith("of") else token
    fields = {"hien-tai": phrase, "moi": NEW, "lai": NEW, "muc-dich": "api", "ghi-chu": "x y", "ma-bieu-mau": sent}
    before = office.account("can.bo").model_dump()
    for address in OWN_CHANGES:
        assert browser.client.post(address, data=fields).status_code == 403, address
    assert office.account("can.bo").model_dump() == before
    assert browser.get("/tai-khoan").status_code == 200
    with office.session() as session:
        assert session.scalars(select(AccessToken)).all() == []


@pytest.mark.parametrize("address", ["/tai-khoan", "/tai-khoan/hai-lop", "/quan-tri/tai-khoan"])
def test_strangers_are_sent_to_sign_in_and_back(office: Any, address: str) -> None:
    answer = office.browser().get(address)
    assert answer.status_code == 303 and answer.headers["Location"].startswith("/dang-nhap?ve=")


def test_an_account_of_the_provider_alone_proves_itself_by_a_fresh_sign_in(office: Any) -> None:
    browser = signed_in(office)
    office.change("can.bo", password_hash=None)
    assert "Đổi mật khẩu" not in browser.text("/tai-khoan")
    with office.session() as session:
        session.execute(update(AccountSession).values(created_at=datetime.now(UTC) - timedelta(minutes=11)))
    answer = browser.send("/tai-khoan", "/tai-khoan/hai-lop")
    assert answer.status_code == 403 and "quá 10 phút" in answer.get_data(as_text=True)
    with office.session() as session:
        session.execute(update(AccountSession).values(created_at=datetime.now(UTC)))
    assert browser.send("/tai-khoan", "/tai-khoan/hai-lop").status_code == 303


def test_own_work_opens_for_who_is_signed_in_and_is_linked_for_nobody_else(office: Any) -> None:
    stranger, officer = office.browser(), signed_in(office)
    assert stranger.get("/viec-cua-toi").status_code == 303
    assert "/viec-cua-toi" not in stranger.get("/").text and 'href="/viec-cua-toi"' in officer.get("/").text
    page = officer.get("/viec-cua-toi")
    assert page.status_code == 200 and "Theo quyền của tài khoản: Gia Lai" in page.text
    admin = signed_in(office, "quan.tri").get("/viec-cua-toi").text
    assert "việc của mọi địa bàn" in admin and "flat-tasks" in admin
