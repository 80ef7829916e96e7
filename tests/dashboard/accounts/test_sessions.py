"""Sessions on the server: new at each sign-in, ended by disuse, by age, by signing out and with the account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, update

from dashboard.access.accounts import SHORT_WAIT_MS
from models.accounts.account import AccountSession
from models.accounts.rights import Grant, Role

NOW = datetime.now(UTC)


def test_each_sign_in_has_a_new_token_and_the_old_one_ends(office: Any) -> None:
    browser = office.browser()
    browser.client.set_cookie("phien-lam-viec", "planted-by-somebody-else")
    browser.sign_in("quan.tri")
    first = browser.key
    assert first != "planted-by-somebody-else"
    token = browser.form_token("/dang-nhap")
    fields = {"ma-bieu-mau": token, "ten": "can.bo", "mat-khau": "một câu dài dễ nhớ"}
    assert browser.client.post("/dang-nhap", data=fields).status_code == 303
    other = office.browser()
    other.client.set_cookie("phien-lam-viec", first)
    assert other.get("/tai-khoan").status_code == 303
    assert "can.bo" in browser.text("/tai-khoan")


def test_signing_out_ends_the_session_on_the_server(office: Any) -> None:
    browser = office.browser()
    browser.sign_in("quan.tri")
    kept = browser.key
    assert browser.send("/tai-khoan", "/dang-xuat").headers["Location"] == "/dang-nhap"
    assert browser.key == ""
    browser.client.set_cookie("phien-lam-viec", kept)
    assert browser.get("/tai-khoan").status_code == 303
    assert ("sign_out", "quan.tri") in office.trail()


@pytest.mark.parametrize(
    "change",
    [
        {"seen_at": NOW - timedelta(minutes=61)},
        {"expires_at": NOW - timedelta(seconds=1)},
        {"revoked_at": NOW},
        {"is_waiting": True},
    ],
    ids=["idle too long", "out of its time", "revoked", "before its second step"],
)
def test_a_session_that_ended_opens_nothing(office: Any, change: dict[str, Any]) -> None:
    browser = office.browser()
    browser.sign_in("quan.tri")
    with office.session() as session:
        session.execute(update(AccountSession).values(**change))
    assert browser.get("/tai-khoan").status_code == 303


def test_a_session_lives_as_long_as_the_setting_says(install: Callable[..., Any]) -> None:
    office = install(session_hours=2)
    office.add("quan.tri", Grant(Role.ADMIN))
    office.browser().sign_in("quan.tri")
    with office.session() as session:
        (row,) = session.scalars(select(AccountSession))
        assert row.expires_at - row.created_at == timedelta(hours=2)


def test_using_a_session_keeps_it_alive(office: Any) -> None:
    browser = office.browser()
    browser.sign_in("quan.tri")
    with office.session() as session:
        session.execute(update(AccountSession).values(seen_at=datetime.now(UTC) - timedelta(minutes=50)))
    asked = datetime.now(UTC)
    browser.get("/tai-khoan")
    with office.session() as session:
        assert session.scalars(select(AccountSession)).one().seen_at >= asked


def test_signing_in_clears_sessions_that_ended_more_than_90_days_ago(
    install: Callable[..., Any], engine: Engine
) -> None:
    office = install(engine.url.render_as_string(hide_password=False))
    number = office.add("quan.tri", Grant(Role.ADMIN))
    with office.session() as session:
        for days in (400, 91, 89, 0):
            ended = datetime.now(UTC) - timedelta(days=days)
            told = {"token_hash": str(days), "created_at": ended, "seen_at": ended, "expires_at": ended}
            session.add(AccountSession(account_id=number, **told))
        highest = session.scalars(select(AccountSession.id)).all()
    assert office.browser().sign_in("quan.tri").status_code == 303
    with office.session() as session:
        rows = session.scalars(select(AccountSession).order_by(AccountSession.id)).all()  # type: ignore[arg-type]
        assert [row.token_hash for row in rows[:-1]] == ["89", "0"]
        assert (rows[-1].id or 0) > max(number or 0 for number in highest)
    assert ("sign_in", "quan.tri") in office.trail()


def test_a_reader_does_not_wait_for_a_writer_to_keep_the_session_alive(office: Any) -> None:
    browser = office.browser()
    browser.sign_in("quan.tri")
    seen = datetime.now(UTC) - timedelta(minutes=50)
    with office.session() as session:
        session.execute(update(AccountSession).values(seen_at=seen))
    said: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(office.door.engine, "before_cursor_execute", hear)
    with office.door.engine.connect() as writer:
        writer.exec_driver_sql("BEGIN IMMEDIATE")
        assert browser.get("/tai-khoan").status_code == 200
        writer.rollback()
    touched = next(number for number, one in enumerate(said) if one.startswith("UPDATE account_session"))
    assert f"PRAGMA busy_timeout={SHORT_WAIT_MS}" in said[:touched] and SHORT_WAIT_MS <= 1000
    with office.session() as session:  # left to the next request
        assert session.scalars(select(AccountSession)).one().seen_at == seen


def test_an_account_that_is_switched_off_is_out_at_once(office: Any) -> None:
    browser = office.browser()
    browser.sign_in("can.bo")
    office.change("can.bo", is_active=False)
    assert browser.get("/tai-khoan").status_code == 303
    assert browser.sign_in("can.bo").status_code == 403
