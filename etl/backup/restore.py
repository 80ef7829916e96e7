"""Brings a saved installation back, all or nothing, after everything in the archive has been checked."""

from __future__ import annotations

import zipfile
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, update
from sqlalchemy.orm import Session
from sqlmodel import col

from etl.backup.archive import NOT_ONE, Manifest, check_members, line_chunks, read_manifest, told_as_damaged
from etl.backup.portable import CHUNK, Mark, TableSchema, from_lines, to_lines, write_chunk
from etl.backup.transfer import Report, compare, prepare_target, put_back, set_sequences
from etl.files.storage import instance_of
from etl.parsing.issues import LoadError
from models.accounts.account import AccountSession
from models.accounts.trail import Deed, add_entry
from models.base.database import changing_schema, known_versions, move_schema, newest_version

REMEDY = "Chọn một cơ sở dữ liệu trống, hoặc thêm --replace để thay toàn bộ dữ liệu đang có bằng bản sao lưu"


def restore(
    engine: Engine,
    path: Path,
    *,
    replace: bool = False,
    report: Report = lambda _line: None,
    deed: Deed | None = None,
) -> Manifest:
    """Fill the database and the folders from an archive of this or an earlier version of the program.

    An earlier one is filled in at its own version of the tables and brought up from there. Sessions end: whoever was
    signed in when the archive was made signs in anew. Raises LoadError with nothing written for a wrong, damaged or
    newer archive, and for a database that holds rows unless `replace`: then it is replaced as a whole. `deed` is
    added to the trail that was brought back, in the same transaction.
    """
    report("Kiểm tra bản sao lưu")
    with told_as_damaged(), _open(path) as archive:
        manifest = read_manifest(archive, known_versions())
        check_members(archive, manifest)
        with changing_schema(engine) as connection:
            names = [shape.name for shape in manifest.tables]
            prepare_target(connection, names, manifest.schema, replace=replace, remedy=REMEDY)
            marks = {shape: _fill_table(connection, archive, shape, report).told for shape in manifest.tables}
            set_sequences(connection, list(manifest.tables))
            report("So sánh từng bảng")
            compare(connection, marks)
            if manifest.schema != newest_version():
                move_schema(connection, newest_version())
            _end_sessions(connection)
            if deed is not None:
                with Session(connection) as session:
                    add_entry(session, deed)
                    session.flush()
            for name, checksum in manifest.files.items():
                put_back(instance_of(engine), name.split("/")[0], checksum, archive.read(name))
    return manifest


def _open(path: Path) -> AbstractContextManager[zipfile.ZipFile]:
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise LoadError(NOT_ONE) from error


def _fill_table(connection: Connection, archive: zipfile.ZipFile, shape: TableSchema, report: Report) -> Mark:
    """Fill a table; its mark is that of the archive but for values that had to be replaced, and those are reported."""
    mark = Mark()
    for lines in line_chunks(archive, shape, CHUNK):
        rows = from_lines(shape, lines)
        for replaced in write_chunk(connection, shape, rows):
            report(replaced)
        mark.add(to_lines(shape, rows))
    report(f"Khôi phục {shape.name}: {mark.rows}")
    return mark


def _end_sessions(connection: Connection) -> None:
    """A session that was ended after the archive was made must not live again."""
    alive = col(AccountSession.revoked_at).is_(None)
    connection.execute(update(AccountSession).where(alive).values(revoked_at=datetime.now(UTC)))
