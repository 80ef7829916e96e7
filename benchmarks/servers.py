"""Starts what is measured on ports of its own and ends it again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from models.config.settings import ROOT

PATIENCE_SECONDS = 60
LOOKED_AT = "2026-11-21"
PRODUCT = ("dashboard/gunicorn_conf.py", "dashboard.server:server")
BARE_PAGE = ("benchmarks/bare_conf.py", "benchmarks.bare_page:server")
BARE_DASH = ("benchmarks/bare_conf.py", "benchmarks.bare_dash:server")


def free_port() -> int:
    """A port on loopback that nobody uses now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def environment(folder: Path, **more: str) -> dict[str, str]:
    """An installation of its own: a database in `folder`, a fixed day, nothing of the caller's settings."""
    ours = ("DATABASE_URL", "DATA_DIR", "OPERATOR_NAME", "HOST", "PORT", "WEB_CONCURRENCY", "WEB_THREADS")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}", "AS_OF": LOOKED_AT, **more}


def init(env: Mapping[str, str]) -> float:
    """Run `python -m etl init` and give the seconds; raises RuntimeError with what it said when it fails."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "etl", "init"], cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"python -m etl init ended with {done.returncode}: {done.stderr.strip()}")
    return time.perf_counter() - start


def fill(env: Mapping[str, str], organizations: int) -> None:
    """Fill a database for trials (DEMO=1) with invented registers; raises RuntimeError when it fails."""
    command = [sys.executable, "-m", "etl", "sample", "--load", "--organizations", str(organizations)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"python -m etl sample ended with {done.returncode}: {done.stderr.strip()[-300:]}")


@contextmanager
def gunicorn(kind: tuple[str, str], env: Mapping[str, str]) -> Iterator[str]:
    """Serve one application; gives its address once it answers."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--log-level", "warning", "--config", *kind]
    with running(command, {**env, "PORT": str(port)}, ROOT) as process:
        address = f"http://127.0.0.1:{port}"
        wait_until_it_answers(address, process, PATIENCE_SECONDS)
        yield address


@contextmanager
def running(command: list[str], env: Mapping[str, str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command as a group of its own and end the whole group at the end."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, env=env, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        yield process
    finally:
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, sign)
                process.wait(timeout=10)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue


def wait_until_it_answers(address: str, process: subprocess.Popen[bytes], patience: float) -> None:
    """Ask until the first page is there; raises RuntimeError when the process ends or patience runs out."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"ended with {process.returncode} before it answered")
        try:
            with urlopen(address, timeout=5) as answer:
                answer.read()
                return
        except HTTPError as error:
            raise RuntimeError(f"the first page answers {error.code}") from error
        except (OSError, HTTPException):
            time.sleep(0.05)
    raise RuntimeError(f"no answer within {patience} seconds")
