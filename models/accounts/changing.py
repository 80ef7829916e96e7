"""The one way anything is changed: the lock first, then reading what decides, writing, the trail's entry, the commit.

A change can neither begin without the lock nor end without the entry: both are the session's own doing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session, SessionTransaction

from models.accounts.trail import Deed, add_entry
from models.base.database import Turn, hold
from models.base.trial import APART

TURN, IS_TOLD = "turn", "is_told"


class UntoldChangeError(RuntimeError):
    """A change was about to be committed of which the trail says nothing; a mistake of ours."""


class ChangeSession(Session):
    """A session for one change: each transaction of it begins with its turn, and only `finish` ends it for good.

    What was read stays readable after the end. Left without `finish`, nothing is stored.
    """

    def __init__(self, engine: Engine | Connection, turn: Turn = Turn.FACTS, **options: Any) -> None:
        info = {TURN: turn, **options.pop("info", {})}
        super().__init__(engine, expire_on_commit=False, info=info, **options)

    def finish(self, *deeds: Deed, at: datetime | None = None) -> None:
        """Add what was done to the trail, an entry a deed, and commit all; raises UntoldChangeError for no deed."""
        if not deeds:
            raise UntoldChangeError("a change without a deed")
        self.flush()
        for deed in deeds:
            add_entry(self, deed, at=at)
        self._end()

    def finish_untold(self, because: str) -> None:
        """Commit what needs no entry of its own; `because` says why, for whoever reads the code."""
        if not because:
            raise UntoldChangeError("somebody has to say why")
        self._end()

    def _end(self) -> None:
        self.info[IS_TOLD] = True
        try:
            self.commit()
        finally:
            self.info[IS_TOLD] = False


@event.listens_for(ChangeSession, "after_begin")
def _take_turn(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    if not transaction.nested and APART not in session.info:  # a trial writes where nobody else does
        hold(connection, session.info[TURN])


@event.listens_for(ChangeSession, "before_commit")
def _must_be_told(session: Session) -> None:
    if not session.info.get(IS_TOLD):
        raise UntoldChangeError("a change was not told to the trail")


def write_trail(engine: Engine, deed: Deed, *, at: datetime | None = None) -> None:
    """Add an entry of its own: for what was read or taken away, and what changes no row."""
    with ChangeSession(engine, Turn.TRAIL) as session:
        session.finish(deed, at=at)
