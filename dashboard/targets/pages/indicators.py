"""`/chi-tieu`: every indicator, what it means, who promised it and how much data there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dashboard.db.published import value_counts
from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.data.ranking import count_statuses, ranked
from dashboard.targets.parts.charted import small_trend
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Element, Piece
from dashboard.ui.marks import status_words
from dashboard.ui.table import Row, TableColumn, data_table, figures, wide
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import page_frame, section
from models.places.place import COUNTRY
from models.targets.indicator import Indicator
from models.targets.reading import GapView


@page("/chi-tieu", title="Chỉ tiêu", right=VIEW, cached=True)
def layout(snapshot: Snapshot, view: View, **_: object) -> Element:
    """All indicators by group, the promised ones first."""
    promises = Counter(item.indicator for item in snapshot.gaps if item.gap.target is not None)
    values = Counter(value_counts(snapshot.moment))
    blocks = [
        section(
            words.GROUP_WORDS[group],
            *_tables([i for i in snapshot.indicators.values() if i.group == group], promises, values, snapshot, view),
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


def _tables(
    indicators: list[Indicator], promises: Counter[str], values: Counter[str], snapshot: Snapshot, view: View
) -> list[Element]:
    """The promised ones at once, those that no programme promises behind a fold that tells how many."""
    ordered = sorted(indicators, key=lambda i: (-promises[i.code], i.position))
    promised, others = ([i for i in ordered if bool(promises[i.code]) is wanted] for wanted in (True, False))
    table: Element = html.P("Chưa chương trình nào cam kết.")
    if promised:
        table = _table(promised, values, snapshot, view, "Các chỉ tiêu được cam kết")
    summary = html.Summary(f"Xem {len(others)} chỉ tiêu không chương trình nào cam kết")
    table_of_others = _table(others, values, snapshot, view, "Các chỉ tiêu không chương trình nào cam kết")
    fold = html.Details([summary, table_of_others], className="printed")
    return [table, fold] if others else [table]


def _table(indicators: list[Indicator], values: Counter[str], snapshot: Snapshot, view: View, caption: str) -> Element:
    rows: list[Row] = []
    for indicator in indicators:
        of_it = [item for item in snapshot.gaps_in_force if item.indicator == indicator.code]
        promised = [item for item in of_it if item.gap.target is not None]
        shown = _shown(of_it)
        rows.append(
            [
                [
                    html.A(indicator.name, href=view.link(f"/chi-tieu/{indicator.code}")),
                    html.Small(f"{indicator.unit}, {words.DIRECTION_WORDS[indicator.direction]}", className="sub"),
                ],
                _value(shown, snapshot) if shown else "chưa có số liệu so sánh được",
                small_trend(shown, snapshot) if shown else None,
                status_words(count_statuses(promised)) if promised else words.NONE,
                str(values[indicator.code]) if values[indicator.code] else "chưa có",
            ]
        )
    columns = (
        wide("Chỉ tiêu"),
        TableColumn("Giá trị mới nhất", "value whole"),
        TableColumn("Diễn biến", "way"),
        TableColumn("Cam kết đang ở đâu", "promised whole"),
        figures("Số liệu đã có"),
    )
    return data_table(columns, rows, caption=caption, kind="dense in-lines indicators")


def _shown(views: Sequence[GapView]) -> GapView | None:
    """Whose value stands for the indicator: the nation's, else that of the place that stands worst."""
    known = [item for item in ranked(views) if item.gap.latest is not None]
    return next((item for item in known if item.place == COUNTRY), known[0] if known else None)


def _value(item: GapView, snapshot: Snapshot) -> list[Piece]:
    latest, indicator = item.gap.latest, snapshot.indicators[item.indicator]
    if latest is None:
        return []
    where = "cả nước" if item.place == COUNTRY else snapshot.places[item.place].full_name
    told = words.with_unit(words.value_text(latest), indicator.unit)
    return [html.Strong(told), html.Small(f"{where} · {words.when(latest)}", className="sub")]
