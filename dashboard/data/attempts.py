"""Failed attempts: counted for each account strictly, for each network address loosely."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.data.trail import address_mark
from models.account import Account, FailedSignIn
from models.account_rules import ADDRESS_ATTEMPTS, ADDRESS_WINDOW, lock_time

KEPT = timedelta(days=1)


def is_flooded(session: Session, now: datetime) -> bool:
    """Whether this network address failed so often of late that nothing from it is tried any more."""
    statement = select(func.count(col(FailedSignIn.id))).where(
        col(FailedSignIn.address) == address_mark(), col(FailedSignIn.failed_at) > now - ADDRESS_WINDOW
    )
    return (session.scalar(statement) or 0) >= ADDRESS_ATTEMPTS


def note_address(session: Session, now: datetime) -> None:
    """Count a failure of this address (its mark, never the address itself); old ones are removed."""
    session.execute(delete(FailedSignIn).where(col(FailedSignIn.failed_at) < now - KEPT))
    session.add(FailedSignIn(address=address_mark(), failed_at=now))


def count_failure(session: Session, account: Account, now: datetime) -> timedelta | None:
    """Count a failure of the account; gives how long it is locked when this one locks it."""
    counted = update(Account).where(col(Account.id) == account.id)
    session.execute(counted.values(failed_count=col(Account.failed_count) + 1))  # in one statement: attempts race
    session.refresh(account)
    locked = lock_time(account.failed_count)
    if not locked:
        return None
    account.locked_until = now + locked
    session.add(account)
    return locked
