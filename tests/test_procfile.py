"""A Procfile runner starts what we ship, unchanged: first release, then web."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from models.config.settings import ROOT
from tests.patience import PATIENCE, until


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An installation of its own: an empty folder for the database, and our tools first in the path."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PORT", "HOST", "DATABASE_URL")}
    return kept | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "DATABASE_URL": f"sqlite:///{tmp_path_factory.mktemp('procfile') / 'procfile.sqlite3'}",
    }


def honcho(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "honcho", "--no-colour", "-e", os.devnull, "start", *arguments]


@pytest.fixture(scope="module")
def released(environment: dict[str, str]) -> str:
    """What the release process said; it must end well before web may start."""
    done = subprocess.run(
        honcho("release"), cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def address(environment: dict[str, str], released: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where web answers; stopped at the end of the module."""
    port = free_port()
    log = tmp_path_factory.mktemp("log") / "web.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            honcho("-p", str(port), "web"), cwd=ROOT, env=environment, stdout=out, stderr=out, start_new_session=True
        )
        try:
            found = f"http://127.0.0.1:{port}"
            wait_until_it_answers(found, process, log)
            yield found
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=PATIENCE)
            finally:
                stop_group(process.pid)


def wait_until_it_answers(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    def answers() -> bool:
        assert process.poll() is None, log.read_text()
        try:
            with urlopen(f"{address}/health", timeout=PATIENCE):
                return True
        except HTTPError:
            return True
        except (URLError, OSError):
            return False

    until(answers, what="web does not answer")


def stop_group(pid: int) -> None:
    """End what the runner itself left behind, and nothing else."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def fetch(url: str) -> tuple[int, str]:
    with urlopen(url, timeout=PATIENCE) as answer:
        return answer.status, answer.read().decode()


def test_release_loads_the_reviewed_data(released: str) -> None:
    assert "Đã nạp" in released


def test_health_is_ok_after_release(address: str) -> None:
    status, body = fetch(f"{address}/health")
    assert status == 200
    assert json.loads(body)["status"] == "ok"


def test_the_first_page_answers_with_its_words(address: str) -> None:
    status, body = fetch(f"{address}/")
    assert status == 200
    assert "Tổng quan" in body and "<h1>" in body


def test_release_twice_changes_nothing(environment: dict[str, str], released: str) -> None:
    again = subprocess.run(
        honcho("release"), cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE
    )
    assert again.returncode == 0
    assert "Không có gì thay đổi" in again.stdout
