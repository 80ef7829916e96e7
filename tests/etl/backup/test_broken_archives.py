"""However an archive is broken, a sentence says so and nothing is written; nothing is left lying about."""

from __future__ import annotations

import fcntl
import io
import json
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from etl.backup.archive import MANIFEST, read_manifest
from etl.backup.backup import BEGUN, save
from etl.backup.restore import restore
from etl.commands.cli import main
from etl.parsing.issues import LoadError
from models.base.database import known_versions, make_engine


@pytest.fixture
def archive(full: Engine, tmp_path: Path) -> Path:
    path = tmp_path / "a.zip"
    save(full, path)
    return path


def test_any_broken_byte_is_told_with_a_sentence(archive: Path, tmp_path: Path) -> None:
    whole, chance = archive.read_bytes(), Random(1945)
    target = make_engine(f"sqlite:///{tmp_path / 'empty' / 'db.sqlite3'}")
    for _ in range(60):
        broken = bytearray(whole[: chance.randint(0, len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(chance.randint(1, 40) if broken else 0):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        archive.write_bytes(bytes(broken))
        try:
            restore(target, archive)
        except LoadError as error:
            assert any(word in str(error) for word in ("hỏng", "không phải bản sao lưu", "mới hơn", "đã có dữ liệu"))
    target.dispose()


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None], **how: int) -> None:
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w", **how) as new:  # type: ignore[arg-type]
        for name, content in members.items():
            new.writestr(name, content)


@pytest.mark.parametrize("manifest", [b"", b"null", b"[]", b"\xff", b'{"format": "cam-ket-backup"}', b"[" * 50_000])
def test_a_manifest_of_another_shape_is_told(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], manifest: bytes
) -> None:
    rewritten(archive, lambda members: members.update({MANIFEST: manifest}))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'other' / 'db.sqlite3'}")
    assert main(["restore", str(archive)]) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said and ("không phải bản sao lưu" in said or "hỏng" in said)


def test_a_number_where_a_text_belongs_is_told(archive: Path, tmp_path: Path) -> None:
    def spoil(members: dict[str, bytes]) -> None:
        content = json.loads(members[MANIFEST])
        content["tables"][0]["columns"] = [[1, 2]]
        members[MANIFEST] = json.dumps(content).encode()

    rewritten(archive, spoil)
    with pytest.raises(LoadError):
        restore(make_engine(f"sqlite:///{tmp_path / 'other' / 'db.sqlite3'}"), archive)


WRONG = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.floats(allow_nan=False), st.text(max_size=3), st.just([]),
    st.just({}), st.just([[]]), st.just({"a": 1}),
)  # fmt: skip


def spots(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything inside the manifest; of tables and their columns the first ones."""
    items = list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ())
    for key, inner in items[:8]:
        yield (*way, key)
        yield from spots(inner, (*way, key))


def with_value(value: Any, way: tuple[Any, ...], wrong: Any) -> Any:
    if not way:
        return wrong
    copied = value.copy()
    copied[way[0]] = with_value(value[way[0]], way[1:], wrong)
    return copied


@pytest.fixture(scope="module")
def manifest_text(full_archive: Path) -> bytes:
    with zipfile.ZipFile(full_archive) as archive:
        return archive.read(MANIFEST)


@given(data=st.data())
def test_whatever_a_forged_manifest_holds_it_is_read_whole_or_told(manifest_text: bytes, data: st.DataObject) -> None:
    content = json.loads(manifest_text)
    way, wrong = data.draw(st.sampled_from(list(spots(content)))), data.draw(WRONG)
    forged = io.BytesIO()
    with zipfile.ZipFile(forged, "w") as made:
        made.writestr(MANIFEST, json.dumps(with_value(content, way, wrong)))
    with zipfile.ZipFile(forged) as archive:
        try:
            manifest = read_manifest(archive, known_versions())
        except LoadError as error:
            assert any(word in str(error) for word in ("không phải bản sao lưu", "mới hơn", "hỏng ở tên tệp"))
        else:
            assert datetime.fromisoformat(manifest.made_at) and json.loads(manifest.to_json())


@pytest.mark.parametrize("field", ["made_at", "schema", "data_version", "tables", "files", "missing_files", "format"])
@pytest.mark.parametrize("wrong", [[], {}, None, "x", 1.5, True, [1], {"a": []}])
def test_restoring_from_a_forged_manifest_is_told_and_ends_with_1(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    field: str, wrong: object,
) -> None:  # fmt: skip
    def forge(members: dict[str, bytes]) -> None:
        members[MANIFEST] = json.dumps(json.loads(members[MANIFEST]) | {field: wrong}).encode()

    rewritten(archive, forge)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'other' / 'db.sqlite3'}")
    assert main(["restore", str(archive)]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_what_a_killed_backup_left_goes_with_the_next_one(full: Engine, tmp_path: Path) -> None:
    left, busy = tmp_path / f"{BEGUN}1.part", tmp_path / f"{BEGUN}2.part"
    left.write_bytes(b"half")
    busy.write_bytes(b"half")
    with busy.open("rb") as running:
        fcntl.flock(running, fcntl.LOCK_EX)
        save(full, tmp_path / "a.zip")
        assert not left.exists() and busy.exists()
    save(full, tmp_path / "b.zip")
    assert sorted(path.name for path in tmp_path.glob("*.zip")) == ["a.zip", "b.zip"] and not busy.exists()


def test_only_the_owner_reads_what_the_commands_make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = tmp_path / "installation" / "db.sqlite3"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{database}")
    before = os.umask(0o022)
    try:
        assert main(["init"]) == 0
        assert main(["backup", str(tmp_path / "copies" / "a.zip")]) == 0
    finally:
        os.umask(before)
    made = [path for folder in (database.parent, tmp_path / "copies") for path in (folder, *folder.rglob("*"))]
    assert len(made) >= 4
    assert {oct(stat.S_IMODE(path.stat().st_mode) & 0o077) for path in made} == {"0o0"}
