"""How accounts change, for the web and the command line alike. The caller commits and notes it in the trail."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from models.accounts.account import AccessToken, Account, AccountGrant, AccountSession, RecoveryCode
from models.accounts.account_reading import account_of, grant_of, grant_rows, is_last_administrator
from models.accounts.account_rules import (
    LONGEST_NAME,
    fold_username,
    new_token,
    one_time_password,
    password_problem,
    token_hash,
    username_problem,
)
from models.accounts.account_secrets import hash_password
from models.accounts.rights import Grant, Role
from models.places.agency import Agency
from models.places.place import Place

HAND, OIDC = "hand", "oidc"
LAST_ADMINISTRATOR = "Đây là người quản trị duy nhất còn hoạt động. Thêm một người quản trị khác trước."


class AccountError(ValueError):
    """The change is not made; the message is a Vietnamese sentence."""


def add_account(
    session: Session, username: str, display_name: str, password: str | None = None, *, must_change: bool = True
) -> Account:
    """A new account with a password that must be changed (None: only through OpenID); raises AccountError."""
    folded, name = fold_username(username), " ".join(display_name.split())
    if problem := username_problem(folded):
        raise AccountError(problem)
    if not 2 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise AccountError(f"Họ tên hoặc tên đơn vị cần từ 2 đến {LONGEST_NAME} ký tự.")
    if account_of(session, folded):
        raise AccountError(f"Đã có tài khoản “{folded}”. Chọn tên khác.")
    account = Account(username=folded, display_name=name, created_at=datetime.now(UTC))
    if password is not None:
        set_password(session, account, password, must_change=must_change)
    session.add(account)
    session.flush()
    return account


def set_password(session: Session, account: Account, password: str, *, must_change: bool = False) -> None:
    """Set a password; raises AccountError when it will not do. Ending sessions is the caller's choice."""
    if problem := password_problem(password, account.username):
        raise AccountError(problem)
    account.password_hash = hash_password(password)
    account.must_change_password, account.one_time_used_at = must_change, None
    account.password_changed_at = datetime.now(UTC)
    session.add(account)


def replace_password(session: Session, account: Account, wanted: str) -> None:
    """Set a password of the owner's own; what was made with a one-time password before it ends with that."""
    if account.must_change_password and account.password_changed_at is not None:
        since = (col(AccessToken.account_id) == account_id(account), col(AccessToken.revoked_at).is_(None))
        made = update(AccessToken).where(*since, col(AccessToken.created_at) >= account.password_changed_at)
        session.execute(made.values(revoked_at=datetime.now(UTC)))
    set_password(session, account, wanted)


def give_one_time_password(session: Session, account: Account) -> str:
    """A new password to be handed over, which must be changed at once; ends sessions and unlocks."""
    password = one_time_password()
    set_password(session, account, password, must_change=True)
    forget_failures(session, account)
    end_sessions(session, account_id(account))
    return password


def forget_failures(session: Session, account: Account) -> None:
    """Take a lock of failed attempts away."""
    account.failed_count, account.locked_until = 0, None
    session.add(account)


def switch_off(session: Session, account: Account) -> None:
    """Lock the account and end its sessions; its tokens rest. Raises AccountError for the last administrator."""
    if is_last_administrator(session, account_id(account)):
        raise AccountError(LAST_ADMINISTRATOR)
    account.is_active = False
    session.add(account)
    end_sessions(session, account_id(account))


def switch_on(session: Session, account: Account) -> None:
    """Open the account again, and forget failed attempts."""
    account.is_active = True
    forget_failures(session, account)


def end_sessions(session: Session, account_id: int, *, but: int | None = None) -> int:
    """End the sessions of an account, all or all but one; gives how many."""
    living = (col(AccountSession.account_id) == account_id, col(AccountSession.revoked_at).is_(None))
    chosen = select(func.count(col(AccountSession.id))).where(*living, col(AccountSession.id) != (but or 0))
    count = session.scalar(chosen) or 0
    session.execute(
        update(AccountSession).where(*living, col(AccountSession.id) != (but or 0)).values(revoked_at=datetime.now(UTC))
    )
    return count


