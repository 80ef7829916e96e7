"""What copying, saving and restoring share: a still picture of a database, an empty one to fill, a comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from etl.backup.portable import TableSchema, is_empty, mark_of
from etl.files.storage import checksum_of, instance_of, write_whole
from etl.parsing.issues import LoadError
from models.base.database import move_schema, newest_version, schema_version

Report = Callable[[str], None]
FOLDERS = {"files": "source_file", "papers": "paper"}  # what lies under a checksum, and the table that names it
NOT_OURS = "Cơ sở dữ liệu đích có bảng không phải của chương trình này. Chọn một cơ sở dữ liệu trống"
NOT_EMPTY = "Cơ sở dữ liệu đích đã có dữ liệu, chưa ghi gì. {remedy}"
DIFFERENT = "Bảng {table} ở đích không giống nguồn ({found} dòng, cần {wanted}), đã bỏ toàn bộ. Chạy lại"


@contextmanager
def still_picture(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the database as it is now, whatever others write meanwhile; they are not held up.

    Raises LoadError when the tables are not those of this version of the program.
    """
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        _insist_on_head(connection)
        try:
            yield connection
        finally:
            connection.rollback()


def prepare_target(connection: Connection, names: Sequence[str], revision: str, *, replace: bool, remedy: str) -> None:
    """Leave empty tables of `revision`; the connection comes from `changing_schema`.

    Raises LoadError when there are rows or tables of others, unless they are ours and `replace` is set: then all go.
    """
    found = schema_version(connection)
    tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
    if found is None and tables:
        raise LoadError(NOT_OURS)
    has_rows = not is_empty(connection, sorted(tables))
    if has_rows and not replace:
        raise LoadError(NOT_EMPTY.format(remedy=remedy))
    if has_rows or found not in (None, revision):
        move_schema(connection, "base")
    move_schema(connection, revision)
    if not is_empty(connection, names):  # a migration may bring rows of its own
        raise LoadError(NOT_OURS)


def compare(connection: Connection, wanted: Mapping[TableSchema, tuple[int, str]]) -> None:
    """Read every table back; raises LoadError naming the first that differs in rows or checksum."""
    for shape, told in wanted.items():
        found = mark_of(connection, shape).told
        if found != told:
            raise LoadError(DIFFERENT.format(table=shape.name, found=found[0], wanted=told[0]))


def set_sequences(connection: Connection, tables: Sequence[TableSchema]) -> None:
    """Let PostgreSQL count on after the numbers that came along; SQLite does by itself."""
    if connection.dialect.name != "postgresql":
        return
    for shape in tables:
        if shape.key == ("id",):
            name = connection.dialect.identifier_preparer.quote(shape.name)
            sequence = f"pg_get_serial_sequence('{name}', 'id')"
            connection.execute(text(f"SELECT setval({sequence}, max(id)) FROM {name} HAVING max(id) > 0"))  # noqa: S608


def kept_names(connection: Connection) -> Iterator[tuple[str, str]]:
    """Folder and checksum of everything that the database says is kept."""
    for folder, table in FOLDERS.items():
        for row in connection.execute(text(f"SELECT DISTINCT checksum FROM {table} ORDER BY checksum")):  # noqa: S608
            yield folder, row[0]


def kept_content(engine: Engine, folder: str, checksum: str) -> bytes | None:
    """A kept file; None when it is gone or is not what it was."""
    path = instance_of(engine) / folder / checksum
    content = path.read_bytes() if path.is_file() else b""
    return content if checksum_of(content) == checksum else None


def put_back(target: Path, folder: str, checksum: str, content: bytes) -> None:
    """Keep a file under its checksum unless it lies there whole; raises LoadError when it is another one."""
    if checksum_of(content) != checksum:
        raise LoadError(f"Tệp {folder}/{checksum[:12]} không đúng dấu kiểm tra. Lấy bản khác")
    path = target / folder / checksum
    if not path.is_file() or checksum_of(path.read_bytes()) != checksum:
        write_whole(path, content)


def _insist_on_head(connection: Connection) -> None:
    found = schema_version(connection)
    if found is None:
        raise LoadError("Cơ sở dữ liệu chưa có bảng nào. Chạy `python -m etl init` trước")
    if found != newest_version():
        raise LoadError(f"Cơ sở dữ liệu còn ở cấu trúc {found}. Chạy `python -m etl init` để cập nhật trước")
