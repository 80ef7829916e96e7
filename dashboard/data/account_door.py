"""Sessions on the tables of accounts: always on the main database, never on a copy that may lag behind.

They are not bounded by the viewer's places: accounts are what says who the viewer is.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from dashboard.data.snapshot import door


def accounts() -> Session:
    """A new session; the caller closes it."""
    return Session(door().engine)
