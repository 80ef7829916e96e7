"""Plain values of the pages around accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from models.accounts.account import AccessToken, AccountGrant, AccountSession


@dataclass(frozen=True, slots=True)
class ScopeNames:
    """What readers call places and agencies, by code."""

    places: Mapping[str, str]
    agencies: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that was opened: the token for the cookie, and where the reader has to go first."""

    token: str
    is_waiting: bool = False
    must_change_password: bool = False


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account as the administrator's list shows it."""

    id: int
    username: str
    display_name: str
    is_active: bool
    locked_until: datetime | None
    must_change_password: bool
    has_password: bool
    has_factor: bool
    is_oidc: bool
    created_at: datetime
    grants: tuple[AccountGrant, ...]
    sessions: tuple[AccountSession, ...] = ()
    tokens: tuple[AccessToken, ...] = ()
    recovery_codes_left: int = 0
