"""A session in which anything may be tried: what it writes reaches nobody, and no writer waits for it.

On SQLite it works on a private copy of the database. On PostgreSQL it looks at one moment, and the tables that it
is going to write are first copied into temporary ones of the same names, which hide the real ones from it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, StaticPool, create_engine, event, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from models.base.database_words import TEMPORARY

APART = "tables_apart"  # in the info of a trial's session: which tables it may write
INDEXES = "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename = :table"


@contextmanager
def trial(engine: Engine, kind: type[Session] = Session) -> Iterator[Session]:
    """A session on the data of this moment; nothing of it stays, not even after a commit.

    `kind` is what kind of session it is. Raises sqlalchemy's OperationalError when the disk has no room for the copy.
    """
    alone = _copied if engine.dialect.name == "sqlite" else _connected
    with alone(engine) as connection, connection:
        connection.begin()  # a commit of the session does not reach it, and its end undoes it
        with kind(connection, info={APART: []}, join_transaction_mode="rollback_only") as session:
            yield session


@contextmanager
def _copied(engine: Engine) -> Iterator[Connection]:
    """A copy without a name: SQLite keeps it in a file that is gone with the process, whatever happens to it."""
    with closing(sqlite3.connect("", check_same_thread=False)) as private:
        with closing(engine.raw_connection()) as source:
            origin: Any = source.driver_connection
            try:
                origin.backup(private)
            except sqlite3.Error as error:
                raise DBAPIError.instance("backup", None, _in_temporary(error), sqlite3.Error) from error
        private.execute("PRAGMA foreign_keys=ON")
        copy = create_engine("sqlite://", creator=lambda: private, poolclass=StaticPool)
        event.listen(copy, "handle_error", _name_the_folder, retval=True)
        yield copy.connect()


def _name_the_folder(context: ExceptionContext) -> BaseException | None:
    """Errors of the copy are those of the temporary folder, not of the database."""
    said = context.original_exception
    if not isinstance(said, sqlite3.OperationalError):
        return None
    return DBAPIError.instance(context.statement, None, _in_temporary(said), sqlite3.Error)


def _in_temporary(error: sqlite3.Error) -> sqlite3.Error:
    return type(error)(f"{TEMPORARY}{error}")


@contextmanager
def _connected(engine: Engine) -> Iterator[Connection]:
    """A link of its own: a statement prepared before a table was hidden would go on reading the real one."""
    options: dict[str, Any] = {"connect_args": {"prepare_threshold": None}, "isolation_level": "REPEATABLE READ"}
    alone = create_engine(engine.url, poolclass=NullPool, **options)
    yield alone.connect()


def use_temporary_tables(session: Session, models: Collection[type[SQLModel]]) -> None:
    """Let a session of `trial` write these tables without a lock on the real ones; any other session stays as it is.

    It comes before the first of them is written. On SQLite all of them are apart already.
    """
    connection = session.connection()
    if APART not in session.info or connection.dialect.name == "sqlite":
        return
    quote = connection.dialect.identifier_preparer.quote
    schema = quote(str(connection.scalar(text("SELECT current_schema()"))))
    for name in sorted({str(model.__tablename__) for model in models}):
        _hide(connection, schema, name, quote(name))
        session.info[APART].append(f"pg_temp.{quote(name)}")


def _hide(connection: Connection, schema: str, name: str, table: str) -> None:
    """Copy a table into a temporary one that stands before it in the search path; its sequence stays the real one."""
    indexes = connection.scalars(text(INDEXES), {"table": name}).all()
    like = f"LIKE {schema}.{table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED"
    connection.exec_driver_sql(f"CREATE TEMPORARY TABLE {table} ({like}) ON COMMIT DROP")
    connection.exec_driver_sql(f"INSERT INTO pg_temp.{table} SELECT * FROM {schema}.{table}")  # noqa: S608 (our own)
    for index in indexes:
        connection.exec_driver_sql(index.replace(f" ON {schema}.{table} ", f" ON pg_temp.{table} ", 1))


def refresh_statistics(session: Session) -> None:
    """Tell the database's planner how large the tables are now: without it figures take minutes, not seconds."""
    connection, apart = session.connection(), session.info.get(APART)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA analysis_limit=1000")
        connection.exec_driver_sql("ANALYZE")
    elif apart is None:
        connection.exec_driver_sql("ANALYZE")
    elif apart:
        connection.exec_driver_sql(f"ANALYZE {', '.join(apart)}")
