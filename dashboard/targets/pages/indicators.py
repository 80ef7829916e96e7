"""`/chi-tieu`: every indicator, what it means, who promised it and how much data there is."""

from __future__ import annotations

from collections import Counter

from dashboard.db.published import value_counts
from dashboard.db.snapshot_values import Snapshot
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.ui.table import Row, TableColumn, data_table, figures, wide
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import page_frame, section
from models.targets.indicator import Indicator


@page("/chi-tieu", title="Chỉ tiêu", right=VIEW, cached=True)
def layout(snapshot: Snapshot, view: View, **_: object) -> Element:
    """All indicators by group, the promised ones first."""
    promises = Counter(item.indicator for item in snapshot.gaps if item.gap.target is not None)
    values = Counter(value_counts(snapshot.moment))
    blocks = [
        section(
            words.GROUP_WORDS[group],
            *_tables([i for i in snapshot.indicators.values() if i.group == group], promises, values, view),
        )
        for group in words.GROUP_WORDS
        if any(indicator.group == group for indicator in snapshot.indicators.values())
    ]
    without = sum(1 for code in promises if not values[code])
    return page_frame(
        f"{len(promises)} chỉ tiêu đã được cam kết, {without} trong số đó chưa có số liệu nào ở bất kỳ đâu",
        *blocks,
        view=view,
        current="/chi-tieu",
        lead="Mỗi chỉ tiêu có định nghĩa, công thức, đơn vị và chiều tốt lên. "
        "Số liệu khác cách tính không được xếp chung một hàng.",
    )


def _tables(indicators: list[Indicator], promises: Counter[str], values: Counter[str], view: View) -> list[Element]:
    """The promised ones at once, those that no programme promises behind a fold that tells how many."""
    ordered = sorted(indicators, key=lambda i: (-promises[i.code], i.position))
    promised, others = ([i for i in ordered if bool(promises[i.code]) is wanted] for wanted in (True, False))
    table: Element = html.P("Chưa chương trình nào cam kết.")
    if promised:
        table = _table(promised, promises, values, view, "Các chỉ tiêu được cam kết")
    summary = html.Summary(f"Xem {len(others)} chỉ tiêu không chương trình nào cam kết")
    table_of_others = _table(others, promises, values, view, "Các chỉ tiêu không chương trình nào cam kết")
    fold = html.Details([summary, table_of_others], className="printed")
    return [table, fold] if others else [table]


def _table(
    indicators: list[Indicator], promises: Counter[str], values: Counter[str], view: View, caption: str
) -> Element:
    rows: list[Row] = [
        [
            html.A(indicator.name, href=view.link(f"/chi-tieu/{indicator.code}")),
            indicator.unit,
            words.DIRECTION_WORDS[indicator.direction],
            str(promises[indicator.code]) if promises[indicator.code] else words.NONE,
            str(values[indicator.code]) if values[indicator.code] else "chưa có",
        ]
        for indicator in indicators
    ]
    columns = (
        wide("Chỉ tiêu"),
        "Đơn vị",
        TableColumn("Chiều", "bare"),
        figures("Số cam kết"),
        figures("Số liệu đã có"),
    )
    return data_table(columns, rows, caption=caption, kind="dense in-lines indicators")
