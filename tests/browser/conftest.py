"""A real server on a free port and a real Chromium; pages are opened once and looked at by many tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import pytest

from models.config.settings import ROOT
from tests.patience import PATIENCE, PATIENCE_MS
from tests.test_procfile import wait_until_it_answers

NO_TESTS = "no browser tests: "
DRAWN = "() => !document.querySelector('#react-entry-point') || document.querySelector('#react-entry-point .live')"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
QUIET += ["--disable-sync"]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say aloud that nothing was looked at in a browser."""
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    reasons = sorted({text.split(NO_TESTS)[1].rstrip("')") for text in skipped if NO_TESTS in text})
    for reason in reasons:
        terminalreporter.section("NO BROWSER TESTS WERE RUN", red=True)
        terminalreporter.line(reason)


@dataclass
class Opened:
    """A page with everything it asked for and complained of since it was opened."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def without_browser(reason: str) -> NoReturn:
    """Skip loudly; where a browser is required the missing one is a failure."""
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(f"REQUIRE_BROWSER=1, but {reason}", pytrace=False)
    pytest.skip(NO_TESTS + reason)


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """Chromium from $CHROMIUM or the system."""
    wanted = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    executable = shutil.which(wanted)
    if executable is None:
        without_browser(f"there is no Chromium at {wanted}; set CHROMIUM or install the package chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        without_browser("the Python package playwright is not installed")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=QUIET)
        yield running
        running.close()


@pytest.fixture(scope="package")
def server(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of gunicorn, started as in production on the reviewed data, as of 21/11/2026."""
    with serving(tmp_path_factory.mktemp("server")) as address:
        yield address


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[str]:
    """Gunicorn on an installation of its own in `folder`."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    environ = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder / 'browser.sqlite3'}",
        "AS_OF": "2026-11-21",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        **settings,
    }
    subprocess.run([sys.executable, "-m", "etl", "init"], cwd=ROOT, env=environ, check=True, capture_output=True)
    command = [sys.executable, "-m", "gunicorn", "--config", "dashboard/gunicorn_conf.py", "dashboard.server:server"]
    with (folder / "web.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_it_answers(address, process, folder / "web.log")
        yield address
    finally:
        process.terminate()
        process.wait(PATIENCE)


@pytest.fixture(scope="package")
def fresh(browser: Any, server: str) -> Callable[..., AbstractContextManager[Opened]]:
    """Open an address in a browser of its own; `options` go to the new context."""

    @contextmanager
    def open_address(address: str, *, drawn: bool = True, **options: Any) -> Iterator[Opened]:
        context = browser.new_context(**{"viewport": {"width": 1366, "height": 768}, "locale": "vi-VN"} | options)
        context.set_default_timeout(PATIENCE_MS)
        opened = Opened(context.new_page())
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("console", lambda m: opened.complaints.append(m.text) if m.type == "error" else None)
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        try:
            opened.page.goto(server + address)
            if drawn:
                opened.page.wait_for_function(DRAWN)
            yield opened
        finally:
            context.close()

    return open_address


@pytest.fixture(scope="package")
def opened(fresh: Callable[..., AbstractContextManager[Opened]]) -> Iterator[Callable[[str], Opened]]:
    """Each address once, drawn by Dash; tests look at it and leave it as it was."""
    kept: dict[str, tuple[AbstractContextManager[Opened], Opened]] = {}

    def look(address: str) -> Opened:
        if address not in kept:
            manager = fresh(address)
            found = manager.__enter__()
            kept[address] = manager, found
            found.page.wait_for_load_state("networkidle")
        return kept[address][1]

    yield look
    for manager, _ in kept.values():
        manager.__exit__(None, None, None)


@pytest.fixture(scope="package")
def axe() -> Any:
    """The accessibility checker."""
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        without_browser("the Python package axe-playwright-python is not installed")
    return Axe()


@pytest.fixture(scope="package")
def is_ours(server: str) -> Callable[[str], bool]:
    """Whether a request stays on the server (or leaves nothing at all)."""
    return lambda url: urlsplit(url).scheme in ("data", "blob") or url.startswith(server + "/")
