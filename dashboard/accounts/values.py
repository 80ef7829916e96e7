"""Plain values of the pages around accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


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
class GrantLine:
    """A role that holds: `place` and `agency` are codes, None = everywhere."""

    id: int
    role: str
    place: str | None
    agency: str | None
    sees_persons: bool
    origin: str
    granted_by: str
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session that is open."""

    id: int
    browser: str
    method: str
    created_at: datetime
    seen_at: datetime
    has_second_step: bool


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A program's token that holds; its text is not kept."""

    id: int
    purpose: str
    label: str
    created_at: datetime
    last_used_on: date | None


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
    grants: tuple[GrantLine, ...]
    sessions: tuple[SessionLine, ...] = ()
    tokens: tuple[TokenLine, ...] = ()
    recovery_codes_left: int = 0
