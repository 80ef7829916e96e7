"""One chart on a page of its own, drawn by plotly: the same values and words as its picture."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.data.place import Promised
from dashboard.targets.parts.charted import chart_of_indicator, chart_of_promise
from dashboard.ui.chart_values import Chart
from dashboard.ui.live_figure import GRAPH_CONFIG, live_figure, template
from dashboard.ui.picture import draw
from dashboard.ui.style_sheet import ColourScheme, tokens

PROMISE, INDICATOR = "/bieu-do/cam-ket/thanh-hoa-922-2023/htx_count", "/bieu-do/chi-tieu/htx_count"


def charts(snapshot: Snapshot) -> list[Chart]:
    of_promises = [chart_of_promise(Promised(view, ()), snapshot) for view in snapshot.gaps]
    of_indicators = [chart_of_indicator(indicator, snapshot) for indicator in snapshot.indicators.values()]
    return [charted.chart for charted in [*of_promises, *of_indicators] if charted]


def test_plotly_is_given_every_value_that_can_be_pointed_at_on_the_picture(snapshot: Snapshot) -> None:
    assert len(charts(snapshot)) > 20
    for chart in charts(snapshot):
        drawn = json.loads(live_figure(chart).to_json())
        traces = drawn["data"][len(chart.bands) :]
        said = [words for trace in traces for words in trace.get("hovertext", ())]
        assert said == [spot.says for spot in draw(chart).spots]
        assert [trace["y"] for trace in traces] == [[point.value for point in line.points] for line in chart.lines]
        names = [trace["name"] for trace in drawn["data"] if trace["showlegend"]]
        assert [name.replace("<br>", " ") for name in names] == [line.name for line in chart.lines]


def test_a_figure_is_a_pure_function_of_its_chart(snapshot: Snapshot) -> None:
    chart = charts(snapshot)[0]
    assert live_figure(chart) == live_figure(chart) and live_figure(chart) is not live_figure(chart)


@pytest.mark.parametrize("scheme", ColourScheme)
def test_the_template_is_made_of_the_tokens_of_the_style_sheet(scheme: ColourScheme) -> None:
    layout, token = template(scheme).layout, tokens(scheme)
    assert layout.font.color == token["ink-2"] and layout.font.family == token["typeface"]
    assert (layout.hoverlabel.bgcolor, layout.hoverlabel.font.color) == (token["ink"], token["sheet"])
    assert layout.colorway[0] == token["chart-actual"] and layout.xaxis.gridcolor == token["chart-grid"]
    assert layout.separators == ",." and layout.yaxis.fixedrange is True and layout.xaxis.fixedrange is None


def test_each_ground_has_its_own_template_and_a_figure_brings_them_along(snapshot: Snapshot) -> None:
    sent = live_figure(charts(snapshot)[0]).layout.meta["templates"]
    colours = [sent[name]["layout"]["font"]["color"] for name in ("light", "dark", "print")]
    assert colours == [tokens(scheme)["ink-2"] for scheme in ColourScheme] and len(set(colours)) == 3


def test_the_mode_bar_speaks_vietnamese() -> None:
    buttons = [name for group in GRAPH_CONFIG["modeBarButtons"] for name in group]
    words = GRAPH_CONFIG["locales"][GRAPH_CONFIG["locale"]]["dictionary"]
    assert buttons == ["resetScale2d", "toImage"] and words["Reset axes"] == "Trở lại"
    assert not [said for said in words.values() if said.isascii()]


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
