"""The process in which orders are carried out: `python -m etl.loading.worker_main`, a socket as standard input.

Starting an interpreter and reading our modules costs more than a short list does, so the process waits for further
orders and forks itself for each: what an order needs of memory is given back at its end. It has one thread only, so
that it may fork. It ends with whoever started it, or when nobody has asked for a while; a fork ends with it, and as
soon as nobody listens to it any more.
"""

from __future__ import annotations

import gc
import os
import select
import socket
import sqlite3
import sys
import traceback
from contextlib import suppress
from errno import ENOMEM
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import configure_mappers

from etl.files.process_limits import end_with, keep_within
from etl.loading.recipe import ImportRequest, ImportResult, ImportSettings, carry_out
from etl.parsing.issues import LoadError
from models.base.database import make_engine

NICENESS = 10
IDLE_SECONDS = 300
BEGUN, LINE, DONE, FAILED = "begun", "line", "done", "failed"
TOO_MUCH = "Tệp cần nhiều bộ nhớ hơn mức cho phép; chưa ghi gì. Chép riêng bảng số liệu sang tệp mới, hoặc chia nhỏ tệp"
OUT_OF_MEMORY = (sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_IOERR_NOMEM, sqlite3.SQLITE_IOERR_SHMMAP)
PASSED_ON = (LoadError, SQLAlchemyError, OSError)  # what callers of the recipe expect


def serve(control: socket.socket) -> None:
    """Fork for every connection that comes over `control`; ends at its end, or after a while without any."""
    while select.select([control], [], [], IDLE_SECONDS)[0] or _is_working():
        if not select.select([control], [], [], 0)[0]:
            continue
        asked, descriptors, _flags, _address = socket.recv_fds(control, 1, 1)
        if not asked:
            return
        with socket.socket(fileno=descriptors[0]) as connection:
            helper = os.getpid()
            _is_working()  # those that have ended are forgotten
            if os.fork() == 0:
                _carry_out(control, connection, helper)


def _is_working() -> bool:
    """Whether a fork is still at work; forgets those that have ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
        return True
    return False


def _carry_out(control: socket.socket, connection: socket.socket, helper: int) -> None:
    """Carry one order out in a fork and end it, whatever happens."""
    code = 1
    try:
        end_with(helper)
        control.close()
        Thread(target=_end_unheard, args=(connection.fileno(),), daemon=True).start()
        answer(Connection(connection.detach()))
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _end_unheard(descriptor: int) -> None:
    """End this process as soon as the other side of its connection is closed: stopped, given up, or killed."""
    waiting = select.poll()
    waiting.register(descriptor, 0)  # an end is always told
    waiting.poll()
    os._exit(1)


def answer(link: Connection) -> None:
    """Read an order, carry it out within its bounds and say what becomes of it."""
    link.send((BEGUN, None))
    asked: dict[str, Any] = link.recv()
    make_url(asked["url"]).get_dialect().import_dbapi()  # the driver's libraries, before memory is bounded
    keep_within(asked["import_settings"]["bounds"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    try:
        link.send((DONE, _outcome(asked, link)))
    except PASSED_ON as error:
        link.send((FAILED, LoadError(TOO_MUCH) if _is_memory(error) else error))
    except MemoryError:
        link.send((FAILED, LoadError(TOO_MUCH)))
    except Exception as error:  # a mistake of ours: told to the log here, and to the other side that there is one
        traceback.print_exc()
        link.send((FAILED, type(error).__name__))


def _is_memory(error: Exception) -> bool:
    """Whether the bound of memory was met: by the system, or by SQLite, which also maps its log into memory."""
    if isinstance(error, OSError):
        return error.errno == ENOMEM
    return getattr(getattr(error, "orig", None), "sqlite_errorcode", None) in OUT_OF_MEMORY


def _outcome(asked: dict[str, Any], link: Connection) -> ImportResult:
    engine = make_engine(asked["url"])
    try:
        import_settings = ImportSettings(
            engine, **asked["import_settings"], progress=lambda line: link.send((LINE, line))
        )
        order = ImportRequest(**asked["order"])
        return carry_out(import_settings, order, asked["path"], commit=asked["commit"], leave_out=asked["leave_out"])
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
