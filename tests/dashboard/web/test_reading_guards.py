"""Pages read only what they show: held by counting statements and rows, never by seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, text

from dashboard.app import LivePages
from dashboard.db.read_session import Repository
from models.targets.reading import Moment, read_gaps

MOST = {"/": 4, "/tinh": 4, "/tinh/thanh-hoa": 8, "/chi-tieu/htx_count": 8, "/nhiem-vu": 5, "/htx": 12}


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements sent meanwhile."""
    seen: list[str] = []

    def note(_link: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(("address", "most"), MOST.items())
def test_a_page_asks_few_questions_once_the_snapshot_is_there(
    app: LivePages, client: FlaskClient, address: str, most: int
) -> None:
    client.get(address)
    door: Repository = app.server.extensions["repository"]
    with counted(door.engine) as seen:
        assert client.get(address).status_code == 200
    assert len(seen) <= most, seen


def test_a_snapshot_reads_no_value_that_no_promise_looks_at(app: LivePages, loaded: Engine) -> None:
    door: Repository = app.server.extensions["repository"]
    today = Moment(door.settings.as_of, door.settings.as_of)
    with counted(door.engine) as seen, door.session() as session:
        read_gaps(session, today, within={"thanh-hoa"})
    values = [statement for statement in seen if "FROM observation" in statement]
    assert len(values) == 2  # the series of promises, and the newest values beside them
    assert all("observation.place = " in statement for statement in values)


def test_series_are_found_by_the_index_and_not_by_reading_the_table(loaded: Engine) -> None:
    statement = (
        "EXPLAIN QUERY PLAN SELECT value FROM observation WHERE superseded_at IS NULL AND known_on <= '2026-11-21' "
        "AND (place = 'a' AND indicator IN ('x', 'y') OR place = 'b' AND indicator IN ('x'))"
    )
    with loaded.connect() as connection:
        plan = " ".join(str(row[-1]) for row in connection.execute(text(statement)))
    assert "ix_observation_series" in plan and "SCAN observation" not in plan


def test_no_page_sends_more_than_it_did(visit: Callable[[str], Any]) -> None:
    sizes = {address: len(visit(address).source) for address in ("/", "/tinh/thanh-hoa")}
    assert sizes["/"] < 90_000 and sizes["/tinh/thanh-hoa"] < 160_000, sizes


def test_values_are_given_in_parts_where_they_are_too_many(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.web.api.MOST_VALUES", 10)
    refused = client.get("/api/v1/observations.json")
    assert refused.status_code == 400 and "quá nhiều cho một lần tải" in refused.get_json()["error"]
    part = client.get("/api/v1/observations.json?place=thanh-hoa&indicator=htx_count").get_json()
    assert part and {(row["place"], row["indicator"]) for row in part} == {("thanh-hoa", "htx_count")}
