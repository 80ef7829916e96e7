"""Real processes that are killed at a chosen moment, and what is left behind them."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event

from models.base.database import make_engine

Job = Callable[[Engine], object]
COMMIT = "commit"  # just before it, when everything has been said to the database


def count_statements(url: str, job: Job) -> int:
    """How many statements a job says to the database and to its copies."""
    said: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    engine = make_engine(url)
    event.listen(Engine, "before_cursor_execute", hear)
    try:
        job(engine)
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
        engine.dispose()
    return len(said)


def killed_at(url: str, job: Job, moment: int | str) -> None:
    """Do the job in a process of its own that is killed (SIGKILL) before its n-th statement, or before the commit."""

    def work() -> None:
        engine = make_engine(url)
        _kill_at(moment)
        job(engine)

    status = status_of(work)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, f"not killed at {moment}: {status}"


def status_of(work: Callable[[], object]) -> int:
    """Fork, work, and give how the process ended: exit code 0, or 1 after an exception."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitpid(pid, 0)[1]


def die(*_: object) -> None:
    """Leave no time for anything."""
    os.kill(os.getpid(), signal.SIGKILL)


def _kill_at(moment: int | str) -> None:
    if moment == COMMIT:
        event.listen(Engine, "commit", die)
        return
    left = [int(moment)]

    def count(*_: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            die()

    event.listen(Engine, "before_cursor_execute", count)
