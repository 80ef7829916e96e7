"""The processes behind jobs: started one after another, watched until they end, missed at once when they are gone.

Nothing here needs a request: the thread that waits for the end of one process starts the next one.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from threading import Thread
from typing import Any

from sqlalchemy import Engine, func, or_, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from models.accounts.changing import ChangeSession
from models.base.database import Turn
from models.base.day_text import moment_text
from models.config.settings import ROOT, Settings
from models.tasks.jobs import PROCESS, RUNNING, WAITING, WORKING, is_lost
from models.tasks.meeting import Job

PROGRESS = "how far a job is changes no figure; its beginning was told"
AGAIN = "Bấm “Làm lại” để thử lần nữa; tài liệu đã xong vẫn giữ."
CUT = f"Tiến trình đã dừng giữa chừng: máy chủ khởi động lại hoặc tiến trình bị tắt. {AGAIN}"


def start_waiting(engine: Engine, settings: Settings) -> None:
    """Start the jobs that wait, oldest first, while fewer than PAPER_JOBS run; a lost one makes room."""
    _bury_lost(engine)
    while (found := _claim(engine, settings.paper_jobs)) is not None:
        launch(engine, settings, *found)


def _bury_lost(engine: Engine) -> None:
    now = datetime.now(UTC)
    with Session(engine) as session:
        rows = session.scalars(select(Job).where(col(Job.status) == RUNNING))
        lost = [row.id or 0 for row in rows if is_lost(row, now)]
    for number in lost:
        _fail(engine, number, CUT)


def _claim(engine: Engine, most: int) -> tuple[int, dict[str, Any]] | None:
    """Take the oldest waiting job in one statement: of two who ask at once one gets it, and neither goes over."""
    running = select(func.count()).select_from(Job).where(col(Job.status) == RUNNING).scalar_subquery()
    oldest = select(func.min(col(Job.id))).where(col(Job.status) == WAITING).scalar_subquery()
    turn = (col(Job.id) == oldest, col(Job.status) == WAITING, running < most)
    taken = update(Job).where(*turn).values(status=RUNNING, beat_at=datetime.now(UTC))
    with Session(engine) as session:
        if session.scalar(select(col(Job.id)).where(*turn)) is None:
            return None  # without asking for the writer's lock
    with ChangeSession(engine, Turn.UPKEEP) as change:
        found = change.execute(taken.returning(col(Job.id), col(Job.arguments))).first()
        change.finish_untold(PROGRESS)
    return (found[0], found[1]) if found else None


def launch(engine: Engine, settings: Settings, number: int, arguments: Mapping[str, Any]) -> None:
    """Start the process of a job; a thread of this worker waits for its end and tells when it died of itself."""
    url = engine.url.render_as_string(hide_password=False)  # by environment: a command line can be read
    environment = {**os.environ, "DATABASE_URL": url, "AS_OF": settings.as_of.isoformat()}
    command = [sys.executable, "-m", "dashboard", "papers", "--job", str(number)]
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
    with ChangeSession(engine, Turn.UPKEEP) as session:
        session.execute(update(Job).where(col(Job.id) == number).values(arguments={**arguments, PROCESS: where}))
        session.finish_untold(PROGRESS)
    Thread(target=_wait, args=(child, engine, settings, number), daemon=True).start()


def _wait(child: subprocess.Popen[bytes], engine: Engine, settings: Settings, number: int) -> None:
    code = child.wait()
    _fail(engine, number, f"{_why(code)} {AGAIN}")
    start_waiting(engine, settings)


def _why(code: int) -> str:
    log = f"Nguyên nhân nằm trong nhật ký máy chủ lúc {moment_text(datetime.now(UTC))}."
    if code < 0:
        name = signal.Signals(-code).name
        return f"Tiến trình làm tài liệu bị hệ điều hành dừng ({name}), thường do thiếu bộ nhớ hoặc bị tắt. {log}"
    return f"Tiến trình làm tài liệu đã dừng trước khi xong (mã thoát {code}). {log}"


def _fail(engine: Engine, number: int, message: str) -> None:
    """Only a job that nobody finished: one that told its own end keeps what it told; who knows the reason tells it."""
    open_still = or_(col(Job.status).in_(WORKING), col(Job.message) == CUT)
    with ChangeSession(engine, Turn.UPKEEP) as session:
        session.execute(
            update(Job)
            .where(col(Job.id) == number, open_still)
            .values(status="failed", message=message, beat_at=datetime.now(UTC))
        )
        session.finish_untold(PROGRESS)
