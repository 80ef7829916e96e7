"""One office on each kind of database, and several officers who do something in the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from dashboard.app import LivePages
from dashboard.db.read_session import Repository
from etl.backup.copying import copy_database
from models.accounts import account_secrets
from models.accounts.rights import Grant, Role, Viewer
from models.accounts.trail import TrailEntry, check_chain
from models.base.database import data_version, make_engine
from models.base.source import Run
from models.config.settings import ROOT, Settings
from models.register.organization import Organization

TODAY = date(2026, 11, 21)
AT_ONCE = 4
EVERYWHERE = Viewer(None, "Người thử", True, (Grant(Role.OFFICER), Grant(Role.CLOSER)))
PLACE = "thanh-hoa"
STOPPED = 1  # the organisation that waits to be settled


@dataclass
class Office:
    """An application on a database of its own."""

    server: Flask
    engine: Engine
    door: Repository

    def at_once(self, act: Callable[[int], Any]) -> list[Any]:
        """Let several threads do it together; gives what each got, or the exception that it met."""
        start = threading.Barrier(AT_ONCE)

        def one(number: int) -> Any:
            with self.server.test_request_context("/", headers={"User-Agent": "test"}):
                g.viewer, g.changing_places = EVERYWHERE, None
                start.wait()
                try:
                    return act(number)
                except Exception as error:
                    return error

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(one, range(AT_ONCE)))

    def alone(self, act: Callable[[], Any]) -> Any:
        """Do something by itself."""
        with self.server.app_context():
            return act()

    def rows(self, statement: Any) -> list[Any]:
        """What stands in the database."""
        with Session(self.engine) as session:
            return list(session.scalars(statement))

    def seen(self) -> int:
        """The newest run now, as a form carries it."""
        with Session(self.engine) as session:
            return data_version(session).newest

    def told(self) -> int:
        """How many entries the trail holds; it must be whole."""
        with Session(self.engine) as session:
            assert check_chain(session).broken_at is None
            return session.scalar(select(func.count()).select_from(TrailEntry)) or 0


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def source(request: pytest.FixtureRequest, loaded: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database with the reviewed data and one organisation, once for each kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('at_once') / 'office.sqlite3'}"
    else:
        url = request.getfixturevalue("office_on_postgres")
    engine = make_engine(url)
    copy_database(loaded, engine)
    _add_stopped(engine)
    engine.dispose()
    yield url


def _add_stopped(engine: Engine) -> None:
    with Session(engine) as session:
        run = Run(kind="register", source="x", checksum="0", actor="test", started_at=datetime.now(UTC), status="done")
        session.add(run)
        session.flush()
        session.add(
            Organization(
                id=STOPPED, kind="htx", name="HTX Thử", name_norm="htx thu", place=PLACE, operating_state="stopped",
                operating_state_on=date(2025, 1, 1), run_id=run.id or 0,
            )
        )  # fmt: skip
        session.commit()


@pytest.fixture
def office(source: str, application: LivePages, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Office]:
    """The application on it; tests of a file share the database, so that each looks at what it wrote itself."""
    monkeypatch.setattr(account_secrets, "COST", account_secrets.Cost(passes=1, memory=8, lanes=1))
    door = Repository(Settings(source, ROOT / "data", "", TODAY, secret_key="k7Vq2mXw9RzT4bNc8LpD3sHf6GjY1uEa"))  # noqa: S106
    monkeypatch.setitem(application.server.extensions, "repository", door)
    yield Office(application.server, door.engine, door)
    door.engine.dispose()
