"""An invented national database to measure with: 34 provinces and their predecessors, communes, 155.000 organisations.

At scale 1: 35.000 HTX and 120.000 THT with ten yearly reports each, 700 promises and 5 million values, one in five
of them superseded. Promises stay 700 at every scale; communes, organisations and their rows shrink with it.
Everything invented is marked "mô phỏng"; the same scale always gives the same rows. Never the installation's file:
`python -m benchmarks.national build --scale 0.1 [--file FILE]` writes below the temporary folder.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, inspect, select, text
from sqlalchemy.orm import Session
from sqlmodel import col

from benchmarks.national_promises import SOURCE, definition_of, fill_promises, provinces
from benchmarks.national_register import fill_register
from etl.facts.facts_reader import read_facts
from etl.facts.load import load_facts
from models.base.bulk import insert_rows
from models.base.database import make_engine, migrate
from models.base.facts import apply_facts
from models.base.source import Run
from models.config.settings import ROOT
from models.places.place import Place
from models.registry import metadata
from models.targets.indicator import Indicator
from models.targets.observation import Observation
from models.targets.programme import Target

TODAY = date(2026, 11, 21)
COMMUNES, OBSERVATIONS = 3_321, 5_000_000
YEARS = range(2010, 2026)
HISTORY_SHARE = 5  # one value in so many has an earlier wording
CHUNK = 20_000
SPARE_BYTES = 6_000_000_000


@dataclass(frozen=True, slots=True)
class Built:
    """What a build took: seconds by step, rows by table."""

    seconds: dict[str, float]
    rows: dict[str, int]


def build(engine: Engine, scale: float) -> Built:
    """Fill an empty database; raises ValueError for a scale that makes no sense."""
    if not 0 < scale <= 1:
        raise ValueError("the scale runs from above 0 to 1")
    seconds: dict[str, float] = {}
    migrate(engine)
    load_facts(engine, read_facts(ROOT / "data"), load_date=TODAY, actor="benchmark")
    for name, fill in (("promises", fill_promises), ("observations", fill_observations), ("register", fill_register)):
        began = time.perf_counter()
        with Session(engine) as session:
            fill(session, new_run(session, name), scale)
            session.commit()
        seconds[name] = time.perf_counter() - began
    with engine.connect() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()
    return Built(seconds, _row_counts(engine))


def new_run(session: Session, name: str) -> int:
    """A finished run of the benchmark, marked as a trial."""
    now = datetime.now(UTC)
    run = Run(kind="sample", source=f"benchmark: {name}", checksum="0", actor="benchmark", started_at=now)
    run.status, run.finished_at, run.is_demo = "done", now, True
    session.add(run)
    session.flush()
    return run.id or 0


def fill_observations(session: Session, run_id: int, scale: float) -> None:
    """Yearly values of every province and predecessor, then of communes until the number is reached."""
    indicators = list(session.scalars(select(Indicator).order_by(col(Indicator.code))))
    known = [row.slug for row in provinces(session)]
    communes = [f"xa-mo-phong-{number:04d}" for number in range(round(COMMUNES * scale))]
    insert_rows(session, Place, [_commune(slug) for slug in communes])
    rows = observations(indicators, [*known, *communes], round(OBSERVATIONS * scale * (1 - 1 / HISTORY_SHARE)))
    now = datetime.now(UTC)
    while chunk := list(islice(rows, CHUNK)):
        earlier = [_earlier(row, run_id, now) for row in chunk[:: HISTORY_SHARE - 1]]
        insert_rows(session, Observation, earlier)
        apply_facts(session, Observation, chunk, run_id=run_id, now=now, withdraw=False)


def _commune(slug: str) -> dict[str, Any]:
    name = f"Xã mô phỏng {slug[-4:]}"
    return {"slug": slug, "name": name, "level": "commune", "code": None, "place_type": None,
            "valid_from": date(2025, 7, 1), "valid_to": None, "legal_basis": ""}  # fmt: skip


def observations(indicators: Sequence[Indicator], places: Sequence[str], count: int) -> Iterator[dict[str, Any]]:
    """Invented values in the order of their keys; provinces get every indicator, communes as many as needed."""
    chance = random.Random(20)
    return islice(
        (
            observation(place, indicator, year, chance)
            for place in places
            for indicator in (
                indicators if place[:3] != "xa-" else indicators[: -(-count // (len(places) * len(YEARS)))]
            )
            for year in YEARS
        ),
        count,
    )


def observation(place: str, indicator: Indicator, year: int, chance: random.Random) -> dict[str, Any]:
    """One invented value at the end of a year."""
    day = date(year, 12, 31)
    top = 100 if indicator.unit == "%" else 1000
    return {
        "key": f"mo-phong/{place}/{indicator.code}/{day}/bao-cao-mo-phong",
        "place": place,
        "indicator": indicator.code,
        "definition": definition_of(indicator),
        "period_start": day,
        "period_end": day,
        "period_kind": "point",
        "value": float(chance.randint(1, top)),
        "unit": indicator.unit,
        "value_kind": "actual",
        "qualifier": "exact",
        "publisher": "Báo cáo mô phỏng",
        "published_on": date(year + 1, 1, 15),
        "known_on": date(year + 1, 1, 15),
        "known_on_is_load_date": False,
        "source_title": SOURCE,
        "source_url": "",
        "note": "",
    }


def _earlier(row: dict[str, Any], run_id: int, now: datetime) -> dict[str, Any]:
    """What was said before the row: another value, superseded by it."""
    stamp = {"fingerprint": "0" * 64, "recorded_at": now, "superseded_at": now}
    return {**row, "value": row["value"] + 1, **stamp, "run_id": run_id, "superseded_by": run_id}


def _row_counts(engine: Engine) -> dict[str, int]:
    from models.register.organization import Organization, YearReport

    with Session(engine) as session:
        counted = (Place, Target, Observation, Organization, YearReport)
        return {str(m.__tablename__): session.scalar(select(func.count()).select_from(m)) or 0 for m in counted}


def default_file(scale: float) -> Path:
    """Where a database of this scale is kept between runs: below the temporary folder."""
    return Path(tempfile.gettempdir()) / "national" / f"national-{scale:g}.sqlite3"


def engine_of(scale: float, file: Path | None = None) -> Engine:
    """The database of this scale, brought to today's tables; built first where it is not there or lacks tables.

    Raises OSError when the disk is too full.
    """
    file = file or default_file(scale)
    file.parent.mkdir(parents=True, exist_ok=True)
    done = file.with_suffix(".done")
    engine = make_engine(f"sqlite:///{file}")
    if done.exists():
        migrate(engine)
    if not done.exists() or not set(metadata.tables) <= set(inspect(engine).get_table_names()):
        engine.dispose()
        if shutil.disk_usage(file.parent).free < SPARE_BYTES * scale:
            raise OSError(f"less than {SPARE_BYTES * scale / 1e9:.1f} GB free in {file.parent}")
        for left in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
            left.unlink(missing_ok=True)
        built = build(engine, scale)
        done.write_text(f"{built}\n", encoding="utf-8")
    return engine


def main() -> int:
    """Build and say what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["build"])
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    file = options.file or default_file(options.scale)
    engine_of(options.scale, file).dispose()
    print(file, f"{file.stat().st_size / 1e9:.2f} GB", file.with_suffix(".done").read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
