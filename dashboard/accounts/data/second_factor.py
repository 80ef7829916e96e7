"""The second factor: set up with a code that proves it, recovery codes, and taking it away."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import CursorResult, Result, or_, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.access.account_session import accounts, changing_accounts
from dashboard.access.trail import expected_deed
from dashboard.db.read_session import repository
from models.accounts.account import Account, AccountSession, RecoveryCode
from models.accounts.account_rules import plain_code, recovery_code, token_hash
from models.accounts.account_secrets import decrypt, encrypt, new_totp_secret, totp_step
from models.accounts.account_writing import account_id, end_sessions, remove_factor
from models.accounts.trail import Deed
from models.config.secret import secret_key

log = logging.getLogger(__name__)
PURPOSE = "totp"
RECOVERY_CODES = 10


def use_code(session: Session, account: Account, typed: str, now: datetime) -> bool:
    """Whether a code holds, of the authenticator or a recovery code; it holds once. The caller commits."""
    return _use_time_code(session, account, typed, now) or _use_recovery_code(session, account, typed, now)


def begin(owner: int) -> None:
    """Keep a new key that is not in force yet; one that is in force is left alone."""
    with changing_accounts() as session:
        account = session.get_one(Account, owner)
        if account.totp_confirmed_at is None:
            account.totp_secret = encrypt(new_totp_secret(), secret_key(repository().settings), PURPOSE)
            session.add(account)
            session.finish_untold("a key that waits to be proved opens and closes nothing")


def waiting_secret(owner: int) -> str | None:
    """The key that waits to be proved; None when there is none or it is in force already."""
    with accounts() as session:
        account = session.get_one(Account, owner)
        return None if account.totp_confirmed_at else _secret(account)


def confirm(owner: int, session_id: int | None, typed: str) -> list[str] | None:
    """Put the waiting key in force when its code is right, and give the recovery codes; None for a wrong code.

    Other sessions of the account end; this one counts as having passed the second step.
    """
    now = datetime.now(UTC)
    with changing_accounts() as session:
        account = session.get_one(Account, owner)
        if account.totp_confirmed_at is not None or not _use_time_code(session, account, typed, now):
            return None
        account.totp_confirmed_at = now
        session.add(account)
        codes = [recovery_code() for _ in range(RECOVERY_CODES)]
        session.add_all(
            RecoveryCode(account_id=owner, code_hash=token_hash(plain_code(code)), made_at=now) for code in codes
        )
        _end_others(session, owner, session_id, has_second_step=True)
        session.finish(_deed("bật xác thực hai lớp"))
    return codes


def take_away(owner: int, session_id: int | None) -> None:
    """Remove the own second factor; other sessions end, this one no longer counts as having passed it."""
    with changing_accounts() as session:
        remove_factor(session, session.get_one(Account, owner))
        _end_others(session, owner, session_id, has_second_step=False)
        session.finish(_deed("bỏ xác thực hai lớp"))


def _end_others(session: Session, owner: int, session_id: int | None, *, has_second_step: bool) -> None:
    end_sessions(session, owner, but=session_id)
    own = update(AccountSession).where(col(AccountSession.id) == session_id)
    session.execute(own.values(has_second_step=has_second_step))


def _deed(subject: str) -> Deed:
    return replace(expected_deed(), action="factor_changed", subject=subject)


def codes_left(session: Session, owner: int) -> int:
    """How many recovery codes are unused."""
    statement = select(RecoveryCode).where(col(RecoveryCode.account_id) == owner, col(RecoveryCode.used_at).is_(None))
    return len(session.scalars(statement).all())


def _use_time_code(session: Session, account: Account, typed: str, now: datetime) -> bool:
    secret = _secret(account)
    step = totp_step(secret, typed, now, account.totp_last_step) if secret else None
    if step is None:
        return False
    last = col(Account.totp_last_step)
    fresh = update(Account).where(col(Account.id) == account_id(account), or_(last.is_(None), last < step))
    return _changed_one(session.execute(fresh.values(totp_last_step=step)))  # two at once: one of them counts


def _use_recovery_code(session: Session, account: Account, typed: str, now: datetime) -> bool:
    unused = update(RecoveryCode).where(
        col(RecoveryCode.account_id) == account_id(account),
        col(RecoveryCode.code_hash) == token_hash(plain_code(typed)),
        col(RecoveryCode.used_at).is_(None),
    )
    return _changed_one(session.execute(unused.values(used_at=now)))


def _changed_one(result: Result[Any]) -> bool:
    return isinstance(result, CursorResult) and result.rowcount == 1


def _secret(account: Account) -> str | None:
    if account.totp_secret is None:
        return None
    found = decrypt(account.totp_secret, secret_key(repository().settings), PURPOSE)
    if found is None:
        log.error("the second factor of account %s cannot be read: was SECRET_KEY changed?", account.id)
    return found
