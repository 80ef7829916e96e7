"""What was picked, in full: the promise, its arithmetic and source, tasks that should move it, and who is behind it."""

from __future__ import annotations

from urllib.parse import urlencode

from dashboard.db.snapshot_values import Snapshot
from dashboard.explore.data.explored import Explored, worst_first
from dashboard.register.address import RegisterFilter
from dashboard.register.data.organizations import build_counts
from dashboard.targets.parts.promise import anchor, keeper, promise_card
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.ui.marks import empty, status_mark, task_mark
from dashboard.ui.markup import UNSPOKEN, spoken
from models.gaps.answer import Flag, Status
from models.register.organization import OperatingState, OrganizationKind, RatingClass
from models.targets.reading import GapView
from models.tasks.task_reading import TaskView

IDENT = "cam-ket-chon"
MOST_WAYS, MOST_TASKS = 40, 8
KINDS = (("lhhtx", OrganizationKind.UNION), ("tht", OrganizationKind.GROUP), ("htx", OrganizationKind.COOPERATIVE))


def side(found: Explored, snapshot: Snapshot, view: View) -> Element | None:
    """The panel of what was picked; None where nothing is. A place or an indicator alone lists its promises."""
    choice = found.choice
    if not choice.place and not choice.indicator:
        return None
    if choice.place and choice.indicator:
        content, title = _promise(found, snapshot, view), snapshot.places[choice.place].full_name
    elif choice.place:
        content, title = _ways(found, view, of_place=True), snapshot.places[choice.place].full_name
    else:
        content, title = _ways(found, view, of_place=False), snapshot.indicators[choice.indicator].name
    head = [html.H2(title), html.A("Bỏ chọn", href=choice.picking().link(view))]
    return html.Section([html.Div(head, className="card-head"), *content], className="side sheet", id=IDENT)


def _ways(found: Explored, view: View, *, of_place: bool) -> list[Element | None]:
    """The promises of a place, or of an indicator, worst first; each leads to itself."""
    choice, promises = found.choice, found.promises
    own = worst_first(promises[promises["place" if of_place else "indicator"] == (choice.place or choice.indicator)])
    items = [
        html.Li(
            [
                html.A(row["short_name" if of_place else "place_name"],
                       href=choice.picking(row["place"], row["indicator"]).link(view)),
                status_mark(Status(row["status"]), tuple(Flag(flag) for flag in row["flags"])),
            ]
        )
        for row in own.head(MOST_WAYS).to_dict("records")
    ]  # fmt: skip
    page = f"/tinh/{choice.place}" if of_place else f"/chi-tieu/{choice.indicator}"
    told = "Không có cam kết bằng con số trong các chỉ tiêu đã chọn."
    return [
        html.Ul(items, className="ways") if items else html.P(told),
        _organizations(choice.place, "") if of_place else None,
        html.P(html.A("Mở trang đầy đủ", href=view.link(page))),
    ]


def _promise(found: Explored, snapshot: Snapshot, view: View) -> list[Element | None]:
    choice = found.choice
    views = [
        item
        for item in snapshot.gaps_in_force
        if (item.place, item.indicator) == (choice.place, choice.indicator)
        and (item.gap.target is None or item.gap.target.horizon == found.horizon)
    ]
    if not views:
        nothing = "Nơi này không có cam kết bằng con số cho chỉ tiêu này."
        page = html.A("Mọi số liệu của chỉ tiêu", href=view.link(f"/chi-tieu/{choice.indicator}"))
        return [empty(nothing, "Số đã công bố, nếu có, nằm trong Bảng và Diễn biến.", page)]
    return [
        *[part for item in views for part in _one(item, snapshot, view)],
        _tasks(choice.place, choice.indicator, snapshot, view),
        _organizations(choice.place, choice.indicator, snapshot),
    ]


def _one(item: GapView, snapshot: Snapshot, view: View) -> list[Element | None]:
    who = keeper(item, snapshot)
    page = view.link(f"/tinh/{item.place}") + f"#{anchor(item)}"
    return [
        promise_card(item, snapshot, view),
        html.P(f"Cơ quan theo dõi: {who}") if who else None,
        html.P(html.A("Mở trên trang của địa bàn", href=page)),
    ]


def _tasks(place: str, indicator: str, snapshot: Snapshot, view: View) -> Element:
    """The tasks named for the indicator at its place, with the state of this year."""
    own = [item for item in snapshot.follow.tasks
           if item.task.place == place and indicator in item.task.indicators]  # fmt: skip
    items = [html.Li(_task(item, snapshot, view)) for item in own[:MOST_TASKS]]
    more = f"và {len(own) - MOST_TASKS} nhiệm vụ khác" if len(own) > MOST_TASKS else ""
    every = html.A("Mọi nhiệm vụ của địa bàn", href=view.link("/nhiem-vu", dia_ban=place))
    return html.Div(
        [
            html.H3(f"Nhiệm vụ cần tác động ({len(own)})"),
            html.Ul(items, className="ways") if items else html.P("Không văn bản nào giao nhiệm vụ cho chỉ tiêu này."),
            html.P([more + ". " if more else "", every]),
        ]
    )


def _task(item: TaskView, snapshot: Snapshot, view: View) -> list[Element]:
    now = item.at(snapshot.moment.as_of.year)
    name = html.A(item.task.title, href=view.link(f"/viec/{item.task.key}"))
    return [name, task_mark(now.state)] if now else [name]


def _organizations(place: str, indicator: str, snapshot: Snapshot | None = None) -> Element | None:
    """The way to the named organisations of the register that is loaded; a former place leads to what it became."""
    places = [place]
    if snapshot is not None and snapshot.places[place].successors:
        places = [place, *snapshot.places[place].successors]
    for slug in places:
        chosen = register_filter(slug, indicator)
        count = build_counts(chosen).total(chosen)
        if count:
            address = "/htx?" + urlencode({name.replace("_", "-"): value for name, value in chosen.parts().items()})
            where = "" if slug == place or snapshot is None else f", {snapshot.places[slug].full_name}"
            link = html.A(f"{words.number(count)} tổ chức có tên trong sổ đăng ký{where}", href=address)
            return html.P([html.Span(className="icon icon-up", **UNSPOKEN), link], **spoken("Tổ chức đứng sau con số"))
    return html.P("Chưa nạp sổ đăng ký của nơi này: chưa xem được tên từng tổ chức.", className="source")


def register_filter(place: str, indicator: str) -> RegisterFilter:
    """Which organisations a figure counts, as far as its name says: kind, state and class."""
    kind = next((code.value for start, code in KINDS if indicator.startswith(f"{start}_")), "")
    states = {
        "htx_active_count": OperatingState.ACTIVE,
        "htx_stopped_count": OperatingState.STOPPED,
        "htx_suspended_count": OperatingState.SUSPENDED,
        "htx_not_converted_count": OperatingState.NOT_CONVERTED,
    }
    rating = RatingClass.WEAK.value if indicator == "htx_weak_count" else ""
    return RegisterFilter(place=place, kind=kind, operating=states.get(indicator, ""), rating=rating)
