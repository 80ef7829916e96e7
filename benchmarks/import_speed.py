"""How long a long register takes to read, check and load, beside reading it with python-calamine alone.

Run: `python -m benchmarks.import_speed [ROWS]`. Everything happens in a temporary folder; prints a table.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from python_calamine import CalamineWorkbook

from etl.facts_reader import read_facts
from etl.load import load_facts
from etl.recipe import Kitchen, Order, Outcome, carry_out
from etl.sample import write_register
from models.database import make_engine, migrate
from models.settings import ROOT

ROWS = 35_000
TIMES, SECONDS, MEGABYTES = 3, 10, 600


def timed(act: Callable[[], object]) -> float:
    """Seconds one call takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def read_alone(path: Path) -> None:
    """What python-calamine alone needs for all cells."""
    with CalamineWorkbook.from_path(path) as book:
        for row in book.get_sheet_by_index(0).to_python():
            len(row)


def measure(rows: int, folder: Path) -> dict[str, float]:
    """Seconds and peak memory (this process and its readers, in MB) for a register of so many rows."""
    path = folder / "register.xlsx"
    write_register(path, organizations=rows)
    engine = make_engine(f"sqlite:///{folder / 'speed.sqlite3'}")
    migrate(engine)
    load_facts(engine, read_facts(ROOT / "data"), load_date=date(2026, 11, 21), actor="benchmark")
    kitchen = Kitchen(engine, ROOT / "data", date(2026, 11, 21))
    order = Order("register", "thanh-hoa", 2025, "benchmark", "register.xlsx", "0" * 64, True, True)
    done: list[Outcome] = []
    load = timed(lambda: done.append(carry_out(kitchen, order, path, commit=True)))
    again = timed(lambda: done.append(carry_out(kitchen, order, path, commit=True)))
    own, child = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    engine.dispose()
    if done[0].run_id is None or done[0].written.new < rows * 0.99:
        raise SystemExit(f"the load did not happen: {done[0].counts} {done[0].findings[:3]}")
    alone = min(timed(lambda: read_alone(path)) for _ in range(3))
    return {"calamine": alone, "load": load, "again": again, "own_mb": own, "child_mb": child}


def main(rows: int) -> None:
    """Print what was measured and what is expected."""
    with tempfile.TemporaryDirectory() as folder:
        found = measure(rows, Path(folder))
    limit = TIMES * found["calamine"] + SECONDS
    print(f"rows                         {rows}")
    print(f"python-calamine alone        {found['calamine']:.2f} s")
    print(f"read, check, load            {found['load']:.2f} s (expected under {limit:.2f} s)")
    print(f"the same file again          {found['again']:.2f} s")
    print(f"peak memory, this process    {found['own_mb']:.0f} MB (expected with the reader under {MEGABYTES} MB)")
    print(f"peak memory, reading process {found['child_mb']:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
