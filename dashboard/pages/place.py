"""`/tinh/<slug>`: all promises of a place's programme in order, each with its arithmetic and source."""

from __future__ import annotations

from dash import html, register_page
from dash.development.base_component import Component

from dashboard import errors, words
from dashboard.address import View
from dashboard.components.chart import chart
from dashboard.components.empty import empty
from dashboard.components.marks import icon, status_counts, task_mark
from dashboard.components.programme import programme_facts
from dashboard.components.promise import promise_card
from dashboard.components.source_note import observation_table
from dashboard.data.place import PlacePage, ProgrammePage, Promised, build_place
from dashboard.figures.history import history, is_drawable
from dashboard.guard import page_layout
from dashboard.shell import breadcrumbs, page, section
from dashboard.snapshot import Snapshot
from models.answer import Gap, Status, worst_first
from models.place import COUNTRY
from models.reading import PlaceView


@page_layout
def layout(snapshot: Snapshot, view: View, slug: str = "", **_: object) -> Component:
    """One place; an unknown slug answers 404."""
    found = build_place(snapshot, slug)
    if found is None:
        near = [html.A(place.full_name, href=f"/tinh/{place.slug}") for place in _with_programmes(snapshot)]
        return errors.not_found(view, f"Không có địa bàn “{slug}”.", "Các địa bàn đã có chương trình:", *near)
    return page(
        finding(found, snapshot),
        breadcrumbs([("Tỉnh", view.link("/tinh"))]),
        _territory(found, view),
        *[block for programme in found.programmes for block in _programme(programme, snapshot, view)],
        None if found.programmes else _no_programme(found, view),
        _all_values(found.place, snapshot),
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


def _territory(found: PlacePage, view: View) -> Component | None:
    if found.successors:
        today = [html.A(place.name, href=view.link(f"/tinh/{place.slug}")) for place in found.successors]
        return html.P(
            [
                icon("unequal"),
                f"Địa bàn này tồn tại đến {words.day(found.place.valid_to)}, nay thuộc ",
                *today,
                ". Cam kết đứng tên địa bàn cũ; số liệu của địa bàn mới không dùng để đánh giá.",
            ],
            className="notice",
        )
    if found.predecessors:
        before = [
            part
            for place in found.predecessors
            for part in (html.A(place.full_name, href=view.link(f"/tinh/{place.slug}")), " ")
        ]
        return html.P(
            [
                icon("unequal"),
                f"Địa bàn này có từ {words.day(found.place.valid_from)}, hợp thành từ: ",
                *before,
                ". Chỉ tiêu của từng địa bàn cũ không được cộng lại.",
            ],
            className="notice",
        )
    return None


def _programme(programme: ProgrammePage, snapshot: Snapshot, view: View) -> list[Component]:
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
                    _tasks(programme, view),
                ),
            ],
            className="pair",
        ),
        *_cards(programme, snapshot),
        _texts(programme),
    ]


def _cards(programme: ProgrammePage, snapshot: Snapshot) -> list[Component]:
    if programme.trends:
        cards = [
            promise_card(trend, snapshot, (), _chart(trend.gap.series.points and Promised(trend, ()), snapshot))
            for trend in programme.trends
        ]
        return [section("Diễn biến (không giao chỉ tiêu)", html.Div(cards, className="cards"), kind="block")]
    cards = [promise_card(item.view, snapshot, item.later, _chart(item, snapshot)) for item in programme.promised]
    return [section("Từng chỉ tiêu, theo thứ tự trong văn bản", html.Div(cards, className="cards"), kind="block")]


def _chart(item: Promised | tuple[()], snapshot: Snapshot) -> Component | None:
    if not isinstance(item, Promised) or not is_drawable(item.view.gap.series):
        return None
    gap, indicator = item.view.gap, snapshot.indicators[item.view.indicator]
    targets = [gap.target, *item.later] if gap.target else []
    points = gap.series.points
    span = f"{words.value_text(points[0])} ({words.when(points[0])})"
    if len(points) > 1:
        span += f" đến {words.value_text(points[-1])} ({words.when(points[-1])})"
    goals = "; ".join(f"cam kết {target.horizon}: {words.goal_phrase(target)}" for target in targets)
    return chart(
        history(gap, targets, indicator.unit),
        f"{indicator.name}: {span}. {goals}".strip(),
        ident=f"chart-{item.view.programme}-{indicator.code}",
    )


def _texts(programme: ProgrammePage) -> Component | None:
    if not programme.texts:
        return None
    items = [html.Li([f"{text.text} ", html.Small(f"({text.clause})")]) for text in programme.texts]
    return section("Cam kết không kèm con số", html.Ul(items, className="plain-list"))


def _task_count(programme: ProgrammePage) -> int:
    return sum(1 for task in programme.tasks if not task.is_heading)


def _tasks(programme: ProgrammePage, view: View) -> Component | None:
    if not programme.tasks:
        return None
    states = [html.Li([task_mark(state), f" {count}"]) for state, count in programme.task_states]
    link = html.A(
        f"Xem {_task_count(programme)} nhiệm vụ", href=view.link("/nhiem-vu", dia_ban=programme.programme.place)
    )
    return html.Div([html.H3("Nhiệm vụ"), html.Ul(states, className="state-list"), html.P(link)])


def _no_programme(found: PlacePage, view: View) -> Component:
    links = [html.A(place.full_name, href=view.link(f"/tinh/{place.slug}")) for place in found.predecessors]
    return empty(
        "Chưa có chương trình nào của địa bàn này.",
        "Xem cam kết của các địa bàn trước khi sáp nhập, hoặc thêm chương trình theo docs/adding-a-province.md.",
        *links,
    )


def _all_values(place: PlaceView, snapshot: Snapshot) -> Component | None:
    values = [row for row in snapshot.observations if row.place == place.slug]
    if not values:
        return None
    names = {place.slug: place.full_name}
    codes = [code for code in snapshot.indicators if any(row.indicator == code for row in values)]
    blocks = [
        html.Details(
            [
                html.Summary(f"{snapshot.indicators[code].name} ({sum(row.indicator == code for row in values)})"),
                observation_table(
                    [row for row in values if row.indicator == code],
                    snapshot.indicators[code],
                    names,
                    caption=f"{snapshot.indicators[code].name}: mọi số liệu đã công bố",
                ),
            ]
        )
        for code in codes
    ]
    export = html.P(html.A("Tải các số liệu này (CSV)", href=f"/api/v1/observations.csv?place={place.slug}"))
    return section("Mọi số liệu đã công bố, kèm nguồn", *blocks, export)


def _with_programmes(snapshot: Snapshot) -> list[PlaceView]:
    return [snapshot.places[programme.place] for programme in snapshot.programmes.values()]


register_page(
    __name__,
    path_template="/tinh/<slug>",
    title=lambda slug="": f"Cam kết theo tỉnh · {words.PRODUCT}",
    layout=layout,
)
