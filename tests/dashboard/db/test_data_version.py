"""The data version is asked once a request, and a change between two requests is seen by the second."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from dashboard.app import LivePages
from dashboard.db.read_session import Repository
from dashboard.db.replica import version_of
from models.base.database import DATA_VERSION, DataVersion, data_version, make_engine
from models.base.source import Run
from models.base.text import fold
from models.config.settings import ROOT, Settings
from models.register.organization import Organization


@pytest.fixture
def copy(loaded: Engine, tmp_path: Path) -> str:
    """The address of a database of this test's own."""
    with loaded.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(str(loaded.url.database), tmp_path / "own.sqlite3")
    return f"sqlite:///{tmp_path / 'own.sqlite3'}"


@pytest.fixture(params=[0, 4])
def door(
    app: LivePages, copy: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Repository]:
    """The application on it, without and with a memory for answers."""
    settings = Settings(copy, ROOT / "data", "", today=date(2026, 11, 21), answer_memory_mb=request.param)
    made = Repository(settings)
    monkeypatch.setitem(app.server.extensions, "repository", made)
    yield made
    made.engine.dispose()


def after(version: DataVersion) -> DataVersion:
    """One more run, the newest."""
    return DataVersion(version.newest + 1, version.runs + 1)


def bring(url: str, name: str | None = None) -> None:
    """Another worker or command finishes a run, with a new organisation where it has a name."""
    engine = make_engine(url)
    with Session(engine) as session:
        now = datetime.now(UTC)
        run = Run(kind="register", source="t", checksum="0", actor="t", started_at=now, status="done")
        session.add(run)
        session.flush()
        if name:
            row = Organization(name=name, name_norm=fold(name), kind="htx", place="thanh-hoa", run_id=run.id or 0)
            session.add(row)
        session.commit()
    engine.dispose()


@pytest.mark.parametrize("address", ["/", "/htx", "/htx?tim=bau+truc", "/tinh/thanh-hoa", "/api/v1/gaps.json"])
def test_a_request_asks_for_the_data_version_once(client: FlaskClient, door: Repository, address: str) -> None:
    client.get(address)
    bring(door.settings.database_url)  # so that nothing kept answers
    asked: list[str] = []
    event.listen(door.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert client.get(address).status_code == 200
    versions = [statement for statement in asked if DATA_VERSION in statement]
    assert len(versions) == (0 if door.answers.room else 1)  # the look for a kept answer asked for it already


def test_an_organisation_brought_between_two_requests_is_on_the_second(client: FlaskClient, door: Repository) -> None:
    address = "/htx?tim=suong+mai"
    bring(door.settings.database_url, "HTX Sương Mai Một")
    before = client.get(address).text
    bring(door.settings.database_url, "HTX Sương Mai Hai")
    after = client.get(address).text
    assert "Sương Mai Một" in before and "Sương Mai Hai" not in before
    assert "Sương Mai Một" in after and "Sương Mai Hai" in after


def test_a_reading_request_keeps_to_the_version_it_found_and_the_next_one_asks_anew(app: LivePages, copy: str) -> None:
    engine = make_engine(copy)
    with Session(engine) as session:
        found = []
        for _ in range(2):
            with app.server.test_request_context("/"):
                found.append(version_of(session))
                bring(copy)
                session.rollback()
                assert version_of(session) == found[-1] and after(found[-1]) == data_version(session)
            session.rollback()
    assert found[1] == after(found[0])
    engine.dispose()


@pytest.mark.parametrize("method", ["POST", None])
def test_where_something_may_be_written_and_outside_of_requests_it_is_asked_each_time(
    app: LivePages, copy: str, method: str | None
) -> None:
    engine = make_engine(copy)
    context = app.server.test_request_context("/nhap-lieu", method=method) if method else app.server.app_context()
    with context, Session(engine) as session:
        before = version_of(session)
        bring(copy)
        session.rollback()
        assert version_of(session) == after(before)
    engine.dispose()


def test_a_copy_for_reading_has_a_version_of_its_own(app: LivePages, copy: str, loaded: Engine) -> None:
    bring(copy)
    engine = make_engine(copy)
    with app.server.test_request_context("/"), Session(engine) as here, Session(loaded) as there:
        assert version_of(here) == after(version_of(there))
    engine.dispose()
