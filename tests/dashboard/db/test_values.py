"""The same digits on the screen, in the API and in the export of the command line, each with date and source."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.db.snapshot_values import Snapshot
from etl.export.tables import export_text
from models.rows import EXPORTS

Visit = Callable[[str], Any]
Fetch = Callable[[str], list[dict[str, Any]]]
TODAY = date(2026, 11, 21)
DATED = re.compile(r"\d\d/\d{1,2}/\d{4}|năm \d{4}|\d{4}–\d{4}")


def spell(value: float, decimals: int = 2) -> str:
    """A number the Vietnamese way, written down independently of the code."""
    whole, _, part = f"{abs(value):.{decimals}f}".partition(".")
    groups = re.sub(r"(?<=\d)(?=(\d{3})+$)", ".", whole)
    part = part.rstrip("0")
    return groups + ("," + part if part else "")


def spell_day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}/{month if month < '03' else month.removeprefix('0')}/{year}"


def judged(fetch: Fetch) -> list[dict[str, Any]]:
    return [row for row in fetch("/api/v1/gaps.json") if row["value"] is not None]


def card_of(visit: Visit, row: dict[str, Any]) -> Any:
    """The card of a promise."""
    anchor = f"{row['indicator']}-{row['horizon']}" if row["horizon"] else row["indicator"]
    page = visit(f"/tinh/{row['place']}").view
    return page.around(anchor, "article")


def is_within_range(row: dict[str, Any]) -> bool:
    return row["comparator"] == "range" and row["low"] <= row["value"] <= row["high"]


@pytest.mark.parametrize("name", sorted(EXPORTS))
@pytest.mark.parametrize("day", [TODAY, date(2024, 6, 30)])
def test_the_api_and_the_export_give_the_same_text(client: FlaskClient, loaded: Engine, name: str, day: date) -> None:
    text = client.get(f"/api/v1/{name}.csv?biet-den={day}").get_data(as_text=True)
    assert text.removeprefix("\ufeff") == export_text(loaded, name, "csv", as_of=day, known_on=day)
    rows = client.get(f"/api/v1/{name}.json?biet-den={day}").get_json()
    assert rows == json.loads(export_text(loaded, name, "json", as_of=day, known_on=day))


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_csv_and_json_of_the_api_hold_the_same_values(client: FlaskClient, name: str) -> None:
    table = client.get(f"/api/v1/{name}.csv").get_data(as_text=True).removeprefix("\ufeff")
    from_csv = list(csv.DictReader(io.StringIO(table, newline="")))
    from_json = client.get(f"/api/v1/{name}.json").get_json()
    assert len(from_csv) == len(from_json)
    for left, right in zip(from_csv, from_json, strict=True):
        for column, value in right.items():
            if isinstance(value, float | int) and not isinstance(value, bool):
                assert float(left[column]) == value
            elif isinstance(value, str):
                assert left[column].removeprefix("'") == value
            elif value is None:
                assert left[column] == ""


def test_the_golden_figures_stand_on_screen_in_the_api_and_in_the_export(
    visit: Visit, fetch: Fetch, loaded: Engine
) -> None:
    (row,) = [r for r in judged(fetch) if (r["place"], r["indicator"]) == ("thanh-hoa", "htx_member_count")]
    assert (row["gap"], row["value"], row["low"]) == (-82841, 252000, 334841)
    assert "thanh-hoa" in export_text(loaded, "gaps", "csv", as_of=TODAY, known_on=TODAY)
    line = overview_line(visit, "thanh-hoa", "htx_member_count")
    said = [td.text for td in line.all("td")][:2]
    assert said == ["≈ 252.000 / ≥ 334.841 người · 26/12/2025", "82.841 người"] and "+16.525" in line.text
    assert "82.841" in card_of(visit, row).text


def overview_line(visit: Visit, place: str, indicator: str) -> Any:
    (line,) = [
        tr
        for tr in visit("/").view.all("tr")
        for a in tr.all("a")
        if a.attributes["href"].startswith(f"/tinh/{place}#{indicator}-")
    ]
    return line


def test_every_judged_promise_of_2030_stands_on_the_overview(visit: Visit, fetch: Fetch) -> None:
    for row in judged(fetch):
        if row["horizon"] == 2030:
            line = overview_line(visit, row["place"], row["indicator"]).text
            assert spell(row["value"]) in line, row
            if row["gap"] is not None:
                assert ("trong khoảng" if is_within_range(row) else spell(row["gap"])) in line, row


def test_every_figure_of_the_overview_has_its_date(visit: Visit) -> None:
    bars = [td for page in (visit("/"), visit("/?nam=2045")) for td in page.view.all("td", "bar")]
    assert len(bars) >= 16
    for bar in bars:
        assert DATED.search(bar.one("small").text), bar.text


def test_the_card_behind_every_figure_names_date_definition_and_publisher(
    visit: Visit, fetch: Fetch, snapshot: Snapshot
) -> None:
    for row in judged(fetch):
        source = card_of(visit, row).all("p", "source")[0].text
        names = {d["code"]: d["name"] for d in snapshot.indicators[row["indicator"]].definitions}
        assert names[row["definition"]] in source, row
        assert row["publisher"] in source, row
        assert DATED.search(source), row
        assert f"biết từ {spell_day(row['known_on'])}" in source, row


def test_the_card_says_the_promise_the_value_and_the_gap_of_the_api(visit: Visit, fetch: Fetch) -> None:
    for row in fetch("/api/v1/gaps.json"):
        if row["horizon"] == 2045:
            continue  # stands on the card of the nearer promise
        text = card_of(visit, row).text
        for name in ("low", "high", "value", "gap"):
            assert row[name] is None or spell(row[name]) in text, (row, name)
        if row["percent"] is not None:
            assert f"{row['percent']:.1f}%".replace(".", ",") in text, row
        assert row["clause"] is None or row["clause"] in text, row


def test_every_promise_of_2045_stands_on_its_provinces_page(visit: Visit, fetch: Fetch) -> None:
    for row in fetch("/api/v1/gaps.json?horizon=2045"):
        page = visit(f"/tinh/{row['place']}").view
        cards = [card.text for card in page.all("article") if card.attributes["id"].startswith(row["indicator"] + "-")]
        for table in page.all("table", "unknowns"):
            for line in table.all("tr")[1:]:
                if any(n.attributes.get("id", "").startswith(row["indicator"] + "-") for n in line.walk()):
                    cards.append(line.text)
        assert any("2045" in text and spell(row["low"]) in text for text in cards), row


def test_the_counts_by_province_add_up_to_the_rows_of_the_api(visit: Visit, fetch: Fetch) -> None:
    for block in visit("/").view.all("div", "province"):
        place = block.one("a").attributes["href"].removeprefix("/tinh/")
        counts = [int(re.findall(r"\d+", li.text)[0]) for li in block.all("li")]
        assert sum(counts) == len(fetch(f"/api/v1/gaps.json?place={place}&horizon=2030")), place


def test_the_national_frame_stands_last(visit: Visit) -> None:
    page = visit("/")
    assert page.view.all("div", "province")[-1].text.startswith("Việt Nam")
    tables = page.view.all("table")
    assert "Việt Nam" not in tables[0].text and "Thanh Hóa" not in tables[-1].text


def test_the_overview_goes_from_worst_to_best(visit: Visit, snapshot: Snapshot) -> None:
    order = ["Không đạt", "Đi lùi", "Nguy cơ không đạt", "Chậm", "Chưa đủ chuỗi số liệu", "Đúng tiến độ", "Đạt"]
    for table in visit("/").view.all("table"):
        found = [order.index(mark.text) for mark in table.all("span", "mark")]
        assert found == sorted(found) and found


def test_the_indicator_page_holds_each_place_to_its_own_promise(visit: Visit, fetch: Fetch) -> None:
    page = visit("/chi-tieu/htx_count")
    rows = [row for row in fetch("/api/v1/gaps.json?indicator=htx_count") if row["horizon"]]
    lines = page.view.all("table")[0].all("tr")[1:]
    assert len(lines) == len(rows) == 4
    for row in rows:
        (line,) = [tr for tr in lines if row["place_name"] in tr.text]
        assert spell(row["value"]) in line.text and spell(row["gap"]) in line.text
    assert "không xếp hạng" in page.text


def test_the_tables_of_a_place_hold_every_value_of_the_export(visit: Visit, fetch: Fetch) -> None:
    for slug in ("thanh-hoa", "gia-lai-truoc-2025-07", "viet-nam"):
        block = next(s for s in visit(f"/tinh/{slug}").view.all("section") if s.one("h2").text.startswith("Mọi số"))
        rows = fetch(f"/api/v1/observations.json?place={slug}")
        assert len(block.all("tr")) - len(block.all("table")) == len(rows) > 0
        for row in rows:
            assert spell(row["value"], 3) in block.text and row["publisher"] in block.text


def test_gia_lai_shows_its_trend_and_no_promise(visit: Visit) -> None:
    page = visit("/tinh/gia-lai-truoc-2025-07")
    assert "không giao chỉ tiêu" in page.heading
    card = page.view.by_id("htx_count").text
    assert "488 HTX" in card and "29/5/2025" in card and "Cam kết đến" not in card
    assert "gồm cả QTDND" in card


def test_a_value_within_a_promised_range_is_not_called_over_it(visit: Visit) -> None:
    """1.300 groups lie inside 1.200 to 1.400: "vượt" is the word for more than the whole range."""
    line = overview_line(visit, "ninh-thuan", "tht_count")
    assert "1.300 / 1.200–1.400" in line.text
    assert "vượt" not in line.text


def test_the_nation_is_not_watched_by_a_provincial_department(visit: Visit) -> None:
    for line in visit("/").view.all("table")[-1].all("tr")[1:]:
        assert "Sở " not in line.text, line.text
