"""One application on a copy of the reviewed data that may be written to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.app import LivePages
from dashboard.db.read_session import Repository
from models.config.settings import ROOT, Settings
from tests.dashboard.conftest import Page, page_of


@pytest.fixture
def client(application: LivePages, loaded: Engine, tmp_path: Path) -> Iterator[FlaskClient]:
    copy = tmp_path / "copy.sqlite3"
    with loaded.connect() as connection:
        connection.exec_driver_sql(f"VACUUM INTO '{copy}'")
    before = application.server.extensions["repository"]
    application.server.extensions["repository"] = Repository(_settings(f"sqlite:///{copy}"))
    yield application.server.test_client()
    application.server.extensions["repository"].engine.dispose()
    application.server.extensions["repository"] = before


@pytest.fixture
def visit(client: FlaskClient) -> Callable[[str], Page]:
    """Ask for an address of the copy as a browser does."""
    return lambda address: page_of(client, address)


def _settings(url: str) -> Settings:
    return Settings(url, ROOT / "data", "", date(2026, 11, 21), allow_writes=True)
