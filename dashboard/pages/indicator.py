"""`/chi-tieu/<code>`: one indicator across places, each with its own promise and definition, never ranked blindly."""

from __future__ import annotations

from dash import html, register_page
from dash.development.base_component import Component

from dashboard import errors, words
from dashboard.address import View
from dashboard.components.bullet import bullet
from dashboard.components.chart import chart
from dashboard.components.empty import empty
from dashboard.components.marks import flag_notes, icon, status_mark
from dashboard.components.promise import actual_and_goal, actual_pace, anchor, missing, needed_pace
from dashboard.components.source_note import definition_name, observation_table
from dashboard.components.table import Column, data_table
from dashboard.figures.across import across
from dashboard.figures.history import is_drawable
from dashboard.guard import page_layout
from dashboard.shell import breadcrumbs, page, section
from dashboard.snapshot import Snapshot
from models.indicator import Indicator
from models.reading import GapView


@page_layout
def layout(snapshot: Snapshot, view: View, code: str = "", **_: object) -> Component:
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
    return page(
        finding(indicator, promised, snapshot),
        breadcrumbs([("Chỉ tiêu", view.link("/chi-tieu"))]),
        _comparability(promised, indicator),
        section("Từng địa bàn với cam kết của mình", _promises(promised, snapshot, view)),
        _chart(indicator, snapshot),
        section("Định nghĩa", _card(indicator, snapshot)),
        _values(indicator, snapshot),
        view=view,
        current="/chi-tieu",
    )


def finding(indicator: Indicator, promised: list[GapView], snapshot: Snapshot) -> str:
    """How many promises there are and how many can be judged."""
    if not promised:
        count = sum(row.indicator == indicator.code for row in snapshot.observations)
        return f"{indicator.name}: không chương trình nào cam kết, có {count} số liệu đã công bố"
    known = sum(1 for item in promised if item.gap.latest is not None)
    return f"{indicator.name}: {len(promised)} cam kết, {known} có số liệu"


def _definitions(promised: list[GapView]) -> set[str]:
    return {item.gap.latest.definition for item in promised if item.gap.latest is not None}


def _comparability(promised: list[GapView], indicator: Indicator) -> Component | None:
    found = _definitions(promised)
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


def _promises(promised: list[GapView], snapshot: Snapshot, view: View) -> Component:
    if not promised:
        return empty("Không chương trình nào cam kết chỉ tiêu này.", "Số liệu đã công bố nằm ở dưới.")
    columns = [
        Column("Địa bàn"),
        Column("Năm mốc", is_number=True),
        Column("Thực tế so với cam kết", kind="bar"),
        Column("Cách tính"),
        Column("Còn thiếu", is_number=True),
        Column("Cần mỗi năm", is_number=True),
        Column("Đang đạt mỗi năm", is_number=True),
        Column("Tình trạng", kind="state"),
    ]
    indicator = snapshot.indicators[promised[0].indicator]
    rows = [
        [
            html.A(
                snapshot.places[item.place].full_name,
                href=view.link(f"/tinh/{item.place}") + f"#{anchor(item)}",
                className="strong",
            ),
            str(item.gap.target.horizon) if item.gap.target else words.NONE,
            [bullet(item.gap), html.Small(actual_and_goal(item.gap), className="sub")],
            definition_name(
                indicator,
                item.gap.latest.definition
                if item.gap.latest
                else (item.gap.target.definition if item.gap.target else None),
            ),
            missing(item.gap),
            needed_pace(item.gap),
            actual_pace(item.gap),
            [
                status_mark(item.gap.status, item.gap.flags),
                *[html.Small(note, className="sub") for note in flag_notes(item.gap.flags)[:2]],
            ],
        ]
        for item in sorted(
            promised,
            key=lambda item: (item.place == "viet-nam", item.gap.target.horizon if item.gap.target else 0, item.place),
        )
    ]
    return data_table(columns, rows, caption=f"{indicator.name}: cam kết và thực tế theo địa bàn", kind="promises")


def _chart(indicator: Indicator, snapshot: Snapshot) -> Component | None:
    promised = {item.place for item in snapshot.gaps if item.indicator == indicator.code and item.place != "viet-nam"}
    items = [
        item
        for item in snapshot.gaps
        if item.indicator == indicator.code and item.place in promised and is_drawable(item.gap.series)
    ]
    unique = {item.place: item for item in items}
    if not any(len(item.gap.series.points) > 1 for item in unique.values()):
        return None
    names = {slug: snapshot.places[slug].full_name for slug in unique}
    text = f"{indicator.name} theo thời gian của từng địa bàn, chỉ nối những số so sánh được với nhau."
    return section(
        "Diễn biến", chart(across(list(unique.values()), names, indicator.unit), text, ident=f"across-{indicator.code}")
    )


def _card(indicator: Indicator, snapshot: Snapshot) -> Component:
    owner = snapshot.agencies[indicator.owner].name if indicator.owner else "chưa xác định"
    pairs: list[tuple[str, object]] = [
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
        related = [
            html.Li([html.A(snapshot.indicators[r["code"]].name, href=f"/chi-tieu/{r['code']}"), f": {r['why']}"])
            for r in indicator.related
        ]
        pairs.append(("Không được so với", html.Ul(related, className="plain-list")))
    return html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in pairs], className="facts")


def _values(indicator: Indicator, snapshot: Snapshot) -> Component | None:
    values = [row for row in snapshot.observations if row.indicator == indicator.code]
    if not values:
        return None
    names = {slug: place.full_name for slug, place in snapshot.places.items()}
    ordered = sorted(values, key=lambda row: (row.place, row.period_end))
    table = observation_table(
        ordered, indicator, names, caption=f"{indicator.name}: mọi số liệu đã công bố", show_place=True
    )
    return section(
        "Mọi số liệu đã công bố",
        table,
        html.P(html.A("Tải các số liệu này (CSV)", href=f"/api/v1/observations.csv?indicator={indicator.code}")),
    )


register_page(
    __name__, path_template="/chi-tieu/<code>", title=lambda code="": f"Chỉ tiêu · {words.PRODUCT}", layout=layout
)
