"""`/tinh/<slug>`: all promises of a place's programme in order, each with its arithmetic and source."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.db.published import values_of_place
from dashboard.db.read_session import place_names
from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.data.merged import build_merged
from dashboard.targets.data.place import ProgrammePage, Promised, build_place
from dashboard.targets.data.ranking import ranked
from dashboard.targets.parts.home import home_block, inherited_blocks
from dashboard.targets.parts.merged import merged_block
from dashboard.targets.parts.place_words import (
    finding,
    no_programme,
    place_link,
    programme_facts,
    programme_name,
    task_count,
    task_summary,
    territory_notice,
    text_promises,
    worst,
)
from dashboard.targets.parts.promise_lines import opening_lines
from dashboard.targets.parts.relations import relations_block
from dashboard.targets.parts.source_note import value_blocks
from dashboard.targets.relation_words import relations_of, steps_of, worth_saying
from dashboard.tasks.decided import decided_of
from dashboard.tasks.parts.answers import conclusions_block
from dashboard.ui import html
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.ui.marks import status_counts
from dashboard.ui.markup import fold, spoken, way
from dashboard.web import errors
from dashboard.web.routes import NOT_FOUND, page
from dashboard.web.rules import VIEW_PLACE
from dashboard.web.shell import breadcrumbs, page_frame, section
from models.targets.reading import PlaceView

ORDERS = {"": "Xấu nhất trước", "van-ban": "Theo văn bản"}
OPENED = {"": "Gập lại", "tat-ca": "Mở tất cả"}


class Shown(NamedTuple):
    """How the list of promises stands, by the codes of the address; the empty ones are the usual way."""

    order: str
    opened: str


def tab_title(slug: str = "") -> str:
    """The place's name on the browser tab."""
    place = place_names().get(slug)
    return place or NOT_FOUND


@page("/tinh/<slug>", title=tab_title, right=VIEW_PLACE, cached=True)
def layout(snapshot: Snapshot, view: View, slug: str = "", **query: object) -> Element:
    """One place; an unknown slug answers 404. `thu-tu` gives the printed order, `mo` opens every line."""
    shown = Shown(
        *(code if code in known else "" for code, known in ((query.get("thu-tu"), ORDERS), (query.get("mo"), OPENED)))
    )
    found = build_place(snapshot, slug)
    if found is None:
        near = [place_link(snapshot.places[programme.place], view) for programme in snapshot.programmes.values()]
        return errors.not_found(view, f"Không có địa bàn “{slug}”.", "Các địa bàn đã có chương trình:", *near)
    home = home_block(found.place, snapshot, view)
    inherited = inherited_blocks(found.predecessors, snapshot, view)
    return page_frame(
        finding(found, snapshot, view),
        breadcrumbs([("Tỉnh", view.link("/tinh")), ("So sánh với nơi khác", view.link("/xem", chon_dia_ban=slug))]),
        territory_notice(found.place, found.predecessors, found.successors, view),
        None if found.programmes else home,
        *[block for programme in found.programmes for block in _programme(programme, snapshot, view, shown)],
        home if found.programmes else None,
        *inherited,
        None if found.programmes or inherited else no_programme(found.predecessors, view),
        _decisions(found.place, snapshot),
        merged_block(build_merged(snapshot, found.place), view),
        _all_values(found.place, snapshot, view),
        view=view,
        current="/tinh",
        lead=worst(found, snapshot, view),
    )


def _programme(programme: ProgrammePage, snapshot: Snapshot, view: View, shown: Shown) -> list[Element | None]:
    summary: list[Element] = [
        html.Div([html.H3(f"Đến {horizon}"), status_counts(counts)], className="horizon-counts")
        for horizon, counts in programme.counts.items()
    ]
    counted = html.Div(summary, className="pair") if summary else None
    title = "Chỉ tiêu" if programme.promised else "Diễn biến (không giao chỉ tiêu)"
    return [
        section(title, _ways(programme, view, shown), _lines(programme, snapshot, view, shown), counted),
        section("Nhiệm vụ", task_summary(programme.programme, task_count(programme), programme.task_states, view))
        if programme.tasks
        else None,
        section(
            "Chương trình",
            html.P(programme_name(programme.programme)),
            fold(
                "Văn bản, nơi ban hành, hạn báo cáo",
                programme_facts(programme.programme, snapshot, programme.report_due),
            ),
            fold(f"{len(programme.texts)} cam kết không kèm con số", text_promises(programme.texts))
            if programme.texts
            else None,
        ),
        _relations(programme, snapshot),
    ]


def _document(programme: ProgrammePage, snapshot: Snapshot) -> Element:
    return programme_facts(programme.programme, snapshot, programme.report_due)


def _ways(programme: ProgrammePage, view: View, shown: Shown) -> Element | None:
    """How the list stands: in which order, and whether every line is open."""
    if not programme.promised:
        return None
    path = f"/tinh/{programme.programme.place}"
    order = [
        way(label, view.link(path, thu_tu=code, mo=shown.opened), is_here=shown.order == code)
        for code, label in ORDERS.items()
    ]
    opened = [
        way(label, view.link(path, thu_tu=shown.order, mo=code), is_here=shown.opened == code)
        for code, label in OPENED.items()
    ]
    return html.Div(
        [
            html.Div(order, className="switch", role="group", **spoken("Thứ tự")),
            html.Div(opened, className="switch", role="group", **spoken("Mở hay gập")),
        ],
        className="switches",
    )


def _lines(programme: ProgrammePage, snapshot: Snapshot, view: View, shown: Shown) -> Element:
    items = {item.view.key: item for item in programme.promised} or {
        item.key: Promised(item, ()) for item in programme.trends
    }
    views = tuple(item.view for item in items.values())
    ordered = ranked(views) if programme.promised and not shown.order else views
    return opening_lines([items[item.key] for item in ordered], snapshot, view, is_open=bool(shown.opened))


def _relations(programme: ProgrammePage, snapshot: Snapshot) -> Element | None:
    slug = programme.programme.slug
    return relations_block(worth_saying(relations_of(snapshot, slug)), steps_of(snapshot, slug), snapshot)


def _decisions(place: PlaceView, snapshot: Snapshot) -> Element | None:
    """What meetings decided about the place, the newest first, and what became of it."""
    own = [item for item in reversed(snapshot.follow.decisions) if item.row.place == place.slug]
    return conclusions_block([(item.title, decided_of(item, snapshot)) for item in own])


def _all_values(place: PlaceView, snapshot: Snapshot, view: View) -> Element | None:
    blocks = value_blocks(values_of_place(snapshot.moment, place.slug), snapshot.indicators, view)
    if not blocks:
        return None
    export = html.P(html.A("Tải các số liệu này (CSV)", href=view.link("/api/v1/observations.csv", place=place.slug)))
    shown = fold(f"Xem số liệu của {len(blocks)} chỉ tiêu", *blocks, kind=None)
    return section("Mọi số liệu đã công bố, kèm nguồn", shown, export)
