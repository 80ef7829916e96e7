"""One application on the reviewed data, a client for it, and a small reader of the pages it answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.app import LivePages
from dashboard.db.read_session import Repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.ui.html import Element
from dashboard.ui.render import to_html
from models.config.settings import ROOT, Settings
from models.targets.reading import Moment

TODAY = date(2026, 11, 21)
VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "col"})


@dataclass
class Node:
    """One element: its name, attributes and children in order (text is a str)."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list, repr=False)

    @property
    def classes(self) -> list[str]:
        return (self.attributes.get("class") or "").split()

    def walk(self) -> Iterator[Node]:
        """This element and everything in it."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, tag: str = "", klass: str = "") -> list[Node]:
        """The elements inside with this name and class."""
        return [n for n in self.walk() if (not tag or n.tag == tag) and (not klass or klass in n.classes)]

    def one(self, tag: str = "", klass: str = "") -> Node:
        """The only element with this name and class."""
        (found,) = self.all(tag, klass)
        return found

    def by_id(self, ident: str) -> Node:
        """The only element with this id."""
        (found,) = [n for n in self.walk() if n.attributes.get("id") == ident]
        return found

    def around(self, ident: str, tag: str) -> Node:
        """The only element of this name that is, or holds, the element with this id."""
        (found,) = [n for n in self.all(tag) if any(m.attributes.get("id") == ident for m in n.walk())]
        return found

    @property
    def text(self) -> str:
        """What a reader reads, words apart by one space."""
        return " ".join("".join(self._pieces()).split())

    def _pieces(self) -> Iterator[str]:
        inline = self.tag in ("a", "small", "span", "strong", "i")
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in ("script", "style", "head"):
                yield from child._pieces()
        if not inline:
            yield " "


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("document")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop().tag == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read_html(text: str) -> Node:
    reader = _Reader()
    reader.feed(text)
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is never closed"
    return reader.open[0]


@dataclass(frozen=True)
class Page:
    """An answered page: status, headers, the whole document and the part a reader sees."""

    status: int
    headers: Any
    source: str = field(repr=False)
    document: Node = field(repr=False)

    @property
    def view(self) -> Node:
        return self.document.by_id("first-view")

    @property
    def text(self) -> str:
        return self.view.text

    @property
    def heading(self) -> str:
        return self.view.one("h1").text

    @property
    def links(self) -> list[str]:
        return [a.attributes["href"] for a in self.view.all("a")]


def settings_for(url: str) -> Settings:
    return Settings(database_url=url, data_dir=ROOT / "data", operator_name="", today=TODAY)


@pytest.fixture(scope="session")
def app(application: LivePages) -> LivePages:
    """The application of this process."""
    return application


@pytest.fixture(scope="session")
def client(app: LivePages) -> FlaskClient:
    return app.server.test_client()


def page_of(client: FlaskClient, address: str) -> Page:
    """What a browser gets at an address."""
    answer = client.get(address)
    text = answer.get_data(as_text=True)
    return Page(answer.status_code, answer.headers, text, read_html(text))


@pytest.fixture(scope="session")
def visit(client: FlaskClient) -> Callable[[str], Page]:
    """Ask for an address as a browser does."""
    return lambda address: page_of(client, address)


@pytest.fixture(scope="session")
def read() -> Callable[[Element], Node]:
    """A component as the elements a browser would build from it."""
    return lambda component: read_html(to_html(component))


@pytest.fixture(scope="session")
def fetch(client: FlaskClient) -> Callable[[str], list[dict[str, Any]]]:
    """Rows of the API."""

    def ask(address: str) -> list[dict[str, Any]]:
        answer = client.get(address)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        rows: list[dict[str, Any]] = json.loads(answer.get_data(as_text=True))
        return rows

    return ask


@pytest.fixture(scope="session")
def snapshot(app: LivePages) -> Snapshot:
    """Everything true at the day of the tests."""
    door: Repository = app.server.extensions["repository"]
    return door.snapshot(Moment(as_of=TODAY, known_on=TODAY))


@pytest.fixture
def use_database(app: LivePages, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Point the application to another database for one test."""

    def use(url: str) -> None:
        monkeypatch.setitem(app.server.extensions, "repository", Repository(settings_for(url)))

    return use