def remove_factor(session: Session, account: Account) -> None:
    """Take the second factor and its recovery codes away."""
    account.totp_secret = account.totp_confirmed_at = account.totp_last_step = None
    session.add(account)
    unused = (col(RecoveryCode.account_id) == account_id(account), col(RecoveryCode.used_at).is_(None))
    session.execute(update(RecoveryCode).where(*unused).values(used_at=datetime.now(UTC)))


def add_grant(session: Session, account: Account, grant: Grant, by: str, origin: str = HAND) -> AccountGrant:
    """Give a role; one that the account already holds is left alone. Raises AccountError for an unknown place."""
    if grant.place is not None and session.get(Place, grant.place) is None:
        raise AccountError(f"Không có địa bàn “{grant.place}”. Chọn trong danh mục địa bàn.")
    if grant.agency is not None and session.get(Agency, grant.agency) is None:
        raise AccountError(f"Không có cơ quan “{grant.agency}”. Chọn trong danh mục cơ quan.")
    for held in grant_rows(session, account_id(account)):
        if grant_of(held) == grant and held.origin == origin:
            return held
    row = AccountGrant(
        account_id=account_id(account),
        role=grant.role.value,
        place=grant.place,
        agency=grant.agency,
        sees_persons=grant.sees_persons,
        origin=origin,
        granted_by=by,
        granted_at=datetime.now(UTC),
    )
    session.add(row)
    session.flush()
    return row


def revoke_grant(session: Session, row: AccountGrant, by: str, *, guard_last: bool = True) -> None:
    """Take a role back; the row stays as history. Raises AccountError for the last administrator's role."""
    is_whole = row.role == Role.ADMIN.value and row.place is None
    if guard_last and is_whole and is_last_administrator(session, row.account_id):
        raise AccountError(LAST_ADMINISTRATOR)
    row.revoked_by, row.revoked_at = by, datetime.now(UTC)
    session.add(row)


def replace_oidc_grants(session: Session, account: Account, grants: tuple[Grant, ...], by: str) -> None:
    """What the provider says now, in place of what it said before; roles given by hand stay."""
    held = {grant_of(row): row for row in grant_rows(session, account_id(account)) if row.origin == OIDC}
    for grant, row in held.items():
        if grant not in grants:
            revoke_grant(session, row, by, guard_last=False)
    for grant in grants:
        if grant not in held:
            add_grant(session, account, grant, by, OIDC)


def make_token(session: Session, account_id: int, purpose: str, label: str) -> str:
    """A token that is shown once; the database keeps its checksum."""
    token = new_token()
    row = AccessToken(
        account_id=account_id,
        token_hash=token_hash(token),
        purpose=purpose,
        label=label,
        created_at=datetime.now(UTC),
    )
    session.add(row)
    return token


def count_tokens(session: Session, owner: int) -> int:
    """How many tokens of an account hold."""
    living = (col(AccessToken.account_id) == owner, col(AccessToken.revoked_at).is_(None))
    return session.scalar(select(func.count(col(AccessToken.id))).where(*living)) or 0


def revoke_token(session: Session, owner: int, number: int) -> str:
    """Let a token no longer open anything; gives its label. Raises AccountError when there is none of that number."""
    row = session.get(AccessToken, number)
    if row is None or row.account_id != owner or row.revoked_at is not None:
        raise AccountError("Mã này đã được thu hồi. Tải lại trang.")
    row.revoked_at = datetime.now(UTC)
    session.add(row)
    return row.label


def account_id(account: Account) -> int:
    """The number of a stored account."""
    if account.id is None:
        raise ValueError("the account is not stored yet")
    return account.id
