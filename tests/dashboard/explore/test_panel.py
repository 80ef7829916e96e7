"""The tidy frame: each value once, promises beside what is comparable, and the statuses of the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.db.snapshot_values import Snapshot
from dashboard.explore.data.panel import PanelChoice, panel_of
from dashboard.explore.panel import COLUMNS, panel_frame

Fetch = Callable[[str], list[dict[str, Any]]]
JUDGED = ("status", "gap", "percent", "flags", "low", "high", "value", "clause", "programme")
PANEL = "/api/v1/panel.json"


@pytest.mark.parametrize("horizon", [2030, 2045])
def test_every_promise_stands_once_with_the_gap_and_status_of_the_pages(fetch: Fetch, horizon: int) -> None:
    judged = {
        (row["place"], row["programme"], row["indicator"]): row
        for row in fetch(f"{PANEL}?horizon={horizon}")
        if row["status"]
    }
    gaps = fetch(f"/api/v1/gaps.json?horizon={horizon}")
    assert len(judged) == len(gaps) > 5
    for gap in gaps:
        row = judged[gap["place"], gap["programme"], gap["indicator"]]
        assert {name: row[name] for name in JUDGED} == {name: gap[name] for name in JUDGED}
        assert row["period_end"] == gap["period_end"] and row["source_url"] == gap["source_url"]


def test_every_value_stands_once_by_place_indicator_definition_and_date(fetch: Fetch) -> None:
    one = ("place", "indicator", "definition", "period_kind", "period_end")
    values, rows = fetch("/api/v1/observations.json"), fetch(PANEL)
    found = Counter(tuple(row[name] for name in one) for row in rows if row["value"] is not None)
    assert set(found.values()) == {1} and set(found) == {tuple(row[name] for name in one) for row in values}
    by_key = {row["key"]: row for row in values}
    for row in rows:
        if row["key"]:
            assert all(row[name] == by_key[row["key"]][name] for name in ("value", "unit", "publisher", "known_on"))


def test_a_promise_without_a_value_is_a_row_without_a_number(fetch: Fetch) -> None:
    rows = [row for row in fetch(PANEL) if row["status"] == "no_data"]
    assert rows and all(row["value"] is None and row["period_end"] is None and row["gap"] is None for row in rows)


def test_an_earlier_value_has_the_promise_beside_it_and_no_status(fetch: Fetch) -> None:
    rows = fetch(f"{PANEL}?place=ninh-thuan&indicator=htx_count")
    (latest,) = [row for row in rows if row["is_latest"]]
    earlier = [row for row in rows if row["is_latest"] is False]
    assert latest["status"] == "on_track" and latest["value"] == 131 and len(earlier) == 2
    assert all(row["low"] == 180 and row["status"] is None and row["gap"] is None for row in earlier)


def test_filters_are_combined_and_years_are_inclusive(fetch: Fetch) -> None:
    every = fetch(f"{PANEL}?place=ninh-thuan")
    found = fetch(f"{PANEL}?place=ninh-thuan&from=2020&to=2022")
    dated = [row for row in every if row["period_end"]]
    assert found == [row for row in dated if "2020" <= row["period_end"][:4] <= "2022"] and 0 < len(found) < len(every)
    assert fetch(f"{PANEL}?place=khong-co") == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("tinh=gia-lai", "tinh"),
        ("place=x&nam=2020", "nam"),
        ("from=20", "from"),
        ("horizon=xa", "horizon"),
        ("horizon=2031", "2045"),
        ("from=2023&to=2020", "from"),
    ],
)
def test_a_filter_that_nobody_knows_is_refused_with_a_sentence(client: FlaskClient, query: str, said: str) -> None:
    answer = client.get(f"{PANEL}?{query}")
    assert answer.status_code == 400 and said in answer.get_json()["error"]


def test_csv_holds_the_same_columns_in_the_same_order(client: FlaskClient, fetch: Fetch) -> None:
    answer = client.get("/api/v1/panel.csv?place=ninh-thuan")
    head, *lines = answer.text.removeprefix("\ufeff").splitlines()
    assert head.split(",") == COLUMNS and len(lines) >= len(fetch(f"{PANEL}?place=ninh-thuan"))
    assert 'filename="panel-2026-11-21.csv"' in answer.headers["Content-Disposition"]
    assert client.get("/api/v1/panel.xml").status_code == 404


def test_nothing_gives_an_empty_frame_with_its_columns() -> None:
    frame = panel_frame([], [], [])
    assert list(frame.columns) == COLUMNS and frame.empty


def test_the_frame_of_a_data_version_is_made_once(client: FlaskClient, snapshot: Snapshot) -> None:
    with client.application.app_context():
        assert panel_of(snapshot.moment, PanelChoice(2030)) is panel_of(snapshot.moment, PanelChoice(2030))
