"""`/chi-tieu/<code>`: one indicator across places, each with its own promise and definition, never ranked blindly."""

from __future__ import annotations

from dashboard.db.published import value_counts, values_of_indicator
from dashboard.db.read_session import indicator_names
from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.parts.charted import chart_of_indicator
from dashboard.targets.parts.promises_by_place import promises_by_place
from dashboard.targets.parts.relations import relations_list
from dashboard.targets.parts.source_note import definition_name, value_blocks_by_place
from dashboard.targets.relation_words import about, relations_of, steps_of, worth_saying
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.chart import chart_figure
from dashboard.ui.html import Content, Element
from dashboard.ui.marks import icon
from dashboard.ui.markup import facts
from dashboard.web import errors
from dashboard.web.routes import NOT_FOUND, page
from dashboard.web.rules import VIEW
from dashboard.web.shell import breadcrumbs, page_frame, section
from models.targets.indicator import Indicator
from models.targets.reading import GapView


def indicator_card(indicator: Indicator, snapshot: Snapshot, view: View) -> Element:
    """A definition list; what no document settles is said, not left blank."""
    owner = snapshot.agencies[indicator.owner].name if indicator.owner else "chưa xác định"
    pairs: list[tuple[str, Content]] = [
        ("Nội dung", indicator.definition),
        ("Công thức", indicator.formula or "đếm trực tiếp"),
        ("Đơn vị tính", indicator.unit),
        ("Loại số liệu", words.INDICATOR_KIND_WORDS[indicator.kind]),
        ("Chiều", words.DIRECTION_WORDS[indicator.direction]),
        ("Nhịp số liệu", {"year": "hằng năm", "point": "tại một ngày"}.get(indicator.rhythm or "", "chưa quy định")),
        ("Cơ quan theo dõi", owner),
        ("Căn cứ", indicator.legal_source or "chưa có văn bản ấn định"),
        (
            "Các cách tính",
            html.Ul(
                [html.Li([html.Strong(d["name"]), f": {d['text']}"]) for d in indicator.definitions],
                className="plain-list",
            ),
        ),
    ]
    if indicator.related:
        pairs.append(("Không được so với", _not_held_against(indicator, snapshot, view)))
    return facts(pairs)


def _not_held_against(indicator: Indicator, snapshot: Snapshot, view: View) -> Element:
    items = [
        html.Li(
            [html.A(snapshot.indicators[r["code"]].name, href=view.link(f"/chi-tieu/{r['code']}")), f": {r['why']}"]
        )
        for r in indicator.related
    ]
    return html.Ul(items, className="plain-list")


def tab_title(code: str = "") -> str:
    """The indicator's name on the browser tab."""
    return indicator_names().get(code, NOT_FOUND)


@page("/chi-tieu/<code>", title=tab_title, right=VIEW, cached=True)
def layout(snapshot: Snapshot, view: View, code: str = "", **_: object) -> Element:
    """One indicator; an unknown code answers 404."""
    indicator = snapshot.indicators.get(code)
    if indicator is None:
        return errors.not_found(
            view,
            f"Không có chỉ tiêu “{code}”.",
            "Chọn trong danh mục chỉ tiêu.",
            html.A("Danh mục chỉ tiêu", href=view.link("/chi-tieu")),
        )
    promised = [item for item in snapshot.gaps_in_force if item.indicator == code and item.gap.target is not None]
    return page_frame(
        finding(indicator, promised, snapshot),
        breadcrumbs([("Chỉ tiêu", view.link("/chi-tieu")), ("So sánh các nơi", view.link("/xem", chi_tieu=code))]),
        _comparability(promised, indicator),
        section("Từng địa bàn với cam kết của mình", promises_by_place(promised, snapshot, view)),
        _related(code, snapshot),
        _chart(indicator, snapshot, view),
        section("Định nghĩa", indicator_card(indicator, snapshot, view)),
        _values(indicator, snapshot, view),
        view=view,
        current="/chi-tieu",
    )


def finding(indicator: Indicator, promised: list[GapView], snapshot: Snapshot) -> str:
    """How many promises there are and how many can be judged."""
    if not promised:
        count = value_counts(snapshot.moment).get(indicator.code, 0)
        return f"{indicator.name}: không chương trình nào cam kết, có {count} số liệu đã công bố"
    known = sum(1 for item in promised if item.gap.latest is not None)
    return f"{indicator.name}: {len(promised)} cam kết, {known} có số liệu"


def _comparability(promised: list[GapView], indicator: Indicator) -> Element | None:
    found = {item.gap.latest.definition for item in promised if item.gap.latest is not None}
    if len(found) < 2:
        return None
    names = ", ".join(sorted(definition_name(indicator, code) for code in found))
    return html.P(
        [
            icon("unequal"),
            f"Các địa bàn dùng cách tính khác nhau ({names}): không xếp hạng, mỗi địa bàn chỉ so với cam kết của mình.",
        ],
        className="notice",
    )


def _related(code: str, snapshot: Snapshot) -> Element | None:
    """The relations and steps of every programme that speak of this indicator, each under its place."""
    blocks: list[Element] = []
    for slug, programme in snapshot.programmes.items():
        relations = [item for item in worth_saying(relations_of(snapshot, slug)) if about(item, code)]
        steps = [item for item in steps_of(snapshot, slug) if about(item, code)]
        told = relations_list(relations, steps, snapshot)
        if told is not None:
            blocks += [html.H3(snapshot.places[programme.place].full_name), told]
    return section("Đối chiếu với các cam kết khác", *blocks) if blocks else None


def _chart(indicator: Indicator, snapshot: Snapshot, view: View) -> Element | None:
    found = chart_of_indicator(indicator, snapshot)
    if found is None:
        return None
    larger = view.link(found.address)
    return section("Diễn biến", chart_figure(found.chart, ident=found.ident, larger=larger))


def _values(indicator: Indicator, snapshot: Snapshot, view: View) -> Element | None:
    values, count = values_of_indicator(snapshot.moment, indicator.code)
    if not values:
        return None
    names = snapshot.place_names
    shown = f"Đang hiện {len(values)} số liệu mới nhất của cả nước và các tỉnh, trong {words.number(count)} số liệu."
    export = view.link("/api/v1/observations.csv", indicator=indicator.code)
    return section(
        "Mọi số liệu đã công bố, kèm nguồn",
        *value_blocks_by_place(values, indicator, names, view),
        html.P(shown) if len(values) < count else None,
        html.P(html.A("Tải các số liệu này (CSV)", href=export)),
    )
