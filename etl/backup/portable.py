"""Rows of every table in one form for both databases: a line of JSON a row, in the order of the key.

The same rows give the same bytes whichever database they come from, so the SHA-256 of a table's lines tells whether
two databases hold the same. Days are ISO dates, instants ISO in UTC, numbers as Python writes them (no digit is lost).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    Table,
    select,
)
from sqlalchemy import collate as collated

from models.base.bulk import insert_into
from models.base.fitting import COLUMN_KINDS, fitted, kind_of
from models.base.utc import UtcDateTime
from models.registry import metadata

CHUNK = 5000
KINDS = (("instant", UtcDateTime), *COLUMN_KINDS[1:])
REPLACED = "Bảng {table}, dòng {key}, cột {column}: PostgreSQL không giữ được {old!r}, đã thay bằng {new!r}"
READERS: Mapping[str, Callable[[str], Any]] = {"instant": datetime.fromisoformat, "day": date.fromisoformat}


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A table as an archive describes it: its columns with their kinds, and the columns of its key."""

    name: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...]


@dataclass(slots=True)
class Mark:
    """How many rows went by, and the SHA-256 of their lines."""

    rows: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def add(self, lines: Sequence[bytes]) -> None:
        """Count lines in."""
        self.rows += len(lines)
        self.digest.update(b"".join(lines))

    @property
    def told(self) -> tuple[int, str]:
        """Rows and checksum."""
        return self.rows, self.digest.hexdigest()


def shapes() -> list[TableSchema]:
    """Every table of the program, those that others refer to first."""
    return [_shape(table) for table in metadata.sorted_tables]


def read_chunks(connection: Connection, shape: TableSchema) -> Iterator[list[dict[str, Any]]]:
    """The rows of a table some at a time, by key; letters are ordered by their bytes on both databases."""
    table = _table(shape)
    order: list[Any] = [table.c[name] for name in shape.key]
    if connection.dialect.name == "postgresql":
        texts = {name for name, kind in shape.columns if kind == "text"}
        order = [collated(c, "C") if c.name in texts else c for c in order]
    options = {"stream_results": True, "yield_per": CHUNK}
    result = connection.execute(select(table).order_by(*order), execution_options=options)
    for chunk in result.mappings().partitions(CHUNK):
        yield [dict(row) for row in chunk]


def write_chunk(connection: Connection, shape: TableSchema, rows: Sequence[dict[str, Any]]) -> list[str]:
    """Add rows and say which of their values PostgreSQL does not keep and what stands for them: `rows` hold that then.

    Raises what SQLAlchemy raises when the database refuses one.
    """
    said = list(_fit(shape, rows)) if connection.dialect.name == "postgresql" else []
    if rows:
        insert_into(connection, _table(shape), rows)
    return said


def _fit(shape: TableSchema, rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    columns = [(name, kind) for name, kind in shape.columns if kind in ("text", "whole")]
    for row in rows:
        for name, kind in columns:
            if (value := row[name]) != (kept := fitted(kind, value)):
                where = ", ".join(str(row[part]) for part in shape.key)
                row[name] = kept
                yield REPLACED.format(table=shape.name, key=where, column=name, old=value, new=kept)


def to_lines(shape: TableSchema, rows: Sequence[Mapping[str, Any]]) -> list[bytes]:
    """Rows as lines."""
    names = [name for name, _ in shape.columns]
    return [(_ENCODER.encode([row[name] for name in names]) + "\n").encode() for row in rows]


def from_lines(shape: TableSchema, lines: Sequence[bytes]) -> list[dict[str, Any]]:
    """Lines as rows; raises ValueError for a line that is none."""
    names = [name for name, _ in shape.columns]
    readers = [(name, READERS[kind]) for name, kind in shape.columns if kind in READERS]
    rows = []
    for line in lines:
        row = dict(zip(names, json.loads(line), strict=True))
        for name, read in readers:
            if row[name] is not None:
                row[name] = read(row[name])
        rows.append(row)
    return rows


def mark_of(connection: Connection, shape: TableSchema) -> Mark:
    """Read a whole table and give its mark."""
    mark = Mark()
    for rows in read_chunks(connection, shape):
        mark.add(to_lines(shape, rows))
    return mark


def is_empty(connection: Connection, names: Sequence[str]) -> bool:
    """Whether none of these tables holds a row."""
    return all(connection.execute(select(1).select_from(Table(n, MetaData())).limit(1)).first() is None for n in names)


def _shape(table: Table) -> TableSchema:
    return TableSchema(
        table.name, tuple((c.name, _kind(c)) for c in table.columns), tuple(c.name for c in table.primary_key.columns)
    )


def _kind(column: Column[Any]) -> str:
    found = kind_of(column.type)
    if not found:
        raise TypeError(f"{column} has a type that archives do not know")
    return found


@cache
def _table(shape: TableSchema) -> Table:
    types = dict(KINDS)
    return Table(shape.name, MetaData(), *(Column(name, types[kind]()) for name, kind in shape.columns))


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be kept")


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=_plain, separators=(",", ":"))
