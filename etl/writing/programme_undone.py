"""Takes back what a run said of programmes: the head as it stood before, or withdrawn where nothing stood before.

Indicators and agencies that came with it stay as names: what was once promised of them is history that names them.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from etl.facts.reference import Writing, keep_before
from models.base.source import ReferenceChange
from models.targets.programme import Programme

TABLE = str(Programme.__tablename__)


def is_built_upon(session: Session, run_id: int) -> bool:
    """Whether a later run changed a programme that this run said."""
    changes = list(session.scalars(select(ReferenceChange).where(col(ReferenceChange.table_name) == TABLE)))
    touched = {row.row_key for row in changes if run_id in (row.run_id, row.before.get("run_id"))}
    now = session.execute(select(col(Programme.run_id)).where(col(Programme.slug).in_(touched)))
    return any(said_by != run_id for (said_by,) in now)


def take_back_programmes(writing: Writing, run_id: int) -> None:
    """Put the heads back that the run changed, and withdraw those that it brought."""
    session = writing.session
    of_run = (col(ReferenceChange.run_id) == run_id, col(ReferenceChange.table_name) == TABLE)
    before = {row.row_key: row.before for row in session.scalars(select(ReferenceChange).where(*of_run))}
    for row in list(session.scalars(select(Programme).where(col(Programme.run_id) == run_id))):
        keep_before(writing, row)
        if row.slug not in before:
            row.withdrawn_at = writing.now
            continue
        earlier = Programme.model_validate(before[row.slug])
        for name in Programme.model_fields:
            setattr(row, name, getattr(earlier, name))
    session.flush()
