"""Signing in: the password, the second step, locks. Every refusal of a name and password is the same sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from flask import request
from sqlalchemy.orm import Session

from dashboard.access.account_session import changing_accounts
from dashboard.access.trail import deed
from dashboard.accounts.data.attempts import (
    TAKEN_BACK,
    Attempt,
    FloodedError,
    begin_attempt,
    count_failure,
    failure_deeds,
    holds,
    insist_on_quiet,
    note_address,
    take_back,
    tell_failure,
)
from dashboard.accounts.data.sessions import browser_label, open_session, waiting_session
from dashboard.accounts.values import Opened
from models.accounts.account import Account
from models.accounts.account_reading import account_of, make_viewer
from models.accounts.account_rules import ONE_TIME_PASSWORD_HOLDS, fold_username, is_within
from models.accounts.account_secrets import hash_password, hashing, is_password, needs_rehash
from models.accounts.account_writing import forget_failures
from models.accounts.changing import ChangeSession

REFUSED = (
    "Tên đăng nhập hoặc mật khẩu không đúng, hoặc tài khoản đang tạm khóa vì sai nhiều lần. "
    "Kiểm tra lại, thử sau ít phút, hoặc hỏi người quản trị."
)
FLOODED = "Có quá nhiều lần đăng nhập sai từ mạng này. Thử lại sau 15 phút."
TOO_OLD = "Mật khẩu dùng một lần này đã quá 7 ngày. Hỏi người quản trị để lấy mật khẩu mới."
USED = "Mật khẩu dùng một lần này đã được dùng. Hỏi người quản trị để lấy mật khẩu mới."
WRONG_CODE = "Mã không đúng hoặc đã dùng. Chờ mã mới trên ứng dụng rồi nhập lại."
START_AGAIN = "Bước đăng nhập này đã hết hạn. Đăng nhập lại từ đầu."


class SignInError(Exception):
    """Nobody was signed in; the message is a Vietnamese sentence that does not tell whether the name exists."""


def sign_in(username: str, password: str) -> Opened:
    """Open a session for a name and password, or one that waits for the second step; raises SignInError."""
    try:
        attempt, is_right = _try(lambda session: account_of(session, fold_username(username)), password)
    except FloodedError as error:
        raise SignInError(FLOODED) from error
    if not is_right:
        tell_failure(attempt)
        raise SignInError(REFUSED)
    newer = hash_password(password) if needs_rehash(attempt.password_hash or "") else None
    now = datetime.now(UTC)
    with changing_accounts() as session:
        account = session.get_one(Account, attempt.account_id)
        if not account.is_active or account.password_hash != attempt.password_hash:  # changed while it was looked at
            raise SignInError(REFUSED)
        take_back(session, attempt, account)
        if problem := _one_time_problem(account, now):
            session.finish_untold(TAKEN_BACK)
            raise SignInError(problem)
        account.password_hash = newer or account.password_hash
        return open_account_session(session, account, now, method="password")


def open_account_session(
    session: ChangeSession, account: Account, now: datetime, *, method: str, is_strong: bool = False
) -> Opened:
    """Open a session for an account that has proved itself, and commit; `is_strong` when a second step is done."""
    waits = account.totp_confirmed_at is not None and not is_strong
    must_change = account.must_change_password and method == "password"
    if not waits:
        forget_failures(session, account)
        if must_change:
            account.one_time_used_at = now  # it opens one session
    label = browser_label(request.user_agent.string)
    token = open_session(
        session, account, now, method=method, is_waiting=waits, has_second_step=is_strong, browser=label
    )
    if waits:
        session.finish_untold("half a sign-in opens nothing; the whole one is told")
    else:
        who = make_viewer(session, account)
        session.finish(deed("sign_in", viewer=who, subject=account.username, details={"method": method}))
    return Opened(token, waits, must_change)


def second_step(token: str, typed: str) -> Opened:
    """Finish a session that waits, with a code of the authenticator or a recovery code; raises SignInError."""
    from dashboard.accounts.data.second_factor import use_code

    now = datetime.now(UTC)
    with changing_accounts() as session:
        try:
            insist_on_quiet(session, now)
        except FloodedError as error:
            raise SignInError(FLOODED) from error
        found = waiting_session(session, token, now)
        if found is None:
            raise SignInError(START_AGAIN)
        row, account = found
        is_held = holds(account, now)
        if is_held or not use_code(session, account, typed, now):
            note_address(session, now)
            locked = None if is_held else count_failure(session, account, now)
            session.finish(*failure_deeds(account.username, locked))
            raise SignInError(WRONG_CODE)
        if row.method == "password" and (problem := _one_time_problem(account, now)):
            raise SignInError(problem)
        row.revoked_at = now
        return open_account_session(session, account, now, method=row.method, is_strong=True)


def prove(account: Account, password: str) -> bool:
    """Whether this is the present password of somebody who is signed in; failures count for the account."""
    attempt, is_right = _try(lambda session: session.get(Account, account.id), password, is_signed_in=True)
    if not is_right:
        tell_failure(attempt)
        return False
    with changing_accounts() as session:
        take_back(session, attempt, session.get_one(Account, account.id))
        session.finish_untold(TAKEN_BACK)
    return True


def _try(
    find: Callable[[Session], Account | None], password: str, *, is_signed_in: bool = False
) -> tuple[Attempt, bool]:
    """Count an attempt and look at its password. The turn comes first: an attempt that is not looked at never counts.

    Raises FloodedError and HashingBusyError.
    """
    with hashing():
        attempt = begin_attempt(find, is_signed_in=is_signed_in)
        return attempt, is_password(password, attempt.password_hash) and attempt.is_open


def _one_time_problem(account: Account, now: datetime) -> str:
    """Why a one-time password opens nothing any more; empty when it does, or is none."""
    since = account.password_changed_at
    if not account.must_change_password or since is None:
        return ""
    if account.one_time_used_at is not None:
        return USED
    return "" if is_within(now, since, ONE_TIME_PASSWORD_HOLDS) else TOO_OLD
