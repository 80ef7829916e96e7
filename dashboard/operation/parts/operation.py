"""The state of an installation as tables: what is bad stands out in words, not only in colour."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.marks import mark
from dashboard.ui.table import data_table, wide
from models.operation.operation_lines import StatusGroup, StatusLine, StatusVerdict

COLUMNS = ("Mục", wide("Hiện nay"), wide("Việc cần làm"))
MARKS = {StatusVerdict.NOTE: ("slow", "half", "Lưu ý"), StatusVerdict.BAD: ("away", "cross", "Cần làm")}


def to_do(lines: Sequence[StatusLine]) -> Element:
    """What must be done, in order."""
    return html.Ol([html.Li([html.Strong(line.what), f": {line.value}. {line.remedy}."]) for line in lines])


def group_table(group: StatusGroup) -> Element:
    """One group of values; the column of what to do stands only where something is to be said."""
    if not any(line.remedy for line in group.lines):
        plain = [[line.what, line.value] for line in group.lines]
        return data_table(COLUMNS[:2], plain, caption=group.title, kind="dense")
    rows = [[line.what, line.value, _verdict(line)] for line in group.lines]
    return data_table(COLUMNS, rows, caption=group.title, kind="dense")


def _verdict(line: StatusLine) -> list[Element] | Element:
    if line.verdict not in MARKS:
        return html.Small("không", className="sub")
    hue, picture, word = MARKS[line.verdict]
    return [mark(hue, picture, word), html.Small(line.remedy, className="sub")]
