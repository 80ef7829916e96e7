"""`/xem`: the words of a choice before any script, the same choice drawn by Dash, and the way from a cell to names."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from dashboard.db.snapshot_values import Snapshot
from dashboard.explore.choice import ChartKind, Choice, PlaceGroup, read_choice
from dashboard.explore.data.explored import explore, places_of, regions
from dashboard.ui.address import View
from models.gaps.answer import Status

Visit = Callable[[str], Any]


def drawn(client: FlaskClient, search: object) -> Any:
    """What Dash is given for an address."""
    body = {
        "output": "explore-body.children",
        "outputs": {"id": "explore-body", "property": "children"},
        "inputs": [{"id": "explore-address", "property": "search", "value": search}],
        "changedPropIds": ["explore-address.search"],
    }
    return client.post("/_dash-update-component", json=body)


def texts(node: Any) -> str:
    """Every text of Dash's components."""
    if isinstance(node, dict):
        return texts(node["props"].get("children")) if "props" in node else ""
    if isinstance(node, list):
        return " ".join(map(texts, node))
    return "" if node is None else str(node)


def test_a_choice_is_read_from_its_own_address(snapshot: Snapshot) -> None:
    choice = Choice(("thanh-hoa", "gia-lai"), PlaceGroup.REGION_TODAY, ("htx_count",), (2020, None), ChartKind.LINES,
                    "thanh-hoa", "htx_count")  # fmt: skip
    view = View(snapshot.moment, 2045, is_today=True)
    address = choice.link(view)
    assert read_choice(parse_qs(address.partition("?")[2])) == choice and "nam=2045" in address


@pytest.mark.parametrize("args", [{"nhom": "x", "xem": ["y"], "tu": "20", "den": 5}, {"dia-ban": {"a": 1}}, {}])
def test_what_nobody_understands_counts_as_not_said(args: dict[str, object]) -> None:
    assert read_choice(args) == Choice()


def test_the_words_of_a_choice_stand_there_before_any_script(visit: Visit) -> None:
    page = visit("/xem?dia-ban=thanh-hoa")
    assert "15 cam kết của 1 địa bàn đến 2030" in page.heading
    rows = page.view.one(klass="until-live").all("tr")
    assert len(rows) == 16 and "chưa có số liệu" in page.text
    ticked = [node.attributes["value"] for node in page.view.all("input") if "checked" in node.attributes]
    assert ticked == ["thanh-hoa"]


def test_a_picked_promise_leads_to_arithmetic_source_tasks_and_its_page(visit: Visit) -> None:
    side = visit("/xem?dia-ban=thanh-hoa&chon-dia-ban=thanh-hoa&chon-chi-tieu=htx_count").view.by_id("cam-ket-chon")
    for words in ("Đạt", "1.376", "Cách tính tình trạng", "Nguồn: Báo Thanh Hóa", "Cơ quan theo dõi", "Nhiệm vụ"):
        assert words in side.text
    ways = [node.attributes["href"] for node in side.all("a")]
    assert "/tinh/thanh-hoa#htx_count-2030" in ways and any(way.startswith("/viec/") for way in ways)


def test_without_a_register_the_panel_says_that_no_names_are_loaded(visit: Visit) -> None:
    side = visit("/xem?chon-dia-ban=ninh-thuan&chon-chi-tieu=htx_count").view.by_id("cam-ket-chon")
    ways = [node.attributes["href"] for node in side.all("a")]
    assert "Chưa nạp sổ đăng ký" in side.text and not [way for way in ways if way.startswith("/htx")]


def test_dash_draws_what_the_address_says(client: FlaskClient) -> None:
    answer = drawn(client, "?dia-ban=thanh-hoa&xem=cam-ket").get_json()["response"]["explore-body"]["children"]
    assert "15 cam kết của 1 địa bàn" in texts(answer)
    assert drawn(client, "?dia-ban=khong-co").get_json()["response"] == {}
    for forged in (None, 5, {"a": 1}, ["?"], "dia-ban"):
        assert drawn(client, forged).status_code == 200


