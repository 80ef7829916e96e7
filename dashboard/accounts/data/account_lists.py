"""Accounts as pages show them: the administrator's list, one account, and what grants can name."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.access.account_session import accounts
from dashboard.accounts.data.second_factor import codes_left
from dashboard.accounts.data.sessions import session_lines
from dashboard.accounts.values import AccountLine, ScopeNames
from models.accounts.account import AccessToken, Account, AccountGrant
from models.accounts.account_reading import grant_rows
from models.targets.reading import read_agencies, read_places


def all_accounts() -> tuple[AccountLine, ...]:
    """Every account with the roles that hold, those in use first, by user name."""
    with accounts() as session:
        held: dict[int, list[AccountGrant]] = defaultdict(list)
        statement = select(AccountGrant).where(col(AccountGrant.revoked_at).is_(None)).order_by(col(AccountGrant.id))
        for row in session.scalars(statement):
            held[row.account_id].append(row)
        rows = session.scalars(select(Account).order_by(col(Account.is_active).desc(), col(Account.username)))
        return tuple(_account(row, tuple(held[row.id or 0])) for row in rows)


def one_account(number: int) -> AccountLine | None:
    """One account with its roles, open sessions and tokens; None when there is none of that number."""
    with accounts() as session:
        account = session.get(Account, number)
        if account is None:
            return None
        grants = tuple(grant_rows(session, number))
        return _account(
            account,
            grants,
            sessions=session_lines(session, number, datetime.now(UTC)),
            tokens=_tokens(session, number),
            recovery_codes_left=codes_left(session, number),
        )


def read_names() -> ScopeNames:
    """Every place and agency: roles are given for any of them."""
    with accounts() as session:
        places, agencies = read_places(session), read_agencies(session)
    return ScopeNames(
        {slug: place.full_name for slug, place in places.items()},
        {code: agency.name for code, agency in agencies.items()},
    )


def _tokens(session: Session, owner: int) -> tuple[AccessToken, ...]:
    statement = (
        select(AccessToken)
        .where(col(AccessToken.account_id) == owner, col(AccessToken.revoked_at).is_(None))
        .order_by(col(AccessToken.id).desc())
    )
    return tuple(session.scalars(statement))


def _account(row: Account, grants: tuple[AccountGrant, ...], **more: Any) -> AccountLine:
    return AccountLine(
        id=row.id or 0,
        username=row.username,
        display_name=row.display_name,
        is_active=row.is_active,
        locked_until=row.locked_until if row.locked_until and row.locked_until > datetime.now(UTC) else None,
        must_change_password=row.must_change_password,
        has_password=row.password_hash is not None,
        has_factor=row.totp_confirmed_at is not None,
        is_oidc=row.oidc_subject is not None,
        created_at=row.created_at,
        grants=grants,
        **more,
    )
