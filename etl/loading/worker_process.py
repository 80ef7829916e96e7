"""Carries an order out in a process of its own, so that reading and checking a workbook never holds up the pages.

The process works at a lower priority, within bounds of time and memory, and gives its memory back at its end; a kept
one (`etl.loading.worker_main`) forks for each order. What it says comes as it is said; both sides are this program on
this machine, nothing of a browser is unpickled. Whoever lets go of the connection ends the process.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from dataclasses import fields
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from time import monotonic

from etl.loading.recipe import ImportRequest, ImportResult, ImportSettings, carry_out, no_commit_hook
from etl.loading.worker_main import BEGUN, DONE, FAILED
from etl.parsing.issues import LoadError
from models.config.settings import ROOT

LOOK_SECONDS = 0.5  # how often we look whether to go on
GRACE_SECONDS = 5  # the process ends itself before we give it up
STOPPED = "Đã dừng đọc tệp theo yêu cầu; chưa ghi gì"
TOO_LONG = (
    "Đọc và tính tệp này lâu hơn {minutes:.3g} phút nên đã dừng; chưa ghi gì. Bỏ trang và cột thừa, "
    "hoặc chia nhỏ tệp rồi nộp lại"
)
DIED = (
    "Tiến trình đọc tệp bị ngắt giữa chừng (máy chủ khởi động lại hoặc thiếu bộ nhớ); chưa ghi gì. "
    "Nộp lại tệp; nếu vẫn lỗi, chia nhỏ tệp"
)
UNSURE = (
    "Tiến trình nạp bị ngắt giữa chừng. Xem các lượt đã nạp ở trang Đối soát: "
    "có lượt này là đã ghi cả tệp, không có là chưa ghi gì và nạp lại được"
)


class Helper:
    """The kept process of this one; started when it is needed, and again when it has ended meanwhile."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._owner = 0
        self._control: socket.socket | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def connect(self) -> Connection:
        """A connection on which one order is answered, begun already; raises RuntimeError when none comes about."""
        for _ in range(2):  # the process may end for want of orders in the moment in which it is asked
            ours, theirs = socket.socketpair()
            with theirs, self._lock:
                try:
                    socket.send_fds(self._running(), [b"."], [theirs.fileno()])
                except OSError:
                    self._control = None
            link = Connection(ours.detach())
            if _has_begun(link):
                return link
            link.close()
            self._control = None
        raise RuntimeError("the import process does not answer")

    def _running(self) -> socket.socket:
        if self._control is None or self._owner != os.getpid() or not self.process or self.process.poll() is not None:
            ours, theirs = socket.socketpair()
            with theirs:
                command = [sys.executable, "-m", "etl.loading.worker_main"]
                self.process = subprocess.Popen(command, cwd=ROOT, stdin=theirs.fileno())  # noqa: S603
            self._owner, self._control = os.getpid(), ours
        return self._control


def _has_begun(link: Connection) -> bool:
    try:
        return bool(link.recv()[0] == BEGUN)
    except (EOFError, OSError):
        return False


HELPER = Helper()


def carry_out_in_worker(
    import_settings: ImportSettings, order: ImportRequest, path: Path, *, commit: bool, leave_out: bool = False
) -> ImportResult:
    """`recipe.carry_out` in the worker process; with an `on_commit` or a database in memory it stays in this process.

    Raises what the recipe raises, LoadError also when the process was stopped, took too long or died.
    """
    database = import_settings.engine.url.database
    if order.on_commit is not no_commit_hook or not database or database == ":memory:":
        return carry_out(import_settings, order, path, commit=commit, leave_out=leave_out)
    asked = {
        "order": {field.name: getattr(order, field.name) for field in fields(order) if field.name != "on_commit"},
        "import_settings": {name: getattr(import_settings, name) for name in ("data_dir", "as_of", "limits", "bounds")},
        "url": import_settings.engine.url.render_as_string(hide_password=False),
        "environment": dict(os.environ),
        "path": path,
        "commit": commit,
        "leave_out": leave_out,
    }
    began = monotonic()
    with HELPER.connect() as link:
        try:
            link.send(asked)
            return _listen(link, import_settings)
        except (EOFError, ConnectionError) as error:
            raise LoadError(_why_it_ended(import_settings, monotonic() - began, commit=commit)) from error


def _why_it_ended(import_settings: ImportSettings, seconds: float, *, commit: bool) -> str:
    if commit:  # it may have been killed just after the commit
        return UNSURE
    return (
        TOO_LONG.format(minutes=import_settings.bounds.seconds / 60)
        if seconds >= import_settings.bounds.seconds
        else DIED
    )


def _listen(link: Connection, import_settings: ImportSettings) -> ImportResult:
    """What the process says, until it has ended or we let go; the end of our own server counts as its death."""
    server, began = os.getppid(), monotonic()
    while True:
        if import_settings.is_stopped():
            raise LoadError(STOPPED)
        if os.getppid() != server:
            raise EOFError
        if link.poll(LOOK_SECONDS):
            what, told = link.recv()
            if what == DONE:
                outcome: ImportResult = told
                return outcome
            if what == FAILED:
                raise told if isinstance(told, Exception) else RuntimeError(told)
            import_settings.progress(told)
        elif monotonic() - began > import_settings.bounds.seconds + GRACE_SECONDS:
            raise EOFError
