"""Changes to accounts from the web; each runs in one transaction and raises AccountError with a sentence.

Whoever hashes a password takes the turn for it before the transaction, as signing in does: the other way round each
would wait for the other. HashingBusyError when the turn does not come.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

from dashboard.access.account_session import accounts, changing_accounts
from dashboard.access.trail import expected_deed
from dashboard.accounts.data.sign_in import prove
from models.accounts import account_writing as writing
from models.accounts.account import Account, AccountGrant, AccountSession
from models.accounts.account_rules import PURPOSES, one_time_password
from models.accounts.account_secrets import hashing, is_password
from models.accounts.account_writing import AccountError
from models.accounts.rights import ROLE_WORDS, Grant, Role
from models.accounts.trail import Deed

WRONG_PASSWORD = "Mật khẩu hiện tại không đúng, hoặc tài khoản đang tạm khóa vì sai nhiều lần. Chưa đổi gì."  # noqa: S105
SIGN_IN_AGAIN = "Lần đăng nhập này đã quá 10 phút. Đăng xuất, đăng nhập lại rồi làm tiếp."
CHANGED_MEANWHILE = "Mật khẩu vừa được đổi ở nơi khác. Đăng nhập lại rồi làm tiếp; chưa đổi gì."
GONE = "Không còn tài khoản này. Tải lại danh sách."
GONE_GRANT = "Vai trò này đã được thu hồi. Tải lại trang."
FRESH = timedelta(minutes=10)
MOST_TOKENS = 20
Answer = TypeVar("Answer")


def check_present_password(owner: int, session_id: int | None, password: str) -> None:
    """Let the owner go on who proves the present password; without one (OpenID) a sign-in of a moment ago will do."""
    with accounts() as session:
        account = session.get_one(Account, owner)
        row = session.get(AccountSession, session_id) if session_id else None
    if account.password_hash is not None:
        if not prove(account, password):
            raise AccountError(WRONG_PASSWORD)
    elif row is None or not timedelta(0) <= datetime.now(UTC) - row.created_at <= FRESH:
        raise AccountError(SIGN_IN_AGAIN)


def change_password(owner: int, session_id: int | None, present: str, wanted: str) -> None:
    """Change the own password and end all other sessions; keys made with a one-time password end with it."""
    check_present_password(owner, session_id, present)
    if present == wanted:
        raise AccountError("Mật khẩu mới trùng mật khẩu hiện tại. Chọn mật khẩu khác.")
    with hashing(), changing_accounts() as session:
        account = session.get_one(Account, owner)
        if account.password_hash is None:
            raise AccountError("Tài khoản này đăng nhập qua cơ quan nên không có mật khẩu ở đây.")
        if not is_password(present, account.password_hash):
            raise AccountError(CHANGED_MEANWHILE)
        writing.replace_password(session, account, wanted)
        writing.end_sessions(session, owner, but=session_id)
        session.finish(_own_deed("password_changed", "mật khẩu của mình"))


def make_own_token(owner: int, purpose: str, label: str) -> str:
    """A token of the owner for one purpose, to be shown once."""
    if purpose not in PURPOSES:
        raise AccountError("Chọn mục đích sử dụng trong danh sách.")
    with changing_accounts() as session:
        if writing.count_tokens(session, owner) >= MOST_TOKENS:
            raise AccountError(f"Đã có {MOST_TOKENS} mã. Thu hồi mã không dùng rồi tạo lại.")
        token = writing.make_token(session, owner, purpose, label)
        session.finish(_own_deed("token_made", f"{PURPOSES[purpose]}: {label}"))
        return token


def revoke_own_token(owner: int, number: int) -> None:
    """Revoke a token of one's own."""
    with changing_accounts() as session:
        label = writing.revoke_token(session, owner, number)
        session.finish(_own_deed("token_revoked", label))


def add_account(username: str, display_name: str, *, has_password: bool, grant: Grant, by: str) -> tuple[int, str]:
    """A new account, its first role, and its one-time password (empty when it signs in only through OpenID)."""
    password = one_time_password() if has_password else None
    with hashing(), changing_accounts() as session:
        account = writing.add_account(session, username, display_name, password)
        writing.add_grant(session, account, grant, by)
        session.finish(_deed_about(account, "thêm tài khoản", grant.place).telling(role=ROLE_WORDS[grant.role]))
        return writing.account_id(account), password or ""


def give_one_time_password(number: int) -> str:
    """A new password to hand over; sessions end."""
    with hashing():
        return _change(number, writing.give_one_time_password, "cấp mật khẩu dùng một lần")


def switch_off(number: int) -> None:
    """Lock an account."""
    _change(number, writing.switch_off, "khóa tài khoản")


def switch_on(number: int) -> None:
    """Unlock an account."""
    _change(number, writing.switch_on, "mở khóa tài khoản")


def remove_factor(number: int) -> None:
    """Take away somebody's second factor, whose device is lost; sessions end."""

    def both(session: Session, account: Account) -> None:
        writing.remove_factor(session, account)
        writing.end_sessions(session, number)

    _change(number, both, "bỏ xác thực hai lớp")


def end_sessions(number: int) -> int:
    """End all sessions of an account; gives how many."""
    return _change(number, lambda session, _account: writing.end_sessions(session, number), "đóng mọi phiên")


def give_role(number: int, grant: Grant, by: str) -> None:
    """Give a role."""
    said = f"cấp vai trò {ROLE_WORDS[grant.role]}"
    _change(number, lambda session, account: writing.add_grant(session, account, grant, by), said, grant.place)


def revoke_role(number: int, grant_id: int, by: str) -> None:
    """Take a role back."""
    with changing_accounts() as session:
        row = session.get(AccountGrant, grant_id)
        if row is None or row.account_id != number or row.revoked_at is not None:
            raise AccountError(GONE_GRANT)
        writing.revoke_grant(session, row, by)
        account = session.get_one(Account, number)
        session.finish(_deed_about(account, f"thu hồi vai trò {ROLE_WORDS[Role(row.role)]}", row.place))


def revoke_token_of(number: int, key: int) -> None:
    """Revoke somebody's token."""
    _change(number, lambda session, _account: writing.revoke_token(session, number, key), "thu hồi khóa truy cập")


def _change(number: int, work: Callable[[Session, Account], Answer], said: str, place: str | None = None) -> Answer:
    with changing_accounts() as session:
        account = session.get(Account, number)
        if account is None:
            raise AccountError(GONE)
        answer = work(session, account)
        session.finish(_deed_about(account, said, place))
        return answer


def _deed_about(account: Account, said: str, place: str | None) -> Deed:
    name = account.username
    expected = replace(expected_deed(), action="account_changed", subject=f"{said}: {name}", place=place)
    return expected.telling(account=name)


def _own_deed(action: str, subject: str) -> Deed:
    return replace(expected_deed(), action=action, subject=subject)
