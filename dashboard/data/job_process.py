"""The process behind a job: started apart, watched until it ends, missed at once when it is gone."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

from sqlalchemy import Engine, update
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.data.snapshot import door
from models.day_text import moment_text
from models.meeting import Job
from models.settings import ROOT

WORKING = ("waiting", "running")
PROCESS = "process"  # key of a job's arguments: on which machine and under which number it runs
AGAIN = "Bấm “Làm lại” để thử lần nữa; tài liệu đã xong vẫn giữ."


def launch(number: int, arguments: Mapping[str, Any]) -> None:
    """Start the process of a job; a thread of this worker waits for its end and tells when it died of itself."""
    url = door().engine.url.render_as_string(hide_password=False)  # by environment: a command line can be read
    environment = {**os.environ, "DATABASE_URL": url, "AS_OF": door().settings.as_of.isoformat()}
    command = [sys.executable, "-m", "dashboard", "papers", "--job", str(number)]
    engine = door().engine
    try:
        child = subprocess.Popen(  # noqa: S603  (our own interpreter, our own arguments)
            command,
            cwd=ROOT,
            env=environment,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
    except OSError:
        _fail(engine, number, f"Máy chủ không mở được tiến trình làm tài liệu. {AGAIN}")
        return
    where = {"machine": socket.gethostname(), "number": child.pid}
    with Session(engine) as session:
        session.execute(update(Job).where(col(Job.id) == number).values(arguments={**arguments, PROCESS: where}))
        session.commit()
    Thread(target=_wait, args=(child, engine, number), daemon=True).start()


def _wait(child: subprocess.Popen[bytes], engine: Engine, number: int) -> None:
    code = child.wait()
    _fail(engine, number, f"{_why(code)} {AGAIN}")


def _why(code: int) -> str:
    log = f"Nguyên nhân nằm trong nhật ký máy chủ lúc {moment_text(datetime.now(UTC))}."
    if code < 0:
        name = signal.Signals(-code).name
        return f"Tiến trình làm tài liệu bị hệ điều hành dừng ({name}), thường do thiếu bộ nhớ hoặc bị tắt. {log}"
    return f"Tiến trình làm tài liệu đã dừng trước khi xong (mã thoát {code}). {log}"


def _fail(engine: Engine, number: int, message: str) -> None:
    """Only a job that nobody finished: one that told its own end keeps what it told."""
    mine = (col(Job.id) == number, col(Job.status).in_(WORKING))
    with Session(engine) as session:
        session.execute(update(Job).where(*mine).values(status="failed", message=message, beat_at=datetime.now(UTC)))
        session.commit()


def is_gone(arguments: Mapping[str, Any]) -> bool:
    """Whether the process of a working job is known to be gone: after a restart nobody waits for it any more.

    Of a process on another machine nothing is known here; there only silence tells.
    """
    where = arguments.get(PROCESS)
    if not where or where["machine"] != socket.gethostname():
        return False
    try:
        os.kill(where["number"], 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    line = Path(f"/proc/{where['number']}/cmdline")
    return line.exists() and b"papers" not in line.read_bytes()  # the number was given to another program
