"""Conclusions of meetings: what was decided, who acts until when, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.tasks.conclusion_values import KIND_WORDS, ConclusionKind, Decided
from dashboard.ui import html, words
from dashboard.ui.html import Content, Element
from dashboard.ui.table import data_table, wide
from dashboard.web.shell import section

COLUMNS = (wide("Nội dung"), "Phiên họp", "Cơ quan", "Hạn", "Đến nay")


def conclusions_block(items: Sequence[tuple[str, Decided]]) -> Element | None:
    """Conclusions with the title of their meeting, as given; None when there are none."""
    if not items:
        return None
    title = "Kết luận các phiên họp"
    return section(title, data_table(COLUMNS, [_row(name, item) for name, item in items], caption=title))


def _row(title: str, item: Decided) -> list[Content]:
    kind, row = ConclusionKind(item.row.kind), item.row
    told: Content = f"{KIND_WORDS[kind]}: {row.text}"
    if kind is ConclusionKind.ASSIGNMENT:
        told = [f"{KIND_WORDS[kind]}: ", html.A(row.text, href=f"/viec/{row.key}", className="quiet")]
    outcome = html.Strong(item.outcome) if item.is_late else item.outcome or words.NONE
    return [
        told,
        [html.A(words.day(item.held_on), href=f"/hop/{row.meeting_id}"), html.Small(title, className="sub")],
        item.agency or words.NONE,
        words.day(row.due_on),
        outcome,
    ]
