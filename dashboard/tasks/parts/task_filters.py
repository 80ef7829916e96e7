"""The filters of the task list as plain links, the counts by state and both shares, each with its base."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.tasks.values import TaskFilter, TaskList
from dashboard.tasks.words import DEADLINE_FILTERS, SLUG_OF_STATE, STATE_MEANINGS
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Content, Element, Piece
from dashboard.ui.marks import task_mark
from dashboard.ui.markup import facts, fold, way
from dashboard.web.shell import section
from models.tasks.task_rules import Rates

PATH = "/nhiem-vu"


def link(view: View, parts: dict[str, object], mode: str = "") -> str:
    """The address of the page with this filter."""
    return view.link(PATH, **{name.replace("-", "_"): value for name, value in parts.items()}, xem=mode)


def task_filters(found: TaskList, view: View, mode: str) -> Element:
    """The column beside the list."""
    wanted, today = found.filter, view.moment.as_of.year

    def choices(name: str, every: str, among: Iterable[tuple[str, str]], **more: str) -> Element:
        """The values of one part of the filter, first of all the way to all of them."""
        now = getattr(wanted, name)
        items = [_choice(every, link(view, wanted.but(**{name: ""} | more), mode), not now)]
        items += [_choice(word, link(view, wanted.but(**{name: to} | more), mode), to == now) for to, word in among]
        return html.Ul(items, className="choices")

    def year(number: int) -> Element:
        href = link(view, wanted.but(year=0 if number == today else number), mode)
        return _choice(f"Năm {number}", href, number == (wanted.year or today))

    places = [(place.slug, f"{place.full_name} ({count})") for place, count in found.places]
    sections = [(number, f"{number}. {title} ({count})") for number, title, count in found.sections]
    agencies = [(agency.code, f"{agency.name} ({count})") for agency, count in found.agencies]
    agencies += [(a.code, f"{a.name} ({count} việc ngoài bảng nhiệm vụ)") for a, count in found.only_duties]
    of_agencies = choices("agency", "Mọi cơ quan", agencies)
    return html.Div(
        [
            section("Tình trạng", _states(found, view, mode), rate_lines(found.rates), _exports(wanted, view)),
            section("Địa bàn", choices("place", "Mọi địa bàn", places, section="")),
            section("Năm xem việc hằng năm", html.Ul([year(n) for n in found.years], className="choices across")),
            section("Thời hạn", choices("deadline", "Mọi thời hạn", DEADLINE_FILTERS.items())),
            section("Mục của văn bản", choices("section", "Mọi mục", sections)) if sections else None,
            section("Cơ quan chủ trì", fold("Chọn cơ quan", of_agencies, kind=None, is_open=bool(wanted.agency))),
        ],
        className="aside",
        id="bo-loc",
    )


def rate_lines(shares: Rates) -> Element:
    """Both shares with what each is counted from and what stands outside; no bare percentage."""
    notes = [f"{shares.unreported} đến hạn chưa có báo cáo đứng ngoài tỷ lệ"] if shares.unreported else []
    notes += [f"{shares.in_part} mới báo cáo một phần, chưa tính là hoàn thành"] if shares.in_part else []
    left_out = "; ".join(notes)
    pairs = (
        ("Hoàn thành trong tổng số", shares.of_all, shares.done, shares.reported, "nhiệm vụ"),
        ("Hoàn thành trong số đến hạn", shares.of_due, shares.due_done, shares.due, "nhiệm vụ đến hạn đã có báo cáo"),
    )
    told = [(name, _share(value, done, base, what, left_out)) for name, value, done, base, what in pairs]
    return facts(told, "rates")


def _share(value: float | None, part: int, base: int, what: str, left_out: str) -> list[Piece]:
    outside = html.Small(left_out, className="sub") if left_out else None
    if value is None:
        return [f"chưa có {what}", outside]
    return [html.Strong(f"{part} trên {base}"), f" {what} ({words.percent(value)})", outside]


def _states(found: TaskList, view: View, mode: str) -> Element:
    chosen = found.filter.state
    items = [_choice("Mọi tình trạng", link(view, found.filter.but(state=""), mode), not chosen)]
    for state, count in found.states:
        slug = SLUG_OF_STATE[state]
        label = [task_mark(state), html.Span(str(count), className="num")]
        href = link(view, found.filter.but(state="" if slug == chosen else slug), mode)
        items.append(_choice(label, href, slug == chosen, STATE_MEANINGS[state]))
    return html.Ul(items, className="choices states")


def _exports(wanted: TaskFilter, view: View) -> Element:
    parts = {name.replace("-", "_"): value for name, value in wanted.query().items()}
    feed = view.link(f"/lich/tinh/{wanted.place}.ics") if wanted.place else ""
    calendar: list[Piece] = [" · ", html.A("Lịch (.ics)", href=feed)] if feed else []
    return html.P(
        [
            "Tải về: ",
            html.A("CSV", href=view.link("/nhiem-vu.csv", **parts)),
            " · ",
            html.A("Excel", href=view.link("/nhiem-vu.xlsx", **parts)),
            *calendar,
        ]
    )


def _choice(label: Content, href: str, chosen: bool, title: str = "") -> Element:
    return html.Li(way(label, href, is_here=chosen, title=title or None))
