"""Who may come in: accounts, what each was granted, their sessions, tokens and failed attempts.

Nothing here can be turned back into a password or a token: passwords are argon2id, tokens stand as their SHA-256,
the secret of the second factor is encrypted with a key derived from SECRET_KEY. Rows are switched off, not deleted;
only sessions long over are cleared.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from models.base.utc import UtcDateTime


class Account(SQLModel, table=True):
    """One person or office. `username` is stored folded; without `password_hash` it signs in only through OpenID.

    `one_time_used_at` is when a password that must be changed opened its one session.
    """

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("oidc_issuer", "oidc_subject", name="ux_account_oidc"),)

    id: int | None = Field(default=None, primary_key=True)
    username: str = Field(unique=True)
    display_name: str
    password_hash: str | None = None
    must_change_password: bool = False
    password_changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    one_time_used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    failed_count: int = 0
    locked_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    is_active: bool = True
    totp_secret: str | None = None
    totp_confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    totp_last_step: int | None = None
    oidc_issuer: str | None = None
    oidc_subject: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)


class AccountGrant(SQLModel, table=True):
    """A role for a territory; `place` None is everywhere, `agency` None is every office. Revoked rows are kept."""

    __tablename__ = "account_grant"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    role: str
    place: str | None = Field(default=None, foreign_key="place.slug")
    agency: str | None = Field(default=None, foreign_key="agency.code")
    sees_persons: bool = False
    origin: str = "hand"
    granted_by: str
    granted_at: datetime = Field(sa_type=UtcDateTime)
    revoked_by: str | None = None
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AccountSession(SQLModel, table=True):
    """One browser that signed in. `is_waiting` is between password and second step and opens nothing.

    Rows that ended more than 90 days ago are deleted at a sign-in; the trail keeps who signed in.
    """

    __tablename__ = "account_session"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    token_hash: str = Field(unique=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    is_waiting: bool = False
    has_second_step: bool = False
    method: str = "password"
    browser: str = ""
    address: str = ""


class RecoveryCode(SQLModel, table=True):
    """A code that stands in for the second factor once."""

    __tablename__ = "recovery_code"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    code_hash: str
    made_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AccessToken(SQLModel, table=True):
    """A key for a program: calendar feed, papers or API. It only reads; `purpose` is lich, tai-lieu or api."""

    __tablename__ = "access_token"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    token_hash: str = Field(unique=True)
    purpose: str
    label: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    last_used_on: date | None = None
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class FailedSignIn(SQLModel, table=True):
    """A failed attempt from one network address; rows older than a day are removed."""

    __tablename__ = "failed_sign_in"

    id: int | None = Field(default=None, primary_key=True)
    address: str = Field(index=True)
    failed_at: datetime = Field(sa_type=UtcDateTime, index=True)