@pytest.mark.parametrize("search", ["", *(f"?xem={kind.value}" for kind in ChartKind), "?nhom=truoc-day&xem=ban-do"])
def test_every_way_to_look_is_drawn_at_both_horizons(client: FlaskClient, search: str) -> None:
    for horizon in ("", "nam=2045"):
        answer = drawn(client, f"?{search.removeprefix('?')}&{horizon}")
        assert answer.status_code == 200 and "NaN" not in answer.text
        assert client.get(f"/xem?{search.removeprefix('?')}&{horizon}").status_code == 200


@pytest.mark.parametrize("query", ["dia-ban=khong-co", "chi-tieu=khong_co", "chon-dia-ban=x", "chon-chi-tieu=x"])
def test_a_code_that_nobody_knows_is_not_found(client: FlaskClient, query: str) -> None:
    assert client.get(f"/xem?{query}").status_code == 404


def test_groups_are_the_34_the_63_and_the_region_of_what_was_ticked(snapshot: Snapshot) -> None:
    def chosen(group: PlaceGroup, *places: str) -> set[str]:
        return set(places_of(snapshot, Choice(places, group), 2030))

    assert len(chosen(PlaceGroup.TODAY)) == 34 and len(chosen(PlaceGroup.FORMER)) == 63
    region = {"da-nang", "quang-ngai", "gia-lai", "khanh-hoa", "dak-lak", "lam-dong"}
    assert chosen(PlaceGroup.REGION_TODAY, "gia-lai") == region
    former = chosen(PlaceGroup.REGION_FORMER, "gia-lai")
    assert {"binh-dinh", "gia-lai-truoc-2025-07", "ninh-thuan", "kon-tum"} < former and "thanh-hoa" not in former
    assert chosen(PlaceGroup.TICKED) == {"viet-nam", "thanh-hoa", "ninh-thuan", "dong-nai-truoc-2025-07"}


def test_every_province_stands_in_one_of_six_regions(snapshot: Snapshot) -> None:
    of = regions(snapshot)
    assert len(set(of.values())) == 6 and "" not in of.values()
    assert {slug for slug, place in snapshot.places.items() if place.level == "province"} == set(of)


def test_statuses_are_those_of_the_pages_and_years_leave_promises_alone(
    snapshot: Snapshot, client: FlaskClient
) -> None:
    with client.application.app_context():
        found = explore(snapshot, Choice(), 2030)
        few = explore(snapshot, Choice(years=(2024, 2025)), 2030)
    wanted = [v for v in snapshot.gaps_in_force if v.gap.target and v.gap.target.horizon == 2030]
    assert sorted(found.promises["status"]) == sorted(v.gap.status.value for v in wanted)
    assert len(few.promises) == len(found.promises) and 0 < len(few.values) < len(found.values)
    assert set(few.values["period_end"].map(lambda day: day.year)) == {2024, 2025}
    assert Status.NO_DATA.value in set(found.promises["status"])


def test_the_whole_choice_goes_along_as_a_workbook_in_vietnamese(client: FlaskClient) -> None:
    address = "/xuat/xem.xlsx?place=thanh-hoa&place=ninh-thuan&indicator=htx_count&horizon=2030"
    sheet = load_workbook(io.BytesIO(client.get(address).data)).active
    lines = list(sheet.values)
    assert "21/11/2026" in lines[0][0] and lines[1][0] == "Tên địa bàn"
    assert {line[0] for line in lines[2:]} == {"Thanh Hóa", "Ninh Thuận (đến 30/6/2025)"}
    assert {"Đạt", "Đúng tiến độ"} <= {line[9] for line in lines[2:]}
    assert client.get("/xuat/xem.xlsx?tinh=x").status_code == 400


def test_links_to_take_away_ask_for_exactly_what_is_shown(visit: Visit, fetch: Callable[[str], Any]) -> None:
    page = visit("/xem?dia-ban=thanh-hoa&dia-ban=ninh-thuan&chi-tieu=htx_count&tu=2024")
    (way,) = [link for link in page.links if ".json?" in link]
    rows = fetch(way)
    assert {row["place"] for row in rows} == {"thanh-hoa", "ninh-thuan"}
    assert {row["indicator"] for row in rows} == {"htx_count"} and min(row["period_end"] for row in rows) >= "2024"
