"""Everything the pages read, loaded once for each data version and moment.

The facts of all provinces fit in a few megabytes, so a worker keeps the last few moments in memory. What
invalidates them is the data version alone, never time.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from flask import current_app
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from dashboard.snapshot import Snapshot
from models.database import data_version, make_engine
from models.reading import (
    Moment,
    read_agencies,
    read_gaps,
    read_indicators,
    read_observations,
    read_places,
    read_programmes,
    read_promises,
    read_tasks,
    read_thresholds,
)
from models.settings import Settings
from models.task_reading import read_follow_up

KEPT_MOMENTS = 8
UNREADABLE = (SQLAlchemyError, LookupError)  # what reading raises while the database is away or empty


class Door:
    """Opens sessions and keeps the snapshots of a few moments; safe for threads, made anew after a fork."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.engine: Engine = make_engine(settings.database_url)
        self._kept: OrderedDict[tuple[int, Moment], Snapshot] = OrderedDict()
        self._lock = Lock()

    def session(self) -> Session:
        """A new session; the caller closes it."""
        return Session(self.engine)

    def snapshot(self, moment: Moment) -> Snapshot:
        """What is true at the moment, from memory while the data version stands."""
        with self.session() as session:
            key = (data_version(session), moment)
            with self._lock:
                found = self._kept.get(key)
                if found is not None:
                    self._kept.move_to_end(key)
                    return found
            made = load_snapshot(session, key[0], moment)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > KEPT_MOMENTS:
                self._kept.popitem(last=False)
        return made


def load_snapshot(session: Session, version: int, moment: Moment) -> Snapshot:
    """Read everything once."""
    return Snapshot(
        version=version,
        moment=moment,
        places=read_places(session),
        agencies=read_agencies(session),
        indicators=read_indicators(session),
        programmes=read_programmes(session, moment),
        promises=tuple(read_promises(session, moment)),
        gaps=tuple(read_gaps(session, moment)),
        tasks=tuple(read_tasks(session, moment)),
        observations=tuple(read_observations(session, moment)),
        thresholds=read_thresholds(session, moment),
        follow=read_follow_up(session, moment),
    )


def door() -> Door:
    """The door of the running application."""
    found: Door = current_app.extensions["door"]
    return found
