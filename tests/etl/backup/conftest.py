"""An installation with a row in every table, kept files and a paper; a copy of it for each test."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Table, select

from etl.backup.backup import save
from etl.backup.portable import TableSchema, mark_of, shapes
from etl.files.storage import instance_of, keep_file, write_whole
from models.base.database import make_engine, migrate
from models.registry import metadata
from tests.conftest import load_reviewed
from tests.etl.loading.desk import SAMPLE, Desk

AWKWARD = 'Hợp tác xã "Đoàn Kết"\t\\ \\. \\N\nkẻ, ’ 🌾 nul?'
EXAMPLES: dict[str, Any] = {
    "text": AWKWARD,
    "instant": datetime(2026, 1, 2, 3, 4, 5, 678901, UTC),
    "day": date(2026, 2, 28),
    "json": {"đ": [1, None, 0.1, True, "\\N"], "rỗng": {}},
    "yes_no": True,
    "whole": 7,
    "number": 0.1 + 0.2,
}
PAPER = hashlib.sha256(b"paper").hexdigest()
Marks = dict[str, tuple[int, str]]


def marks_of(engine: Engine) -> Marks:
    """Rows and checksum of every table."""
    with engine.connect() as connection:
        return {shape.name: mark_of(connection, shape).told for shape in shapes()}


def add_row_everywhere(connection: Connection) -> None:
    """One row in each table that is still empty, with letters and numbers that are easily lost."""
    for shape in shapes():
        table = metadata.tables[shape.name]
        if connection.execute(select(table).limit(1)).first() is None:
            connection.execute(table.insert().values(_example(connection, table, shape)))


def _example(connection: Connection, table: Table, shape: TableSchema) -> dict[str, Any]:
    row = {name: EXAMPLES[kind] for name, kind in shape.columns}
    for column in table.columns:
        for key in column.foreign_keys:
            row[column.name] = connection.execute(select(key.column).limit(1)).scalar()
    return row


@pytest.fixture(scope="session")
def full_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a whole installation; never changed, only copied."""

    def fill(engine: Engine) -> None:
        load_reviewed(engine)
        assert Desk(engine, path.parent).load(SAMPLE, is_demo=True, marked_demo=True).run_id
        keep_file(engine, "sổ.xlsx", SAMPLE.read_bytes())
        with engine.begin() as connection:
            add_row_everywhere(connection)
            connection.execute(metadata.tables["paper"].update().values(checksum=PAPER))
        write_whole(instance_of(engine) / "papers" / PAPER, b"paper")

    path = tmp_path_factory.mktemp("full") / "db.sqlite3"
    return _closed(path, fill).parent


@pytest.fixture(scope="session")
def full_archive(full_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the whole installation."""
    engine = make_engine(f"sqlite:///{full_folder / 'db.sqlite3'}")
    path = tmp_path_factory.mktemp("archive") / "backup.zip"
    save(engine, path)
    engine.dispose()
    return path


@pytest.fixture
def full(full_folder: Path, tmp_path: Path) -> Iterator[Engine]:
    """A whole installation on SQLite, for one test."""
    shutil.copytree(full_folder, tmp_path / "full")
    engine = make_engine(f"sqlite:///{tmp_path / 'full' / 'db.sqlite3'}")
    yield engine
    engine.dispose()


@pytest.fixture
def new_engine(sqlite_url: str) -> Iterator[Engine]:
    """An engine on a SQLite file that is not there yet."""
    engine = make_engine(sqlite_url)
    yield engine
    engine.dispose()


def _closed(path: Path, fill: Callable[[Engine], None]) -> Path:
    engine = make_engine(f"sqlite:///{path}")
    migrate(engine)
    fill(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path
