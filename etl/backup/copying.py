"""Moves a whole installation into another, empty database: every row with its history and number, compared after."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from etl.backup.portable import Mark, TableSchema, read_chunks, shapes, to_lines, write_chunk
from etl.backup.transfer import (
    Report,
    compare,
    kept_content,
    kept_names,
    prepare_target,
    put_back,
    set_sequences,
    still_picture,
)
from etl.files.storage import instance_of
from etl.parsing.issues import LoadError
from models.base.database import changing_schema, newest_version

REMEDY = "Chọn một cơ sở dữ liệu trống"


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied. `missing` counts kept files that the source names and no longer has."""

    rows: int
    tables: int
    files: int
    missing: int


def copy_database(source: Engine, target: Engine, report: Report = lambda _line: None) -> Copied:
    """Copy all tables in one transaction of the target and compare them; the source may be in use.

    Values that SQLite took and PostgreSQL does not keep are replaced, and each one is reported. Raises LoadError with
    nothing written when the target is not empty or does not end up the same.
    """
    if source.url == target.url:
        raise LoadError("Nguồn và đích là một cơ sở dữ liệu. Chọn đích khác")
    tables = shapes()
    with still_picture(source) as reading:
        with changing_schema(target) as writing:
            prepare_target(writing, [t.name for t in tables], newest_version(), replace=False, remedy=REMEDY)
            marks = {shape: _copy_table(reading, writing, shape, report).told for shape in tables}
            set_sequences(writing, tables)
            report("So sánh từng bảng")
            compare(writing, marks)
            files, missing = _copy_files(reading, source, target, report)
        return Copied(sum(rows for rows, _ in marks.values()), len(tables), files, missing)


def _copy_table(reading: Connection, writing: Connection, shape: TableSchema, report: Report) -> Mark:
    mark = Mark()
    for rows in read_chunks(reading, shape):
        for replaced in write_chunk(writing, shape, rows):
            report(replaced)
        mark.add(to_lines(shape, rows))
    report(f"Chép {shape.name}: {mark.rows}")
    return mark


def _copy_files(reading: Connection, source: Engine, target: Engine, report: Report) -> tuple[int, int]:
    goal, copied, missing = instance_of(target), 0, 0
    for folder, checksum in kept_names(reading):
        content = kept_content(source, folder, checksum)
        if content is None:
            missing += 1
            continue
        copied += 1
        if goal != instance_of(source):
            put_back(goal, folder, checksum, content)
    report(f"Tệp đã nhận và tài liệu: {copied} trong {goal}")
    return copied, missing
