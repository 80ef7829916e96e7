"""What an indicator means: definition, formula, unit, direction, who keeps it and what it is not."""

from __future__ import annotations

from dashboard.db.snapshot_values import Snapshot
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Content, Element
from dashboard.ui.markup import facts
from models.targets.indicator import Indicator


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
        pairs.append(("Không được so với", _related(indicator, snapshot, view)))
    return facts(pairs)


def _related(indicator: Indicator, snapshot: Snapshot, view: View) -> Element:
    items = [
        html.Li(
            [html.A(snapshot.indicators[r["code"]].name, href=view.link(f"/chi-tieu/{r['code']}")), f": {r['why']}"]
        )
        for r in indicator.related
    ]
    return html.Ul(items, className="plain-list")
