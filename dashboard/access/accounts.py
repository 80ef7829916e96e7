"""Who asks: the viewer behind a session's cookie or a token. Nothing else of accounts is needed to show a page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from weakref import WeakSet

from flask import g, has_request_context
from sqlalchemy import Update, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.access.account_session import accounts
from dashboard.db.failures import RightsUnknownError
from dashboard.db.read_session import Repository, repository
from models.accounts.account import AccessToken, Account, AccountSession
from models.accounts.account_reading import (
    FULL,
    NOTHING,
    READING,
    find_session,
    find_token,
    grant_rows,
    is_changing,
    make_viewer,
)
from models.accounts.account_reading import grant_of as value_of
from models.accounts.rights import Viewer
from models.base.database import waiting

TOUCH_AFTER = timedelta(seconds=60)
LACK_OF_LEVEL = {NOTHING: "password", READING: "factor"}
SHORT_WAIT_MS = 20  # noting when a session was last used must not make a reader wait for a writer
_with_accounts: WeakSet[Repository] = WeakSet()


def has_accounts() -> bool:
    """Whether the installation has accounts; the first one is noticed at once. Raises RightsUnknownError."""
    here = repository()
    if here in _with_accounts:
        return True
    with _readable(), here.session() as session:
        found = session.scalars(select(col(Account.id)).limit(1)).first() is not None
    if found:
        _with_accounts.add(here)
    return found


def viewer_of_session(token: str) -> Viewer | None:
    """The viewer of a session's token; None when unknown, ended, waiting for its second step, or the account is off.

    Raises RightsUnknownError.
    """
    now = datetime.now(UTC)
    with _readable(), accounts() as session:
        found = find_session(session, token, now)
        if found is None or found[0].is_waiting:
            return None
        row, account = found
        level = _level(session, row, account)
        if has_request_context():
            g.lack = LACK_OF_LEVEL.get(level, "")
        viewer = make_viewer(session, account, session_id=row.id, level=level)
        if now - row.seen_at >= TOUCH_AFTER:
            _write_quickly(update(AccountSession).where(col(AccountSession.id) == row.id).values(seen_at=now))
        return viewer


def viewer_of_token(token: str, purpose: str) -> Viewer | None:
    """The viewer of a program's token: it reads what its account may read, never persons; None when not valid.

    Raises RightsUnknownError.
    """
    with _readable(), accounts() as session:
        found = find_token(session, token, purpose)
        if found is None:
            return None
        row, account = found
        viewer = make_viewer(session, account, level=NOTHING if account.must_change_password else READING)
        today = datetime.now(UTC).date()
        if row.last_used_on != today:
            _write_quickly(update(AccessToken).where(col(AccessToken.id) == row.id).values(last_used_on=today))
        return viewer


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise RightsUnknownError("the database cannot say who asks") from error


def is_reduced(session_id: int | None) -> bool:
    """Whether the session may only read until its account has a second factor."""
    return lack_of(session_id) == "factor"


def lack_of(session_id: int | None) -> str:
    """What a session lacks before its roles count: a password of its own, a second factor; empty: nothing."""
    with _readable(), accounts() as session:
        row = session.get(AccountSession, session_id) if session_id else None
        account = session.get(Account, row.account_id) if row else None
        level = _level(session, row, account) if row and account else FULL
    return LACK_OF_LEVEL.get(level, "")


def _level(session: Session, row: AccountSession, account: Account) -> str:
    if account.must_change_password and row.method == "password":
        return NOTHING
    if not repository().settings.needs_second_factor or row.has_second_step:
        return FULL
    held = tuple(value_of(grant) for grant in grant_rows(session, row.account_id))
    return READING if is_changing(held) or any(grant.sees_persons for grant in held) else FULL


def _write_quickly(statement: Update) -> None:
    """Write a small remark, or leave it when another process is writing: the next request will."""
    with suppress(SQLAlchemyError), repository().engine.connect() as connection, waiting(connection, SHORT_WAIT_MS):
        try:
            connection.execute(statement)
            connection.commit()
        finally:
            connection.rollback()
