"""One chart on a page of its own, drawn by plotly: the same values and words as its picture."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.data.place import Promised
from dashboard.targets.parts.charted import chart_of_indicator, chart_of_promise
from dashboard.targets.parts.live import GRAPH_CONFIG, live
from dashboard.ui.picture import draw

PROMISE, INDICATOR = "/bieu-do/cam-ket/thanh-hoa-922-2023/htx_count", "/bieu-do/chi-tieu/htx_count"


def figures(snapshot: Snapshot) -> list[dict[str, Any]]:
    of_promises = [chart_of_promise(Promised(view, ()), snapshot) for view in snapshot.gaps]
    of_indicators = [chart_of_indicator(indicator, snapshot) for indicator in snapshot.indicators.values()]
    return [charted.figure for charted in [*of_promises, *of_indicators] if charted]


def test_plotly_is_given_every_value_that_can_be_pointed_at_on_the_picture(snapshot: Snapshot) -> None:
    assert len(figures(snapshot)) > 20
    for figure in figures(snapshot):
        drawn = live(figure)
        said = [words for trace in drawn["data"] for words in trace.get("hovertext", ())]
        assert said == [spot.says for spot in draw(figure).spots]
        assert [trace["y"] for trace in drawn["data"]] == [trace["y"] for trace in figure["data"]]
        assert drawn["layout"]["separators"] == ",." and json.loads(json.dumps(drawn)) == drawn


def test_edges_of_a_band_have_no_name_in_the_legend(snapshot: Snapshot) -> None:
    for figure in figures(snapshot):
        names = [trace["name"] for trace in live(figure)["data"] if trace["showlegend"]]
        assert names and len(set(names)) == len(names)
        assert not [name for name in names if name.startswith("Dải dự phóng, mức")]


def test_a_chart_cannot_send_anything_away() -> None:
    assert GRAPH_CONFIG["showSendToCloud"] is False and GRAPH_CONFIG["plotlyServerURL"] == ""


@pytest.mark.parametrize(
    ("page", "large"), [("/tinh/thanh-hoa", PROMISE), ("/chi-tieu/htx_count", INDICATOR)], ids=["promise", "indicator"]
)
def test_a_chart_leads_to_its_large_page_and_that_leads_back(client: FlaskClient, page: str, large: str) -> None:
    assert f'href="{large}"' in client.get(page).text
    shown = client.get(large)
    assert shown.status_code == 200
    assert f'href="{page}"' in shown.text and shown.text.count('class="graph-picture"') == 1


def test_the_large_page_keeps_the_day_one_looks_from(client: FlaskClient) -> None:
    address = re.findall(rf'href="({PROMISE}\?[^"]+)"', client.get("/tinh/thanh-hoa?biet-den=2026-03-01").text)
    assert address == [f"{PROMISE}?biet-den=2026-03-01"]


@pytest.mark.parametrize(
    "address",
    [
        "/bieu-do/cam-ket/khong-co/htx_count",
        "/bieu-do/cam-ket/thanh-hoa-922-2023/khong_co",
        "/bieu-do/cam-ket/thanh-hoa-922-2023/htx_agri_count",
        "/bieu-do/chi-tieu/khong_co",
    ],
)
def test_a_chart_that_does_not_exist_says_so(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404 and "Không có biểu đồ này" in answer.text
