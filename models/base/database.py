"""The engine, what SQLite is told on each connection, the locks of writers, and the version that caches hang on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session

from models.base.fitting import guard_writes

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

# Alembic is brought in where it works: a web worker changes no schema, and it takes 10 MB and 0,3 s.
MIGRATIONS = Path(__file__).parent.parent / "migrations"
BUSY_TIMEOUT_MS = 30_000  # how long a writer waits for another one, on both databases, unless its engine says less
CONNECT_SECONDS = "5"  # how long an engine that waits less tries to reach PostgreSQL
WAIT = "wait_ms"  # execution option of an engine
ONE_MIGRATION = 20_260_701  # number of the PostgreSQL lock under which the schema is changed
DATA_VERSION = "SELECT max(id), count(*) FROM run WHERE status = 'done'"


class Turn(IntEnum):
    """What writers take turns at; the numbers are those of PostgreSQL's advisory locks, SQLite has one for all.

    A change holds one of the first three from its first statement, and the trail's at its end: never two of the
    first, so that no two changes wait for each other.
    """

    FACTS = 20_260_615
    ACCOUNTS = 20_260_617
    UPKEEP = 20_260_618
    TRAIL = 20_260_616


class DataVersion(NamedTuple):
    """The newest run that is done and how many are done: another pair whenever one more is, in whatever order."""

    newest: int = 0
    runs: int = 0

    def __str__(self) -> str:
        """As addresses and forms carry it."""
        return f"{self.newest}.{self.runs}"


class NewerDatabaseError(RuntimeError):
    """The database was made by a newer version of the program; the message is a Vietnamese sentence with no stop."""


def make_engine(url: str, *, wait_ms: int | None = None, **pool: int) -> Engine:
    """An engine for SQLite (foreign keys on, WAL, busy timeout) or PostgreSQL; makes the SQLite folder.

    `wait_ms` is how long its writers wait for another one, BUSY_TIMEOUT_MS unless said; `pool` bounds its connections.
    """
    parsed = make_url(url)
    options = {} if wait_ms is None else {WAIT: wait_ms}
    if parsed.get_backend_name() != "sqlite":
        if wait_ms is not None and "connect_timeout" not in parsed.query:
            parsed = parsed.update_query_dict({"connect_timeout": CONNECT_SECONDS})
        engine = create_engine(parsed, pool_pre_ping=True, execution_options=options, **pool)
        guard_writes(engine)
        if wait_ms is not None:
            event.listen(engine, "connect", partial(_bound_locks, wait_ms))
        return engine
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    else:
        pool = {}  # one connection a thread
    engine = create_engine(parsed, execution_options=options, **pool)
    guard_writes(engine)
    event.listen(engine, "connect", partial(_prepare_sqlite, BUSY_TIMEOUT_MS if wait_ms is None else wait_ms))
    return engine


def _prepare_sqlite(wait_ms: int, connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute(f"PRAGMA busy_timeout={wait_ms}")
    cursor.close()


def _bound_locks(wait_ms: int, connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {wait_ms:d}")
    connection.commit()


@contextmanager
def waiting(connection: Connection, wait_ms: int) -> Iterator[None]:
    """Let the writes of this transaction wait no longer than this for another writer; it must end within."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {wait_ms:d}")
        yield
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout={wait_ms:d}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={wait_of(connection):d}")


def wait_of(connection: Connection) -> int:
    """How long a writer of this engine waits for another one, in milliseconds."""
    return int(connection.get_execution_options().get(WAIT, BUSY_TIMEOUT_MS))


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the schema up to `revision`, all or nothing; nothing is touched where it stands there already.

    Raises NewerDatabaseError, and what Alembic raises when a step fails; the earlier version is whole then.
    """
    with engine.connect() as connection:
        wanted = newest_version() if revision == "head" else revision
        if schema_version(connection) == wanted:
            return
    with changing_schema(engine) as connection:
        move_schema(connection, revision)


def move_schema(connection: Connection, revision: str) -> None:
    """Bring the schema of a connection from `changing_schema` up to `revision`, or down to "base"."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    (command.downgrade if revision == "base" else command.upgrade)(config, revision)


def schema_version(connection: Connection) -> str | None:
    """The version of the tables there are, None without any; raises NewerDatabaseError for one we do not know."""
    from alembic.migration import MigrationContext

    found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and found not in known_versions():
        raise NewerDatabaseError(
            f"Cơ sở dữ liệu do phiên bản mới hơn của chương trình tạo (cấu trúc {found}, chương trình này biết đến "
            f"{newest_version()}). Cập nhật chương trình rồi chạy lại; chưa ghi gì"
        )
    return found


@contextmanager
def changing_schema(engine: Engine) -> Iterator[Connection]:
    """One transaction in which tables may change, one process at a time; the end commits, an error undoes all of it.

    The SQLite driver opens no transaction of its own before it makes or drops a table, so one is opened here. SQLite
    cannot rebuild a table that others refer to while foreign keys hold; they are checked as a whole before the commit.
    """
    with engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(:one)"), {"one": ONE_MIGRATION})
            hold(connection, *Turn)
        try:
            yield connection
            if is_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
                raise RuntimeError(f"a row of {broken[0]} refers to a row of {broken[2]} that is not there")
            connection.commit()
        finally:
            connection.rollback()
            if is_sqlite:
                connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def newest_version() -> str:
    """The version of the tables that this program works with."""
    return str(_scripts().get_current_head())


def known_versions() -> list[str]:
    """Every version of the tables that this program can work up from, newest first."""
    return [script.revision for script in _scripts().walk_revisions()]


@cache
def _scripts() -> ScriptDirectory:
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(MIGRATIONS))


def hold(connection: Connection, *turns: Turn) -> None:
    """Wait for the turn and keep it until the transaction ends; on SQLite this must be its first statement."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    connection.execute(text(f"SET LOCAL lock_timeout = {wait_of(connection)}"))
    for turn in turns:
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": turn.value})


def data_version(session: Session) -> DataVersion:
    """What changes with every run that changed something: the only thing a cache may hang on."""
    statement = text(DATA_VERSION).execution_options(whole=True)  # of all places, whoever reads
    newest, runs = session.execute(statement).one()
    return DataVersion(newest or 0, runs)
