"""Changes to accounts from the web; each runs in one transaction and raises AccountError with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

from dashboard.data.account_door import accounts
from dashboard.data.sign_in import prove
from models import account_writing as writing
from models.account import AccessToken, Account, AccountGrant, AccountSession
from models.account_rules import PURPOSES, one_time_password
from models.account_writing import AccountError
from models.rights import Grant

WRONG_PASSWORD = "Mật khẩu hiện tại không đúng, hoặc tài khoản đang tạm khóa vì sai nhiều lần. Chưa đổi gì."  # noqa: S105
SIGN_IN_AGAIN = "Lần đăng nhập này đã quá 10 phút. Đăng xuất, đăng nhập lại rồi làm tiếp."
GONE = "Không còn tài khoản này. Tải lại danh sách."
GONE_GRANT = "Vai trò này đã được thu hồi. Tải lại trang."
FRESH = timedelta(minutes=10)
MOST_TOKENS = 20
Answer = TypeVar("Answer")


def check_present_password(owner: int, session_id: int | None, password: str) -> None:
    """Let the owner go on who proves the present password; without one (OpenID) a sign-in of a moment ago will do."""
    with accounts() as session:
        account = session.get_one(Account, owner)
        if account.password_hash is None:
            row = session.get(AccountSession, session_id) if session_id else None
            if row is None or datetime.now(UTC) - row.created_at > FRESH:
                raise AccountError(SIGN_IN_AGAIN)
        elif not prove(session, account, password):
            raise AccountError(WRONG_PASSWORD)


def change_password(owner: int, session_id: int | None, present: str, wanted: str) -> None:
    """Change the own password and end all other sessions."""
    check_present_password(owner, session_id, present)
    with accounts() as session:
        account = session.get_one(Account, owner)
        if account.password_hash is None:
            raise AccountError("Tài khoản này đăng nhập qua cơ quan nên không có mật khẩu ở đây.")
        if present == wanted:
            raise AccountError("Mật khẩu mới trùng mật khẩu hiện tại. Chọn mật khẩu khác.")
        writing.set_password(session, account, wanted)
        writing.end_sessions(session, owner, but=session_id)
        session.commit()


def make_own_token(owner: int, purpose: str, label: str) -> str:
    """A token of the owner for one purpose, to be shown once."""
    from dashboard.data.account_lists import one_account

    found = one_account(owner)
    if purpose not in PURPOSES or found is None:
        raise AccountError("Chọn mục đích sử dụng trong danh sách.")
    if len(found.tokens) >= MOST_TOKENS:
        raise AccountError(f"Đã có {MOST_TOKENS} mã. Thu hồi mã không dùng rồi tạo lại.")
    with accounts() as session:
        token = writing.make_token(session, owner, purpose, label)
        session.commit()
        return token


def revoke_token(owner: int, number: int) -> str:
    """Revoke a token of the owner; gives its label."""
    with accounts() as session:
        row = session.get(AccessToken, number)
        if row is None or row.account_id != owner or row.revoked_at is not None:
            raise AccountError("Mã này đã được thu hồi. Tải lại trang.")
        row.revoked_at = datetime.now(UTC)
        session.add(row)
        session.commit()
        return row.label


def add_account(
    username: str, display_name: str, *, has_password: bool, grant: Grant | None, by: str
) -> tuple[int, str]:
    """A new account, its first role, and its one-time password (empty when it signs in only through OpenID)."""
    password = one_time_password() if has_password else None
    with accounts() as session:
        account = writing.add_account(session, username, display_name, password)
        if grant is not None:
            writing.add_grant(session, account, grant, by)
        session.commit()
        return writing.account_id(account), password or ""


def give_one_time_password(number: int) -> str:
    """A new password to hand over; sessions end."""
    return _change(number, writing.give_one_time_password)


def switch_off(number: int) -> None:
    """Lock an account."""
    _change(number, writing.switch_off)


def switch_on(number: int) -> None:
    """Unlock an account."""
    _change(number, writing.switch_on)


def remove_factor(number: int) -> None:
    """Take away somebody's second factor, whose device is lost; sessions end."""

    def both(session: Session, account: Account) -> None:
        writing.remove_factor(session, account)
        writing.end_sessions(session, number)

    _change(number, both)


def end_sessions(number: int) -> int:
    """End all sessions of an account; gives how many."""
    return _change(number, lambda session, _account: writing.end_sessions(session, number))


def give_role(number: int, grant: Grant, by: str) -> None:
    """Give a role."""
    _change(number, lambda session, account: writing.add_grant(session, account, grant, by) and None)


def revoke_role(number: int, grant_id: int, by: str) -> None:
    """Take a role back."""
    with accounts() as session:
        row = session.get(AccountGrant, grant_id)
        if row is None or row.account_id != number or row.revoked_at is not None:
            raise AccountError(GONE_GRANT)
        writing.revoke_grant(session, row, by)
        session.commit()


def _change(number: int, work: Callable[[Session, Account], Answer]) -> Answer:
    with accounts() as session:
        account = session.get(Account, number)
        if account is None:
            raise AccountError(GONE)
        answer = work(session, account)
        session.commit()
        return answer
