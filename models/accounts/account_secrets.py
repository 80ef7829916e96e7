"""Secrets of accounts: passwords by argon2id, the second factor by time (RFC 6238), its key encrypted at rest."""

from __future__ import annotations

import base64
import hmac
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import RLock

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

STEP_SECONDS = 30
ISSUER = "Cam kết KTTT"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: passes over so much memory (KiB) with so many lanes."""

    passes: int = 3
    memory: int = 32 * 1024
    lanes: int = 1


class HashingBusyError(Exception):
    """Too many passwords wait to be hashed; nothing was looked at or changed."""


COST = Cost()
PATIENCE_SECONDS = 5.0
_turn = RLock()  # one at a time in a process: a flood of attempts must take neither processor nor memory from readers
_strangers: dict[Cost, str] = {}


@contextmanager
def hashing() -> Iterator[None]:
    """The turn to hash passwords; whoever also writes takes it before the transaction. Raises HashingBusyError."""
    if not _turn.acquire(timeout=PATIENCE_SECONDS):
        raise HashingBusyError
    try:
        yield
    finally:
        _turn.release()


def hash_password(password: str) -> str:
    """The argon2id hash of a password with a salt of its own; raises HashingBusyError."""
    with hashing():
        return _hasher().hash(_composed(password))


def is_password(password: str, kept: str | None) -> bool:
    """Whether the password fits the hash; without a hash it is False after the same work.

    Raises HashingBusyError.
    """
    stranger = kept is None
    known = kept if kept is not None else _stranger_hash()
    try:
        with hashing():
            return _hasher().verify(known, _composed(password)) and not stranger
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(kept: str) -> bool:
    """Whether the hash was made at another cost than today's."""
    return _hasher().check_needs_rehash(kept)


def encrypt(text: str, secret: str, purpose: str) -> str:
    """Text that only this installation reads again; `purpose` keeps uses of the one secret apart."""
    return _box(secret, purpose).encrypt(text.encode()).decode()


def decrypt(text: str, secret: str, purpose: str, *, not_older: int | None = None) -> str | None:
    """The text again; None when it was changed, made with another secret or is older than so many seconds."""
    try:
        return _box(secret, purpose).decrypt(text.encode(), ttl=not_older).decode()
    except (InvalidToken, UnicodeError):
        return None


def new_totp_secret() -> str:
    """A key for an authenticator, in base 32."""
    return pyotp.random_base32()


def totp_address(secret: str, username: str) -> str:
    """What the square code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)


def totp_step(secret: str, typed: str, now: datetime, last_step: int | None) -> int | None:
    """The time step whose code was typed, one step early or late allowed; None for a wrong or already used one."""
    code = "".join(c for c in typed if c.isascii() and c.isdigit())
    clock, current = pyotp.TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    for step in (current, current - 1, current + 1):
        if hmac.compare_digest(clock.at(step * STEP_SECONDS), code):
            return step if last_step is None or step > last_step else None
    return None


def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=COST.passes, memory_cost=COST.memory, parallelism=COST.lanes)


def _stranger_hash() -> str:
    """The hash that attempts on unknown names are held against, so that they take as long."""
    if COST not in _strangers:
        _strangers[COST] = hash_password(pyotp.random_base32())
    return _strangers[COST]


def _composed(password: str) -> bytes:
    """One spelling of the same letters: keyboards send accents composed or apart."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def _box(secret: str, purpose: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"cam-ket/{purpose}".encode()).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))
