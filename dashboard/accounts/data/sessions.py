"""Sessions on the server: opened, waiting for the second step, ended. The cookie holds only a random token."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.access.account_session import accounts, changing_accounts
from dashboard.access.trail import address_mark, deed, expected_deed
from dashboard.db.read_session import repository
from models.accounts.account import Account, AccountSession
from models.accounts.account_reading import find_session, make_viewer
from models.accounts.account_rules import CLOCKS_DIFFER, ENDED_SESSION_KEPT, IDLE, WAITING, new_token, token_hash
from models.accounts.account_writing import account_id

Marks = tuple[tuple[str, str], ...]  # what a browser says of itself, and the name it is shown under
BROWSERS: Marks = (("Edg", "Edge"), ("OPR", "Opera"), ("coc_coc", "Cốc Cốc"), ("Firefox", "Firefox"))
BROWSERS += (("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS: Marks = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"))
SYSTEMS += (("Mac OS", "macOS"), ("Linux", "Linux"))


def open_session(
    session: Session,
    account: Account,
    now: datetime,
    *,
    method: str,
    is_waiting: bool,
    has_second_step: bool,
    browser: str,
) -> str:
    """A new session with a new token, which is given back; sessions long over are cleared. The caller commits."""
    token = new_token()
    lives = WAITING if is_waiting else timedelta(hours=repository().settings.session_hours)
    row = AccountSession(
        account_id=account_id(account),
        token_hash=token_hash(token),
        created_at=now,
        seen_at=now,
        expires_at=now + lives,
        is_waiting=is_waiting,
        has_second_step=has_second_step,
        method=method,
        browser=browser,
        address=address_mark(),
    )
    session.add(row)
    session.flush()  # before rows go: their numbers are not given out again
    session.execute(delete(AccountSession).where(col(AccountSession.expires_at) < now - ENDED_SESSION_KEPT))
    return token


def waiting_session(session: Session, token: str, now: datetime) -> tuple[AccountSession, Account] | None:
    """The session of a token that waits for its second step."""
    found = find_session(session, token, now)
    return found if found and found[0].is_waiting else None


def is_waiting(token: str) -> bool:
    """Whether this token's session waits for its second step."""
    with accounts() as session:
        return waiting_session(session, token, datetime.now(UTC)) is not None


def close_session(token: str) -> None:
    """End the session of a token, whatever its state; a sign-out is told."""
    if not token:
        return
    with changing_accounts() as session:
        now = datetime.now(UTC)
        found = find_session(session, token, now)
        if found is None:
            return
        row, account = found
        row.revoked_at, was_waiting = now, row.is_waiting
        session.add(row)
        if was_waiting:
            session.finish_untold("half a sign-in opened nothing")
            return
        who = make_viewer(session, account, session_id=row.id)
        session.finish(deed("sign_out", viewer=who, subject=account.username))


def close_own_session(owner: int, session_id: int) -> bool:
    """End one session of an account; False when it has none of that number."""
    with changing_accounts() as session:
        row = session.get(AccountSession, session_id)
        if row is None or row.account_id != owner or row.revoked_at is not None:
            return False
        row.revoked_at = datetime.now(UTC)
        session.add(row)
        session.finish(replace(expected_deed(), action="sign_out", subject="đóng một phiên của mình"))
        return True


def session_lines(session: Session, owner: int, now: datetime) -> tuple[AccountSession, ...]:
    """The sessions of an account that are open, the last used first."""
    statement = (
        select(AccountSession)
        .where(col(AccountSession.account_id) == owner, col(AccountSession.revoked_at).is_(None))
        .where(col(AccountSession.expires_at) > now, col(AccountSession.seen_at) > now - IDLE)
        .where(col(AccountSession.seen_at) <= now + CLOCKS_DIFFER)
        .where(col(AccountSession.is_waiting).is_(False))
        .order_by(col(AccountSession.seen_at).desc())
    )
    return tuple(session.scalars(statement))


def browser_label(user_agent: str) -> str:
    """A browser as people call it, such as "Chrome trên Windows"; the full text is not kept."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "Trình duyệt khác")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} trên {system}" if system else browser
