"""Failed attempts: counted for each account strictly, for each network address loosely.

Who is signed in and mistypes the own password counts for the account alone: colleagues behind the same address go on.

An attempt counts as failed before its password is looked at, in a short change of its own, and is taken back when the
password was right: so the count is exact however many attempts run at once, and nobody waits for a password's hash.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.access.account_session import changing_accounts
from dashboard.access.trail import address_mark, deed
from models.accounts.account import Account, FailedSignIn
from models.accounts.account_rules import ADDRESS_ATTEMPTS, ADDRESS_WINDOW, CLOCKS_DIFFER, is_held, lock_time
from models.accounts.rights import NOBODY
from models.accounts.trail import Deed

KEPT = timedelta(days=1)
UNKNOWN = "tên không có trong hệ thống"
NOT_YET_TOLD = "an attempt is told with its outcome"
TAKEN_BACK = "what counted a moment ago no longer does: nothing has changed"


class FloodedError(Exception):
    """This network address failed so often of late that nothing from it is tried any more."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt that counts as failed until it is taken back.

    `is_open` is whether it may succeed at all: there is the account, it is active and was not held. `locked` is how
    long the account is locked should this attempt fail, None where it does not lock. `failure` is the row that counts
    for the network address, None where none does.
    """

    account_id: int | None
    username: str
    password_hash: str | None
    is_open: bool
    failure: int | None
    locked: timedelta | None


def begin_attempt(find: Callable[[Session], Account | None], *, is_signed_in: bool = False) -> Attempt:
    """Count an attempt, before it is known what comes of it; raises FloodedError, never for who is signed in."""
    now = datetime.now(UTC)
    with changing_accounts() as session:
        if not is_signed_in:
            insist_on_quiet(session, now)
        account = find(session)
        failure = None if is_signed_in else note_address(session, now)
        is_open = account is not None and account.is_active and not holds(account, now)
        locked = count_failure(session, account, now) if account is not None and is_open else None
        session.finish_untold(NOT_YET_TOLD)
    if account is None:
        return Attempt(None, UNKNOWN, None, False, failure, None)
    return Attempt(account.id, account.username, account.password_hash, is_open, failure, locked)


def tell_failure(attempt: Attempt) -> None:
    """Tell the trail that an attempt came to nothing."""
    with changing_accounts() as session:
        session.finish(*failure_deeds(attempt.username, attempt.locked))


def take_back(session: Session, attempt: Attempt, account: Account) -> None:
    """Let an attempt whose password was right no longer count; the caller commits."""
    if attempt.failure is not None:
        session.execute(delete(FailedSignIn).where(col(FailedSignIn.id) == attempt.failure))
    account.failed_count = max(0, account.failed_count - 1)
    if attempt.locked is not None:
        account.locked_until = None
    session.add(account)


def insist_on_quiet(session: Session, now: datetime) -> None:
    """Raise FloodedError where this network address failed too often of late."""
    statement = select(func.count(col(FailedSignIn.id))).where(
        col(FailedSignIn.address) == address_mark(),
        col(FailedSignIn.failed_at) > now - ADDRESS_WINDOW,
        col(FailedSignIn.failed_at) <= now + CLOCKS_DIFFER,
    )
    if (session.scalar(statement) or 0) >= ADDRESS_ATTEMPTS:
        raise FloodedError


def note_address(session: Session, now: datetime) -> int:
    """Count a failure of this address (its mark, never the address itself) and give its row; old ones are removed."""
    row = FailedSignIn(address=address_mark(), failed_at=now)
    session.add(row)
    session.flush()  # before rows go: their numbers are not given out again
    session.execute(delete(FailedSignIn).where(col(FailedSignIn.failed_at) < now - KEPT))
    return row.id or 0


def count_failure(session: Session, account: Account, now: datetime) -> timedelta | None:
    """Count a failure of the account; gives how long it is locked when this one locks it."""
    account.failed_count += 1
    locked = lock_time(account.failed_count) or None
    if locked:
        account.locked_until = now + locked
    session.add(account)
    return locked


def failure_deeds(username: str, locked: timedelta | None) -> tuple[Deed, ...]:
    """What the trail says of a failed attempt, and of the lock it brought."""
    failed = deed("sign_in_failed", viewer=NOBODY, subject=username)
    if locked is None:
        return (failed,)
    minutes = int(locked.total_seconds() // 60)
    return failed, deed("locked", viewer=NOBODY, subject=username, details={"minutes": minutes})


def holds(account: Account, now: datetime) -> bool:
    """Whether failed attempts hold the account for now."""
    return is_held(account.failed_count, account.locked_until, now)
