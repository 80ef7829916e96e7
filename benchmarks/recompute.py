"""Gaps at national scale: all of them measured again, and what one import costs."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from sqlalchemy import ColumnElement, Engine, select
from sqlalchemy.orm import Session
from sqlmodel import col

from benchmarks.national import engine_of, new_run
from benchmarks.report import Line, beside
from dashboard.db.gaps import kept_gaps
from models.base.facts import Fact, apply_facts
from models.targets.observation import Observation
from models.targets.reading import Moment, read_gaps, read_observations
from models.targets.stored import point_of

NOW = Moment(as_of=date(2026, 11, 21), known_on=date(2026, 11, 21))
TIMES = 7
SCALE = 1.0
PROMISED = (
    "SELECT o.place, o.indicator, o.period_end, o.value FROM (SELECT DISTINCT place, indicator FROM target) t "
    "JOIN observation o ON o.place = t.place AND o.indicator = t.indicator WHERE o.superseded_at IS NULL"
)
OF_A_PROVINCE = "SELECT * FROM observation WHERE place = 'thanh-hoa' AND superseded_at IS NULL"


def recompute(_folder: Path, _env: dict[str, str]) -> Iterator[Line]:
    """Milliseconds of processor time on the national database."""
    from models.targets.reading import _GapReader

    engine = engine_of(SCALE)
    with Session(engine) as session:
        gaps = read_gaps(session, NOW)
        whole = _median(lambda: read_gaps(session, NOW))
        reader = _GapReader(session, NOW, None)
        measure = _median(lambda: reader.promised() + reader.unpromised())
        one = _median(lambda: [point_of(row) for row in read_observations(session, NOW, _of("thanh-hoa"))])
    count = len(gaps)
    yield Line(f"all {count} gaps measured again from values in memory", f"{measure:.0f} ms", "", "< 100 ms")
    what = f"all {count} gaps from the database, nothing kept; yardstick: the driver reading their values, no gaps"
    yield beside(what, whole, _driver(engine, PROMISED), unit="ms")
    what = "after an import into one province: its gaps renewed, the others kept; yardstick: all gaps, nothing kept"
    yield beside(what, _after_import(engine), whole, unit="ms")
    what = "every value of one province read; yardstick: the driver reading the same rows"
    yield beside(what, one, _driver(engine, OF_A_PROVINCE), unit="ms")
    engine.dispose()


def _driver(engine: Engine, statement: str) -> float:
    with closing(sqlite3.connect(str(engine.url.database))) as link:
        return _median(lambda: link.execute(statement).fetchall())


def _of(place: str) -> ColumnElement[bool]:
    return col(Observation.place) == place


def _after_import(engine: Engine) -> float:
    seconds = []
    with Session(engine) as session:
        kept_gaps(session, NOW)
    for number in range(TIMES):
        with Session(engine) as session:
            chosen = (_of("thanh-hoa"), col(Observation.superseded_at).is_(None))
            old = session.scalars(select(Observation).where(*chosen).limit(1)).one()
            content = old.model_dump(exclude=set(Fact.model_fields) - {"key"}) | {"value": old.value + number + 1}
            now = datetime.now(UTC)
            run_id = new_run(session, "one value")
            apply_facts(session, Observation, [content], run_id=run_id, now=now, withdraw=False)
            session.commit()
        with Session(engine) as session:
            start = time.process_time()
            kept_gaps(session, NOW)
            seconds.append(time.process_time() - start)
    return median(seconds) * 1000


def _median(act: Callable[[], object]) -> float:
    """Milliseconds of processor time, so that what else runs on the machine does not count."""
    found = []
    for _ in range(TIMES):
        start = time.process_time()
        act()
        found.append(time.process_time() - start)
    return median(found) * 1000
