"""Many rows at once: the driver's own way of each database, without a statement or an object a row.

SQLite takes `executemany`, PostgreSQL takes COPY. The database still checks every constraint; what the columns'
types do to a value (dates, instants, JSON) is done here exactly as SQLAlchemy would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ColumnDefault, Connection, Dialect, Table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

Convert = Callable[[Any], Any]


def insert_rows(session: Session, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all hold the same columns; raises what SQLAlchemy raises on a broken constraint.

    Columns that the rows leave out take the model's default or the database's.
    """
    if rows:
        session.flush()
        insert_into(session.connection(), model.__table__, rows)  # type: ignore[attr-defined]


def insert_into(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """See insert_rows, for a table without a class; there must be rows."""
    fixed = {c.name: c.default.arg for c in table.c if c.name not in rows[0] and isinstance(c.default, ColumnDefault)}
    whole = [{**row, **fixed} for row in rows] if fixed else rows
    tuples = _as_tuples(whole, table, connection.dialect)
    target = _target(connection, table, list(whole[0]))
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {target} FROM STDIN", tuples)
    else:
        marks = ",".join("?" * len(whole[0]))
        statement = f"INSERT INTO {target} VALUES ({marks})"  # noqa: S608 (our own column names)
        connection.exec_driver_sql(statement, list(tuples))


def _as_tuples(rows: Sequence[Mapping[str, Any]], table: Table, dialect: Dialect) -> Iterator[tuple[Any, ...]]:
    """The rows column by column: a conversion runs over a whole column, and only where its type needs one."""
    columns = []
    for name in rows[0]:
        values = [row[name] for row in rows]
        convert = _convert(table.c[name], dialect)
        columns.append(values if convert is None else _converted(values, convert))
    return zip(*columns, strict=True)


def _converted(values: list[Any], convert: Convert) -> list[Any]:
    """One column as the database takes it; days and instants repeat, so each is converted once."""
    if set(map(type, values)) <= {date, datetime, type(None)}:
        ways = {value: convert(value) for value in set(values)}
        return [ways[value] for value in values]
    return list(map(convert, values))


def _convert(column: Column[Any], dialect: Dialect) -> Convert | None:
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _target(connection: Connection, table: Table, names: Sequence[str]) -> str:
    quote = connection.dialect.identifier_preparer
    return f"{quote.format_table(table)} ({', '.join(quote.quote(name) for name in names)})"


def _copy(connection: Connection, statement: str, tuples: Iterator[tuple[Any, ...]]) -> None:
    driver: Any = connection.connection.driver_connection
    errors = connection.dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in tuples:
                copy.write_row(row)
    except errors as error:
        raise DBAPIError.instance(statement, None, error, errors) from error
