"""The schema can go up and down on both databases and says what the models say."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from models.base.database import MIGRATIONS, migrate
from models.registry import metadata


def test_the_migrations_give_exactly_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    before = inspect(engine).get_table_names()
    migrate(engine)
    assert inspect(engine).get_table_names() == before


def test_going_down_removes_every_table_and_going_up_again_works(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrate(engine)
    assert set(metadata.tables) <= set(inspect(engine).get_table_names())


@pytest.mark.parametrize("table", ["target", "task", "observation", "qualitative_promise"])
def test_a_fact_has_one_current_row_on_both_databases(engine: Engine, table: str) -> None:
    unique = [index["name"] for index in inspect(engine).get_indexes(table) if index["unique"]]
    assert unique == [f"ux_{table}_current"]
