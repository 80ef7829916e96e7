"""Pages read from a copy of the database while it is level, and from the main one as soon as it is not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import dash
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from dashboard.app import create_app
from dashboard.data.snapshot import Door
from etl.copying import copy_database
from models.database import make_engine
from models.settings import ROOT, Settings
from models.source import Run
from models.trail import Deed, write_trail
from tests.etl_import.desk import TODAY

RENAME = text("UPDATE place SET name = :name WHERE slug = 'gia-lai'")


@pytest.fixture(scope="module")
def application() -> dash.Dash:
    """The application of this process."""
    try:
        return dash.get_app()
    except Exception:
        return create_app(Settings(database_url="sqlite://", data_dir=ROOT / "data", operator_name="", today=TODAY))


@pytest.fixture
def main_database(reviewed_file: Path, tmp_path: Path) -> Iterator[Engine]:
    shutil.copy(reviewed_file, tmp_path / "main.sqlite3")
    engine = make_engine(f"sqlite:///{tmp_path / 'main.sqlite3'}")
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def copy(request: pytest.FixtureRequest, main_database: Engine, tmp_path: Path) -> Iterator[Engine]:
    """A second database that holds the same; a place is called "Bản sao" there, so that one sees who was read."""
    name = request.param == "postgresql" and "new_postgres_url"
    url = request.getfixturevalue(name) if name else f"sqlite:///{tmp_path / 'copy.sqlite3'}"
    engine = make_engine(url)
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
        monkeypatch.setitem(application.server.extensions, "door", Door(settings))
        return application.server.test_client()

    return start


def address_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def is_of_copy(client: FlaskClient) -> bool:
    """Whether page and list come from the copy; both must come from the same database."""
    found = {"Bản sao" in client.get(path).get_data(as_text=True) for path in ("/tinh", "/api/v1/places.csv")}
    assert len(found) == 1
    return found.pop()


def test_pages_and_lists_are_read_from_a_level_copy(browse, copy: Engine) -> None:
    assert is_of_copy(browse(address_of(copy)))


def test_after_a_run_everybody_reads_the_main_database_until_the_copy_has_it(
    browse, copy: Engine, main_database: Engine
) -> None:
    client = browse(address_of(copy))
    now = datetime.now(UTC)
    for engine in (main_database, copy):
        with Session(engine) as session:
            session.add(Run(kind="official", source="s", checksum="c", actor="a", started_at=now, status="done"))
            session.commit()
        assert is_of_copy(client) is (engine is copy)


def test_after_any_noted_change_its_writer_reads_the_main_database_until_the_copy_has_it(
    browse, copy: Engine, main_database: Engine
) -> None:
    """A remark or a conclusion brings no run, but an entry of the trail."""
    client = browse(address_of(copy))
    for engine in (main_database, copy):
        with Session(engine) as session:
            write_trail(session, Deed("update", "a"))
        assert is_of_copy(client) is (engine is copy)


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
    door: Door = application.server.extensions["door"]
    read = text("SELECT name FROM place WHERE slug = 'gia-lai'")
    with Session(main_database) as session:
        name = session.scalar(read)
    with application.server.test_request_context("/", method="POST"), door.session() as session:
        assert str(session.get_bind().url) == str(main_database.url)  # type: ignore[union-attr]
    with door.session() as session:
        assert session.scalar(read) == name
    with door.writing() as session:
        assert session.scalar(read) == name
