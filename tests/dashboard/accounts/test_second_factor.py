"""The second factor: setting it up, signing in with it, codes that hold once, and who must have it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from sqlalchemy import select
from sqlmodel import col

from dashboard.db.read_session import Repository
from models.accounts.account import AccountSession, RecoveryCode
from models.accounts.rights import Grant, Role

SETUP = "/tai-khoan/hai-lop"


def set_up(browser: Any, phrase: str) -> tuple[pyotp.TOTP, list[str]]:
    """Switch the second factor on; gives the clock and the recovery codes."""
    browser.send("/tai-khoan", SETUP, hien_tai=phrase)
    text = browser.text(SETUP)
    found = re.search(r"nhập khóa: ((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})", text)
    assert found, text
    clock = pyotp.TOTP(found[1].replace(" ", ""))
    answer = browser.send(SETUP, f"{SETUP}/xac-nhan", ma=clock.at(datetime.now(UTC) - timedelta(seconds=30)))
    codes = re.findall(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}", answer.get_data(as_text=True))
    assert answer.status_code == 200 and len(codes) == 10
    return clock, codes


@pytest.fixture
def guarded(office: Any, phrase: str) -> tuple[Any, pyotp.TOTP, list[str]]:
    """An administrator with a second factor, signed out again."""
    browser = office.browser()
    browser.sign_in("quan.tri")
    clock, codes = set_up(browser, phrase)
    return office, clock, codes


def test_it_is_set_up_only_with_the_present_password(office: Any) -> None:
    browser = office.browser()
    browser.sign_in("quan.tri")
    assert browser.send("/tai-khoan", SETUP, hien_tai="một câu khác hẳn").status_code == 403
    assert office.account("quan.tri").totp_secret is None
    assert browser.get(SETUP).status_code == 303  # nothing waits to be proved


def test_a_wrong_code_does_not_switch_it_on(office: Any, phrase: str) -> None:
    browser = office.browser()
    browser.sign_in("quan.tri")
    browser.send("/tai-khoan", SETUP, hien_tai=phrase)
    assert browser.send(SETUP, f"{SETUP}/xac-nhan", ma="000000").status_code == 403
    assert office.account("quan.tri").totp_confirmed_at is None
    assert office.browser().sign_in("quan.tri").headers["Location"] == "/"


def test_its_key_is_stored_encrypted_and_its_codes_as_checksums(guarded: Any) -> None:
    office, clock, codes = guarded
    assert clock.secret not in office.account("quan.tri").totp_secret
    with office.session() as session:
        kept = {row.code_hash for row in session.scalars(select(RecoveryCode))}
    assert len(kept) == 10 and not kept & set(codes)
    assert ("factor_changed", "bật xác thực hai lớp") in office.trail()


def test_switching_it_on_ends_other_sessions_but_not_this_one(office: Any, phrase: str) -> None:
    other, browser = office.browser(), office.browser()
    other.sign_in("quan.tri")
    browser.sign_in("quan.tri")
    set_up(browser, phrase)
    assert other.get("/tai-khoan").status_code == 303
    assert "Đang bật. Còn 10 mã dự phòng" in browser.text("/tai-khoan")


def test_the_password_alone_opens_nothing(guarded: Any) -> None:
    office, _clock, _codes = guarded
    browser = office.browser()
    answer = browser.sign_in("quan.tri", ve="/hop")
    assert answer.headers["Location"] == "/dang-nhap/buoc-hai?ve=%2Fhop"
    assert browser.get("/tai-khoan").status_code == browser.get("/quan-tri/tai-khoan").status_code == 303
    assert office.trail().count(("sign_in", "quan.tri")) == 1  # the one before it was switched on


def test_with_the_code_one_is_in_under_a_new_token_and_led_back(guarded: Any) -> None:
    office, clock, _codes = guarded
    browser = office.browser()
    browser.sign_in("quan.tri")
    waiting = browser.key
    answer = browser.send("/dang-nhap/buoc-hai?ve=/hop", "/dang-nhap/buoc-hai", ma=clock.now(), ve="/hop")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/hop")
    assert browser.key != waiting and browser.get("/quan-tri/tai-khoan").status_code == 200
    with office.session() as session:
        last = session.scalars(select(AccountSession).order_by(col(AccountSession.id).desc())).first()
        assert last.has_second_step


def test_a_code_holds_once_even_from_two_browsers(guarded: Any) -> None:
    office, clock, _codes = guarded
    first, second = office.browser(), office.browser()
    first.sign_in("quan.tri")
    second.sign_in("quan.tri")
    code = clock.now()
    assert first.send("/dang-nhap/buoc-hai", "/dang-nhap/buoc-hai", ma=code).status_code == 303
    assert second.send("/dang-nhap/buoc-hai", "/dang-nhap/buoc-hai", ma=code).status_code == 403


def test_an_older_code_than_the_last_one_does_not_hold(guarded: Any) -> None:
    office, clock, _codes = guarded
    browser = office.browser()
    browser.sign_in("quan.tri")
    old = clock.at(datetime.now(UTC) - timedelta(seconds=120))
    assert browser.send("/dang-nhap/buoc-hai", "/dang-nhap/buoc-hai", ma=old).status_code == 403


def test_a_recovery_code_holds_once_however_it_is_typed(guarded: Any) -> None:
    office, _clock, codes = guarded
    for status in (303, 403):
        browser = office.browser()
        browser.sign_in("quan.tri")
        typed = f" {codes[0].upper().replace('-', ' ')}"
        assert browser.send("/dang-nhap/buoc-hai", "/dang-nhap/buoc-hai", ma=typed).status_code == status


def test_guessing_codes_locks_the_account_though_the_password_is_right(guarded: Any) -> None:
    office, clock, _codes = guarded
    for _ in range(5):  # the right password in between does not set the count back
        browser = office.browser()
        browser.sign_in("quan.tri")
        assert browser.send("/dang-nhap/buoc-hai", "/dang-nhap/buoc-hai", ma="000000").status_code == 403
    assert office.account("quan.tri").locked_until
    assert browser.send("/dang-nhap/buoc-hai", "/dang-nhap/buoc-hai", ma=clock.now()).status_code == 403
    assert office.browser().sign_in("quan.tri").status_code == 403


def test_the_second_step_waits_ten_minutes(guarded: Any) -> None:
    office, _clock, _codes = guarded
    browser = office.browser()
    browser.sign_in("quan.tri")
    with office.session() as session:
        row = session.scalars(select(AccountSession).order_by(col(AccountSession.id).desc())).first()
        assert row.is_waiting and row.expires_at - row.created_at == timedelta(minutes=10)
        row.expires_at = datetime.now(UTC)
    assert browser.get("/dang-nhap/buoc-hai").headers["Location"].startswith("/dang-nhap?")


def test_it_is_removed_only_with_the_present_password(guarded: Any, phrase: str) -> None:
    office, clock, _codes = guarded
    browser = office.browser()
    browser.sign_in("quan.tri")
    browser.send("/dang-nhap/buoc-hai", "/dang-nhap/buoc-hai", ma=clock.now())
    assert browser.send("/tai-khoan", f"{SETUP}/bo", hien_tai="một câu khác hẳn").status_code == 403
    assert browser.send("/tai-khoan", f"{SETUP}/bo", hien_tai=phrase).status_code == 303
    assert office.account("quan.tri").totp_secret is None
    assert office.browser().sign_in("quan.tri").headers["Location"] == "/"


def test_one_in_force_is_not_replaced_by_starting_again(guarded: Any, phrase: str) -> None:
    office, clock, _codes = guarded
    browser = office.browser()
    browser.sign_in("quan.tri")
    browser.send("/dang-nhap/buoc-hai", "/dang-nhap/buoc-hai", ma=clock.now())
    kept = office.account("quan.tri").totp_secret
    token = browser.form_token("/tai-khoan")
    browser.client.post(SETUP, data={"ma-bieu-mau": token, "hien-tai": phrase})
    assert office.account("quan.tri").totp_secret == kept


def test_after_the_secret_of_the_installation_changed_only_a_recovery_code_opens(
    guarded: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, clock, codes = guarded
    changed = Repository(replace(office.settings, secret_key=office.settings.secret_key[::-1]))
    monkeypatch.setitem(office.server.extensions, "repository", changed)
    for code, status in ((clock.now(), 403), (codes[3], 303)):
        browser = office.browser()
        browser.sign_in("quan.tri")
        assert browser.send("/dang-nhap/buoc-hai", "/dang-nhap/buoc-hai", ma=code).status_code == status


def test_where_a_second_factor_is_required_a_role_only_reads_until_there_is_one(
    install: Callable[..., Any], phrase: str
) -> None:
    office = install(needs_second_factor=True, public_view=False)
    office.add("quan.tri", Grant(Role.ADMIN))
    office.add("nguoi.xem", Grant(Role.VIEWER))
    browser = office.browser()
    browser.sign_in("quan.tri")
    assert "đòi xác thực hai lớp" in browser.text("/tai-khoan")
    assert (browser.get("/quan-tri/tai-khoan").status_code, browser.get("/tinh").status_code) == (403, 200)
    set_up(browser, phrase)
    assert browser.get("/quan-tri/tai-khoan").status_code == 200
    reader = office.browser()
    reader.sign_in("nguoi.xem")
    assert "đòi xác thực hai lớp" not in reader.text("/tai-khoan")
