"""`/tinh/<slug>`: all promises of a place's programme in order, each with its arithmetic and source."""

from __future__ import annotations

from dashboard.db.published import values_of_place
from dashboard.db.read_session import place_names
from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.data.merged import build_merged
from dashboard.targets.data.place import ProgrammePage, Promised, build_place
from dashboard.targets.parts.charted import chart_of_promise
from dashboard.targets.parts.merged import merged_block
from dashboard.targets.parts.place_words import (
    finding,
    no_programme,
    place_link,
    programme_facts,
    task_count,
    task_summary,
    territory_notice,
    text_promises,
    worst,
)
from dashboard.targets.parts.promise import promise_card, promise_index, unknown_table
from dashboard.targets.parts.relations import relations_block
from dashboard.targets.parts.source_note import value_blocks
from dashboard.targets.relation_words import relations_of, steps_of, worth_saying
from dashboard.tasks.decided import decided_of
from dashboard.tasks.parts.answers import conclusions_block
from dashboard.ui import html
from dashboard.ui.address import View
from dashboard.ui.chart import chart_figure
from dashboard.ui.html import Element
from dashboard.ui.marks import status_counts
from dashboard.web import errors
from dashboard.web.routes import NOT_FOUND, page
from dashboard.web.rules import VIEW_PLACE
from dashboard.web.shell import breadcrumbs, page_frame, section
from models.targets.reading import PlaceView


def tab_title(slug: str = "") -> str:
    """The place's name on the browser tab."""
    place = place_names().get(slug)
    return place or NOT_FOUND


@page("/tinh/<slug>", title=tab_title, right=VIEW_PLACE, cached=True)
def layout(snapshot: Snapshot, view: View, slug: str = "", **_: object) -> Element:
    """One place; an unknown slug answers 404."""
    found = build_place(snapshot, slug)
    if found is None:
        near = [place_link(snapshot.places[programme.place], view) for programme in snapshot.programmes.values()]
        return errors.not_found(view, f"Không có địa bàn “{slug}”.", "Các địa bàn đã có chương trình:", *near)
    return page_frame(
        finding(found, snapshot, view),
        breadcrumbs([("Tỉnh", view.link("/tinh")), ("So sánh với nơi khác", view.link("/xem", chon_dia_ban=slug))]),
        territory_notice(found.place, found.predecessors, found.successors, view),
        *[block for programme in found.programmes for block in _programme(programme, snapshot, view)],
        None if found.programmes else no_programme(found.predecessors, view),
        _decisions(found.place, snapshot),
        merged_block(build_merged(snapshot, found.place), view),
        _all_values(found.place, snapshot, view),
        view=view,
        current="/tinh",
        lead=worst(found, snapshot, view),
    )


def _programme(programme: ProgrammePage, snapshot: Snapshot, view: View) -> list[Element | None]:
    summary: list[Element] = [
        html.Div([html.H3(f"Đến {horizon}"), status_counts(counts)], className="horizon-counts")
        for horizon, counts in programme.counts.items()
    ]
    return [
        html.Div(
            [
                section("Chương trình", programme_facts(programme.programme, snapshot, programme.report_due)),
                section(
                    "Các chỉ tiêu đang ở đâu",
                    *(summary or [html.P("Chương trình không giao chỉ tiêu.")]),
                    promise_index([item.view for item in programme.promised], snapshot),
                    task_summary(programme.programme, task_count(programme), programme.task_states, view)
                    if programme.tasks
                    else None,
                ),
            ],
            className="pair results-first",
        ),
        _relations(programme, snapshot),
        *_cards(programme, snapshot, view),
        section("Cam kết không kèm con số", text_promises(programme.texts)) if programme.texts else None,
    ]


def _relations(programme: ProgrammePage, snapshot: Snapshot) -> Element | None:
    slug = programme.programme.slug
    return relations_block(worth_saying(relations_of(snapshot, slug)), steps_of(snapshot, slug), snapshot)


def _cards(programme: ProgrammePage, snapshot: Snapshot, view: View) -> list[Element]:
    if programme.trends:
        drawn = [(trend, _chart(Promised(trend, ()), snapshot, view)) for trend in programme.trends]
        cards = [promise_card(trend, snapshot, view, (), shown) for trend, shown in drawn]
        return [section("Diễn biến (không giao chỉ tiêu)", html.Div(cards, className="cards"), kind="block")]
    known = [item for item in programme.promised if item.view.gap.latest is not None]
    unknown = [item for item in programme.promised if item.view.gap.latest is None]
    cards = [promise_card(item.view, snapshot, view, item.later, _chart(item, snapshot, view)) for item in known]
    blocks = []
    if cards:
        blocks.append(section("Chỉ tiêu có số liệu", html.Div(cards, className="cards"), kind="block"))
    if unknown:
        table = unknown_table([(item.view, item.later) for item in unknown], snapshot, view)
        blocks.append(section(f"Chỉ tiêu chưa có số liệu so sánh được ({len(unknown)})", table))
    return blocks


def _chart(item: Promised, snapshot: Snapshot, view: View) -> Element | None:
    found = chart_of_promise(item, snapshot)
    return chart_figure(found.chart, ident=found.ident, larger=view.link(found.address)) if found else None


def _decisions(place: PlaceView, snapshot: Snapshot) -> Element | None:
    """What meetings decided about the place, the newest first, and what became of it."""
    own = [item for item in reversed(snapshot.follow.decisions) if item.row.place == place.slug]
    return conclusions_block([(item.title, decided_of(item, snapshot)) for item in own])


def _all_values(place: PlaceView, snapshot: Snapshot, view: View) -> Element | None:
    blocks = value_blocks(values_of_place(snapshot.moment, place.slug), snapshot.indicators, view)
    if not blocks:
        return None
    export = html.P(html.A("Tải các số liệu này (CSV)", href=view.link("/api/v1/observations.csv", place=place.slug)))
    return section("Mọi số liệu đã công bố, kèm nguồn", *blocks, export)
