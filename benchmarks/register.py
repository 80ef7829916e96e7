"""The register at national size: pages by key, search; and the import of a long workbook."""

from __future__ import annotations

import random
import re
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote
from urllib.request import urlopen

from benchmarks import import_speed, servers
from benchmarks.national import default_file, engine_of
from benchmarks.register_search import CLIENTS, SEARCHES, ask, ask_rows
from benchmarks.report import Line, beside
from benchmarks.web import NO_MEMORY

SEARCHED, TIMES = 200, 21
FIRST_WORDS = tuple(f"mo dau {number}" for number in range(4 * CLIENTS))  # so many that every worker gets some


def register(_folder: Path, env: dict[str, str]) -> Iterator[Line]:
    """On the national database, nothing kept as an answer."""
    engine_of(1.0).dispose()
    env = {**env, **NO_MEMORY, "DATABASE_URL": f"sqlite:///{default_file(1.0)}"}
    with servers.gunicorn(servers.PRODUCT, env) as address:
        for page in ("/htx", "/htx?cuoi=1"):
            ask(address + page)  # what is counted once is counted now
            ask(address + page)
        first, last = _middle(f"{address}/htx"), _middle(f"{address}/htx?cuoi=1")
        yield beside("last page by key; yardstick: first page", last, first, unit="ms", expected="ratio <= 1.2")
        before = _middle(f"{address}{_way(address, 'Trang trước')}")
        yield beside("the page before the last; yardstick: first page", before, first, unit="ms")
        chance = random.Random(7)
        wanted = [f"{chance.choice(SEARCHES)} {chance.randint(0, 99)}" for _ in range(SEARCHED)]
        with ThreadPoolExecutor(CLIENTS) as pool:
            cold = list(pool.map(lambda words: ask_rows(address, words), FIRST_WORDS))
            yield Line("the slowest of the first searches after a start", f"{max(cold) * 1000:.0f} ms")
            grid = list(pool.map(lambda words: ask_rows(address, words), wanted))
            whole = list(pool.map(lambda words: ask(f"{address}/htx?tim={quote(words + ' m')}"), wanted))
            raw = list(pool.map(_scanned, wanted))
        scan = f"{_told(raw)} (the driver alone, name LIKE, 100 rows)"
        for name, seconds in (("grid rows", grid), ("whole page", whole)):
            ratio = f"{_p95(seconds) / _p95(raw):.2f}"
            yield Line(f"accent-free search, {CLIENTS} clients: {name}", _told(seconds), scan, "p95 < 150 ms", ratio)


def _scanned(words: str) -> float:
    with closing(sqlite3.connect(f"file:{default_file(1.0)}?mode=ro", uri=True)) as link:
        start = time.perf_counter()
        link.execute("SELECT * FROM organization WHERE name_norm LIKE ? LIMIT 100", (f"%{words}%",)).fetchall()
        return time.perf_counter() - start


def _told(seconds: list[float]) -> str:
    return f"median {median(seconds) * 1000:.0f} ms, p95 {_p95(seconds):.0f} ms"


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1] * 1000


def imports(_folder: Path, _env: dict[str, str]) -> Iterator[Line]:
    """Read, check and load a long register, beside python-calamine alone."""
    with tempfile.TemporaryDirectory(prefix="import-") as name:
        found = import_speed.measure(import_speed.ROWS, Path(name))
    limit = import_speed.TIMES * found["calamine"] + import_speed.SECONDS
    what = f"{import_speed.ROWS:,} rows read, checked and loaded; yardstick: python-calamine reading alone"
    yield beside(what, found["load"], found["calamine"], unit="s", digits=1, expected=f"< {limit:.1f} s")
    yield Line("the same file again", f"{found['again']:.1f} s")
    told = f"{found['peak_mb']:.0f} MB (at most {found['own_mb']:.0f} and {found['reader_mb']:.0f})"
    yield Line("peak memory, loading and reading process", told, "", f"< {import_speed.MEGABYTES} MB")


def _middle(address: str) -> float:
    found = []
    for _ in range(TIMES):
        start = time.perf_counter()
        with urlopen(address, timeout=60) as answer:
            answer.read()
        found.append(time.perf_counter() - start)
    return median(found) * 1000


def _way(address: str, label: str) -> str:
    with urlopen(f"{address}/htx?cuoi=1", timeout=60) as answer:
        found = re.search(rf'<a href="([^"]*)">{label}</a>', answer.read().decode())
    return found[1].replace("&amp;", "&") if found else "/htx"
