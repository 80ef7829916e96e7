"""One indicator across places: each place held to its own promise and definition, never ranked."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.parts.bullet import bullet
from dashboard.targets.parts.promise import actual_and_goal, actual_pace, anchor, missing, needed_pace
from dashboard.targets.parts.source_note import definition_name
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Content, Element
from dashboard.ui.marks import empty, flag_notes, status_mark
from dashboard.ui.table import TableColumn, data_table, figures
from models.places.place import COUNTRY
from models.targets.reading import GapView

COLUMNS = (
    TableColumn("Địa bàn", "what"),
    figures("Năm mốc"),
    TableColumn("Thực tế so với cam kết", "bar"),
    "Cách tính",
    figures("Thiếu, vượt"),
    figures("Cần mỗi năm"),
    figures("Đang đạt mỗi năm"),
    TableColumn("Tình trạng", "state"),
)


def promises_by_place(promised: Sequence[GapView], snapshot: Snapshot, view: View) -> Element:
    """The promises of one indicator by place, the nation last; a sentence when nobody promised it."""
    if not promised:
        return empty("Không chương trình nào cam kết chỉ tiêu này.", "Số liệu đã công bố nằm ở dưới.")
    name = snapshot.indicators[promised[0].indicator].name
    rows = [_row(item, snapshot, view) for item in sorted(promised, key=_order)]
    return data_table(COLUMNS, rows, caption=f"{name}: cam kết và thực tế theo địa bàn", kind="promises across")


def _order(item: GapView) -> tuple[bool, int, str]:
    return item.place == COUNTRY, item.gap.target.horizon if item.gap.target else 0, item.place


def _row(item: GapView, snapshot: Snapshot, view: View) -> list[Content]:
    gap, place = item.gap, snapshot.places[item.place]
    address = view.link(f"/tinh/{item.place}") + f"#{anchor(item)}"
    definition = gap.latest.definition if gap.latest else (gap.target.definition if gap.target else None)
    notes = [html.Small(note, className="sub") for note in flag_notes(gap.flags)[:2]]
    return [
        html.A(place.full_name, href=address, className="strong"),
        str(gap.target.horizon) if gap.target else words.NONE,
        [bullet(gap), html.Small(actual_and_goal(gap), className="sub")],
        definition_name(snapshot.indicators[item.indicator], definition),
        missing(gap),
        needed_pace(gap),
        actual_pace(gap),
        [status_mark(gap.status, gap.flags), *notes],
    ]
