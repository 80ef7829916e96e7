"""`/van-hanh`: does the installation run as it should, and what must its administrator do now."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response

from dashboard.operation.data.operation import build_operation
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.marks import mark
from dashboard.ui.markup import fold
from dashboard.ui.table import data_table, wide
from dashboard.web.plain_page import answer, today_view
from dashboard.web.routes import route
from dashboard.web.rules import RUN
from dashboard.web.shell import page_frame, section
from models.operation.operation_lines import StatusGroup, StatusLine, StatusVerdict, bad_lines

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


ADDRESS = "/van-hanh"
SHOWN = 20


@route(ADDRESS, right=RUN)
def show_operation() -> Response:
    """The page as plain HTML; it needs no figures, so it stands while the tables wait for a migration."""
    return answer(layout(build_operation()), "Vận hành")


def _content(group: StatusGroup) -> Element:
    if not group.lines:
        return html.P(group.nothing)
    if len(group.lines) <= SHOWN or any(line.remedy for line in group.lines):
        return group_table(group)
    return fold(f"Xem {len(group.lines)} dòng", group_table(group), kind=None)


def layout(groups: tuple[StatusGroup, ...]) -> Element:
    """What must be done first, then everything with its state."""
    found = bad_lines(groups)
    return page_frame(
        f"Vận hành: {len(found)} việc cần làm" if found else "Vận hành: mọi việc bình thường",
        section("Cần làm", to_do(found)) if found else None,
        *(section(group.title, _content(group)) for group in groups),
        view=today_view(),
        current=ADDRESS,
        lead="Số liệu của trang này đọc ngay lúc mở. Lệnh “python -m etl status” in ra cùng nội dung.",
    )
