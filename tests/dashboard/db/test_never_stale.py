"""Nobody is given what was true before: not by another worker, not after a load was undone, not after rights shrank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.app import LivePages
from dashboard.db.read_session import Repository
from etl.loading.runs import undo_run
from models.accounts.rights import Viewer
from models.base.database import make_engine
from models.base.source import Run
from tests.dashboard.web.test_response_cache import PAGE, correct, keeping, reader, sign_in

__all__ = ["keeping", "sign_in"]
ADDRESSES = (PAGE, "/", "/chi-tieu/htx_count", "/api/v1/gaps.json")


def take_back(url: str) -> None:
    """Undo the newest run from another process, as `python -m etl undo` does."""
    engine = make_engine(url)
    with Session(engine) as session:
        newest = session.scalars(select(func.max(col(Run.id)))).one()
    undo_run(engine, newest or 0, "t")
    engine.dispose()


def test_two_workers_with_memories_of_their_own_both_say_the_corrected_value(
    app: LivePages, client: FlaskClient, keeping: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    workers = (keeping, Repository(keeping.settings))
    before = []
    for worker in workers:
        monkeypatch.setitem(app.server.extensions, "repository", worker)
        before.append([client.get(address).text for address in ADDRESSES])
    correct(keeping.settings.database_url, 4321.0)
    for worker in workers:
        monkeypatch.setitem(app.server.extensions, "repository", worker)
        for address, then in zip(ADDRESSES, before[0], strict=True):
            now = client.get(address).text
            assert now != then and ("4.321" in now or "4321.0" in now), address
    workers[1].engine.dispose()


def test_a_load_taken_back_is_gone_from_the_next_answer(client: FlaskClient, keeping: Repository) -> None:
    before = {address: client.get(address).text for address in ADDRESSES}
    correct(keeping.settings.database_url, 4321.0)
    for address in ADDRESSES:
        assert client.get(address).text != before[address]
    take_back(keeping.settings.database_url)
    for address in ADDRESSES:
        now = client.get(address).text
        assert "4.321" not in now and "4321.0" not in now, address


def test_the_same_account_whose_places_shrink_reads_the_rest_no_more(
    client: FlaskClient, keeping: Repository, sign_in: Callable[[Viewer], None]
) -> None:
    sign_in(reader(None, account_id=7))
    assert [client.get(PAGE).status_code for _ in range(2)] == [200, 200]
    assert "thanh-hoa" in client.get("/api/v1/gaps.json").text
    sign_in(reader("ninh-thuan", account_id=7))
    assert client.get(PAGE).status_code in (403, 404)
    assert "thanh-hoa" not in client.get("/api/v1/gaps.json").text


def test_a_browser_that_asks_whether_anything_changed_is_given_the_change(
    client: FlaskClient, keeping: Repository
) -> None:
    for address in (PAGE, "/api/v1/gaps.json"):
        first = client.get(address)
        correct(keeping.settings.database_url, 4321.0 + len(address))
        asked = {"If-None-Match": first.headers.get("ETag", "*"), "If-Modified-Since": "Sat, 21 Nov 2026 00:00:00 GMT"}
        again = client.get(address, headers=asked)
        assert again.status_code == 200 and again.data != first.data


def test_a_list_closed_to_the_public_is_closed_though_it_was_kept(
    app: LivePages, client: FlaskClient, keeping: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [client.get(PAGE).status_code for _ in range(2)] == [200, 200]
    closed = Repository(replace(keeping.settings, public_view=False))
    closed.answers = keeping.answers
    monkeypatch.setitem(app.server.extensions, "repository", closed)
    assert client.get(PAGE).status_code in (303, 401, 403)
    closed.engine.dispose()
