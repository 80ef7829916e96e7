"""The read-only API: filters, dates, formats and errors that say what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from models.rows import EXPORTS

REVIEWED = ("places", "programmes", "targets", "gaps", "tasks", "observations")
Fetch = Callable[[str], list[dict[str, Any]]]


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_every_table_is_there_in_both_formats(client: FlaskClient, name: str) -> None:
    table = client.get(f"/api/v1/{name}.csv")
    assert table.mimetype == "text/csv" and table.get_data().startswith(b"\xef\xbb\xbf")
    assert f'filename="{name}-2026-11-21.csv"' in table.headers["Content-Disposition"]
    rows = client.get(f"/api/v1/{name}.json")
    assert rows.mimetype == "application/json" and isinstance(rows.get_json(), list)
    assert rows.get_json() or name not in REVIEWED


@pytest.mark.parametrize(
    "query",
    ["place=thanh-hoa", "indicator=htx_count", "horizon=2045", "status=no_data", "place=thanh-hoa&horizon=2030"],
)
def test_a_filter_keeps_the_rows_that_are_equal(fetch: Fetch, query: str) -> None:
    wanted = dict(part.split("=") for part in query.split("&"))
    found = fetch("/api/v1/gaps.json?" + query)
    every = fetch("/api/v1/gaps.json")
    assert found == [row for row in every if all(str(row[name]) == value for name, value in wanted.items())]
    assert 0 < len(found) < len(every)


def test_a_filter_that_matches_nothing_gives_no_rows(client: FlaskClient, fetch: Fetch) -> None:
    assert fetch("/api/v1/gaps.json?place=khong-co") == []
    assert client.get("/api/v1/gaps.csv?place=khong-co").status_code == 200


@pytest.mark.parametrize("name", ["as-of", "biet-den", "known-on"])
@pytest.mark.parametrize("value", ["hom-qua", "2026-13-01", "21/11/2026", "2026-02-30"])
def test_a_bad_date_answers_400_with_a_sentence(client: FlaskClient, name: str, value: str) -> None:
    for extension in ("json", "csv"):
        answer = client.get(f"/api/v1/gaps.{extension}?{name}={value}")
        assert answer.status_code == 400
        sentence = answer.get_json()["error"]
        assert name in sentence and value in sentence and "2026-11-21" in sentence


def test_known_on_and_biet_den_mean_the_same(fetch: Fetch) -> None:
    assert fetch("/api/v1/gaps.json?biet-den=2024-06-30") == fetch("/api/v1/gaps.json?known-on=2024-06-30")


def test_an_earlier_day_of_knowledge_hides_later_values(fetch: Fetch) -> None:
    query = "?place=ninh-thuan&indicator=htx_count&"
    assert [row["value"] for row in fetch("/api/v1/gaps.json" + query + "biet-den=2024-10-30")] == [84]
    assert {row["value"] for row in fetch("/api/v1/observations.json" + query + "biet-den=2024-10-31")} == {84, 131}


def test_measuring_at_a_day_and_knowing_up_to_another_are_told_apart(fetch: Fetch) -> None:
    query = "/api/v1/gaps.json?place=ninh-thuan&indicator=htx_count&as-of=2024-01-01"
    assert [row["value"] for row in fetch(query)] == [84]
    assert [row["value"] for row in fetch(query + "&known-on=2026-11-21")] == [89]  # came to light later


@pytest.mark.parametrize("path", ["/api/v1/nothing.json", "/api/v1/gaps.xml", "/api/v1/gaps.xlsx", "/api/v1/rows.csv"])
def test_an_unknown_table_or_format_answers_404_with_a_sentence(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404 and answer.get_json()["error"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_only_reads(client: FlaskClient, method: str) -> None:
    assert getattr(client, method)("/api/v1/gaps.json").status_code == 405


def test_health_says_that_data_is_there(client: FlaskClient) -> None:
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.get_json()["status"] == "ok" and answer.get_json()["data_version"] >= 1


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_without_data_the_api_answers_503_or_no_rows(
    client: FlaskClient, use_database: Callable[[str], None], sqlite_engine: Engine, name: str
) -> None:
    """An empty database has no cut-offs, so gaps cannot be measured: a sentence, never a page of ours in English."""
    use_database(sqlite_engine.url.render_as_string(hide_password=False))
    answer = client.get(f"/api/v1/{name}.json")
    assert answer.status_code in (200, 503)
    assert answer.get_json() == [] or "chưa sẵn sàng" in answer.get_json()["error"]


def test_without_tables_the_api_answers_503_with_a_sentence(
    client: FlaskClient, use_database: Callable[[str], None], tmp_path: Any
) -> None:
    use_database(f"sqlite:///{tmp_path / 'none.sqlite3'}")
    answer = client.get("/api/v1/gaps.json")
    assert answer.status_code == 503 and "chưa sẵn sàng" in answer.get_json()["error"]


def test_vietnamese_letters_are_not_escaped(client: FlaskClient) -> None:
    assert "Thanh Hóa" in client.get("/api/v1/gaps.json").get_data(as_text=True)


@pytest.mark.parametrize("name", ["tasks", "duties", "gaps", "observations", "projections"])
@pytest.mark.parametrize("day", ["9999-12-31", "3000-01-01", "2026-11-22"])
def test_days_in_the_future_count_as_today(client: FlaskClient, name: str, day: str) -> None:
    for extension in ("json", "csv"):
        today = client.get(f"/api/v1/{name}.{extension}?known-on=2026-11-21")
        for query in (f"known-on={day}", f"biet-den={day}", f"as-of={day}", f"as-of={day}&known-on={day}"):
            answer = client.get(f"/api/v1/{name}.{extension}?{query}")
            assert answer.status_code == 200 and answer.data == today.data
            assert answer.headers.get("Content-Disposition") == today.headers.get("Content-Disposition")


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_days_before_the_first_one_count_as_that_one(client: FlaskClient, name: str) -> None:
    first = client.get(f"/api/v1/{name}.json?known-on=1900-01-01")
    assert first.status_code == 200
    assert client.get(f"/api/v1/{name}.json?known-on=0001-01-01").data == first.data


@pytest.mark.parametrize("extension", ["json", "csv"])
def test_a_long_answer_is_sent_in_pieces_and_says_the_same(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, extension: str
) -> None:
    address = f"/api/v1/observations.{extension}"
    whole = client.get(address)
    monkeypatch.setattr("models.rows.ROWS_AT_ONCE", 7)
    monkeypatch.setattr("models.base.row_text.LINES_A_PIECE", 3)
    monkeypatch.setattr("dashboard.web.api.WHOLE_LETTERS", 1000)
    sent = client.get(address)
    assert sent.data == whole.data
    assert whole.content_length == len(whole.data) and sent.content_length is None
    assert len(whole.data) > 100_000
