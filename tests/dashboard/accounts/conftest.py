"""An installation with accounts of its own for each test, a browser without scripts, and a cheap password hash."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.app import LivePages
from dashboard.db.read_session import Repository
from models.accounts import account_secrets
from models.accounts.account import Account
from models.accounts.account_writing import add_account, add_grant
from models.accounts.rights import Grant, Role
from models.accounts.trail import TrailEntry
from models.config.settings import ROOT, Settings
from tests.patience import PATIENCE

TODAY = date(2026, 11, 21)
PHRASE = "một câu dài dễ nhớ"  # every test account signs in with it
LONG_KEY = "k7Vq2mXw9RzT4bNc8LpD3sHf6GjY1uEa"


@dataclass
class Browser:
    """A browser that keeps cookies and sends the forms it was shown."""

    client: FlaskClient

    def get(self, address: str, **more: Any) -> Any:
        """An answer as it comes."""
        return self.client.get(address, **more)

    def text(self, address: str) -> str:
        """What a reader reads on a page."""
        return text_of(self.get(address))

    def form_token(self, page: str) -> str:
        """The token in the forms of a page."""
        found = re.search(r'name="ma-bieu-mau" value="([^"]+)"', self.get(page).get_data(as_text=True))
        assert found, f"{page} holds no form"
        return found[1]

    def send(self, page: str, action: str, **fields: str) -> Any:
        """Send a form of a page; underscores in names stand for dashes."""
        said = {name.replace("_", "-"): value for name, value in fields.items()}
        return self.client.post(action, data={"ma-bieu-mau": self.form_token(page), **said})

    def sign_in(self, name: str, phrase: str = PHRASE, **more: str) -> Any:
        """Fill in the sign-in page."""
        return self.send("/dang-nhap", "/dang-nhap", ten=name, mat_khau=phrase, **more)

    def leave(self, way: str = "/hop") -> str:
        """Start at the sign-in page; gives the address at the OpenID provider."""
        answer = self.get(f"/dang-nhap/oidc?ve={way}")
        assert answer.status_code == 303, answer.get_data(as_text=True)
        address: str = answer.headers["Location"]
        return address

    def come_in(self, sub: str, way: str = "/hop") -> Any:
        """Sign in through the provider as one of its users."""
        return self.get(self.agree(self.leave(way), sub))

    def agree(self, address: str, sub: str) -> str:
        """Sign in at the provider; gives the part of the way back after our host."""
        answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=PATIENCE)
        back = urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"

    def alert(self, answer: Any) -> str:
        """The sentence of a refusal."""
        text: str = answer.get_data(as_text=True)
        return text.split('role="alert"')[1].split("</p>")[0]

    @property
    def key(self) -> str:
        """The token of the session's cookie; empty without one."""
        cookie = self.client.get_cookie("phien-lam-viec")
        return cookie.value if cookie else ""


def text_of(answer: Any) -> str:
    """What a reader reads of an answer, without the frame around it."""
    content = answer.get_data(as_text=True).split("<main", 1)[-1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", content.partition(">")[2])).split())


@dataclass
class Installation:
    """A database and the application on it."""

    settings: Settings
    server: Any

    def browser(self) -> Browser:
        """One more browser."""
        return Browser(self.server.test_client())

    @contextmanager
    def session(self) -> Iterator[Session]:
        """The database, beside the application."""
        with Session(self.door.engine) as session:
            yield session
            session.commit()

    @property
    def door(self) -> Repository:
        """The door of the application."""
        found: Repository = self.server.extensions["repository"]
        return found

    def add(self, name: str, *grants: Grant, must_change: bool = False) -> int:
        """An account with roles; gives its number."""
        with self.session() as session:
            account = add_account(session, name, f"Người {name}", PHRASE, must_change=must_change)
            for grant in grants:
                add_grant(session, account, grant, "test")
            session.commit()
            assert account.id
            return account.id

    def change(self, name: str, **values: Any) -> None:
        """Write values into an account, past all rules."""
        with self.session() as session:
            account = session.scalars(select(Account).where(col(Account.username) == name)).one()
            for field, value in values.items():
                setattr(account, field, value)

    def account(self, name: str) -> Account:
        """An account as it is stored."""
        with self.session() as session:
            found = session.scalars(select(Account).where(col(Account.username) == name)).one()
            session.expunge(found)
            return found

    def trail(self) -> list[tuple[str, str]]:
        """Actions and subjects in the trail, oldest first."""
        with self.session() as session:
            return [(e.action, e.subject) for e in session.scalars(select(TrailEntry).order_by(col(TrailEntry.id)))]


@pytest.fixture(autouse=True)
def cheap_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 at its lowest cost: what is shown here does not hang on it."""
    monkeypatch.setattr(account_secrets, "COST", account_secrets.Cost(passes=1, memory=8, lanes=1))


@pytest.fixture
def install(
    application: LivePages, loaded: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Installation]:
    """Make an installation on a copy of the reviewed data, with the settings a test asks for."""
    copy = tmp_path / "accounts.sqlite3"

    def make(url: str = "", **chosen: Any) -> Installation:
        if not url:
            with closing(sqlite3.connect(str(loaded.url.database))) as kept, closing(sqlite3.connect(copy)) as new:
                kept.backup(new)
        plain = Settings(url or f"sqlite:///{copy}", ROOT / "data", "", TODAY, secret_key=LONG_KEY)
        settings = replace(plain, **chosen)
        monkeypatch.setitem(application.server.extensions, "repository", Repository(settings))
        return Installation(settings, application.server)

    return make


@pytest.fixture
def office(install: Callable[..., Installation]) -> Installation:
    """An installation with an administrator and an officer of Gia Lai."""
    found = install()
    found.add("quan.tri", Grant(Role.ADMIN))
    found.add("can.bo", Grant(Role.OFFICER, "gia-lai"))
    return found


@pytest.fixture
def phrase() -> str:
    """The password of every test account."""
    return PHRASE
