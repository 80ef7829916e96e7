"""Whether this installation can answer."""

from __future__ import annotations

from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from dashboard.db.read_session import repository
from models.base.database import data_version

PATIENCE_MS = 800  # whoever watches over the server wants to know within a second


def health_report() -> dict[str, Any]:
    """`status` is ok, empty (no data loaded yet) or down (the database does not answer, or not in time)."""
    try:
        with Session(repository().engine) as session:
            if session.connection().dialect.name == "postgresql":
                session.connection().exec_driver_sql(f"SET LOCAL statement_timeout = {PATIENCE_MS}")
            version = data_version(session).newest
    except SQLAlchemyError:
        return {"status": "down", "data_version": None}
    return {"status": "ok" if version else "empty", "data_version": version}
