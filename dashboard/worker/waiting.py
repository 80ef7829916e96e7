"""How long the request being answered has waited for its thread, as the worker tells it (web_worker.py)."""

from __future__ import annotations

from contextvars import ContextVar
from time import monotonic

PATIENCE_SECONDS = 5.0  # who has waited longer for a thread that may change something is told to come back
AGAIN_SECONDS = 5  # when it is worth trying again, as Retry-After says it

_came_in: ContextVar[float | None] = ContextVar("came_in", default=None)


def came_in_at(moment: float) -> None:
    """Note when the request of this thread was whole, by the monotonic clock."""
    _came_in.set(moment)


def waited_seconds() -> float:
    """Seconds since the request was whole; 0 where no such worker serves, as in tests."""
    moment = _came_in.get()
    return 0.0 if moment is None else monotonic() - moment
