"""The heart of the walk on PostgreSQL: the same rows, the same bounds, nothing told and nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import dash
import pytest
from sqlalchemy import create_engine, make_url, select, text
from sqlmodel import col

from dashboard.db.bounds import OPEN, BoundSession
from dashboard.db.import_file import import_service
from dashboard.db.read_session import Repository
from etl.backup.copying import copy_database
from models import registry as tables
from models.base.database import make_engine
from models.config.settings import Settings
from models.registry import mapped_classes
from tests.dashboard.access.desk import Client, fingerprint, form_token
from tests.dashboard.access.places_to_go import Places, bodies
from tests.dashboard.access.telling import CALLBACK, FIELDS, NEEDS_ONLY_AN_ACCOUNT, leaks, said, what_is_hidden
from tests.dashboard.access.two_provinces import MINE, NUMBER, ONLY, OTHER, preview_of

NAME = "of_two_provinces"
HEAVY = ("/assets/", "/_dash-component-suites/")  # the same files whatever the database


@pytest.fixture(scope="module")
def door(
    filled: Path, postgres_url: str, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Repository]:
    """The private installation moved to PostgreSQL by the command that offices use, with a folder of its own."""
    admin = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {NAME}"))
    url = make_url(postgres_url).set(database=NAME).render_as_string(hide_password=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INSTANCE_DIR", str(tmp_path_factory.mktemp("instance")))
        source, found = make_engine(settings.database_url), Repository(replace(settings, database_url=url))
        copy_database(source, found.engine)
        source.dispose()
        yield found
        found.engine.dispose()
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {NAME} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(scope="module")
def there(application: dash.Dash, door: Repository) -> Places:
    """The addresses, with a kept preview of each province."""
    with pytest.MonkeyPatch.context() as patch, application.server.app_context():
        patch.setitem(application.server.extensions, "repository", door)
        tokens = {place: import_service()._previews.keep(preview_of(place)) for place in (MINE, OTHER)}
    return Places(application, door.engine, tokens)


def test_the_bounds_hold_for_every_table(door: Repository) -> None:
    mine = frozenset({MINE, "viet-nam"})
    with BoundSession(door.engine, mine) as session:
        for mapped in mapped_classes():
            if hasattr(mapped, "place") and mapped not in OPEN:
                assert set(session.scalars(select(mapped.place))) <= {*mine, None}, mapped.__name__
        assert session.get(tables.Organization, NUMBER[MINE]) is not None
        assert session.get(tables.Organization, NUMBER[OTHER]) is None
        assert session.scalars(select(col(tables.Organization.id))).all() == [NUMBER[MINE]]


def test_who_may_see_one_province_is_never_told_of_another(client_of: Client, there: Places, door: Repository) -> None:
    before, client = fingerprint(door.engine), client_of("viewer", door=door)
    addresses = [address for address in there.reads(again=False) if not address.startswith(HEAVY)]
    answers = [said(address, client.get(address)) for address in addresses]
    answers += [said(str(body)[:200], client.post(CALLBACK, json=body)) for body in bodies(there)]
    hidden = what_is_hidden(door)
    assert [(name, status) for name, status, _ in answers if status >= 500] == []
    assert {name: found for name, _, body in answers if (found := leaks(body, hidden))} == {}
    assert any(f"{ONLY} {MINE}" in body for _, _, body in answers) and len(hidden[0]) > 10
    assert fingerprint(door.engine) == before


@pytest.mark.parametrize("role", ["officer", "closer"])
def test_no_form_changes_another_province(client_of: Client, there: Places, door: Repository, role: str) -> None:
    """The reader's own token, the other province in the address and in every field."""
    before, client = fingerprint(door.engine), client_of(role, door=door)
    asked = [a for a in there.posts() if OTHER in a or {str(NUMBER[OTHER]), there.tokens[1]} & set(a.split("/"))]
    asked = [address for address in asked if not address.startswith(NEEDS_ONLY_AN_ACCOUNT)]
    asked[asked.index("/hoan-tac/2")] = "/hoan-tac/3"  # the run of the other province
    form = FIELDS | {"ma-bieu-mau": form_token(role)}
    answers = {address: client.post(address, data=form).status_code for address in asked}
    assert len(answers) > 5 and {address: status for address, status in answers.items() if status != 403} == {}
    assert fingerprint(door.engine) == before
