"""Báo số liệu sai: what readers say is wrong, and what the officer answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlmodel import col

from dashboard.access.sent_once import keep_made, made_before
from dashboard.access.trail import finish
from dashboard.db.read_session import repository
from models.targets.official import Remark

SHOWN = 100


def read_remarks() -> Sequence[Remark]:
    """The newest remarks, those without an answer first."""
    order = (col(Remark.answered_at).is_not(None), col(Remark.made_at).desc())
    with repository().session() as session:
        return session.scalars(select(Remark).order_by(*order).limit(SHOWN)).all()


def count_open() -> int:
    """How many remarks wait for an answer."""
    with repository().session() as session:
        return session.scalar(select(func.count(col(Remark.id))).where(col(Remark.answered_at).is_(None))) or 0


def add_remark(address: str, subject: str, text: str, reporter: str, *, is_verified: bool = False) -> None:
    """Store what a reader says; figures do not change."""
    row = Remark(address=address, subject=subject, text=text, reporter=reporter, made_at=datetime.now(UTC))
    row.is_reporter_verified = is_verified
    with repository().writing() as session:
        if made_before(session):
            return
        session.add(row)
        session.flush()
        keep_made(session, row.id)
        finish(session, remark=row.id)


def answer_remark(remark_id: int, answer: str, officer: str, *, is_verified: bool = False) -> bool:
    """Store the officer's answer; False when there is no such remark or it has been answered."""
    with repository().writing() as session:
        row = session.get(Remark, remark_id)
        if row is not None and (row.answer, row.answered_by) == (answer, officer):
            return True  # the form was sent twice
        if row is None or row.answered_at is not None:
            return False
        row.answer, row.answered_by, row.answered_at = answer, officer, datetime.now(UTC)
        row.is_answerer_verified = is_verified
        session.add(row)
        finish(session, remark=remark_id)
        return True
