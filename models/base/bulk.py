"""Many rows at once: the driver's own way of each database, without a statement or an object a row.

SQLite takes `executemany`, PostgreSQL takes COPY. The database still checks every constraint; what the columns'
types do to a value (dates, instants, JSON) is done here exactly as SQLAlchemy would.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, ColumnDefault, ColumnElement, Connection, Dialect, String, Table, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, Session
from sqlmodel import SQLModel

from models.base.fitting import check_values, kind_of

FEW = {date, datetime, bool, type(None)}  # values of these types repeat


def columns_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, Sequence[Any]]:
    """Rows that all hold the same columns, turned into columns; there must be rows. Raises KeyError for a gap."""
    names = tuple(rows[0])
    if len(names) == 1:
        return {names[0]: [row[names[0]] for row in rows]}
    return dict(zip(names, zip(*map(itemgetter(*names), rows), strict=True), strict=True))


def insert_rows(
    session: Session, model: type[SQLModel], rows: Sequence[Mapping[str, Any]], **also: Sequence[Any]
) -> None:
    """Insert rows that all hold the same columns; raises what SQLAlchemy raises on a broken constraint.

    `also` gives further columns, a value a row. Columns left out take the model's default or the database's.
    """
    if rows:
        insert_columns(session, model, columns_of(rows) | also)


def insert_columns(session: Session, model: type[SQLModel], columns: Mapping[str, Sequence[Any]]) -> None:
    """See insert_rows, for rows that are columns already, all of one length.

    Raises UnfitValueError, with nothing written, for a value that not every database keeps.
    """
    table: Table = model.__table__  # type: ignore[attr-defined]
    for name, values in columns.items():
        check_values(kind_of(table.c[name].type), values)
    session.flush()
    _insert(session.connection(), table, columns)


def insert_into(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], **also: Sequence[Any]) -> None:
    """See insert_rows, for a table without a class; there must be rows. Values are taken as they are."""
    _insert(connection, table, columns_of(rows) | also)


def _insert(connection: Connection, table: Table, given: Mapping[str, Sequence[Any]]) -> None:
    dialect, columns = connection.dialect, dict(given)
    count = len(next(iter(columns.values())))
    for column in table.c:
        if column.name not in columns and isinstance(column.default, ColumnDefault):
            columns[column.name] = [column.default.arg] * count
    tuples = zip(*(_converted(values, table.c[name], dialect) for name, values in columns.items()), strict=True)
    quote = dialect.identifier_preparer
    target = f"{quote.format_table(table)} ({', '.join(quote.quote(name) for name in columns)})"
    if dialect.name == "postgresql":
        _copy(connection, f"COPY {target} FROM STDIN", tuples)
    else:
        marks = ",".join("?" * len(columns))
        statement = f"INSERT INTO {target} VALUES ({marks})"  # noqa: S608  (our own column names)
        connection.exec_driver_sql(statement, list(tuples))


def one_of(column: Mapped[str], texts: Iterable[str], dialect: Dialect) -> ColumnElement[bool]:
    """`column IN texts` as one parameter: thousands of them cost neither a parameter nor compiling each."""
    if dialect.name == "postgresql":
        return column == func.any(bindparam(None, list(texts), type_=ARRAY(String)))
    return column.in_(select(func.json_each(json.dumps(list(texts))).table_valued("value").c.value))


def _converted(values: Sequence[Any], column: Column[Any], dialect: Dialect) -> Sequence[Any]:
    """One column as the database takes it; days, instants and yes/no repeat, so each is converted once."""
    convert = column.type.dialect_impl(dialect).bind_processor(dialect)
    if convert is None:
        return values
    if set(map(type, values)) <= FEW:
        ways = {value: convert(value) for value in set(values)}
        return list(map(ways.__getitem__, values))
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
