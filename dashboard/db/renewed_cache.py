"""What is brought up to date after a run instead of made again: a run says little beside what is stored."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from models.targets.touched import RunState, run_state

KEPT = 64
T = TypeVar("T")
_kept: OrderedDict[tuple[Any, ...], tuple[RunState, Any]] = OrderedDict()
_lock = Lock()


def renewed(
    session: Session,
    name: tuple[Any, ...],
    make: Callable[[RunState], T],
    renew: Callable[[T, RunState, RunState], T | None],
) -> T:
    """The value under this name as it is after the runs finished by now, for this database and this viewer's places.

    `make` gives it for a state; `renew` gives it for a later one from the value, its state and the later state, or
    None where only making it again helps.
    """
    key = (str(session.get_bind().engine.url), session.info.get("places"), *name)
    state = run_state(session)
    with _lock:
        found: tuple[RunState, T] | None = _kept.get(key)
    if found is not None and found[0] == state:
        return found[1]
    value = renew(found[1], found[0], state) if found is not None else None
    if value is None:
        value = make(state)
    with _lock:
        _kept[key] = (state, value)
        _kept.move_to_end(key)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return value
