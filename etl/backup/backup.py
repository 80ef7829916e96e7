"""Saves a whole installation in one file, while it is in use: every table as it is now, received files, papers."""

from __future__ import annotations

import fcntl
import os
import tempfile
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from etl.backup.archive import MANIFEST, Manifest, table_member
from etl.backup.portable import Mark, TableSchema, read_chunks, shapes, to_lines
from etl.backup.transfer import Report, kept_content, kept_names, still_picture
from etl.parsing.issues import LoadError
from models.base.database import data_version, newest_version

BEGUN = ".sao-luu-"  # how the name of an unfinished backup begins


def save(engine: Engine, path: Path, report: Report = lambda _line: None) -> Manifest:
    """Write the archive, readable by its owner only, under a name of its own and rename it when it is whole.

    Raises LoadError when the file is there already or the database is not of this version of the program.
    """
    if path.exists():
        raise LoadError(f"{path} đã có. Chọn tên tệp khác, ví dụ có ngày trong tên")
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=BEGUN, suffix=".part")
    waiting = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                manifest = _fill(archive, engine, report)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(path)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    return manifest


def _sweep(folder: Path) -> None:
    """Take away what backups that were killed left behind; one that is being written holds its file locked."""
    for left in folder.glob(f"{BEGUN}*.part"):
        with suppress(OSError), left.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()


def _fill(archive: zipfile.ZipFile, engine: Engine, report: Report) -> Manifest:
    with still_picture(engine) as connection:
        tables = {shape: _write_table(archive, connection, shape, report).told for shape in shapes()}
        files, missing = _write_files(archive, connection, engine)
        manifest = Manifest(
            made_at=datetime.now(UTC).isoformat(),
            schema=newest_version(),
            data_version=data_version(Session(connection)).newest,
            tables=tables,
            files=files,
            missing=missing,
        )
    archive.writestr(MANIFEST, manifest.to_json())
    report(f"Tệp đã nhận và tài liệu: {len(files)}")
    return manifest


def _write_table(archive: zipfile.ZipFile, connection: Connection, shape: TableSchema, report: Report) -> Mark:
    mark = Mark()
    with archive.open(table_member(shape), "w", force_zip64=True) as member:
        for rows in read_chunks(connection, shape):
            lines = to_lines(shape, rows)
            mark.add(lines)
            member.write(b"".join(lines))
    report(f"Lưu {shape.name}: {mark.rows}")
    return mark


def _write_files(archive: zipfile.ZipFile, connection: Connection, engine: Engine) -> tuple[dict[str, str], int]:
    files, missing = {}, 0
    for folder, checksum in kept_names(connection):
        content = kept_content(engine, folder, checksum)
        if content is None:
            missing += 1
        elif (name := f"{folder}/{checksum}") not in files:
            archive.writestr(name, content)
            files[name] = checksum
    return files, missing
