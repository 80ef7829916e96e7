"""A waiting change is decided once, and never by who proposed it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.accounts.approval import ApprovalVerdict, DecidedError, PendingChange, Proposal, decide, read_pending

NOW = datetime(2026, 11, 21, tzinfo=UTC)
PROPOSER, OTHER = 1, 2


def propose(engine: Engine) -> int:
    """A change that waits."""
    with Session(engine) as session:
        row = PendingChange(
            kind=Proposal.UNDO, title="Hoàn tác lượt 7", payload={"run_id": 7}, proposed_by=PROPOSER,
            proposed_by_name="Trần Văn An", proposed_at=NOW,
        )  # fmt: skip
        session.add(row)
        session.commit()
        return row.id or 0


def say(engine: Engine, number: int, verdict: ApprovalVerdict, by: int) -> None:
    with Session(engine) as session:
        decide(session, number, verdict, by=by, name="người quyết", at=NOW, reason="lý do")
        session.commit()


def test_the_proposer_only_takes_back_and_another_person_decides_once(engine: Engine) -> None:
    for verdict in (ApprovalVerdict.APPROVED, ApprovalVerdict.REFUSED):
        number = propose(engine)
        with pytest.raises(DecidedError):
            say(engine, number, verdict, PROPOSER)
        with pytest.raises(DecidedError):
            say(engine, number, ApprovalVerdict.WITHDRAWN, OTHER)
        say(engine, number, verdict, OTHER)
        with pytest.raises(DecidedError):
            say(engine, number, ApprovalVerdict.REFUSED, OTHER)
    number = propose(engine)
    say(engine, number, ApprovalVerdict.WITHDRAWN, PROPOSER)
    with pytest.raises(DecidedError):
        say(engine, number, ApprovalVerdict.APPROVED, OTHER)
    with Session(engine) as session:
        assert read_pending(session, is_open=True) == []
        said = [(row.verdict, row.decided_by, row.reason) for row in read_pending(session, is_open=False)]
    assert said == [("withdrawn", PROPOSER, "lý do"), ("refused", OTHER, "lý do"), ("approved", OTHER, "lý do")]
