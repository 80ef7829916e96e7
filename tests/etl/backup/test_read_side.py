"""Pages read from a copy of the database while it is level, and from the main one as soon as it is not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import dash
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from dashboard.db.read_session import Repository
from etl.backup.copying import copy_database
from models.accounts.changing import write_trail
from models.accounts.trail import Deed, TrailEntry
from models.base.database import make_engine
from models.base.source import Run
from models.config.settings import ROOT, Settings
from tests.etl.loading.desk import TODAY

RENAME = text("UPDATE place SET name = :name WHERE slug = 'gia-lai'")


@pytest.fixture
def main_database(reviewed_file: Path, tmp_path: Path) -> Iterator[Engine]:
    shutil.copy(reviewed_file, tmp_path / "main.sqlite3")
    engine = make_engine(f"sqlite:///{tmp_path / 'main.sqlite3'}")
    yield engine
    engine.dispose()


@pytest.fixture
def copy(main_database: Engine, new_postgres_url: str) -> Iterator[Engine]:
    """A second database that holds the same; a place is called "Bản sao" there, so that one sees who was read."""
    engine = make_engine(new_postgres_url)
    copy_database(main_database, engine)
    with engine.begin() as connection:
        connection.execute(RENAME, {"name": "Bản sao"})
    yield engine
    engine.dispose()


@pytest.fixture
def browse(
    application: dash.Dash, main_database: Engine, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], FlaskClient]:
    """A browser on an installation that reads from this address."""

    def start(read_url: str) -> FlaskClient:
        url = main_database.url.render_as_string()
        settings = Settings(url, ROOT / "data", "", TODAY, read_database_url=read_url)
        monkeypatch.setitem(application.server.extensions, "repository", Repository(settings))
        return application.server.test_client()

    return start


def address_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def is_of_copy(client: FlaskClient) -> bool:
    """Whether a list comes from the copy."""
    return "Bản sao" in client.get("/api/v1/places.csv").get_data(as_text=True)


def catch_up(copy: Engine, main_database: Engine) -> None:
    """What replication does: the copy gets the runs and the entries of the trail that it lacks."""
    with Session(main_database) as here, Session(copy) as there:
        for model in (Run, TrailEntry):
            newest = there.scalars(select(func.max(model.id))).one() or 0
            for row in here.scalars(select(model).where(model.id > newest).order_by(model.id)):
                there.merge(row)
        there.commit()


def add_run(engine: Engine) -> None:
    now = datetime.now(UTC)
    with Session(engine) as session:
        session.add(Run(kind="official", source="s", checksum="c", actor="a", started_at=now, status="done"))
        session.commit()


def add_remark(engine: Engine) -> None:
    """It brings no run, but like every change an entry of the trail."""
    write_trail(engine, Deed("update", "a"))


def test_pages_and_lists_are_read_from_a_level_copy(browse, copy: Engine) -> None:
    client = browse(address_of(copy))
    assert "Bản sao" in client.get("/tinh").get_data(as_text=True)
    assert is_of_copy(client)


@pytest.mark.parametrize("change", [add_run, add_remark])
def test_after_a_change_everybody_reads_the_main_database_until_the_copy_has_it(
    browse, copy: Engine, main_database: Engine, change: Callable[[Engine], None]
) -> None:
    client = browse(address_of(copy))
    change(main_database)
    assert not is_of_copy(client)
    catch_up(copy, main_database)
    assert is_of_copy(client)


@pytest.mark.parametrize("gone", ["sqlite", "postgresql"])
def test_a_copy_that_does_not_answer_is_passed_by(browse, gone: str, tmp_path: Path) -> None:
    url = "postgresql+psycopg://nobody@127.0.0.1:1/none" if gone == "postgresql" else f"sqlite:///{tmp_path}/new.db"
    client = browse(url)
    assert not is_of_copy(client)
    assert client.get("/").status_code == 200


def test_what_changes_something_and_what_runs_outside_of_a_request_reads_the_main_database(
    browse, application: dash.Dash, copy: Engine, main_database: Engine
) -> None:
    browse(address_of(copy))
    door: Repository = application.server.extensions["repository"]
    read = text("SELECT name FROM place WHERE slug = 'gia-lai'")
    with Session(main_database) as session:
        name = session.scalar(read)
    with application.server.test_request_context("/", method="POST"), door.session() as session:
        assert str(session.get_bind().url) == str(main_database.url)  # type: ignore[union-attr]
    with door.session() as session:
        assert session.scalar(read) == name
    with door.writing() as session:
        assert session.scalar(read) == name
