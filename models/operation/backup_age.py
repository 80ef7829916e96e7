"""When this installation was last saved: the trail tells, so that every web server knows it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.accounts.trail import TrailEntry

COMMAND = "backup"


def last_backup_at(session: Session) -> datetime | None:
    """The end of the newest `python -m etl backup`, None when there was none; whoever asks."""
    command = col(TrailEntry.details)["command"].as_string()
    statement = select(func.max(col(TrailEntry.at))).where(col(TrailEntry.action) == COMMAND, command == COMMAND)
    return session.scalars(statement.execution_options(whole=True)).one()
