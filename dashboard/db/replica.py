"""Pages may read from a copy of the database (READ_DATABASE_URL); whoever wrote never sees less than they wrote.

The copy follows the main database and may lag. Before a request reads from it, the newest run and the newest entry
of the trail are compared: every change brings one of them, and a copy receives changes in order. A copy that is
behind, or does not answer, is passed by and the main database read instead.
"""

from __future__ import annotations

import logging
from time import monotonic

from flask import g, has_request_context, request
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from dashboard import CALLBACKS
from models.base.database import DATA_VERSION, DataVersion, data_version, make_engine

log = logging.getLogger(__name__)
PAUSE_SECONDS = 30  # a copy that did not answer is left alone for so long
CONNECT_SECONDS = "3"
MARK = text(f"SELECT version.*, (SELECT max(id) FROM trail) FROM ({DATA_VERSION}) AS version")  # noqa: S608


class ReadSide:
    """Says for each request where it reads: one answer a request, so that a page is of one database."""

    def __init__(self, primary: Engine, url: str) -> None:
        self._primary = primary
        self._copy = _engine(url) if url else None
        self._asked_again_at = 0.0

    def engine(self) -> Engine:
        """The copy when it is level with the main database; outside of reading requests always the main one."""
        if self._copy is None or not is_reading():
            return self._primary
        if "reads_from" not in g:
            g.reads_from = self._copy if self._is_level(self._copy) else self._primary
        chosen: Engine = g.reads_from
        return chosen

    def _is_level(self, copy: Engine) -> bool:
        if monotonic() < self._asked_again_at:
            return False
        with self._primary.connect() as connection:
            here = connection.execute(MARK).one()
        try:
            with copy.connect() as connection:
                return connection.execute(MARK).one() == here
        except SQLAlchemyError as error:
            self._asked_again_at = monotonic() + PAUSE_SECONDS
            log.warning("the copy for reading does not answer (%s); reading the main database", type(error).__name__)
            return False


def is_reading() -> bool:
    """Whether this is a request that changes no data."""
    return has_request_context() and (request.method in ("GET", "HEAD") or request.path == CALLBACKS)


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql" and "connect_timeout" not in parsed.query:
        parsed = parsed.update_query_dict({"connect_timeout": CONNECT_SECONDS})
    return make_engine(parsed.render_as_string(hide_password=False))


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
