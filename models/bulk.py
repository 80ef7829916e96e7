"""Many rows at once: the driver's own way of each database, without a statement or an object a row.

SQLite takes `executemany`, PostgreSQL takes COPY. The database still checks every constraint; what the columns'
types do to a value (dates, instants, JSON) is done here exactly as SQLAlchemy would.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ColumnDefault, Connection, Dialect, Table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlmodel import SQLModel


def insert_rows(
    session: Session, model: type[SQLModel], rows: Sequence[Mapping[str, Any]], **also: Sequence[Any]
) -> None:
    """Insert rows that all hold the same columns; raises what SQLAlchemy raises on a broken constraint.

    `also` gives further columns, a value a row. Columns left out take the model's default or the database's.
    """
    if rows:
        session.flush()
        insert_into(session.connection(), model.__table__, rows, **also)  # type: ignore[attr-defined]


def insert_into(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], **also: Sequence[Any]) -> None:
    """See insert_rows, for a table without a class; there must be rows."""
    dialect, said = connection.dialect, rows[0].keys() | also.keys()
    columns = {name: [row[name] for row in rows] for name in rows[0]} | {name: list(v) for name, v in also.items()}
    for column in table.c:
        if column.name not in said and isinstance(column.default, ColumnDefault):
            columns[column.name] = [column.default.arg] * len(rows)
    tuples = zip(*(_converted(values, table.c[name], dialect) for name, values in columns.items()), strict=True)
    quote = dialect.identifier_preparer
    target = f"{quote.format_table(table)} ({', '.join(quote.quote(name) for name in columns)})"
    if dialect.name == "postgresql":
        _copy(connection, f"COPY {target} FROM STDIN", tuples)
    else:
        marks = ",".join("?" * len(columns))
        statement = f"INSERT INTO {target} VALUES ({marks})"  # noqa: S608  (our own column names)
        connection.exec_driver_sql(statement, list(tuples))


def _converted(values: list[Any], column: Column[Any], dialect: Dialect) -> list[Any]:
    """One column as the database takes it; days and instants repeat, so each is converted once."""
    convert = column.type.dialect_impl(dialect).bind_processor(dialect)
    if convert is None:
        return values
    if set(map(type, values)) <= {date, datetime, type(None)}:
        ways = {value: convert(value) for value in set(values)}
        return [ways[value] for value in values]
    return list(map(convert, values))


def _copy(connection: Connection, statement: str, tuples: Iterator[tuple[Any, ...]]) -> None:
    driver: Any = connection.connection.driver_connection
    errors = connection.dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in tuples:
                copy.write_row(row)
    except errors as error:
        raise DBAPIError.instance(statement, None, error, errors) from error
