"""The data version, asked once a request: every memory of what was read hangs on it."""

from __future__ import annotations

from flask import g
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from dashboard.db.replica import is_reading
from models.base.database import DataVersion, data_version


def version_of(session: Session) -> DataVersion:
    """The data version of the session's database as the request that reads found it first.

    What is read later in the same request is never older than that. Asked anew where something may be written, and
    outside of requests.
    """
    if not is_reading():
        return data_version(session)
    engine = session.get_bind().engine
    known = _known()
    if engine not in known:
        known[engine] = data_version(session)
    return known[engine]


def note_version(engine: Engine, version: DataVersion) -> None:
    """Somebody asked this database already."""
    if is_reading():
        _known().setdefault(engine, version)


def _known() -> dict[Engine, DataVersion]:
    if "data_versions" not in g:
        g.data_versions = {}
    found: dict[Engine, DataVersion] = g.data_versions
    return found
