"""The walk: every address, page, download, callback and form as every role; nothing leaks and nothing changes."""

from __future__ import annotations

import hashlib
import hmac
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import dash
import pytest
from conftest import ROLES, Client, fingerprint
from flask.testing import FlaskClient
from places_to_go import ELSEWHERE, Places, bodies, missing_rules, router
from sqlalchemy import Engine, text
from two_provinces import MINE, OTHER, SECRET, preview_of
from werkzeug.routing import Map, Rule

from dashboard import words
from dashboard.access_rules import CALLBACKS, ENDPOINTS, PAGES
from dashboard.data.imports import import_door
from dashboard.data.snapshot import Door

BOUND = ("viewer", "officer", "closer", "persons")  # roles of one province
SEEN = f"('{MINE}', '{MINE}-truoc-2025-07', 'binh-dinh', 'viet-nam')"
WORKBOOK = "the parts of a workbook: "
OWN_NUMBER = re.compile(r"\b97[.]?002\b")  # how many members the other province's cooperative has
CALLBACK = "/_dash-update-component"
Answer = tuple[str, int, str]  # what was asked, the status, the text
NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")


@pytest.fixture(scope="session")
def tokens(application: dash.Dash, doors: dict[bool, Door]) -> dict[str, str]:
    """A kept preview of each province."""
    application.server.extensions["door"] = doors[False]
    with application.server.app_context():
        return {place: import_door()._previews.keep(preview_of(place)) for place in (MINE, OTHER)}


@pytest.fixture(scope="session")
def places(application: dash.Dash, doors: dict[bool, Door], tokens: dict[str, str]) -> Places:
    return Places(application, doors[False].engine, tokens)


@pytest.fixture(scope="session")
def hidden(doors: dict[bool, Door]) -> tuple[set[str], set[str]]:
    """Texts and numbers that only provinces hold which the walkers may not see."""
    said, numbers = {}, {}
    for mine, where in ((True, f"place IN {SEEN}"), (False, f"place NOT IN {SEEN}")):
        said[mine] = _column(doors[False].engine, "SELECT title FROM task WHERE " + where)
        said[mine] |= _column(doors[False].engine, "SELECT title FROM programme WHERE " + where)
        found = _column(doors[False].engine, "SELECT value FROM observation WHERE " + where)
        found |= _column(doors[False].engine, "SELECT low FROM target WHERE " + where)
        numbers[mine] = {words.number(value) for value in found if value is not None and value >= 10_000}
    return {one for one in said[False] - said[True] if len(one) > 30}, numbers[False] - numbers[True]


def _column(engine: Engine, statement: str) -> set[Any]:
    with engine.connect() as connection:
        return set(connection.execute(text(statement)).scalars())


def leaks(body: str, hidden: tuple[set[str], set[str]]) -> list[str]:
    """What an answer says of another province."""
    texts, numbers = hidden
    found = [told for told in (f"{SECRET} {OTHER}", *texts) if told in body]
    found += [number[0] for number in OWN_NUMBER.finditer(body)]
    return found if body.startswith(WORKBOOK) else found + sorted(numbers.intersection(NUMBER.findall(body)))


def read_all(client: FlaskClient, places: Places) -> list[Answer]:
    """Every address and what it answered, the inside of workbooks too."""
    return [said(address, client.get(address)) for address in places.reads()]


def post_bodies(client: FlaskClient, places: Places) -> list[Answer]:
    """Every callback with real and forged bodies and what it answered."""
    return [said(str(body)[:200], client.post(CALLBACK, json=body)) for body in bodies(places)]


def said(name: str, answer: Any) -> Answer:
    """An answer as text, read to its end."""
    content = answer.get_data()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = WORKBOOK.encode() + b" ".join(book.read(part) for part in book.namelist())
    return name, answer.status_code, content.decode(errors="replace")


@pytest.mark.parametrize("role", ["viewer", "officer"])
def test_who_may_see_one_province_is_never_told_of_another(
    client_of: Client, places: Places, doors: dict[bool, Door], hidden: tuple[set[str], set[str]], role: str
) -> None:
    before = fingerprint(doors[False].engine)
    client = client_of(role)
    answers = read_all(client, places) + post_bodies(client, places)
    assert [(name, status) for name, status, _ in answers if status >= 500] == []
    assert {name: found for name, _, body in answers if (found := leaks(body, hidden))} == {}
    assert any(f"{SECRET} {MINE}" in body for _, _, body in answers)
    assert fingerprint(doors[False].engine) == before
