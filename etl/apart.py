"""Carries an order out in a process of its own, so that reading and checking a workbook never holds up the pages.

The process works at a lower priority and gives its memory back at its end; a kept one (`etl.apart_process`) forks for
each order. What it says comes as it is said: each message is one pickled pair; both sides are this program on this
machine, nothing of a browser is unpickled.
"""

from __future__ import annotations

import os
import pickle
import socket
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from threading import Lock
from typing import IO, Any

from etl.apart_process import BEGUN, DONE, FAILED
from etl.recipe import Kitchen, Order, Outcome, carry_out, no_seal
from models.settings import ROOT


class Helper:
    """The kept process of this one; started when it is needed, and again when it has ended meanwhile."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._owner = 0
        self._control: socket.socket | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def connect(self) -> socket.socket:
        """A connection on which one order is answered, begun already; raises RuntimeError when none comes about."""
        for _ in range(2):  # the process may end for want of orders in the moment in which it is asked
            ours, theirs = socket.socketpair()
            with theirs, self._lock:
                try:
                    socket.send_fds(self._running(), [b"."], [theirs.fileno()])
                except OSError:
                    self._control = None
            if _has_begun(ours):
                return ours
            ours.close()
            self._control = None
        raise RuntimeError("the import process does not answer")

    def _running(self) -> socket.socket:
        if self._control is None or self._owner != os.getpid() or not self.process or self.process.poll() is not None:
            ours, theirs = socket.socketpair()
            with theirs:
                command = [sys.executable, "-m", "etl.apart_process"]
                self.process = subprocess.Popen(command, cwd=ROOT, stdin=theirs.fileno())  # noqa: S603
            self._owner, self._control = os.getpid(), ours
        return self._control


def _has_begun(connection: socket.socket) -> bool:
    return bool(connection.recv(1, socket.MSG_PEEK))


HELPER = Helper()


def carry_out_apart(kitchen: Kitchen, order: Order, path: Path, *, commit: bool, leave_out: bool = False) -> Outcome:
    """The same as `recipe.carry_out`; an order with a seal of its own, or a database in memory, stays in this process.

    Raises what the recipe raises, and RuntimeError when the process ended without a word.
    """
    database = kitchen.engine.url.database
    if order.seal is not no_seal or not database or database == ":memory:":
        return carry_out(kitchen, order, path, commit=commit, leave_out=leave_out)
    asked = {
        "order": {field.name: getattr(order, field.name) for field in fields(order) if field.name != "seal"},
        "kitchen": {name: getattr(kitchen, name) for name in ("data_dir", "as_of", "limits")},
        "url": kitchen.engine.url.render_as_string(hide_password=False),
        "environment": dict(os.environ),
        "path": path,
        "commit": commit,
        "leave_out": leave_out,
    }
    with HELPER.connect() as connection, connection.makefile("rb") as said:
        connection.sendall(pickle.dumps(asked))
        return _listen(said, kitchen)


def _listen(said: IO[bytes], kitchen: Kitchen) -> Outcome:
    while True:
        what, told = _next(said)
        if what == DONE:
            outcome: Outcome = told
            return outcome
        if what == FAILED:
            raise told if isinstance(told, Exception) else RuntimeError(told)
        if what != BEGUN:
            kitchen.progress(told)


def _next(said: IO[bytes]) -> tuple[str, Any]:
    try:
        message: tuple[str, Any] = pickle.load(said)  # noqa: S301 (our own process)
    except (EOFError, ConnectionError, pickle.UnpicklingError) as error:
        raise RuntimeError("the import process ended without a word") from error
    return message
