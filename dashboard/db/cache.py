"""What was made once is kept in bounded memory, by data version or by finished runs; never by time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from dashboard.db.replica import version_of
from models.targets.touched import RunState, run_state

LARGEST_SHARE = 4  # no value may take more than this part of the room
ROOM = 64  # values of all kinds that have no room of their own
# a year: of a place some 7 KB, of the country some 250 KB; a panel: at most some 20 MB
ROOMS = {"gaps": 8, "panel": 4, "measures": 2000, "year": 36}
Name = tuple[Any, ...]
Value = TypeVar("Value")


class Cache(Generic[Value]):
    """Values by key; what was used longest ago goes first where `room` ends. Safe for threads.

    `size` says how much of the room a value takes: one of so many places unless told otherwise.
    """

    def __init__(self, room: int, size: Callable[[Value], int] = lambda _: 1) -> None:
        self.room, self.size, self.used = room, size, 0
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable) -> Value | None:
        """The value under this key."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Hashable, value: Value) -> Value:
        """Keep a value and give it back; one that would push out too many others is not kept."""
        if self.size(value) > self.room // LARGEST_SHARE:
            return value
        with self._lock:
            if key in self._kept:
                self.used -= self.size(self._kept.pop(key))
            self._kept[key] = value
            self.used += self.size(value)
            while self.used > self.room:
                self.used -= self.size(self._kept.popitem(last=False)[1])
        return value


_of_engines: WeakKeyDictionary[Engine, dict[str, Cache[Any]]] = WeakKeyDictionary()


def remembered(session: Session, name: Name, make: Callable[[], Value]) -> Value:
    """The value under this name for the session's database and data version, made when it is not there yet.

    What a viewer of some places may see is kept apart from what others see.
    """
    cache, key = _cache(session, name), (version_of(session), session.info.get("places"), name)
    found: tuple[Value] | None = cache.find(key)
    return (found or cache.keep(key, (make(),)))[0]


def renewed(
    session: Session,
    name: Name,
    make: Callable[[RunState], Value],
    renew: Callable[[Value, RunState, RunState], Value | None],
) -> Value:
    """The value under this name as it is after the runs finished by now, brought up to date instead of made again.

    `make` gives it for a state; `renew` gives it for a later one from the value, its state and the later state, or
    None where only making it again helps. The state is asked before the value: what is stored in between is looked
    at again next time.
    """
    cache, key, state = _cache(session, name), (session.info.get("places"), name), run_state(session)
    found: tuple[RunState, Value] | None = cache.find(key)
    if found is not None and found[0] == state:
        return found[1]
    value = renew(found[1], found[0], state) if found is not None else None
    value = make(state) if value is None else value
    cache.keep(key, (state, value))
    return value


def up_to_date(session: Session, name: Name) -> Any | None:
    """What `renewed` keeps under this name, where no run has finished since."""
    found = _cache(session, name).find((session.info.get("places"), name))
    return found[1] if found is not None and found[0] == run_state(session) else None


def _cache(session: Session, name: Name) -> Cache[Any]:
    caches = _of_engines.setdefault(session.get_bind().engine, {})
    kind = name[0] if name[0] in ROOMS else ""
    return caches.setdefault(kind, Cache(ROOMS.get(kind, ROOM)))
