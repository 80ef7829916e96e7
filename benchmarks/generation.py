"""How long the invented national data takes to make, beside the same finished rows put in by the driver alone."""

from __future__ import annotations

import ast
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.national import build, default_file, engine_of
from benchmarks.report import Line, beside
from models.base.database import make_engine, migrate

SCALE = 0.1
TABLES = ("observation", "organization", "year_report")  # nearly all the rows there are
CHUNK = 20_000


def generation(folder: Path, _env: dict[str, str]) -> Iterator[Line]:
    """A tenth made anew, and what the kept whole one took when it was made."""
    file = folder / "generated.sqlite3"
    engine = make_engine(f"sqlite:///{file}")
    began = time.perf_counter()
    rows = sum(build(engine, SCALE).rows.values())
    ours = time.perf_counter() - began
    engine.dispose()
    yield Line(f"national data at scale {SCALE:g}: {rows:,} rows made, checked and loaded", f"{ours:.1f} s")
    copied, seconds = _put_in(file, folder / "put-in.sqlite3")
    what = "the same as a rate; yardstick: its finished rows put in by executemany, no checks"
    yield beside(what, rows / ours, copied / seconds, unit="rows/s")
    engine_of(1.0).dispose()
    whole = default_file(1.0)
    took, made = map(ast.literal_eval, re.findall(r"\{.*?\}", whole.with_suffix(".done").read_text(encoding="utf-8")))
    size = f"{sum(made.values()):,} rows, {whole.stat().st_size / 1e9:.1f} GB"
    yield Line(f"scale 1, kept between runs: {size}", f"{sum(took.values()):.0f} s when it was made")


def _put_in(source: Path, target: Path) -> tuple[int, float]:
    """Copy finished rows table by table; reading them is not counted."""
    engine = make_engine(f"sqlite:///{target}")
    migrate(engine)
    engine.dispose()
    count, seconds = 0, 0.0
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        new.execute("PRAGMA synchronous=NORMAL")
        for table in TABLES:
            found = old.execute(f"SELECT * FROM {table}")  # noqa: S608
            marks = ",".join("?" * len(found.description))
            while rows := found.fetchmany(CHUNK):
                began = time.perf_counter()
                new.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608
                seconds += time.perf_counter() - began
                count += len(rows)
            began = time.perf_counter()
            new.commit()
            seconds += time.perf_counter() - began
    return count, seconds
