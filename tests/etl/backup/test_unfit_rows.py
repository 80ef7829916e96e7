"""What an older version stored in SQLite and PostgreSQL does not keep moves all the same, and each value is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from etl.backup.backup import save
from etl.backup.copying import copy_database
from etl.backup.restore import restore
from models.accounts.changing import write_trail
from models.accounts.trail import Deed, check_chain
from models.base.database import make_engine
from tests.etl.backup.conftest import marks_of


def by_copy(source: Engine, target: Engine, folder: Path, say: Callable[[str], None]) -> None:
    copy_database(source, target, say)


def by_backup(source: Engine, target: Engine, folder: Path, say: Callable[[str], None]) -> None:
    save(source, folder / "a.zip")
    restore(target, folder / "a.zip", report=say)


def spoil(engine: Engine) -> None:
    """Rows as they could come in before writing was guarded, the trail's chain whole."""
    with Session(engine) as session:
        connection = session.connection()
        for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        connection.exec_driver_sql("DELETE FROM trail")
        session.commit()
    write_trail(engine, Deed("export", "người xem", place="gia-lai"))
    with Session(engine) as session:
        number = session.execute(text("SELECT max(id) FROM trail")).scalar()
        session.connection().exec_driver_sql("UPDATE trail SET place = 'x' || char(0) WHERE id = ?", (number,))
        session.connection().exec_driver_sql("UPDATE year_report SET member_count = 5000000000 WHERE id = 1")
        session.commit()
    write_trail(engine, Deed("export", "người sau"))
    with Session(engine) as session:
        assert check_chain(session).broken_at is None


@pytest.mark.parametrize("move", [by_copy, by_backup])
def test_such_rows_reach_postgresql_with_a_stated_replacement(
    full: Engine, new_postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, move: Callable[..., None]
) -> None:
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path / "shared"))
    spoil(full)
    said: list[str] = []
    postgres = make_engine(new_postgres_url)
    try:
        move(full, postgres, tmp_path, said.append)
        with Session(postgres) as session:
            assert session.execute(text("SELECT count(*) FROM trail WHERE place = 'x\u2400'")).scalar() == 1
            assert session.execute(text("SELECT member_count FROM year_report WHERE id = 1")).scalar() is None
            assert check_chain(session).broken_at is None
        write_trail(postgres, Deed("export", "về sau"))
        with Session(postgres) as session:
            assert check_chain(session).broken_at is None
    finally:
        postgres.dispose()
    told = [line for line in said if "không giữ được" in line]
    assert len(told) == 2
    assert any("trail" in line and "cột place" in line and "\\x00" in line for line in told)
    assert any("year_report, dòng 1, cột member_count" in line and "5000000000" in line for line in told)


@pytest.mark.parametrize("move", [by_copy, by_backup])
def test_between_sqlite_files_they_stay_as_they_are(full: Engine, tmp_path: Path, move: Callable[..., None]) -> None:
    spoil(full)
    said: list[str] = []
    target = make_engine(f"sqlite:///{tmp_path / 'other' / 'db.sqlite3'}")
    move(full, target, tmp_path, said.append)
    sessions = {"account_session"}  # a restore ends them
    found, wanted = marks_of(target), marks_of(full)
    assert {name: mark for name, mark in found.items() if name not in sessions and mark != wanted[name]} == {}
    assert [line for line in said if "không giữ được" in line] == []
    target.dispose()


def test_another_text_in_its_place_still_breaks_the_chain(full: Engine) -> None:
    spoil(full)
    with Session(full) as session:
        session.connection().exec_driver_sql("UPDATE trail SET place = 'thanh-hoa' WHERE place LIKE 'x%'")
        found = check_chain(session)
        assert found.broken_at is not None
