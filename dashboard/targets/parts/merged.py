"""The sums of a merged place's parts before the merger, each part named, and what is missing where there is none."""

from __future__ import annotations

from dashboard.targets.data.merged import Merged, MergedGap, MergedSum
from dashboard.targets.parts.source_note import VALUE_KINDS, definition_name, source_link
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Content, Element
from dashboard.ui.markup import fold
from dashboard.ui.table import Column, data_table, figures, wide
from dashboard.web.shell import section

RULE = (
    "Tổng chỉ tính khi mọi địa bàn cũ có số cùng chỉ tiêu, cùng cách tính, cùng ngày. Tỷ lệ, bình quân và cam kết "
    "không được cộng. Tổng này để đối chiếu, không nối vào chuỗi số của địa bàn mới."
)


def merged_block(found: Merged, view: View) -> Element | None:
    """What the former places add up to; None for a place that was not merged."""
    if not found.parts:
        return None
    names = ", ".join(part.full_name for part in found.parts)
    content: list[Element] = []
    if found.sums:
        content.append(_sums(found, view))
    else:
        content.append(html.P(f"Chưa có chỉ tiêu nào mà {names} cùng có số của một ngày, cùng cách tính."))
    if found.gaps:
        title = f"Chưa cộng được {len(found.gaps)} chỉ tiêu: thiếu số ở đâu"
        content.append(fold(title, _gaps(found), kind=None))
    content.append(html.P(RULE, className="source"))
    return section(f"Trước {words.day(found.merged_on)}: tổng của các địa bàn cũ", *content)


def _sums(found: Merged, view: View) -> Element:
    columns: tuple[Column, ...] = (
        wide("Chỉ tiêu"),
        "Thời điểm",
        figures("Tổng"),
        *(figures(part.full_name) for part in found.parts),
        "Cách tính",
    )
    rows = [_sum_row(item, view) for item in found.sums]
    return data_table(columns, rows, caption="Tổng của các địa bàn cũ")


def _sum_row(item: MergedSum, view: View) -> list[Content]:
    indicator = item.indicator
    kind = VALUE_KINDS[item.whole.value_kind]
    parts: list[Content] = [
        [words.value_text(point), html.Small(source_link(point), className="sub")] for point in item.parts
    ]
    return [
        html.A(indicator.name, href=view.link(f"/chi-tieu/{indicator.code}")),
        words.when(item.whole),
        [html.Strong(words.value_text(item.whole)), html.Small(indicator.unit, className="sub")],
        *parts,
        f"{definition_name(indicator, item.whole.definition)}, {kind}",
    ]


def _gaps(found: Merged) -> Element:
    columns = (wide("Chỉ tiêu"), "Số mới nhất", "Vì sao chưa cộng")
    names = {part.slug: part.full_name for part in found.parts}
    rows = [[gap.indicator.name, words.day(gap.on), _why(gap, names)] for gap in found.gaps]
    return data_table(columns, rows, caption="Chỉ tiêu chưa cộng được", kind="dense")


def _why(gap: MergedGap, names: dict[str, str]) -> str:
    if not gap.missing:
        return "các địa bàn công bố theo nhiều cách tính cùng ngày"
    missing = ", ".join(names[slug] for slug in gap.missing)
    return f"{missing} không có số cùng ngày, cùng cách tính ({definition_name(gap.indicator, gap.definition)})"
