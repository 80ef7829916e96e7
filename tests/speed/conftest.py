"""A copy of the reviewed data that a test may change, and a way to load another value into it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base.database import make_engine
from models.base.facts import Fact, apply_facts
from models.base.source import Run
from models.targets.observation import Observation


@pytest.fixture
def copied(loaded: Engine, tmp_path: Path) -> Iterator[Engine]:
    """The reviewed data in a database of the test's own."""
    with loaded.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    target = tmp_path / "copy.sqlite3"
    shutil.copy(str(loaded.url.database), target)
    engine = make_engine(f"sqlite:///{target}")
    yield engine
    engine.dispose()


def new_run(session: Session, kind: str = "figures") -> int:
    """A finished run."""
    run = Run(kind=kind, source="t", checksum="0", actor="t", started_at=datetime.now(UTC), status="done")
    session.add(run)
    session.flush()
    assert run.id is not None
    return run.id


@pytest.fixture
def correct(copied: Engine) -> object:
    """Load another value for the newest observation of a place and indicator; gives its key."""

    def load(place: str, indicator: str, value: float) -> str:
        with Session(copied) as session:
            chosen = (col(Observation.place) == place, col(Observation.indicator) == indicator)
            statement = select(Observation).where(*chosen, col(Observation.superseded_at).is_(None))
            old = session.scalars(statement.order_by(col(Observation.period_end).desc())).first()
            assert old is not None
            content = old.model_dump(exclude=set(Fact.model_fields) - {"key"}) | {"value": value}
            now = datetime.now(UTC)
            apply_facts(session, Observation, [content], run_id=new_run(session), now=now, withdraw=False)
            session.commit()
            return str(content["key"])

    return load
