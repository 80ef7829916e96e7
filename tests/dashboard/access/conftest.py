"""One installation with two provinces and an account for every role; a client for each, with or without signing in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import dash
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from dashboard.db.read_session import Repository
from models import registry as tables
from models.accounts.account_rules import token_hash
from models.base.database import make_engine
from models.config.settings import ROOT, Settings
from tests.dashboard.access.desk import ROLES, Client
from tests.dashboard.access.two_provinces import fill

TODAY = date(2026, 11, 21)


def _people(session: Session) -> None:
    now = datetime.now(UTC)
    for number, (role, grants) in enumerate(ROLES.items(), start=1):
        session.add(tables.Account(id=number, username=role, display_name=f"Thử {role}", created_at=now))
        session.flush()
        for grant in grants:
            session.add(tables.AccountGrant(
                account_id=number, role=grant.role.value, place=grant.place, agency=grant.agency,
                sees_persons=grant.sees_persons, granted_by="test", granted_at=now,
            ))  # fmt: skip
        session.add(tables.AccountSession(
            account_id=number, token_hash=token_hash(role), created_at=now, seen_at=now,
            expires_at=now + timedelta(hours=8), has_second_step=True,
        ))  # fmt: skip
        for purpose in ("lich", "tai-lieu", "api"):
            token = token_hash(f"{role}-{purpose}")
            session.add(tables.AccessToken(account_id=number, token_hash=token, purpose=purpose, label="thử",
                                           created_at=now, last_used_on=now.date()))  # fmt: skip


@pytest.fixture(scope="session")
def filled(loaded: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the reviewed data, both provinces and the accounts, to be copied."""
    path = tmp_path_factory.mktemp("rights") / "filled.sqlite3"
    with sqlite3.connect(str(loaded.url.database)) as source, sqlite3.connect(path) as target:
        source.backup(target)
    engine = make_engine(f"sqlite:///{path}")
    with Session(engine) as session:
        fill(session)
        _people(session)
        session.commit()
    engine.dispose()
    (path.parent / "papers").mkdir()
    return path


@pytest.fixture(scope="session")
def settings(filled: Path) -> Settings:
    """The installation that asks everyone to sign in; tests that change something copy its database first."""
    url = f"sqlite:///{filled}"
    return Settings(
        database_url=url, data_dir=ROOT / "data", operator_name="", today=TODAY, public_view=False, answer_memory_mb=16
    )


@pytest.fixture(scope="session")
def doors(settings: Settings) -> dict[bool, Repository]:
    """The doors of the private and of the public installation, kept over all tests."""
    return {public: Repository(replace(settings, public_view=public)) for public in (False, True)}


@pytest.fixture
def client_of(application: dash.Dash, doors: dict[bool, Repository], monkeypatch: pytest.MonkeyPatch) -> Client:
    """A client by role ("" has not signed in), on the private installation unless asked otherwise."""

    def open_client(role: str = "", *, public: bool = False, door: Repository | None = None) -> FlaskClient:
        monkeypatch.setitem(application.server.extensions, "repository", door or doors[public])
        client = application.server.test_client()
        if role:
            client.set_cookie("phien-lam-viec", role)
        return client

    return open_client


@pytest.fixture
def own_door(settings: Settings, filled: Path, tmp_path: Path) -> Iterator[Repository]:
    """A door to a copy that a test may change."""
    path = tmp_path / "own.sqlite3"
    with sqlite3.connect(filled) as source, sqlite3.connect(path) as target:
        source.backup(target)
    door = Repository(replace(settings, database_url=f"sqlite:///{path}", public_view=True))
    yield door
    door.engine.dispose()
