"""A backup holds everything, is made while the installation is in use, and comes back whole or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.orm import Session

from etl.backup import backup as backing
from etl.backup import restore as restoring
from etl.backup.archive import MANIFEST
from etl.backup.backup import save
from etl.backup.restore import restore
from etl.commands.cli import main
from etl.files.storage import instance_of
from etl.parsing.issues import LoadError
from models.accounts.account import AccountSession
from models.base.database import changing_schema, make_engine, migrate, move_schema, newest_version
from models.operation.operation import last_backup_at
from tests.conftest import load_reviewed
from tests.etl.backup.conftest import Marks, marks_of
from tests.etl.backup.dying import COMMIT, killed_at

Change = Callable[[dict[str, bytes]], None]


def but_sessions(marks: Marks) -> Marks:
    """Sessions end when an installation is restored; everything else is the same."""
    return {name: told for name, told in marks.items() if name != "account_session"}


@pytest.fixture
def saved(full_archive: Path, tmp_path: Path) -> Path:
    """A backup of the whole installation, for one test."""
    return Path(shutil.copy(full_archive, tmp_path / "backup.zip"))


def changed(path: Path, change: Change) -> Path:
    """The archive with its members changed by someone."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    target = path.with_name("changed.zip")
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target


def say(name: str, value: object) -> Change:
    def change(members: dict[str, bytes]) -> None:
        members[MANIFEST] = json.dumps({**json.loads(members[MANIFEST]), name: value}).encode()

    return change


def test_a_backup_comes_back_the_same_in_every_table_and_folder(
    full, saved, bare_engine, tmp_path, monkeypatch
) -> None:
    before = marks_of(full)
    kept = {p.name: p.read_bytes() for p in instance_of(full).glob("*/*")}
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path / "new"))
    restore(bare_engine, saved)
    assert but_sessions(marks_of(bare_engine)) == but_sessions(before)
    assert {p.name: p.read_bytes() for p in (tmp_path / "new").glob("*/*")} == kept
    with Session(bare_engine) as session:
        assert all(row.revoked_at is not None for row in session.scalars(select(AccountSession)))


def test_a_backup_of_postgresql_comes_back_on_sqlite(full, saved, postgres_engine, new_engine, tmp_path) -> None:
    restore(postgres_engine, saved)
    save(postgres_engine, tmp_path / "second.zip")
    restore(new_engine, tmp_path / "second.zip")
    assert but_sessions(marks_of(new_engine)) == but_sessions(marks_of(full))


def test_a_backup_is_of_one_instant_while_others_write(reviewed: str, tmp_path: Path) -> None:
    engine = make_engine(reviewed)
    before = marks_of(engine)

    def write_meanwhile(line: str) -> None:
        if line.startswith("Lưu agency:"):
            with engine.begin() as connection:
                connection.execute(text("UPDATE run SET actor = 'meanwhile'"))

    made = save(engine, tmp_path / "b.zip", write_meanwhile)
    assert {shape.name: told for shape, told in made.tables.items()} == before
    assert marks_of(engine) != before
    engine.dispose()


def test_only_the_owner_can_read_a_backup_and_none_is_overwritten(full: Engine, saved: Path) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    with pytest.raises(LoadError, match="đã có"):
        save(full, saved)


def test_a_backup_that_fails_leaves_no_file(full: Engine, tmp_path: Path, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backing, "_write_files", fail)
    folder = tmp_path / "backups"
    with pytest.raises(OSError):
        save(full, folder / "b.zip")
    assert list(folder.iterdir()) == []


def test_a_database_with_rows_is_refused_and_replaced_only_when_asked(saved, full, reviewed: str) -> None:
    engine = make_engine(reviewed)
    before = marks_of(engine)
    with pytest.raises(LoadError, match="--replace"):
        restore(engine, saved)
    assert marks_of(engine) == before
    restore(engine, saved, replace=True)
    assert but_sessions(marks_of(engine)) == but_sessions(marks_of(full))
    engine.dispose()


