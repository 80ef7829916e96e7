"""`/tinh/<slug>`: all promises of a place's programme in order, each with its arithmetic and source."""

from __future__ import annotations

from dash import html, register_page
from dash.development.base_component import Component

from dashboard import errors, words
from dashboard.address import View
from dashboard.components.chart import chart
from dashboard.components.marks import status_counts
from dashboard.components.programme import programme_facts, task_summary, text_promises
from dashboard.components.promise import promise_card, unknown_table
from dashboard.components.source_note import value_blocks
from dashboard.components.territory import no_programme, place_link, territory_notice
from dashboard.data.names import place_names
from dashboard.data.place import PlacePage, ProgrammePage, Promised, build_place
from dashboard.figures.history import describe, history, is_drawable
from dashboard.guard import page_layout
from dashboard.shell import breadcrumbs, page, section
from dashboard.snapshot import Snapshot
from models.answer import Gap, Status, worst_first
from models.place import COUNTRY
from models.reading import PlaceView


def tab_title(slug: str = "") -> str:
    """The place's name on the browser tab."""
    place = place_names().get(slug)
    return f"{place or 'Không tìm thấy'} · {words.PRODUCT}"


@page_layout
def layout(snapshot: Snapshot, view: View, slug: str = "", **_: object) -> Component:
    """One place; an unknown slug answers 404."""
    found = build_place(snapshot, slug)
    if found is None:
        near = [place_link(snapshot.places[programme.place], view) for programme in snapshot.programmes.values()]
        return errors.not_found(view, f"Không có địa bàn “{slug}”.", "Các địa bàn đã có chương trình:", *near)
    return page(
        finding(found, snapshot),
        breadcrumbs([("Tỉnh", view.link("/tinh"))]),
        territory_notice(found.place, found.predecessors, found.successors, view),
        *[block for programme in found.programmes for block in _programme(programme, snapshot, view)],
        None if found.programmes else no_programme(found.predecessors, view),
        _all_values(found.place, snapshot, view),
        view=view,
        current="/tinh",
    )


def finding(found: PlacePage, snapshot: Snapshot) -> str:
    """What the page says in one line: what is met, what lacks most, what is unknown."""
    name = found.place.full_name if found.place.slug != COUNTRY else "Việt Nam"
    if not found.programmes:
        return f"{name}: chưa nạp chương trình nào"
    programme = found.programmes[-1]
    if not programme.counts:
        return f"{name}: chương trình không giao chỉ tiêu, theo dõi diễn biến và {_task_count(programme)} nhiệm vụ"
    horizon = min(programme.counts)
    counts = dict(programme.counts[horizon])
    near = [
        item.view.gap for item in programme.promised if item.view.gap.target and item.view.gap.target.horizon == horizon
    ]
    told = [
        spoken(gap, snapshot)
        for gap in sorted(near, key=worst_first)
        if gap.gap is not None and gap.target and gap.target.unit != "%"
    ]
    unknown = counts.get(Status.NO_DATA, 0) + counts.get(Status.NOT_COMPARABLE, 0)
    told = told[:3] + (
        [f"{unknown} trong {sum(counts.values())} chỉ tiêu {horizon} chưa có số liệu"] if unknown else []
    )
    return f"{name}: {'; '.join(told)}"


def spoken(gap: Gap, snapshot: Snapshot) -> str:
    """One promise as a phrase: "thiếu 82.841 thành viên HTX", "đủ số HTX (vượt 96)"."""
    name = snapshot.indicators[gap.target.indicator].short_name if gap.target else ""
    plain = name[0].lower() + name[1:] if name[1:2].islower() else name
    if gap.gap is not None and gap.gap >= 0:
        return f"đủ {plain}" + (f" (vượt {words.number(gap.gap)})" if gap.gap else "")
    return f"{plain} còn thiếu {words.number(abs(gap.gap or 0))}"


def _programme(programme: ProgrammePage, snapshot: Snapshot, view: View) -> list[Component | None]:
    summary = [
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
                    task_summary(programme.programme, _task_count(programme), programme.task_states, view)
                    if programme.tasks
                    else None,
                ),
            ],
            className="pair",
        ),
        *_cards(programme, snapshot, view),
        section("Cam kết không kèm con số", text_promises(programme.texts)) if programme.texts else None,
    ]


def _cards(programme: ProgrammePage, snapshot: Snapshot, view: View) -> list[Component]:
    if programme.trends:
        cards = [
            promise_card(trend, snapshot, view, (), _chart(Promised(trend, ()), snapshot)) for trend in programme.trends
        ]
        return [section("Diễn biến (không giao chỉ tiêu)", html.Div(cards, className="cards"), kind="block")]
    known = [item for item in programme.promised if item.view.gap.latest is not None]
    unknown = [item for item in programme.promised if item.view.gap.latest is None]
    cards = [promise_card(item.view, snapshot, view, item.later, _chart(item, snapshot)) for item in known]
    blocks = []
    if cards:
        blocks.append(section("Chỉ tiêu có số liệu", html.Div(cards, className="cards"), kind="block"))
    if unknown:
        table = unknown_table([(item.view, item.later) for item in unknown], snapshot, view)
        blocks.append(section(f"Chỉ tiêu chưa có số liệu so sánh được ({len(unknown)})", table))
    return blocks


def _chart(item: Promised, snapshot: Snapshot) -> Component | None:
    gap, indicator = item.view.gap, snapshot.indicators[item.view.indicator]
    if not is_drawable(gap.series):
        return None
    targets = [gap.target, *item.later] if gap.target else []
    ident = f"chart-{item.view.programme}-{indicator.code}"
    return chart(history(gap, targets, indicator.unit), describe(gap, targets, indicator.name), ident=ident)


def _task_count(programme: ProgrammePage) -> int:
    return sum(1 for task in programme.tasks if not task.is_heading)


def _all_values(place: PlaceView, snapshot: Snapshot, view: View) -> Component | None:
    blocks = value_blocks([row for row in snapshot.observations if row.place == place.slug], snapshot.indicators, view)
    if not blocks:
        return None
    export = html.P(html.A("Tải các số liệu này (CSV)", href=view.link("/api/v1/observations.csv", place=place.slug)))
    return section("Mọi số liệu đã công bố, kèm nguồn", *blocks, export)


register_page(__name__, path_template="/tinh/<slug>", title=tab_title, layout=layout)
