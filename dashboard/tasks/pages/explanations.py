"""`/giai-trinh`: requests for explanation on promises and tasks, overdue ones first."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.data.answers import RequestLine, build_requests
from dashboard.tasks.parts.answers import request_table
from dashboard.ui import html
from dashboard.ui.address import View
from dashboard.ui.html import Element, Piece
from dashboard.ui.marks import empty
from dashboard.web.mutations import refusal
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import breadcrumbs, page_frame, section


@page("/giai-trinh", title="Yêu cầu giải trình", right=VIEW, cached=True)
def layout(snapshot: Snapshot, view: View, **query: object) -> Element:
    """All requests; `dia-ban` and `co-quan` filter them."""
    lines = build_requests(snapshot, str(query.get("dia-ban") or ""), str(query.get("co-quan") or ""))
    advice = "Yêu cầu được ghi từ trang của một nhiệm vụ, hoặc ở đây cho một cam kết."
    none = empty("Chưa có yêu cầu giải trình nào.", advice, html.A("Xem nhiệm vụ", href=view.link("/nhiem-vu")))
    return page_frame(
        finding(lines),
        breadcrumbs([("Nhiệm vụ", view.link("/nhiem-vu"))]),
        section("Yêu cầu giải trình", request_table(lines, snapshot, view) or none, _links(view)),
        view=view,
        current="/nhiem-vu",
        lead="Gửi ai, trước ngày nào, trả lời ra sao, có được chấp nhận không. Quá hạn đứng đầu.",
    )


def finding(lines: Sequence[RequestLine]) -> str:
    """How many wait for an answer, how many of them too long."""
    if not lines:
        return "Yêu cầu giải trình: chưa có yêu cầu nào"
    late = sum(line.days_late > 0 for line in lines)
    waiting = sum(line.row.answer is None for line in lines)
    return f"{len(lines)} yêu cầu giải trình: {waiting} chưa trả lời" + (f", trong đó {late} quá hạn" if late else "")


def _links(view: View) -> Element:
    new: list[Piece] = (
        [html.A("Ghi yêu cầu giải trình mới", href=view.link("/giai-trinh/moi")), " · "] if not refusal() else []
    )
    return html.P([*new, html.A("Tải danh sách (CSV)", href="/api/v1/explanations.csv" + view.query())])
