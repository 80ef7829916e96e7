"""How long a long register takes to read, check and load, beside reading it with python-calamine alone.

Run: `python -m benchmarks.import_speed [ROWS]`. Everything happens in a temporary folder; prints a table.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from python_calamine import CalamineWorkbook

from etl.demo.sample import write_register
from etl.facts.facts_reader import read_facts
from etl.facts.load import load_facts
from etl.loading.recipe import ImportRequest, ImportResult, ImportSettings, carry_out
from models.base.database import make_engine, migrate
from models.config.settings import ROOT

ROWS = 35_000
TIMES, SECONDS, MEGABYTES = 3, 10, 400


def timed(act: Callable[[], object]) -> float:
    """Seconds one call takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


class Memory:
    """The most that this process, its children, and all of them at one moment held, in MB."""

    def __init__(self) -> None:
        self.peak = self.own = self.reader = 0.0
        self._is_done = threading.Event()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look fifty times a second: what a forked child is said to have used at most includes its parent."""
        watcher = threading.Thread(target=self._watch)
        watcher.start()
        try:
            yield
        finally:
            self._is_done.set()
            watcher.join()

    def _watch(self) -> None:
        while not self._is_done.wait(0.02):
            own, reader = _held("self"), sum(map(_held, _children()))
            self.peak, self.own = max(self.peak, own + reader), max(self.own, own)
            self.reader = max(self.reader, reader)


def _children() -> list[str]:
    """Those that run a program of their own already: until then a new process shows its parent's memory as its own."""
    found: list[str] = []
    for task in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):
            found += [child for child in task.read_text().split() if _command(child) != _command("self")]
    return found


def _command(process: str) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes()
    return b""


def _held(process: str) -> float:
    """Resident memory in MB; a process that has ended holds nothing."""
    with suppress(OSError):
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024
    return 0.0


def read_alone(path: Path) -> None:
    """What python-calamine alone needs for all cells."""
    with CalamineWorkbook.from_path(path) as book:
        for row in book.get_sheet_by_index(0).to_python():
            len(row)


def measure(rows: int, folder: Path) -> dict[str, float]:
    """Seconds and peak memory (this process and its reader together, in MB) for a register of so many rows."""
    path = folder / "register.xlsx"
    write_register(path, organizations=rows)
    engine = make_engine(f"sqlite:///{folder / 'speed.sqlite3'}")
    migrate(engine)
    load_facts(engine, read_facts(ROOT / "data"), load_date=date(2026, 11, 21), actor="benchmark")
    import_settings = ImportSettings(engine, ROOT / "data", date(2026, 11, 21))
    order = ImportRequest("register", "thanh-hoa", 2025, "benchmark", "register.xlsx", "0" * 64, True, True)
    done: list[ImportResult] = []
    memory = Memory()
    with memory.watched():
        load = timed(lambda: done.append(carry_out(import_settings, order, path, commit=True)))
        again = timed(lambda: done.append(carry_out(import_settings, order, path, commit=True)))
    engine.dispose()
    if done[0].run_id is None or done[0].written.new < rows * 0.99:
        raise RuntimeError(f"the load did not happen: {done[0].counts} {done[0].findings[:3]}")
    alone = min(timed(lambda: read_alone(path)) for _ in range(3))
    held = {"own_mb": memory.own, "reader_mb": memory.reader, "peak_mb": memory.peak}
    return {"calamine": alone, "load": load, "again": again, **held}


def main(rows: int) -> None:
    """Print what was measured and what is expected."""
    with tempfile.TemporaryDirectory() as folder:
        found = measure(rows, Path(folder))
    limit = TIMES * found["calamine"] + SECONDS
    print(f"rows                         {rows}")
    print(f"python-calamine alone        {found['calamine']:.2f} s")
    print(f"read, check, load            {found['load']:.2f} s (expected under {limit:.2f} s)")
    print(f"the same file again          {found['again']:.2f} s")
    print(f"peak memory with the reader  {found['peak_mb']:.0f} MB (expected under {MEGABYTES} MB)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
