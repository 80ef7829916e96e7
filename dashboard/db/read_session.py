"""Everything the pages read, loaded once for each data version, moment and set of places that may be seen.

The facts of all provinces fit in a few megabytes, so a worker keeps the last few moments in memory. What
invalidates them is the data version alone, never time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from threading import Lock
from typing import Any

from flask import current_app
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, configure_mappers

from dashboard.db.bounds import BoundSession, WritingSession, seen_places
from dashboard.db.cache import Cache
from dashboard.db.gaps import kept_gaps
from dashboard.db.replica import ReadSide, note_version, version_of
from dashboard.db.snapshot_values import Snapshot
from models.base.database import DATA_VERSION, DataVersion, Turn, data_version, make_engine
from models.config.settings import Settings
from models.places.place import COUNTRY
from models.targets.promise_checks import series_of_steps
from models.targets.reading import (
    GapView,
    Moment,
    known_values,
    read_agencies,
    read_gaps,
    read_indicators,
    read_places,
    read_programmes,
    read_promises,
    read_thresholds,
)
from models.targets.stored import read_points
from models.tasks.task_reading import read_follow_up, read_tasks

KEPT_MOMENTS = 8
WRITER_WAIT_MS = 5_000  # a page's writer waits so long for another one, then says so; commands wait longer
CONNECTIONS = {"pool_size": 5, "max_overflow": 25, "pool_timeout": 3}  # two for each thread of a worker
STATE = f"SELECT version.*, EXISTS (SELECT 1 FROM account) FROM ({DATA_VERSION}) AS version"  # noqa: S608
UNREADABLE = (SQLAlchemyError, LookupError)  # what reading raises while the database is away or empty


@dataclass(frozen=True, slots=True)
class FinishedAnswer:
    """One kept answer: its bytes as they were sent, compressed or not, and its headers.

    One that `is_personal` is plain and holds marks where the reader's name is filled in.
    """

    body: bytes
    headers: tuple[tuple[str, str], ...]
    is_personal: bool = False


class Repository:
    """Opens sessions and keeps the snapshots of a few moments; safe for threads, made anew after a fork."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.engine: Engine = make_engine(settings.database_url, wait_ms=WRITER_WAIT_MS, **CONNECTIONS)
        self._reads = ReadSide(self.engine, settings.read_database_url)
        self._snapshots: Cache[Snapshot] = Cache(KEPT_MOMENTS)
        self._making = Lock()
        self.answers: Cache[FinishedAnswer] = Cache(
            settings.answer_memory_mb * 1_000_000, lambda answer: len(answer.body)
        )

    def session(self) -> Session:
        """A new session that reads only what the viewer may see; the caller closes it."""
        return BoundSession(self._reads.engine(), seen_places())

    def writing(self, turn: Turn = Turn.FACTS) -> WritingSession:
        """A new session for a change, which waits for its turn first: see models.accounts.changing.

        It reads everything and adds rows only where the request may; what it read is never shown to a reader.
        """
        return WritingSession(self.engine, turn)

    def whole(self) -> Session:
        """A new session that reads everything, to ask what a request may do: never to be shown to a reader."""
        return BoundSession(self.engine, None)

    def version(self) -> DataVersion:
        """The data version that this request reads."""
        with self.session() as session:
            return version_of(session)

    def state(self) -> tuple[Any, ...]:
        """The data version and whether there are accounts: what every kept answer hangs on beside the request.

        Asked before each of them, so it is one statement through the driver; raises LookupError when it cannot be read.
        """
        failures: type[Exception] = self.engine.dialect.loaded_dbapi.Error
        try:
            with closing(self.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
                cursor.execute(STATE)
                found = tuple(cursor.fetchone() or ())
        except (failures, SQLAlchemyError) as error:
            raise LookupError("the state of the database cannot be read") from error
        note_version(self.engine, DataVersion(found[0] or 0, found[1]))
        return found

    def snapshot(self, moment: Moment, *, is_whole: bool = False) -> Snapshot:
        """What is true at the moment, within the viewer's places; from memory while the data version stands.

        `is_whole` gives all places: for marks and changes, never to be shown.
        """
        places = None if is_whole else seen_places()
        with BoundSession(self.engine if is_whole else self._reads.engine(), places) as session:
            key = (version_of(session), moment, places)
            if found := self._snapshots.find(key):
                return found
            with self._making:  # one thread at a time: those that waited find what the first one made
                return self._snapshots.find(key) or self._snapshots.keep(
                    key, load_snapshot(session, key[0], moment, lambda: kept_gaps(session, moment))
                )

    def today(self, *, is_whole: bool = False) -> Snapshot:
        """What is true today."""
        day = self.settings.as_of
        return self.snapshot(Moment(as_of=day, known_on=day), is_whole=is_whole)


def load_snapshot(
    session: Session, version: DataVersion, moment: Moment, gaps: Callable[[], Sequence[GapView]] | None = None
) -> Snapshot:
    """Read once what every page needs; `gaps` gives those that are kept from earlier where some still hold."""
    programmes, thresholds = read_programmes(session, moment), read_thresholds(session, moment)
    places = {programme.place for programme in programmes.values()}
    return Snapshot(
        version=version,
        moment=moment,
        places=read_places(session),
        agencies=read_agencies(session),
        indicators=read_indicators(session),
        programmes=programmes,
        promises=tuple(read_promises(session, moment)),
        gaps=tuple(gaps() if gaps else read_gaps(session, moment)),
        tasks=tuple(read_tasks(session, moment)),
        points=read_points(session, series_of_steps(thresholds.content, places), *known_values(moment)),
        thresholds=thresholds,
        follow=read_follow_up(session, moment),
    )


def relate_tables() -> None:
    """Let the table classes find each other now instead of at the first statement; needs no database."""
    configure_mappers()


def repository() -> Repository:
    """The repository of the running application."""
    found: Repository = current_app.extensions["repository"]
    return found


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


def place_names() -> dict[str, str]:
    """Full names by slug; empty while there is no database."""
    try:
        return {slug: place.full_name for slug, place in repository().today().places.items()}
    except UNREADABLE:
        return {}


def living_places() -> list[str]:
    """Full names of the viewer's own places of today, the country left out; empty while there is no database."""
    try:
        places = repository().today().places.values()
    except UNREADABLE:
        return []
    return sorted(place.full_name for place in places if place.valid_to is None and place.slug != COUNTRY)


def indicator_names() -> dict[str, str]:
    """Names by code; empty while there is no database."""
    try:
        return {code: indicator.name for code, indicator in repository().today().indicators.items()}
    except UNREADABLE:
        return {}
