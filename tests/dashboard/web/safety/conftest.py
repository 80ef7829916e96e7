"""One application that may write, on a copy of the reviewed data with a few invented organisations."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import dash
import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert
from sqlalchemy.orm import Session

from dashboard.db.read_session import Repository
from models.base.database import make_engine
from models.base.source import Run
from models.base.text import fold
from models.config.settings import ROOT, Settings
from models.register.organization import Organization

TODAY = date(2026, 11, 21)
NAMES = ("HTX Bàu Trúc", "HTX Lam Sơn", "Tổ hợp tác Hòa Bình")
MOVES_BY_ITSELF = {"trail", "account_session"}  # refusals and visits are noted there, and should be


@pytest.fixture(scope="module")
def database(reviewed_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(reviewed_file, tmp_path_factory.mktemp("safety") / "safety.sqlite3"))
    engine = make_engine(f"sqlite:///{path}")
    with Session(engine) as session:
        run = Run(kind="register", source="thu.xlsx", checksum="0", actor="test", started_at=datetime.now(UTC))
        run.status, run.place = "done", "ninh-thuan"
        session.add(run)
        session.flush()
        common = {"kind": "htx", "place": "ninh-thuan", "run_id": run.id}
        rows = [
            {"id": n, "name": name, "name_norm": fold(name), "operating_state": "stopped", **common}
            for n, name in enumerate(NAMES, start=1)
        ]
        session.execute(insert(Organization), rows)
        session.commit()
    engine.dispose()
    return path


@pytest.fixture(scope="module")
def client(application: dash.Dash, database: Path) -> Iterator[FlaskClient]:
    """A browser on this machine, where writing is switched on."""
    chosen = Settings(f"sqlite:///{database}", ROOT / "data", "", TODAY, allow_writes=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(application.server.extensions, "repository", Repository(chosen))
        patch.setenv("DATABASE_URL", chosen.database_url)
        patch.setenv("AS_OF", TODAY.isoformat())
        yield application.server.test_client()


@pytest.fixture(scope="module")
def fingerprint(database: Path) -> Callable[[], str]:
    """A mark of every row of every table, but those that note visits."""

    def take() -> str:
        with closing(sqlite3.connect(database)) as connection:
            names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")]
            found = hashlib.sha256()
            for name in sorted(set(names) - MOVES_BY_ITSELF):
                found.update(repr(list(connection.execute(f'SELECT * FROM "{name}"'))).encode())  # noqa: S608
            return found.hexdigest()

    return take


@pytest.fixture
def clean_environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a process that starts the server: nothing of the caller's settings."""
    ours = ("SECRET_KEY", "PRODUCTION", "ALLOW_WRITES", "DEMO", "AS_OF", "TRUSTED_HOSTS", "TRUSTED_PROXIES", "HOST")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "DATABASE_URL": f"sqlite:///{tmp_path / 'installation' / 'a.sqlite3'}"}
