"""`/htx`: the register; find any organisation in a second, filters in the address, rows fed by the server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import Input, Output, State, dcc
from dash import html as dash_elements

from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.register import words as register
from dashboard.register.address import (
    PARAMETERS,
    RegisterFilter,
    filter_from_fields,
    inside,
    read_filter,
    read_grid_request,
    read_place,
)
from dashboard.register.data.communes import commune_names
from dashboard.register.data.organizations import build_block, build_counts, build_register
from dashboard.register.parts.register_grid import GRID_ID, grid_rows, pager, register_grid
from dashboard.register.parts.register_parts import LIST_COLUMNS, demo_notice, list_row, no_register, search_form
from dashboard.register.parts.register_summary import menus, summary
from dashboard.register.values import RegisterPage
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.ui.marks import empty
from dashboard.ui.table import data_table
from dashboard.web import errors
from dashboard.web.plain_page import today_view
from dashboard.web.routes import LIVE, live_callback, page
from dashboard.web.rules import VIEW
from dashboard.web.shell import page_frame
from models.register.organization import LegalStatus, OperatingState

PATH = "/htx"
SUMMARY_ID, TYPED_ID = "register-summary", "register-typed"


def live_list(_snapshot: Snapshot, view: View, **query: object) -> object:
    """What Dash draws: the counts, renewed as one types, over the grid that asks the server for its rows."""
    chosen = read_filter(query)
    counts = html.dash_html(summary(build_counts(chosen), chosen, _linker(view)))
    parts = [dash_elements.Div(counts, id=SUMMARY_ID), register_grid(chosen), dcc.Store(id=TYPED_ID)]
    return dash_elements.Div(parts, className="live")


@page(PATH, title="Sổ đăng ký", right=VIEW, live=live_list, cached=True)
def layout(snapshot: Snapshot, view: View, **query: object) -> Element:
    """The register; every filter is an address parameter, `sau`, `truoc` and `cuoi` say where the plain list stands."""
    chosen = read_filter(query)
    if chosen.has_unknown_code or (chosen.place and chosen.place not in snapshot.places):
        back = html.A("Xem cả sổ đăng ký", href=view.link(PATH))
        return errors.not_found(view, "Bộ lọc trỏ đến giá trị không có.", "Bỏ bộ lọc và chọn lại.", back)
    found = build_register(chosen, read_place(query))
    return page_frame(
        finding(found, snapshot),
        demo_notice(found.whole.holds_demo),
        _past_notice(view),
        *(_list(found, snapshot, view) if found.is_loaded else [no_register()]),
        view=view,
        current=PATH,
    )


def finding(found: RegisterPage, snapshot: Snapshot) -> str:
    """How many organisations of the chosen place stand on the register, and how many work."""
    if not found.is_loaded:
        return "Sổ đăng ký chưa có tổ chức nào"
    where = RegisterFilter(place=found.chosen.place, kind=found.chosen.kind)
    states, legal = found.whole.by("operating", where), found.whole.by("legal", where)
    total = found.whole.total(where) - max(states[OperatingState.DISSOLVED], legal[LegalStatus.DISSOLVED])
    what = register.KIND_SHORT.get(where.kind, "tổ chức")
    place = f"{snapshot.places[where.place].full_name}: " if where.place else ""
    told = [
        f"{words.number(states[code])} {register.OPERATING_WORDS[code].lower()}"
        for code in (OperatingState.ACTIVE, OperatingState.STOPPED, OperatingState.NOT_CONVERTED)
        if states[code]
    ]
    return f"{place}{words.number(total)} {what} trong sổ đăng ký" + (f"; {', '.join(told)}" if told else "")


def _past_notice(view: View) -> Element | None:
    if view.is_today:
        return None
    text = "Sổ đăng ký luôn là bức tranh hiện tại; điều từng ghi nằm ở mục lịch sử của từng tổ chức."
    return html.P(text, className="notice")


def _linker(view: View) -> Callable[[str, RegisterFilter], str]:
    return lambda path, chosen: view.link(path, **chosen.parts())


def _list(found: RegisterPage, snapshot: Snapshot, view: View) -> list[Element]:
    chosen, link = found.chosen, _linker(view)
    kept = [(name, getattr(chosen, field)) for field, name in PARAMETERS.items() if field != "text"]
    there = {*found.whole.by("place", RegisterFilter()), chosen.place}  # not every commune of the country
    names = {slug: place.full_name for slug, place in snapshot.places.items() if slug in there}
    communes = commune_names(chosen.place) if chosen.place else ()
    until_live = [summary(found.cube, chosen, link), _plain_list(found, names, view)]
    return [
        html.Div(
            [search_form(chosen.text, kept, PATH), menus(found.cube, chosen, names, link, communes)],
            className="register-tools",
        ),
        html.Div([LIVE, html.Div(until_live, className="until-live")], className="register-rows"),
    ]


def _plain_list(found: RegisterPage, names: dict[str, str], view: View) -> Element:
    """The list for readers without scripts, on a phone and on paper."""
    if not found.lines:
        clear = html.A("Bỏ mọi bộ lọc", href=view.link(PATH))
        return html.Div(
            empty("Không có tổ chức nào khớp.", "Thử ít chữ hơn, hoặc bỏ bớt bộ lọc.", clear), className="plain-rows"
        )
    rows = [list_row(line, names.get(line.place, line.place), view.link(f"{PATH}/{line.id}")) for line in found.lines]
    table = data_table(LIST_COLUMNS, rows, caption="Danh sách tổ chức theo tên", kind="dense in-lines")
    shown = f"Đang hiện {len(rows)} trong {words.number(found.total)} tổ chức, theo tên."
    return html.Div([table, html.P(shown, className="source"), pager(found, _linker(view))], className="plain-rows")


@live_callback(
    Output(GRID_ID, "getRowsResponse"), Input(GRID_ID, "getRowsRequest"), right=VIEW, prevent_initial_call=True
)
def feed_rows(request: Any) -> dict[str, Any]:
    """The rows the grid asks for."""
    asked = read_grid_request(request)
    lines, total = build_block(asked.chosen, asked.first, asked.sort, asked.descending)
    places = repository().today().places
    names = {line.place: places[line.place].full_name for line in lines if line.place in places}
    return {"rowData": grid_rows(lines, names, ""), "rowCount": total}


@live_callback(
    Output(SUMMARY_ID, "children"),
    Input(TYPED_ID, "data"),
    State(GRID_ID, "dashGridOptions"),
    right=VIEW,
    prevent_initial_call=True,
)
def recount(typed: Any, options: Any) -> Any:
    """The counts for the words as they are typed."""  # fmt: skip
    chosen = filter_from_fields(inside(options, "context")).but(text=read_filter({"tim": typed}).text)
    return html.dash_html(summary(build_counts(chosen), chosen, _linker(today_view())))
