"""Gaps at national scale: all of them measured again, and what one import costs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from sqlmodel import col

from benchmarks.national import engine_of, new_run
from benchmarks.report import Line
from dashboard.data.gap_memory import GapMemory
from models.facts import Fact, apply_facts
from models.observation import Observation
from models.reading import Moment, read_gaps, read_observations
from models.stored import point_of

NOW = Moment(as_of=date(2026, 11, 21), known_on=date(2026, 11, 21))
TIMES = 7
SCALE = 1.0


def recompute(_folder: Path, _env: dict[str, str]) -> Iterator[Line]:
    """Milliseconds on the national database."""
    from models.reading import _GapReader

    engine = engine_of(SCALE)
    with Session(engine) as session:
        gaps = read_gaps(session, NOW)
        whole = _median(lambda: read_gaps(session, NOW))
        reader = _GapReader(session, NOW, None)
        measure = _median(lambda: reader.promised() + reader.unpromised())
        one = _median(lambda: [point_of(row) for row in read_observations(session, NOW, _of("thanh-hoa"))])
    count = len(gaps)
    yield Line(f"all {count} gaps measured again from values in memory", f"{measure:.0f} ms", "", "< 100 ms")
    yield Line(f"all {count} gaps from the database, nothing kept", f"{whole:.0f} ms")
    yield Line(
        "after an import into one province: its gaps renewed, the others kept", f"{_after_import(engine):.0f} ms"
    )
    yield Line("every value of one province read", f"{one:.0f} ms")
    engine.dispose()


def _of(place: str) -> object:
    return col(Observation.place) == place


def _after_import(engine: Engine) -> float:
    memory = GapMemory()
    seconds = []
    with Session(engine) as session:
        memory.gaps(session, NOW, None)
    for number in range(TIMES):
        with Session(engine) as session:
            chosen = (_of("thanh-hoa"), col(Observation.superseded_at).is_(None))
            old = session.scalars(select(Observation).where(*chosen).limit(1)).one()  # type: ignore[arg-type]
            content = old.model_dump(exclude=set(Fact.model_fields) - {"key"}) | {"value": old.value + number + 1}
            now = datetime.now(UTC)
            run_id = new_run(session, "one value")
            apply_facts(session, Observation, [content], run_id=run_id, now=now, withdraw=False)
            session.commit()
        with Session(engine) as session:
            start = time.perf_counter()
            memory.gaps(session, NOW, None)
            seconds.append(time.perf_counter() - start)
    return median(seconds) * 1000


def _median(act: Callable[[], object]) -> float:
    """Milliseconds of processor time, so that what else runs on the machine does not count."""
    found = []
    for _ in range(TIMES):
        start = time.process_time()
        act()
        found.append(time.process_time() - start)
    return median(found) * 1000
