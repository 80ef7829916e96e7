"""`/van-hanh`: does the installation run as it should, and what must its administrator do now."""

from __future__ import annotations

from flask import Response

from dashboard.operation.data.operation import build_operation
from dashboard.operation.parts.operation import group_table, to_do
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.web.plain_page import answer, today_view
from dashboard.web.routes import route
from dashboard.web.rules import RUN
from dashboard.web.shell import page_frame, section
from models.operation.operation_lines import StatusGroup, bad_lines

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
    return html.Details([html.Summary(f"Xem {len(group.lines)} dòng"), group_table(group)])


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
