"""`/xem`: one page to explore; choose places and indicators, look at them in five ways, click and the rest follows."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import dash
import pandas as pd
import plotly.graph_objects as go
from dash import ClientsideFunction, Input, Output, State, dcc
from dash import html as dash_elements
from flask import request

from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.explore.choice import PATH, ChartKind, PlaceGroup, read_choice
from dashboard.explore.data.explored import Explored, explore, is_former, is_known, is_of_today
from dashboard.explore.parts.choice_form import choice_form, every_year
from dashboard.explore.parts.frame_grid import frame_grid
from dashboard.explore.parts.goal_bars import goal_bars
from dashboard.explore.parts.matrix import matrix, width
from dashboard.explore.parts.province_map import province_map
from dashboard.explore.parts.side import side
from dashboard.explore.parts.small_lines import small_lines
from dashboard.explore.parts.told import cautions, counts, finding, pictures, promise_rows, take_away
from dashboard.ui import html
from dashboard.ui.address import View, read_view
from dashboard.ui.html import Element
from dashboard.ui.live_figure import GRAPH_CONFIG
from dashboard.ui.markup import fold, spoken
from dashboard.web import errors
from dashboard.web.routes import LIVE, live_callback, page
from dashboard.web.rules import VIEW
from dashboard.web.shell import page_frame

ADDRESS, BODY, GRAPH = "explore-address", "explore-body", "explore-graph"
LEAD = "Chọn địa bàn, chỉ tiêu, năm; bấm vào một ô, thanh, điểm hoặc tỉnh để mở cam kết. Địa chỉ trang giữ lựa chọn."
FORMER_GROUPS = (PlaceGroup.FORMER, PlaceGroup.REGION_FORMER)
MAP_BUTTONS = {"modeBarButtons": [["zoomInGeo", "zoomOutGeo", "resetGeo"], ["toImage"]], "scrollZoom": False}


def live(snapshot: Snapshot, view: View, **query: object) -> object:
    """What Dash draws: the address it follows, and the picture with all that belongs to it."""
    found = explore(snapshot, read_choice(query), view.horizon)
    parts = [dcc.Location(id=ADDRESS, refresh=False), dash_elements.Div(_drawn(found, snapshot, view), id=BODY)]
    return dash_elements.Div(parts, className="live explore-live")


@page(PATH, title="Xem, so sánh", right=VIEW, live=live, cached=True)
def layout(snapshot: Snapshot, view: View, **query: object) -> Element:
    """The choice in words and as a table; the form holds it, and Dash draws the picture in its place."""
    choice = read_choice({**query, **{name: request.args.getlist(name) for name in request.args}})
    if not is_known(snapshot, choice):
        back = html.A("Xem mọi cam kết", href=view.link(PATH))
        return errors.not_found(view, "Lựa chọn trỏ đến địa bàn hoặc chỉ tiêu không có.", "Chọn lại từ đầu.", back)
    found = explore(snapshot, choice, view.horizon)
    words = [
        pictures(found, view),
        *_around(found, snapshot),
        html.Div([html.Div(promise_rows(found, view), className="sheet"), side(found, snapshot, view)],
                 className=_columns(found)),
        take_away(found, view),
    ]  # fmt: skip
    return page_frame(
        finding(found),
        choice_form(found, snapshot, view, every_year(snapshot, found)),
        html.Div([LIVE, html.Div(words, className="until-live")], className="explore"),
        view=view,
        current=PATH,
        lead=LEAD,
    )


@live_callback(Output(BODY, "children"), Input(ADDRESS, "search"), right=VIEW, prevent_initial_call=True)
def draw(search: Any) -> Any:
    """The picture and its words for another address; codes that nobody knows leave what is there."""
    asked = parse_qs(search.removeprefix("?")) if isinstance(search, str) else {}
    view = read_view(asked, repository().settings.as_of)
    snapshot, choice = repository().snapshot(view.moment), read_choice(asked)
    if not is_known(snapshot, choice):
        return dash.no_update
    return _drawn(explore(snapshot, choice, view.horizon), snapshot, view)


dash.clientside_callback(
    ClientsideFunction("explore", "pick"),
    Output(ADDRESS, "search"),
    Input(GRAPH, "clickData"),
    State(ADDRESS, "search"),
    prevent_initial_call=True,
)


def figure(found: Explored, snapshot: Snapshot) -> go.Figure:
    """The picture of a choice; the table is none."""
    choice = found.choice
    match choice.picture:
        case ChartKind.GOALS:
            return goal_bars(found.promises, found.frame, choice.place, choice.indicator)
        case ChartKind.LINES:
            return small_lines(found.lines, _of_lines(found), choice.place, choice.indicator)
        case ChartKind.MAP:
            of_one = found.promises[found.promises["indicator"] == choice.indicator]
            promises = found.promises if not choice.indicator else of_one
            return province_map(promises, _provinces(found, snapshot), choice.place)
    return matrix(found.promises, choice.place, choice.indicator)


def _of_lines(found: Explored) -> pd.DataFrame:
    return found.promises.loc[[found.is_drawn_in_lines(slug) for slug in found.promises["place"]]]


def _provinces(found: Explored, snapshot: Snapshot) -> list[tuple[str, str, str]]:
    """The 63 where a former province is meant, else the 34."""
    ended = any(snapshot.places[slug].valid_to is not None for slug in found.places)
    is_meant = is_former if found.choice.group in FORMER_GROUPS or ended else is_of_today
    return [(slug, place.code or "", place.full_name) for slug, place in snapshot.places.items() if is_meant(place)]


def _around(found: Explored, snapshot: Snapshot) -> list[Element | None]:
    names = {code: indicator.short_name for code, indicator in snapshot.indicators.items()}
    return [counts(found), cautions(found, names)]


def _columns(found: Explored) -> str:
    return "explore-parts with-side" if found.choice.place or found.choice.indicator else "explore-parts"


def _drawn(found: Explored, snapshot: Snapshot, view: View) -> list[Any]:
    """Components of Dash: the ways to look, the picture, what was picked beside it, and the numbers as a table."""
    told = html.P(finding(found), className="explore-finding", role="status")
    shown = side(found, snapshot, view)
    beside = html.dash_html([shown]) if shown else []
    return [
        *html.dash_html([html.Div([pictures(found, view), *_tools(found)], className="explore-bar"), told]),
        *html.dash_html([part for part in _around(found, snapshot) if part]),
        dash_elements.Div([_picture(found, snapshot, view), *beside], className=_columns(found)),
        *html.dash_html(
            [
                fold(f"Các cam kết này thành bảng ({len(found.promises)})", promise_rows(found, view)),
                take_away(found, view),
            ]
        ),
    ]


def _tools(found: Explored) -> list[Element]:
    tools = [html.Button("Sao chép liên kết", type="button", className="link-button copy-link")]
    if found.choice.picture is not ChartKind.TABLE:
        tools.append(html.Button("Tải hình (SVG)", type="button", className="link-button save-svg"))
    return [html.Div(tools, className="explore-tools")]


def _picture(found: Explored, snapshot: Snapshot, view: View) -> Any:
    if found.choice.picture is ChartKind.TABLE:
        return frame_grid(found, view)
    drawn = figure(found, snapshot)
    is_map = found.choice.picture is ChartKind.MAP
    config: Any = {**GRAPH_CONFIG, **(MAP_BUTTONS if is_map else {}), "topojsonURL": "assets/"}
    wide = width(found.promises) if found.choice.picture is ChartKind.MATRIX else 0
    graph = dcc.Graph(id=GRAPH, figure=drawn, config=config, responsive=True,
                      style={"height": f"{drawn.layout.height}px", "--wide": f"{wide}px"})  # fmt: skip
    box = html.Div(className="explore-picture sheet", tabIndex="0", role="region", **spoken(finding(found)))
    return dash_elements.Div(graph, **box.attributes)
