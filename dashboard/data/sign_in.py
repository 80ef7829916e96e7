"""Signing in: the password, the second step, locks. Every refusal of a name and password is the same sentence."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import request
from sqlalchemy.orm import Session

from dashboard.account_values import Opened
from dashboard.data.account_door import accounts
from dashboard.data.attempts import count_failure, is_flooded, note_address
from dashboard.data.sessions import browser_label, open_session, waiting_session
from dashboard.data.trail import note
from models.account import Account
from models.account_reading import account_of, make_viewer
from models.account_rules import ONE_TIME_PASSWORD_HOLDS, fold_username
from models.account_secrets import hash_password, is_password, needs_rehash
from models.account_writing import forget_failures
from models.rights import NOBODY

REFUSED = (
    "Tên đăng nhập hoặc mật khẩu không đúng, hoặc tài khoản đang tạm khóa vì sai nhiều lần. "
    "Kiểm tra lại, thử sau ít phút, hoặc hỏi người quản trị."
)
FLOODED = "Có quá nhiều lần đăng nhập sai từ mạng này. Thử lại sau 15 phút."
TOO_OLD = "Mật khẩu dùng một lần này đã quá 7 ngày. Hỏi người quản trị để lấy mật khẩu mới."
WRONG_CODE = "Mã không đúng hoặc đã dùng. Chờ mã mới trên ứng dụng rồi nhập lại."
START_AGAIN = "Bước đăng nhập này đã hết hạn. Đăng nhập lại từ đầu."


class SignInError(Exception):
    """Nobody was signed in; the message is a Vietnamese sentence that does not tell whether the name exists."""


def sign_in(username: str, password: str) -> Opened:
    """Open a session for a name and password, or one that waits for the second step; raises SignInError."""
    now = datetime.now(UTC)
    with accounts() as session:
        if is_flooded(session, now):
            raise SignInError(FLOODED)
        account = account_of(session, fold_username(username))
        is_right = is_password(password, account.password_hash if account else None)
        if account is None or is_held(account, now) or not account.is_active or not is_right:
            _fail(session, account, now)
            raise SignInError(REFUSED)
        if _is_too_old(account, now):
            raise SignInError(TOO_OLD)
        if account.password_hash and needs_rehash(account.password_hash):
            account.password_hash = hash_password(password)
        return admit(session, account, now, method="password")


def admit(session: Session, account: Account, now: datetime, *, method: str, is_strong: bool = False) -> Opened:
    """Open a session for an account that has proved itself, and commit; `is_strong` when a second step is done."""
    waits = account.totp_confirmed_at is not None and not is_strong
    if not waits:
        forget_failures(session, account)
    label = browser_label(request.user_agent.string)
    token = open_session(
        session, account, now, method=method, is_waiting=waits, has_second_step=is_strong, browser=label
    )
    session.commit()
    if not waits:
        note("sign_in", viewer=make_viewer(session, account), subject=account.username, details={"method": method})
    return Opened(token, waits, account.must_change_password and method == "password")


def second_step(token: str, typed: str) -> Opened:
    """Finish a session that waits, with a code of the authenticator or a recovery code; raises SignInError."""
    from dashboard.data.second_factor import use_code

    now = datetime.now(UTC)
    with accounts() as session:
        if is_flooded(session, now):
            raise SignInError(FLOODED)
        found = waiting_session(session, token, now)
        if found is None:
            raise SignInError(START_AGAIN)
        row, account = found
        if is_held(account, now) or not use_code(session, account, typed, now):
            _fail(session, account, now)
            raise SignInError(WRONG_CODE)
        row.revoked_at = now
        return admit(session, account, now, method=row.method, is_strong=True)


def prove(session: Session, account: Account, password: str) -> bool:
    """Whether this is the present password of somebody who is signed in; failures count as at signing in."""
    now = datetime.now(UTC)
    if not is_held(account, now) and is_password(password, account.password_hash):
        return True
    _fail(session, account, now)
    return False


def is_held(account: Account, now: datetime) -> bool:
    """Whether failed attempts hold the account for now."""
    return account.locked_until is not None and now < account.locked_until


def _fail(session: Session, account: Account | None, now: datetime) -> None:
    """Count a failure, note it and commit; an account that is held already is not held longer."""
    note_address(session, now)
    is_counted = account is not None and account.is_active and not is_held(account, now)
    locked = count_failure(session, account, now) if account is not None and is_counted else None
    name = account.username if account else "tên không có trong hệ thống"
    session.commit()
    note("sign_in_failed", viewer=NOBODY, subject=name)
    if locked:
        minutes = int(locked.total_seconds() // 60)
        note("locked", viewer=NOBODY, subject=name, details={"minutes": minutes})


def _is_too_old(account: Account, now: datetime) -> bool:
    since = account.password_changed_at
    return account.must_change_password and since is not None and now - since > ONE_TIME_PASSWORD_HOLDS
