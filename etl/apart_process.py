"""The process in which orders are carried out: `python -m etl.apart_process`, a socket as standard input.

Starting an interpreter and reading our modules costs more than a short list does, so the process waits for further
orders and forks itself for each: what an order needs of memory is given back at its end. It has one thread only, so
that it may fork. It ends with whoever started it, or when nobody has asked for a while.
"""

from __future__ import annotations

import gc
import os
import pickle
import select
import socket
import sys
import traceback
from contextlib import suppress
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import configure_mappers

from etl.issues import LoadError
from etl.recipe import Kitchen, Order, carry_out
from models.database import make_engine

NICENESS = 10
IDLE_SECONDS = 300
BEGUN, LINE, DONE, FAILED = "begun", "line", "done", "failed"
PASSED_ON = (LoadError, SQLAlchemyError, OSError)  # what callers of the recipe expect


def serve(control: socket.socket) -> None:
    """Fork for every connection that comes over `control`; ends at its end, or after a while without any."""
    while select.select([control], [], [], IDLE_SECONDS)[0]:
        _forget_ended()
        asked, descriptors, _flags, _address = socket.recv_fds(control, 1, 1)
        if not asked:
            return
        with socket.socket(fileno=descriptors[0]) as connection:
            if os.fork() == 0:
                _carry_out(control, connection)


def _forget_ended() -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _carry_out(control: socket.socket, connection: socket.socket) -> None:
    """Carry one order out in a fork and end it, whatever happens."""
    code = 1
    try:
        control.close()
        answer(connection)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def answer(connection: socket.socket) -> None:
    """Read an order, carry it out and say what becomes of it, each message one pickled pair."""
    with connection.makefile("rb") as asking, connection.makefile("wb") as out:

        def say(what: str, told: object) -> None:
            out.write(pickle.dumps((what, told)))
            out.flush()

        say(BEGUN, None)
        asked: dict[str, Any] = pickle.load(asking)  # noqa: S301 (our own program)
        os.environ.clear()
        os.environ.update(asked["environment"])
        engine = make_engine(asked["url"])
        kitchen = Kitchen(engine, **asked["kitchen"], progress=lambda line: say(LINE, line))
        try:
            order = Order(**asked["order"])
            say(DONE, carry_out(kitchen, order, asked["path"], commit=asked["commit"], leave_out=asked["leave_out"]))
        except PASSED_ON as error:
            say(FAILED, error)
        finally:
            engine.dispose()


def main() -> int:
    """Wait for orders on the socket that is the standard input."""
    os.nice(NICENESS)
    control = socket.socket(fileno=os.dup(sys.stdin.fileno()))
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())  # nothing an order starts may read from it
    configure_mappers()
    gc.freeze()  # what was read so far stays shared with every fork
    with control:
        serve(control)
    return 0


if __name__ == "__main__":
    sys.exit(main())
