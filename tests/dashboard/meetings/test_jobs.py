"""A job that dies is told at once, with its reason and a way to start it again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import update
from sqlmodel import col

from dashboard.reports.data import job_process
from dashboard.reports.data.papers import read_job, start_job
from models.tasks.jobs import SILENCE
from models.tasks.meeting import Job
from tests.patience import PATIENCE, until


def until_over(site, number: int) -> str:
    """Ask until the page no longer asks for itself; our patience is shorter than the silence that would tell too."""
    assert timedelta(seconds=PATIENCE) < SILENCE

    def over() -> str:
        answer = site.get(f"/hop/viec/{number}")
        return "" if "Refresh" in answer.headers else str(answer.text)

    return until(over, what="nobody noticed")


def start(site, program: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Start a job whose process is this Python program instead of ours."""
    real = subprocess.Popen

    def other(_command: list[str], **how: object) -> subprocess.Popen[bytes]:
        return real([sys.executable, "-c", program, "papers"], **how)

    monkeypatch.setattr(job_process.subprocess, "Popen", other)
    with site.app.server.app_context():
        return start_job(["thanh-hoa"], ["docx"], "An")


def until_told(site, number: int, why: str) -> str:
    """The page that says why: whoever asks sees at once that the process is gone; who started it knows the reason."""
    until_over(site, number)
    pages = (str(site.get(f"/hop/viec/{number}").text) for _ in count())
    return until(lambda: page if why in (page := next(pages)) else "", what=why)


def test_a_process_that_ends_at_its_start_is_noticed_at_once(site, monkeypatch: pytest.MonkeyPatch) -> None:
    page = until_told(site, start(site, "raise SystemExit(3)", monkeypatch), "mã thoát 3")
    assert "Làm lại" in page and "/lam-lai" in page


def test_a_process_that_is_killed_says_so(site, monkeypatch: pytest.MonkeyPatch) -> None:
    number = start(site, "import time; time.sleep(60)", monkeypatch)
    with site.app.server.app_context(), site.door.session() as session:
        os.kill(session.get(Job, number).arguments["process"]["number"], signal.SIGKILL)
    until_told(site, number, "SIGKILL")


def test_a_process_lost_with_the_server_is_told_without_waiting_for_silence(site) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    number = running(site, {"machine": socket.gethostname(), "number": int(gone.stdout)})
    page = site.get(f"/hop/viec/{number}")
    assert "máy chủ khởi động lại" in page.text and "Làm lại" in page.text and "Refresh" not in page.headers


def test_a_process_on_another_machine_is_believed_until_it_falls_silent(site) -> None:
    number = running(site, {"machine": "another-machine", "number": 1})
    assert "Refresh" in site.get(f"/hop/viec/{number}").headers


def test_a_job_that_came_to_nothing_is_started_again_as_it_was_asked(site, monkeypatch: pytest.MonkeyPatch) -> None:
    number = running(site, {"machine": socket.gethostname(), "number": 2**22 - 1})
    asked: list[dict[str, object]] = []
    monkeypatch.setattr("dashboard.reports.data.job_process.launch", lambda *started: asked.append(started[-1]))
    sent = site.send(f"/hop/viec/{number}/lam-lai")
    assert sent.status_code == 303 and sent.headers["Location"] == f"/hop/viec/{number + 1}"
    assert asked == [{"places": ["thanh-hoa"], "formats": ["docx"], "meeting": None}]
    assert site.send("/hop/viec/999/lam-lai").status_code in (403, 404)


def running(site, process: dict[str, object]) -> int:
    """A job that says to be running under this process."""
    with site.app.server.app_context(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("dashboard.reports.data.job_process.launch", lambda *_: None)
        number = start_job(["thanh-hoa"], ["docx"], "An")
        with site.door.session() as session:
            arguments = {**session.get(Job, number).arguments, "process": process}
            session.execute(update(Job).where(col(Job.id) == number).values(status="running", arguments=arguments))
            session.commit()
        assert read_job(number) is not None
    return number
