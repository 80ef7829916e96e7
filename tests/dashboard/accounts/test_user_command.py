"""Accounts from the machine itself, and signing in, on both databases."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyotp
import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.access.accounts import viewer_of_session
from etl.commands.cli import main
from models.accounts.account_secrets import encrypt, is_password
from models.accounts.trail import COMMAND_LINE, TrailEntry
from models.places.place import Place

TYPED = "một câu dài dễ nhớ"
Run = Callable[..., str]


@pytest.fixture
def run(office: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `user ...` on the installation; gives what was printed."""
    monkeypatch.setenv("DATABASE_URL", office.settings.database_url)

    def command(*words: str, code: int = 0) -> str:
        assert main(["user", *words]) == code
        said = capsys.readouterr()
        return said.out if code == 0 else said.err

    return command


def test_the_first_administrator_gets_a_one_time_password_printed_once(office: Any, run: Run) -> None:
    printed = run("add", "Chi.Huy", "--role", "admin", "--display-name", "Người chỉ huy")
    handed_over = re.search(r"[a-z2-9]{5}(?:-[a-z2-9]{5}){3}", printed)
    assert handed_over and is_password(handed_over[0], office.account("chi.huy").password_hash)
    assert handed_over[0] not in run("list") and "chi.huy\tNgười chỉ huy\tquản trị (mọi địa bàn)" in run("list")
    with office.session() as session:
        entry = session.scalars(select(TrailEntry).order_by(col(TrailEntry.id))).all()[-1]
        assert (entry.action, entry.subject, entry.actor_name) == (
            "account_changed", "thêm tài khoản: chi.huy", COMMAND_LINE
        )  # fmt: skip


def test_a_password_can_be_typed_twice_on_the_terminal(office: Any, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter([TYPED, TYPED, TYPED, "khác hẳn mất rồi"])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    assert TYPED not in run("add", "chi.huy", "--role", "admin", "--ask")
    assert not office.account("chi.huy").must_change_password
    assert "không giống nhau" in run("add", "hai", "--role", "admin", "--ask", code=1)
    assert "hai" not in run("list")


def test_roles_are_given_and_taken_back(run: Run) -> None:
    run("role", "can.bo", "--role", "closer", "--place", "thanh-hoa", "--persons")
    assert "người chốt số (thanh-hoa, xem được họ tên)" in run("list")
    run("role", "can.bo", "--role", "closer", "--place", "thanh-hoa", "--persons", "--revoke")
    assert "người chốt số" not in run("list")
    assert "không có vai trò" in run("role", "can.bo", "--role", "closer", "--revoke", code=1)


def test_locking_unlocking_and_lost_things(office: Any, run: Run) -> None:
    browser = office.browser()
    browser.sign_in("can.bo")
    run("lock", "can.bo")
    assert browser.get("/tai-khoan").status_code == 303 and "[đã khóa]" in run("list")
    run("unlock", "can.bo")
    browser.sign_in("can.bo")
    assert "Đã đóng 1 phiên" in run("sessions-end", "CAN.BO")
    office.change("can.bo", totp_secret="sealed", totp_confirmed_at=datetime.now(UTC))  # noqa: S106
    run("remove-factor", "can.bo")
    assert office.account("can.bo").totp_confirmed_at is None
    run("password", "can.bo")
    assert office.account("can.bo").must_change_password


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["lock", "khong.co"], 1, "Không có tài khoản"),
        (["lock", "quan.tri"], 1, "duy nhất"),
        (["add", "can.bo", "--role", "admin"], 1, "Đã có tài khoản"),
        (["add", "moi", "--role", "officer", "--place", "atlantis"], 1, "Không có địa bàn"),
        (["add", "moi", "--role", "king"], 2, "không có lựa chọn"),
        (["add", "moi", "--role", "admin", "--ask", "--oidc"], 1, "Chỉ chọn một"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_done(run: Run, words: list[str], code: int, says: str) -> None:
    assert says in run(*words, code=code)
    assert "moi" not in run("list")


def test_a_database_without_the_tables_is_told(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / "empty.sqlite3").touch()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    assert "python -m etl init" in run("list", code=1)


@pytest.fixture
def both(engine: Engine, install: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> tuple[Any, pyotp.TOTP]:
    """An installation on each kind of database with an officer who has a second factor."""
    url = engine.url.render_as_string(hide_password=False)
    office, secret = install(url), pyotp.random_base32()
    with Session(engine) as session:
        session.add(Place(slug="gia-lai", name="Gia Lai", level="province"))
        session.commit()
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: TYPED)
    assert main(["user", "add", "lan", "--role", "officer", "--place", "gia-lai", "--ask"]) == 0
    sealed = encrypt(secret, office.settings.secret_key, "totp")
    office.change("lan", totp_secret=sealed, totp_confirmed_at=datetime.now(UTC))
    return office, pyotp.TOTP(secret)


def test_both_steps_and_closing_a_session_work_on_both_databases(both: tuple[Any, pyotp.TOTP]) -> None:
    office, clock = both
    browser, second = office.browser(), office.browser()
    assert browser.sign_in("lan").headers["Location"].startswith("/dang-nhap/buoc-hai")
    second.sign_in("lan")
    code = clock.now()
    assert browser.send("/dang-nhap/buoc-hai", "/dang-nhap/buoc-hai", ma=code).status_code == 303
    assert second.send("/dang-nhap/buoc-hai", "/dang-nhap/buoc-hai", ma=code).status_code == 403
    with office.server.app_context():
        found = viewer_of_session(browser.key)
    assert found and found.places == {"gia-lai", "viet-nam"}
    assert main(["user", "lock", "lan"]) == 0
    with office.server.app_context():
        assert viewer_of_session(browser.key) is None


def test_failures_lock_on_both_databases(both: tuple[Any, pyotp.TOTP]) -> None:
    office, _clock = both
    for _ in range(5):
        office.browser().sign_in("lan", "một câu khác hẳn")
    held = office.account("lan")
    assert held.failed_count == 5 and held.locked_until > datetime.now(UTC)
