"""How often a second: builds of the overview in one process, and answers of the running servers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

SECONDS = 3.0
CONNECTIONS = 8


@dataclass(frozen=True, slots=True)
class Builds:
    """Builds in a second of processor time, each step including those before it; `alone` is of a finished page."""

    overview: float
    elements: float
    html: float
    html_alone: float
    with_loading: float
    loading_ms: float
    html_bytes: int


def per_second(build: Callable[[], object], seconds: float = SECONDS) -> float:
    """Calls in a second of processor time, after one call that is not counted.

    Processor time, so that what else runs on the machine does not count; waiting does not count either.
    """
    build()
    count, start = 0, time.process_time()
    deadline = time.perf_counter() + 4 * seconds
    while time.process_time() - start < seconds and time.perf_counter() < deadline:
        build()
        count += 1
    return count / (time.process_time() - start)


def builds(folder: Path, looked_at: str) -> Builds:
    """Build the overview from a loaded snapshot and from the database, without any cache."""
    from dashboard.app import create_app
    from dashboard.db.read_session import load_snapshot
    from dashboard.targets.data.overview import build_overview
    from dashboard.ui.address import read_view
    from dashboard.ui.render import to_html
    from models.base.database import DataVersion
    from models.config.settings import read_settings

    settings = read_settings({"DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}", "AS_OF": looked_at})
    app = create_app(settings)
    door = app.server.extensions["repository"]
    view = read_view({}, settings.as_of)
    page = app_page("dashboard.targets.pages.overview")
    with app.server.app_context(), door.session() as session:

        def load() -> object:
            with door.session() as fresh:
                return load_snapshot(fresh, DataVersion(), view.moment)

        snapshot = load_snapshot(session, DataVersion(), view.moment)
        built = page(snapshot, view)
        return Builds(
            overview=per_second(lambda: build_overview(snapshot, view.horizon)),
            elements=per_second(lambda: page(snapshot, view)),
            html=per_second(lambda: to_html(page(snapshot, view))),
            html_alone=per_second(lambda: to_html(built)),
            with_loading=per_second(lambda: to_html(page(load(), view))),
            loading_ms=1000 / per_second(load),
            html_bytes=len(to_html(built).encode()),
        )


def app_page(module: str) -> Callable[..., object]:
    """The layout of a page as a function of snapshot and view, without the snapshot that the door keeps."""
    from importlib import import_module

    build: Callable[..., object] = import_module(module).layout.__wrapped__
    return build


def answers(url: str, body: str | None = None, seconds: float = SECONDS) -> float:
    """Answers a second over some kept connections; raises RuntimeError when one is not 200."""
    stop = time.perf_counter() + seconds
    counts: list[int] = []
    failures: list[str] = []
    clients = [
        threading.Thread(target=_ask, args=(url, body, stop, counts, failures), daemon=True) for _ in range(CONNECTIONS)
    ]
    start = time.perf_counter()
    for client in clients:
        client.start()
    for client in clients:
        client.join(timeout=seconds + 30)
    if failures:
        raise RuntimeError(failures[0])
    return sum(counts) / (time.perf_counter() - start)


def _ask(url: str, body: str | None, stop: float, counts: list[int], failures: list[str]) -> None:
    parts = urlsplit(url)
    headers = {"Accept-Encoding": "gzip", **({"Content-Type": "application/json"} if body else {})}
    connection = HTTPConnection(parts.netloc, timeout=20)
    count = 0
    try:
        while time.perf_counter() < stop:
            connection.request("POST" if body else "GET", parts.path or "/", body, headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                failures.append(f"{url} answers {answer.status}")
                return
            count += 1
    except (OSError, HTTPException) as error:
        failures.append(f"{url}: {error!r}")
    finally:
        connection.close()
        counts.append(count)
