"""`/giai-trinh`, `/kien-nghi`: requests for explanation, overdue ones first; petitions with a monthly summary."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.data.answers import PetitionPage, RequestLine, build_petitions, build_requests, read_answer_filter
from dashboard.tasks.parts.answer_filters import answer_filters
from dashboard.tasks.parts.answers import month_table, petition_table, request_table
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
    """All requests; `dia-ban`, `co-quan` and `tinh-trang` filter them."""
    chosen, every = read_answer_filter(query), build_requests(snapshot)
    lines = build_requests(snapshot, chosen)
    advice = "Yêu cầu được ghi từ trang của một nhiệm vụ, hoặc ở đây cho một cam kết."
    none = empty("Chưa có yêu cầu giải trình nào.", advice, html.A("Xem nhiệm vụ", href=view.link("/nhiem-vu")))
    return page_frame(
        finding(lines),
        breadcrumbs([("Nhiệm vụ", view.link("/nhiem-vu"))]),
        section(
            "Yêu cầu giải trình",
            answer_filters("/giai-trinh", every, chosen, snapshot, view),
            request_table(lines, snapshot, view) or (_unmatched() if every else none),
            _links(view, "/giai-trinh", "yêu cầu giải trình", "explanations"),
        ),
        view=view,
        current="/nhiem-vu",
        lead="Gửi ai, trước ngày nào, trả lời ra sao, có được chấp nhận không. Quá hạn đứng đầu.",
    )


def _unmatched() -> Element:
    return empty("Không có dòng nào khớp bộ lọc.", "Bỏ bớt bộ lọc.")


def finding(lines: Sequence[RequestLine]) -> str:
    """How many wait for an answer, how many of them too long."""
    if not lines:
        return "Yêu cầu giải trình: chưa có yêu cầu nào"
    late = sum(line.days_late > 0 for line in lines)
    waiting = sum(line.row.answer is None for line in lines)
    return f"{len(lines)} yêu cầu giải trình: {waiting} chưa trả lời" + (f", trong đó {late} quá hạn" if late else "")


def _links(view: View, path: str, words: str, rows: str) -> Element:
    new: list[Piece] = [html.A(f"Ghi {words} mới", href=view.link(f"{path}/moi")), " · "] if not refusal() else []
    return html.P([*new, html.A("Tải danh sách (CSV)", href=f"/api/v1/{rows}.csv" + view.query())])


@page("/kien-nghi", title="Khó khăn, kiến nghị", right=VIEW, cached=True)
def petitions(snapshot: Snapshot, view: View, **query: object) -> Element:
    """All petitions; `dia-ban`, `co-quan` and `tinh-trang` filter them."""
    chosen, every = read_answer_filter(query), build_petitions(snapshot).lines
    found = build_petitions(snapshot, chosen)
    none = empty(
        "Chưa có khó khăn, vướng mắc, kiến nghị nào được ghi.",
        "Tổ chức hoặc cấp xã nêu, đầu mối ghi vào đây rồi giao cơ quan giải quyết.",
    )
    months = section("Tổng hợp theo tháng", month_table(found.months)) if found.months else None
    return page_frame(
        petitions_finding(found),
        breadcrumbs([("Nhiệm vụ", view.link("/nhiem-vu"))]),
        months,
        section(
            "Danh sách",
            answer_filters("/kien-nghi", every, chosen, snapshot, view),
            petition_table(found.lines, snapshot, view) or (_unmatched() if every else none),
            _links(view, "/kien-nghi", "khó khăn, kiến nghị", "petitions"),
        ),
        view=view,
        current="/nhiem-vu",
        lead="Ai nêu, về việc gì, giao cơ quan nào, hạn trả lời, câu trả lời.",
    )


def petitions_finding(found: PetitionPage) -> str:
    """How many were raised, how many wait, how many too long."""
    if not found.lines:
        return "Khó khăn, vướng mắc, kiến nghị: chưa ghi nhận"
    waiting = sum(line.row.answer is None for line in found.lines)
    late = sum(line.days_late > 0 for line in found.lines)
    return f"{len(found.lines)} khó khăn, kiến nghị: {waiting} chưa trả lời, trong đó {late} quá hạn"
