"""An installation moves between databases with every row, history and number."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from etl.backup import copying
from etl.backup.copying import copy_database
from etl.backup.portable import shapes
from etl.commands.cli import main
from etl.files.storage import instance_of
from etl.parsing.issues import LoadError
from models.accounts.changing import write_trail
from models.accounts.trail import Deed, check_chain
from models.base.database import make_engine, migrate
from models.base.source import Run
from models.registry import metadata
from tests.etl.backup.conftest import marks_of


def test_every_table_has_a_form_and_the_test_data_fill_every_one(full: Engine) -> None:
    assert {shape.name for shape in shapes()} == set(metadata.tables)
    assert {name for name, (rows, _) in marks_of(full).items() if not rows} == set()


def test_sqlite_to_postgresql_and_back_holds_the_same_in_every_table(
    full: Engine, new_postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path / "shared"))
    postgres, back = make_engine(new_postgres_url), make_engine(f"sqlite:///{tmp_path / 'back' / 'db.sqlite3'}")
    try:
        done = copy_database(full, postgres)
        copy_database(postgres, back)
        assert marks_of(full) == marks_of(postgres) == marks_of(back)
        assert done.rows == sum(rows for rows, _ in marks_of(full).values())
    finally:
        postgres.dispose()
        back.dispose()


def test_after_copying_postgresql_counts_on_after_the_old_numbers(full: Engine, new_postgres_url: str) -> None:
    postgres = make_engine(new_postgres_url)
    try:
        copy_database(full, postgres)
        with Session(postgres) as session:
            newest = session.scalar(text("SELECT max(id) FROM run"))
            run = Run(kind="init", source="s", checksum="c", actor="a", started_at=datetime.now(UTC))
            session.add(run)
            session.flush()
            assert run.id == newest + 1
    finally:
        postgres.dispose()


def test_the_chain_of_the_trail_holds_in_the_copy(new_engine: Engine, new_postgres_url: str) -> None:
    """Each entry names the checksum of the one before: a time or a detail that changed on the way would break it."""
    migrate(new_engine)
    postgres = make_engine(new_postgres_url)
    for number in range(3):
        write_trail(new_engine, Deed("import", "a", details={"số": number, "b": None}))
    copy_database(new_engine, postgres)
    with Session(postgres) as session:
        found = check_chain(session)
    assert (found.count, found.broken_at) == (3, None)
    postgres.dispose()


def test_received_files_and_papers_come_along(full: Engine, tmp_path: Path) -> None:
    target = make_engine(f"sqlite:///{tmp_path / 'other' / 'db.sqlite3'}")
    done = copy_database(full, target)
    for folder in ("files", "papers"):
        names = sorted(p.name for p in (instance_of(target) / folder).iterdir())
        assert names and names == sorted(p.name for p in (instance_of(full) / folder).iterdir())
    assert (done.files, done.missing) == (2, 0)
    target.dispose()


def test_a_kept_file_that_is_gone_or_broken_is_counted_and_the_rest_is_copied(full: Engine, tmp_path: Path) -> None:
    (paper,) = (instance_of(full) / "papers").iterdir()
    paper.write_bytes(b"half")
    target = make_engine(f"sqlite:///{tmp_path / 'other' / 'db.sqlite3'}")
    assert copy_database(full, target).missing == 1
    assert marks_of(target) == marks_of(full)
    target.dispose()


def test_a_target_with_rows_is_refused_and_stays_as_it_was(full: Engine, reviewed: str, capsys, monkeypatch) -> None:
    target = make_engine(reviewed)
    before = marks_of(target)
    monkeypatch.setenv("DATABASE_URL", full.url.render_as_string(hide_password=False))
    assert main(["copy", "--to", reviewed]) == 1
    assert "đích đã có dữ liệu, chưa ghi gì. Chọn một cơ sở dữ liệu trống" in capsys.readouterr().err
    assert marks_of(target) == before
    target.dispose()


def test_a_migrated_target_without_rows_is_filled(full: Engine, new_engine: Engine) -> None:
    migrate(new_engine)
    copy_database(full, new_engine)
    assert marks_of(new_engine) == marks_of(full)


def test_a_target_with_tables_of_another_program_is_refused(full: Engine, new_engine: Engine) -> None:
    with new_engine.begin() as connection:
        connection.execute(text("CREATE TABLE theirs (id integer)"))
    with pytest.raises(LoadError, match="không phải của chương trình này"):
        copy_database(full, new_engine)


def test_a_difference_found_after_copying_undoes_everything(full: Engine, new_engine: Engine, monkeypatch) -> None:
    def lose_a_row(connection, shape, rows):
        return written(connection, shape, rows[1:] if shape.name == "rating" else rows)

    written = copying.write_chunk
    monkeypatch.setattr(copying, "write_chunk", lose_a_row)
    with pytest.raises(LoadError, match="Bảng rating ở đích không giống nguồn"):
        copy_database(full, new_engine)
    with new_engine.connect() as connection:
        assert not connection.dialect.has_table(connection, "run")


def test_what_is_written_while_copying_is_left_out_whole(full: Engine, new_engine: Engine) -> None:
    """The copy is of one instant: a run that another process loads meanwhile is not half in it."""
    before = marks_of(full)

    def write_meanwhile(line: str) -> None:
        if line.startswith("Chép agency:"):
            with full.begin() as connection:
                connection.execute(text("UPDATE run SET actor = 'meanwhile'"))

    copy_database(full, new_engine, write_meanwhile)
    assert marks_of(new_engine) == before != marks_of(full)


def test_the_command_says_what_it_did_and_notes_it(full: Engine, tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("DATABASE_URL", full.url.render_as_string(hide_password=False))
    assert main(["copy", "--to", f"sqlite:///{tmp_path / 'new' / 'db.sqlite3'}"]) == 0
    assert "so sánh: giống hệt" in capsys.readouterr().out
    assert main(["copy", "--to", "mysql://x/y"]) == 2
    assert "--to chỉ nhận" in capsys.readouterr().err
