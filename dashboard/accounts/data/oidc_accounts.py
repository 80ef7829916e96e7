"""The account behind what an OpenID provider proved: known, prepared by an administrator, or made at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.access.account_session import changing_accounts
from dashboard.access.trail import deed
from dashboard.accounts.data.sign_in import SignInError, open_account_session
from dashboard.accounts.values import Opened
from dashboard.db.read_session import repository
from models.accounts.account import Account
from models.accounts.account_reading import account_of
from models.accounts.account_rules import LONGEST_NAME, fold_username
from models.accounts.account_writing import AccountError, add_account, replace_oidc_grants
from models.accounts.rights import NOBODY
from models.config.role_map import grants_for
from models.config.settings import Settings

NOT_KNOWN = "Tài khoản cơ quan này chưa được mở ở đây. Hỏi người quản trị hệ thống."
SWITCHED_OFF = "Tài khoản này đang bị khóa. Hỏi người quản trị hệ thống."


def sign_in_by_claims(claims: Mapping[str, Any], *, is_strong: bool) -> Opened:
    """Open a session for proved claims, with the roles they give now; raises SignInError with a sentence."""
    settings = repository().settings
    with changing_accounts() as session:
        account = _account(session, settings, str(claims["sub"]), claims)
        if account is None or not account.is_active:
            name = account.username if account else "tài khoản cơ quan chưa mở"
            session.rollback()  # nothing of what was looked for stays
            session.finish(deed("sign_in_failed", viewer=NOBODY, subject=name, details={"method": "oidc"}))
            raise SignInError(SWITCHED_OFF if account else NOT_KNOWN)
        granted = grants_for(settings.oidc_role_map, claims.get(settings.oidc_roles_claim))
        try:
            replace_oidc_grants(session, account, granted, by="OIDC")
        except AccountError as error:
            raise SignInError(f"OIDC_ROLE_MAP: {error} Báo người quản trị.") from error
        return open_account_session(session, account, datetime.now(UTC), method="oidc", is_strong=is_strong)


def _account(session: Session, settings: Settings, subject: str, claims: Mapping[str, Any]) -> Account | None:
    known = select(Account).where(
        col(Account.oidc_issuer) == settings.oidc_issuer, col(Account.oidc_subject) == subject
    )
    found = session.scalars(known).first()
    if found is not None:
        return found
    username = fold_username(str(claims.get(settings.oidc_username_claim) or ""))
    account = account_of(session, username)
    if account is None and settings.oidc_auto_create:
        account = _made(session, settings, username, claims)
    # an account with a password belongs to whoever knows it, not to a namesake at the provider
    if account is None or account.password_hash is not None or account.oidc_subject is not None:
        return None
    account.oidc_issuer, account.oidc_subject = settings.oidc_issuer, subject
    session.add(account)
    return account


def _made(session: Session, settings: Settings, username: str, claims: Mapping[str, Any]) -> Account:
    name = str(claims.get(settings.oidc_name_claim) or username)[:LONGEST_NAME]
    try:
        return add_account(session, username, name)
    except AccountError as error:
        raise SignInError(f"Nơi đăng nhập chưa cho biết tên dùng được. {error} Báo người quản trị.") from error
