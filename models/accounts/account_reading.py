"""What an account may do now, read from its grants; who a session or a token stands for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.accounts.account import AccessToken, Account, AccountGrant, AccountSession
from models.accounts.account_rules import is_session_over, token_hash
from models.accounts.rights import Grant, Role, Viewer, with_predecessors
from models.places.place import PlaceSuccession

FULL, READING, NOTHING = "full", "reading", "nothing"


def find_session(session: Session, token: str, now: datetime) -> tuple[AccountSession, Account] | None:
    """The living session of a token with its account; None when unknown, ended, or the account is off."""
    statement = (
        select(AccountSession, Account)
        .join(Account, col(Account.id) == col(AccountSession.account_id))
        .where(col(AccountSession.token_hash) == token_hash(token), col(Account.is_active))
    )
    found = session.execute(statement).first()
    if found is None:
        return None
    row, account = found
    over = is_session_over(now, seen_at=row.seen_at, expires_at=row.expires_at, revoked_at=row.revoked_at)
    return None if over else (row, account)


def find_token(session: Session, token: str, purpose: str) -> tuple[AccessToken, Account] | None:
    """The living token of that purpose with its account; None when unknown, revoked, or the account is off."""
    statement = (
        select(AccessToken, Account)
        .join(Account, col(Account.id) == col(AccessToken.account_id))
        .where(col(AccessToken.token_hash) == token_hash(token), col(AccessToken.purpose) == purpose)
        .where(col(AccessToken.revoked_at).is_(None), col(Account.is_active))
    )
    found = session.execute(statement).first()
    return None if found is None else (found[0], found[1])


def account_of(session: Session, username: str) -> Account | None:
    """The account of a folded user name."""
    return session.scalars(select(Account).where(col(Account.username) == username)).first()


def grant_rows(session: Session, account_id: int) -> list[AccountGrant]:
    """The grants that hold, oldest first."""
    statement = select(AccountGrant).where(
        col(AccountGrant.account_id) == account_id, col(AccountGrant.revoked_at).is_(None)
    )
    return list(session.scalars(statement.order_by(col(AccountGrant.id))))


def grant_of(row: AccountGrant) -> Grant:
    """A stored grant as a value."""
    return Grant(Role(row.role), row.place, row.agency, row.sees_persons)


def make_viewer(session: Session, account: Account, *, session_id: int | None = None, level: str = FULL) -> Viewer:
    """The viewer of an account: each grant with the places its place succeeded.

    `level` READING leaves of each grant only looking and exporting without persons; NOTHING leaves none.
    """
    grants: tuple[Grant, ...] = ()
    if level != NOTHING and account.id is not None:
        grants = tuple(grant_of(row) for row in grant_rows(session, account.id))
    if level == READING:
        grants = tuple(dict.fromkeys(replace(g, role=Role.VIEWER, agency=None, sees_persons=False) for g in grants))
    if any(grant.place is not None for grant in grants):
        grants = with_predecessors(grants, _predecessors(session))
    return Viewer(account.id, account.display_name, True, grants, session_id)


def is_changing(grants: tuple[Grant, ...]) -> bool:
    """Whether one of the grants allows more than reading."""
    return any(grant.role is not Role.VIEWER for grant in grants)


def is_last_administrator(session: Session, account_id: int) -> bool:
    """Whether nobody else who may sign in administers the whole installation."""
    statement = (
        select(col(AccountGrant.account_id))
        .join(Account, col(Account.id) == col(AccountGrant.account_id))
        .where(col(AccountGrant.role) == Role.ADMIN.value, col(AccountGrant.place).is_(None))
        .where(col(AccountGrant.revoked_at).is_(None), col(Account.is_active))
        .distinct()
    )
    return set(session.scalars(statement)) == {account_id}


def _predecessors(session: Session) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for successor, predecessor in session.execute(
        select(col(PlaceSuccession.successor), col(PlaceSuccession.predecessor))
    ):
        found[successor].append(predecessor)
    return found
