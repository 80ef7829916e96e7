"""Whether this installation can answer."""

from __future__ import annotations

from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from dashboard.data.snapshot import door
from models.database import data_version


def health_report() -> dict[str, Any]:
    """`status` is ok, empty (no data loaded yet) or down (the database does not answer)."""
    try:
        with door().session() as session:
            version = data_version(session)
    except SQLAlchemyError:
        return {"status": "down", "data_version": None}
    return {"status": "ok" if version else "empty", "data_version": version}
