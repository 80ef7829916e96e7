"""Signing in and out: what opens a session, what does not, and what a refusal tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import select, update

from models.accounts import account_secrets
from models.accounts.account import Account, AccountSession, FailedSignIn
from models.accounts.account_rules import ADDRESS_ATTEMPTS, token_hash
from models.accounts.rights import Grant, Role

WRONG = "một câu khác hẳn"
NOW = datetime.now(UTC)


def failing(browser: Any, name: str, times: int) -> list[str]:
    """What a reader reads after each wrong attempt."""
    return [main(browser.sign_in(name, WRONG)) for _ in range(times)]


def main(answer: Any) -> str:
    return answer.get_data(as_text=True).split("<main", 1)[1]


def sentence(answer: Any) -> str:
    """The refusal without what the reader typed."""
    return main(answer).split('role="alert"')[1].split("</p>")[0]


def test_the_right_name_and_password_open_a_session_and_lead_back(office: Any) -> None:
    browser = office.browser()
    answer = browser.sign_in("Quan.TRI", ve="/tinh/gia-lai?nam=2045")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/tinh/gia-lai?nam=2045")
    assert "Người quan.tri" in browser.text("/tai-khoan")
    assert ("sign_in", "quan.tri") in office.trail()


def test_nobody_is_sent_to_another_site_after_signing_in(office: Any) -> None:
    for way in ("//evil.example.org", "https://evil.example.org", "/\\evil.example.org"):
        assert office.browser().sign_in("quan.tri", ve=way).headers["Location"] == "/"


def test_the_cookie_is_out_of_reach_of_scripts_and_foreign_posts(office: Any) -> None:
    answer = office.browser().sign_in("quan.tri")
    (cookie,) = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith("phien-lam-viec=")]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie and "Secure" not in cookie
    assert "no-store" in answer.headers["Cache-Control"]


def test_over_https_the_cookie_never_travels_in_the_open(office: Any) -> None:
    browser = office.browser()
    base = {"base_url": "https://localhost"}
    token = (
        browser.get("/dang-nhap", **base).get_data(as_text=True).split('name="ma-bieu-mau" value="')[1].split('"')[0]
    )
    fields = {"ma-bieu-mau": token, "ten": "quan.tri", "mat-khau": "một câu dài dễ nhớ"}
    answer = browser.client.post("/dang-nhap", data=fields, **base)
    assert answer.status_code == 303
    assert all("Secure" in c for c in answer.headers.getlist("Set-Cookie") if c.startswith("phien"))


def test_the_database_keeps_no_token_and_no_password(office: Any, phrase: str) -> None:
    browser = office.browser()
    browser.sign_in("quan.tri")
    with office.session() as session:
        (row,) = session.scalars(select(AccountSession))
        assert row.token_hash == token_hash(browser.key) != browser.key
    assert office.account("quan.tri").password_hash.startswith("$argon2id$")
    assert phrase not in str(office.trail())


def test_a_wrong_password_and_an_unknown_name_get_the_same_sentence(office: Any) -> None:
    wrong, unknown = office.browser().sign_in("quan.tri", WRONG), office.browser().sign_in("khong.co", WRONG)
    assert sentence(wrong) == sentence(unknown)
    assert wrong.status_code == unknown.status_code == 403
    assert ("sign_in_failed", "tên không có trong hệ thống") in office.trail()
    assert "khong.co" not in str(office.trail())  # people type passwords into the wrong field


def test_an_unknown_name_costs_the_same_work(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[bool] = []
    checked = account_secrets.PasswordHasher.verify

    def counting(self: Any, kept: str, typed: Any) -> bool:
        done.append(True)
        return checked(self, kept, typed)

    monkeypatch.setattr(account_secrets.PasswordHasher, "verify", counting)
    for name in ("quan.tri", "khong.co"):
        done.clear()
        office.browser().sign_in(name, WRONG)
        assert len(done) == 1


def test_five_failures_lock_and_then_even_the_right_password_gets_the_same_sentence(office: Any) -> None:
    browser, began = office.browser(), datetime.now(UTC)
    first = sentence(browser.sign_in("quan.tri", WRONG))
    failing(browser, "quan.tri", 4)
    locked = browser.sign_in("quan.tri")
    assert locked.status_code == 403 and sentence(locked) == first
    assert office.account("quan.tri").locked_until >= began + timedelta(minutes=15)
    assert ("locked", "quan.tri") in office.trail()


def test_attempts_during_a_lock_do_not_make_it_longer(office: Any) -> None:
    failing(office.browser(), "quan.tri", 5)
    until = office.account("quan.tri").locked_until
    failing(office.browser(), "quan.tri", 6)
    after = office.account("quan.tri")
    assert (after.locked_until, after.failed_count) == (until, 5)


def test_after_the_lock_the_right_password_opens_and_the_count_starts_anew(office: Any) -> None:
    failing(office.browser(), "quan.tri", 5)
    office.change("quan.tri", locked_until=datetime.now(UTC) - timedelta(seconds=1))
    assert office.browser().sign_in("quan.tri").status_code == 303
    assert office.account("quan.tri").failed_count == 0


def test_five_more_failures_after_a_lock_hold_twice_as_long(office: Any) -> None:
    failing(office.browser(), "quan.tri", 5)
    office.change("quan.tri", locked_until=datetime.now(UTC) - timedelta(seconds=1))
    began = datetime.now(UTC)
    failing(office.browser(), "quan.tri", 5)
    assert office.account("quan.tri").locked_until >= began + timedelta(minutes=30)


def test_one_network_address_cannot_try_names_for_ever(office: Any) -> None:
    browser = office.browser()
    browser.sign_in("khong.co", WRONG)
    with office.session() as session:
        (row,) = session.scalars(select(FailedSignIn))
        assert "127.0.0.1" not in row.address  # a mark, not the address
        many = [FailedSignIn(address=row.address, failed_at=datetime.now(UTC)) for _ in range(ADDRESS_ATTEMPTS)]
        session.add_all(many)
    refused = browser.sign_in("quan.tri")
    assert refused.status_code == 403 and "quá nhiều lần" in main(refused)
    with office.session() as session:
        session.execute(update(FailedSignIn).values(failed_at=datetime.now(UTC) - timedelta(minutes=16)))
    assert browser.sign_in("quan.tri").status_code == 303


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example.org"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
def test_a_form_of_another_site_signs_nobody_in(office: Any, headers: dict[str, str], phrase: str) -> None:
    browser = office.browser()
    fields = {"ma-bieu-mau": browser.form_token("/dang-nhap"), "ten": "quan.tri", "mat-khau": phrase}
    assert browser.client.post("/dang-nhap", data=fields, headers=headers).status_code == 403
    assert browser.key == ""


@pytest.mark.parametrize("token", ["", "guessed", None])
def test_without_the_token_of_the_form_nothing_happens(office: Any, token: str | None, phrase: str) -> None:
    browser = office.browser()
    browser.sign_in("quan.tri")
    fields = {"ten": "can.bo", "mat-khau": phrase, "ma": "000000", **({"ma-bieu-mau": token} if token else {})}
    for address in ("/dang-nhap", "/dang-nhap/buoc-hai", "/dang-xuat"):
        assert browser.client.post(address, data=fields).status_code == 403
    assert "Người quan.tri" in browser.text("/tai-khoan")


def test_a_one_time_password_opens_only_the_page_that_changes_it(install: Callable[..., Any]) -> None:
    office = install(public_view=False)
    office.add("moi", Grant(Role.OFFICER, "gia-lai"), must_change=True)
    browser = office.browser()
    assert browser.sign_in("moi", ve="/tinh/gia-lai").headers["Location"] == "/tai-khoan?da=moi"
    for address in ("/", "/tinh/gia-lai", "/nhap-lieu", "/tai-khoan/hai-lop", "/duyet"):
        answer = browser.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/tai-khoan?da=moi"), address
    text = browser.text("/tai-khoan?da=moi")
    assert "chỉ dùng một lần" in text and "Khóa truy cập" not in text


def test_a_one_time_password_holds_seven_days(office: Any) -> None:
    office.add("moi", must_change=True)
    office.change("moi", password_changed_at=datetime.now(UTC) - timedelta(days=8))
    assert "quá 7 ngày" in main(office.browser().sign_in("moi"))


def test_a_password_is_hashed_again_when_the_cost_has_changed(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = office.account("quan.tri").password_hash
    monkeypatch.setattr(account_secrets, "COST", account_secrets.Cost(passes=2, memory=16, lanes=1))
    assert office.browser().sign_in("quan.tri").status_code == 303
    after = office.account("quan.tri").password_hash
    assert after != before and "t=2" in after
    assert office.browser().sign_in("quan.tri").status_code == 303


def test_an_account_of_the_provider_alone_has_no_password_to_guess(office: Any) -> None:
    with office.session() as session:
        session.add(Account(username="ngoai", display_name="Ngoài", created_at=NOW))
    for typed in ("", "None", WRONG):
        assert office.browser().sign_in("ngoai", typed).status_code == 403


def test_while_the_database_is_away_the_page_says_so(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = office.browser()
    token = browser.form_token("/dang-nhap")
    with office.door.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE account RENAME TO account_away")
    fields = {"ma-bieu-mau": token, "ten": "quan.tri", "mat-khau": WRONG}
    answer = browser.client.post("/dang-nhap", data=fields)
    assert answer.status_code == 503 and "Thử lại sau ít phút" in main(answer)


def test_the_first_account_is_noticed_at_once(install: Callable[..., Any]) -> None:
    empty = install()
    assert "chưa có tài khoản nào" in empty.browser().text("/dang-nhap")
    empty.add("quan.tri", Grant(Role.ADMIN))
    assert "chưa có tài khoản nào" not in empty.browser().text("/dang-nhap")


def test_whoever_is_signed_in_is_told_so_on_the_sign_in_page(office: Any) -> None:
    browser = office.browser()
    browser.sign_in("quan.tri")
    assert "Bạn đang đăng nhập" in browser.text("/dang-nhap")


def test_passwords_never_come_back_on_a_page(office: Any) -> None:
    assert WRONG not in office.browser().sign_in("quan.tri", WRONG).get_data(as_text=True)


def test_who_waits_in_vain_for_a_turn_to_hash_is_told_when_again_and_no_attempt_counts(
    office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account_secrets, "PATIENCE_SECONDS", 0.01)

    def failures() -> int:
        with office.session() as session:
            return len(session.scalars(select(FailedSignIn)).all())

    before = failures()
    taken, done = Event(), Event()

    def keep_the_turn() -> None:
        with account_secrets.hashing():
            taken.set()
            done.wait()

    other = Thread(target=keep_the_turn)
    other.start()
    taken.wait()
    try:
        answer = office.browser().sign_in("quan.tri")
    finally:
        done.set()
        other.join()
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "5"
    assert "Máy chủ đang kiểm tra nhiều mật khẩu cùng lúc. Chờ vài giây rồi làm lại." in sentence(answer)
    assert 'value="quan.tri"' in main(answer)
    assert failures() == before
    assert office.browser().sign_in("quan.tri").status_code == 303