def test_a_replacement_that_fails_or_is_killed_at_the_end_leaves_the_old_data(
    saved: Path, reviewed: str, monkeypatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    engine = make_engine(reviewed)
    before = marks_of(engine)
    with monkeypatch.context() as patch:
        patch.setattr(restoring, "put_back", fail)
        with pytest.raises(OSError):
            restore(engine, saved, replace=True)
    assert marks_of(engine) == before
    engine.dispose()
    killed_at(reviewed, lambda its: restore(its, saved, replace=True), COMMIT)
    assert marks_of(engine) == before
    engine.dispose()


def _lose_a_row(members: dict[str, bytes]) -> None:
    members["tables/observation.jsonl"] = b"".join(members["tables/observation.jsonl"].splitlines(True)[1:])


def _add_outside(members: dict[str, bytes]) -> None:
    members["../outside"] = b"x"


def _list_outside(members: dict[str, bytes]) -> None:
    members["files/../../outside"] = b"x"
    manifest = json.loads(members[MANIFEST])
    manifest["files"]["files/../../outside"] = "0" * 64
    members[MANIFEST] = json.dumps(manifest).encode()


def _name_a_table_badly(members: dict[str, bytes]) -> None:
    manifest = json.loads(members[MANIFEST])
    manifest["tables"][0]["name"] = "run; DROP TABLE run"
    members[MANIFEST] = json.dumps(manifest).encode()


def _swap_a_file(members: dict[str, bytes]) -> None:
    members[next(name for name in members if name.startswith("files/"))] = b"other"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_lose_a_row, "hỏng ở tables/observation.jsonl"),
        (_swap_a_file, "hỏng ở files/"),
        (_add_outside, "hỏng ở ../outside"),
        (_list_outside, "hỏng ở tên tệp"),
        (_name_a_table_badly, "không phải bản sao lưu"),
        (lambda members: members.pop(MANIFEST), "không phải bản sao lưu"),
        (lambda members: members.pop("tables/run.jsonl"), "hỏng ở tables/run.jsonl"),
        (say("format", "other"), "không phải bản sao lưu"),
        (say("format_version", 2), "phiên bản mới hơn"),
        (say("schema", "9999"), "phiên bản mới hơn"),
    ],
)
def test_a_wrong_damaged_or_newer_archive_is_refused_before_anything_is_written(
    saved: Path, new_engine: Engine, change: Change, words: str
) -> None:
    with pytest.raises(LoadError, match=words):
        restore(new_engine, changed(saved, change))
    with new_engine.connect() as connection:
        assert not connection.dialect.has_table(connection, "run")
    assert not list(instance_of(new_engine).glob("files/*"))


def test_half_an_archive_and_another_file_are_refused(saved: Path, new_engine: Engine) -> None:
    content = saved.read_bytes()
    for wrong in (content[: len(content) // 2], b"not a zip", b""):
        saved.write_bytes(wrong)
        with pytest.raises(LoadError, match="không phải bản sao lưu"):
            restore(new_engine, saved)


def as_of_version(revision: str, engine: Engine) -> Change:
    """Make an archive one that the program of an earlier version would have written; the engine is on a new file."""

    def change(members: dict[str, bytes]) -> None:
        manifest, tables = json.loads(members[MANIFEST]) | {"schema": revision}, []
        for table in manifest["tables"]:
            lines = members.pop(f"tables/{table['name']}.jsonl").splitlines()
            if not inspect(engine).has_table(table["name"]):
                continue
            known = {column["name"] for column in inspect(engine).get_columns(table["name"])}
            kept = [place for place, (name, _) in enumerate(table["columns"]) if name in known]
            content = b"".join(
                json.dumps([row[i] for i in kept], ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
                for row in map(json.loads, lines)
            )
            columns = [table["columns"][i] for i in kept]
            tables.append(table | {"columns": columns, "sha256": hashlib.sha256(content).hexdigest()})
            members[f"tables/{table['name']}.jsonl"] = content
        members[MANIFEST] = json.dumps(manifest | {"tables": tables}).encode()

    with changing_schema(engine) as connection:
        move_schema(connection, revision)
    return change


def test_a_backup_of_an_earlier_version_is_brought_up_to_this_one(
    saved: Path, new_engine: Engine, tmp_path: Path
) -> None:
    """What version 0004 knew comes back, and the tables that came later are there and empty."""
    older = make_engine(f"sqlite:///{tmp_path / 'older.sqlite3'}")
    restore(new_engine, changed(saved, as_of_version("0004", older)))
    older.dispose()
    marks = marks_of(new_engine)
    assert marks["organization"][0] > 400 and marks["observation"][0] > 100
    assert marks["account"][0] == 0


def test_the_commands_say_what_they_did_and_the_age_of_the_backup_is_known(
    full: Engine, tmp_path: Path, capsys, monkeypatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", full.url.render_as_string(hide_password=False))
    path = str(tmp_path / "b.zip")
    assert main(["backup", path]) == 0
    assert "SECRET_KEY" in capsys.readouterr().out
    with Session(full) as session:
        assert last_backup_at(session) is not None
    assert main(["restore", path]) == 1
    assert "--replace" in capsys.readouterr().err
    assert main(["restore", path, "--replace"]) == 0
    assert "Khởi động lại các tiến trình web" in capsys.readouterr().out
    assert main(["restore", str(tmp_path / "none.zip")]) == 1
    assert "Không có tệp" in capsys.readouterr().err


def test_a_backup_before_init_is_refused_with_a_sentence(
    new_engine: Engine, tmp_path: Path, reviewed_file: Path
) -> None:
    with pytest.raises(LoadError, match="python -m etl init"):
        save(new_engine, tmp_path / "b.zip")
    with changing_schema(new_engine) as connection:
        move_schema(connection, "0004")
    with pytest.raises(LoadError, match="còn ở cấu trúc 0004"):
        save(new_engine, tmp_path / "b.zip")
    migrate(new_engine)
    load_reviewed(new_engine)
    assert save(new_engine, tmp_path / "b.zip").schema == newest_version()
