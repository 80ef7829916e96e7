"""How time and memory grow with the data: pages at a tenth and at the whole, imports of ever longer files."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from benchmarks import servers
from benchmarks.national import OBSERVATIONS, default_file, engine_of
from benchmarks.plot import plot
from benchmarks.report import Line, beside
from benchmarks.web import NO_MEMORY
from models.config.settings import ROOT

IMAGES = ROOT / "benchmarks" / "images"
SCALES = (0.1, 0.3, 1.0)
PAGES = ("/", "/tinh/thanh-hoa", "/chi-tieu/htx_count", "/nhiem-vu", "/htx", "/htx?cuoi=1", "/api/v1/gaps.json")
TIMES, WARM = 15, 3
ROWS = (2_000, 8_000, 32_000)
MOST = "ratio <= 1.2"
TIMED = {"read, check, load": "load", "python-calamine alone": "calamine"}
HELD = {"loading process": "own_mb", "reading process": "reader_mb"}


def growth(_folder: Path, env: dict[str, str]) -> Iterator[Line]:
    """Ratios of the most to the least, and a picture of each kind of growth."""
    yield from _pages(env)
    yield from _imports()


def _pages(env: dict[str, str]) -> Iterator[Line]:
    found = _page_times(env)
    for page in PAGES:
        what = f"`{page}` built each time, 10 times the data; yardstick: a tenth"
        yield beside(what, found[-1][page], found[0][page], unit="ms", digits=1, expected=MOST)
    lines = {page: [times[page] for times in found] for page in PAGES}
    values = [OBSERVATIONS * scale / 1e6 for scale in SCALES]
    yield _picture("growth-pages", "Time to build a page", "million values stored", "ms", values, lines)


def _imports() -> Iterator[Line]:
    found = [_import(rows) for rows in ROWS]
    a_row = [item["load"] / rows * 1000 for rows, item in zip(ROWS, found, strict=True)]
    what = f"import, ms a row at {ROWS[-1]:,} rows; yardstick: at {ROWS[0]:,}"
    yield beside(what, a_row[-1], a_row[0], unit="ms", digits=2, expected=MOST)
    seconds = {name: [item[key] for item in found] for name, key in TIMED.items()}
    memory = {name: [item[key] for item in found] for name, key in HELD.items()}
    for name, held in memory.items():
        what = f"import, memory of the {name} at {ROWS[-1]:,} rows; yardstick: at {ROWS[1]:,}"
        yield beside(what, held[-1], held[1], unit="MB", expected=MOST)
    thousands = [rows / 1000 for rows in ROWS]
    yield _picture("growth-import", "Time of an import", "thousand rows of the workbook", "s", thousands, seconds)
    yield _picture("growth-memory", "Memory of an import", "thousand rows of the workbook", "MB", thousands, memory)


def _picture(name: str, title: str, across: str, unit: str, places: list[float], lines: dict[str, list[float]]) -> Line:
    IMAGES.mkdir(exist_ok=True)
    (IMAGES / f"{name}.svg").write_text(plot(title, across, unit, places, lines), encoding="utf-8")
    return Line(title, f"![{title}](images/{name}.svg)")


def _page_times(env: dict[str, str]) -> list[dict[str, float]]:
    """Milliseconds for each scale and page; the scales take turns, so that all meet the same other work.

    The first answers read what is kept afterwards and do not count.
    """
    found: list[dict[str, list[float]]] = [{page: [] for page in PAGES} for _ in SCALES]
    with ExitStack() as stack:
        addresses = [stack.enter_context(servers.gunicorn(servers.PRODUCT, _national(env, s))) for s in SCALES]
        for page in PAGES:
            for _ in range(WARM + TIMES):
                for times, address in zip(found, addresses, strict=True):
                    start = time.perf_counter()
                    with urlopen(address + page, timeout=120) as answer:
                        answer.read()
                    times[page].append((time.perf_counter() - start) * 1000)
    return [{page: median(seconds[WARM:]) for page, seconds in times.items()} for times in found]


def _national(env: dict[str, str], scale: float) -> dict[str, str]:
    engine_of(scale).dispose()
    return {**env, **NO_MEMORY, "DATABASE_URL": f"sqlite:///{default_file(scale)}", "WEB_CONCURRENCY": "1"}


def _import(rows: int) -> dict[str, float]:
    """In a process of its own, so that its peak of memory is its own."""
    code = (
        "import json, sys, tempfile\nfrom pathlib import Path\nfrom benchmarks.import_speed import measure\n"
        "with tempfile.TemporaryDirectory() as name:\n    print(json.dumps(measure(int(sys.argv[1]), Path(name))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(rows)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError((done.stderr.strip().splitlines() or ["the import did not happen"])[-1])
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found
