"""Sessions on the tables of accounts: always on the main database, never on a copy that may lag behind.

They are not bounded by the viewer's places: accounts are what says who the viewer is.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from dashboard.db.read_session import repository
from models.accounts.changing import ChangeSession
from models.base.database import Turn


def accounts() -> Session:
    """A new session for reading; the caller closes it."""
    return Session(repository().engine)


def changing_accounts() -> ChangeSession:
    """A new session for a change, which waits for its turn first: who administers is asked with the turn held."""
    return ChangeSession(repository().engine, Turn.ACCOUNTS)
