"""The schema moves version by version with rows in every table; an interrupted move leaves the old version whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import JSON, Column, Connection, Engine, MetaData, Table, inspect, select, text

from etl.commands.cli import main
from models.base.database import MIGRATIONS, changing_schema, known_versions, make_engine, migrate, move_schema
from models.registry import metadata
from tests.etl.backup.dying import COMMIT, count_statements, killed_at
from tests.patience import PATIENCE

OLDEST_FIRST = known_versions()[::-1]
EXAMPLES: dict[type, Any] = {
    str: "chữ",
    int: 7,
    float: 0.5,
    bool: True,
    date: date(2026, 2, 28),
    datetime: datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
}
Rows = dict[str, dict[str, Any]]


def tables_of(connection: Connection) -> list[Table]:
    """The tables as they are now, those that others refer to first."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def fill(connection: Connection) -> Rows:
    """One row in each table that is empty; gives the one row of each."""
    tables = tables_of(connection)
    for table in tables:
        if connection.execute(select(table).limit(1)).first() is None:
            connection.execute(table.insert().values({c.name: _example(connection, c) for c in table.columns}))
    return rows_of(connection, tables)


def _example(connection: Connection, column: Column[Any]) -> Any:
    for key in column.foreign_keys:
        return connection.execute(select(key.column).limit(1)).scalar()
    if isinstance(column.type, JSON):
        return {"đ": [1, None]}
    value = EXAMPLES[column.type.python_type]
    return value.replace(tzinfo=None) if value is EXAMPLES[datetime] and connection.dialect.name == "sqlite" else value


def rows_of(connection: Connection, tables: Sequence[Table] | None = None) -> Rows:
    """The row of each table, none where it is empty."""
    tables = tables or tables_of(connection)
    return {t.name: dict(connection.execute(select(t)).mappings().first() or {}) for t in tables}


def kept(before: Rows, after: Rows) -> None:
    """What both versions know says the same in both."""
    for table in before.keys() & after.keys():
        common = before[table].keys() & after[table].keys()
        assert {name: after[table][name] for name in common} == {name: before[table][name] for name in common}, table


def go_down(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with changing_schema(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def schema(engine: Engine) -> dict[str, Any]:
    """Version, tables with columns and indexes, and the rows."""
    with engine.connect() as connection:
        tables = tables_of(connection)
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        columns = {t.name: [(c.name, str(c.type), c.nullable) for c in t.columns] for t in tables}
        indexes = {t.name: sorted(str(index.name) for index in t.indexes) for t in tables}
        return {"version": version, "columns": columns, "indexes": indexes, "rows": rows_of(connection, tables)}


def test_every_version_goes_up_to_the_next_and_back_with_its_rows(bare_engine: Engine) -> None:
    seen: list[Rows] = [{}]
    for revision in OLDEST_FIRST:
        migrate(bare_engine, revision)
        with bare_engine.begin() as connection:
            seen.append(fill(connection))
        kept(seen[-2], seen[-1])
    with bare_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    for revision, before in zip(reversed(OLDEST_FIRST[:-1]), reversed(seen[1:-1]), strict=True):
        go_down(bare_engine, revision)
        with bare_engine.connect() as connection:
            after = rows_of(connection)
        assert after.keys() == before.keys()
        kept(before, after)
    migrate(bare_engine)


@pytest.mark.parametrize("revision", OLDEST_FIRST[:-1:3])
def test_every_earlier_version_goes_straight_to_the_newest(sqlite_url: str, revision: str) -> None:
    engine = make_engine(sqlite_url)
    migrate(engine, revision)
    with engine.begin() as connection:
        before = fill(connection)
    migrate(engine)
    with engine.connect() as connection:
        after = rows_of(connection)
        assert before.keys() <= after.keys()
        kept(before, {name: after[name] for name in before})
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_a_migration_killed_midway_leaves_the_old_version_whole_and_the_next_one_finishes(database_url: str) -> None:
    engine = make_engine(database_url)
    migrate(engine, "0003")
    with engine.begin() as connection:
        fill(connection)
    before = schema(engine)
    engine.dispose()

    def job(its: Engine) -> None:
        with changing_schema(its) as connection:
            move_schema(connection, "head")
            connection.rollback()  # counted here, killed below

    total = count_statements(database_url, job)
    assert total > 30
    for moment in (total // 2, COMMIT):
        killed_at(database_url, migrate, moment)
        assert schema(engine) == before
        engine.dispose()
    migrate(engine)
    assert set(metadata.tables) <= set(inspect(engine).get_table_names())
    engine.dispose()


def test_a_step_that_fails_undoes_the_steps_before_it(bare_engine: Engine) -> None:
    migrate(bare_engine, "0003")
    with bare_engine.begin() as connection:
        fill(connection)
        connection.execute(text("CREATE TABLE trail (id integer)"))
    before = schema_without_rows(bare_engine)
    with pytest.raises(Exception, match="already exists"):
        migrate(bare_engine)
    assert schema_without_rows(bare_engine) == before


def schema_without_rows(engine: Engine) -> dict[str, Any]:
    look = inspect(engine)
    return {name: [c["name"] for c in look.get_columns(name)] for name in sorted(look.get_table_names())}


def test_a_database_of_a_newer_program_is_left_alone_with_a_sentence(
    engine: Engine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
    assert main(["init"]) == 1
    said = capsys.readouterr().err
    assert "phiên bản mới hơn của chương trình" in said and "cấu trúc 9999" in said
    assert "Cập nhật chương trình rồi chạy lại; chưa ghi gì." in said


def test_two_that_migrate_at_once_both_end_with_the_whole_schema(database_url: str) -> None:
    from multiprocessing import get_context

    context = get_context("fork")
    processes = [context.Process(target=_migrate, args=(database_url,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(PATIENCE)
    assert [process.exitcode for process in processes] == [0, 0]
    engine = make_engine(database_url)
    assert set(metadata.tables) <= set(inspect(engine).get_table_names())
    engine.dispose()


def _migrate(url: str) -> None:
    migrate(make_engine(url))
