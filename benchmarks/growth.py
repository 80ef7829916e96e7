"""How time and memory grow with the data: pages at a tenth and at the whole, imports of ever longer files."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from benchmarks import servers
from benchmarks.national import default_file, engine_of
from benchmarks.report import Line, beside
from benchmarks.web import NO_MEMORY
from models.settings import ROOT

IMAGES = ROOT / "benchmarks" / "images"
SCALES = (0.1, 0.3, 1.0)
PAGES = ("/", "/tinh/thanh-hoa", "/chi-tieu/htx_count", "/nhiem-vu", "/htx", "/htx?cuoi=1", "/api/v1/gaps.json")
TIMES, WARM = 9, 3
ROWS = (2_000, 8_000, 32_000)


def growth(_folder: Path, env: dict[str, str]) -> Iterator[Line]:
    """Ratios of the whole to a tenth, and a picture of each kind of growth."""
    pages = {scale: _page_times(scale, env) for scale in SCALES}
    for page in PAGES:
        what = f"`{page}` built each time, 10 times the data; yardstick: a tenth"
        yield beside(what, pages[1.0][page], pages[0.1][page], unit="ms", digits=1, expected="ratio <= 1.2")
    found = [_import(rows) for rows in ROWS]
    per_row = [item["load"] / rows * 1000 for rows, item in zip(ROWS, found, strict=True)]
    what = f"import, ms a row at {ROWS[-1]:,} rows; yardstick: at {ROWS[0]:,}"
    yield beside(what, per_row[-1], per_row[0], unit="ms", digits=2, expected="ratio about 1")
    loading = [item["own_mb"] for item in found]
    what = f"import, memory of the loading process at {ROWS[-1]:,} rows; yardstick: at {ROWS[0]:,}"
    yield beside(what, loading[-1], loading[0], unit="MB", expected="bounded by chunk")
    IMAGES.mkdir(exist_ok=True)
    size = [f"{scale:.0%}" for scale in SCALES]
    _plot("growth-pages", "ms a page", size, {page: [pages[s][page] for s in SCALES] for page in PAGES})
    _plot("growth-import", "seconds", [f"{r:,}" for r in ROWS], {"read, check, load": [i["load"] for i in found]})
    memory = {"loading process": loading, "reading process": [item["child_mb"] for item in found]}
    _plot("growth-memory", "MB", [f"{r:,}" for r in ROWS], memory)
    yield Line("plots", " ".join(f"![{n}](images/{n}.svg)" for n in ("growth-pages", "growth-import", "growth-memory")))


def _page_times(scale: float, env: dict[str, str]) -> dict[str, float]:
    engine_of(scale).dispose()
    env = {**env, **NO_MEMORY, "DATABASE_URL": f"sqlite:///{default_file(scale)}", "WEB_CONCURRENCY": "1"}
    with servers.gunicorn(servers.PRODUCT, env) as address:
        return {page: _middle(address + page) for page in PAGES}


def _middle(address: str) -> float:
    """Milliseconds; the first answers read what is kept afterwards and do not count."""
    found = []
    for _ in range(WARM + TIMES):
        start = time.perf_counter()
        with urlopen(address, timeout=120) as answer:
            answer.read()
        found.append(time.perf_counter() - start)
    return median(found[WARM:]) * 1000


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


def _plot(name: str, unit: str, across: Sequence[str], lines: dict[str, list[float]]) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, 3.6), layout="constrained")
    axes = figure.subplots()
    for label, values in lines.items():
        axes.plot(across, values, marker="o", label=label)
    axes.set_ylabel(unit)
    axes.set_ylim(bottom=0)
    axes.grid(visible=True, alpha=0.3)
    axes.legend(fontsize=8)
    figure.savefig(IMAGES / f"{name}.svg", metadata={"Date": None})
