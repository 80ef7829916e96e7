"""What was counted or found once is kept while the data version stands; never by time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from dashboard.db.data_version import version_of

KEPT = 64
T = TypeVar("T")
_kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
_lock = Lock()


def remembered(session: Session, name: tuple[Any, ...], make: Callable[[], T]) -> T:
    """The value under this name for this database and data version, made when it is not there yet.

    What a viewer of some places may see is kept apart from what others see.
    """
    key = (str(session.get_bind().engine.url), version_of(session), session.info.get("places"), *name)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            found: T = _kept[key]
            return found
    made = make()
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made
