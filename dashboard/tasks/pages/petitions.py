"""`/kien-nghi`: difficulties and petitions of organisations and communes, with a monthly summary."""

from __future__ import annotations

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.data.answers import PetitionPage, build_petitions
from dashboard.tasks.parts.answers import month_table, petition_table
from dashboard.ui import html
from dashboard.ui.address import View
from dashboard.ui.html import Element, Piece
from dashboard.ui.marks import empty
from dashboard.web.mutations import refusal
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import breadcrumbs, page_frame, section


@page("/kien-nghi", title="Khó khăn, kiến nghị", right=VIEW, cached=True)
def layout(snapshot: Snapshot, view: View, **query: object) -> Element:
    """All petitions; `dia-ban` and `co-quan` filter them."""
    found = build_petitions(snapshot, str(query.get("dia-ban") or ""), str(query.get("co-quan") or ""))
    none = empty(
        "Chưa có khó khăn, vướng mắc, kiến nghị nào được ghi.",
        "Tổ chức hoặc cấp xã nêu, đầu mối ghi vào đây rồi giao cơ quan giải quyết.",
    )
    months = section("Tổng hợp theo tháng", month_table(found.months)) if found.months else None
    return page_frame(
        finding(found),
        breadcrumbs([("Nhiệm vụ", view.link("/nhiem-vu"))]),
        months,
        section("Danh sách", petition_table(found.lines, snapshot, view) or none, _links(view)),
        view=view,
        current="/nhiem-vu",
        lead="Ai nêu, về việc gì, giao cơ quan nào, hạn trả lời, câu trả lời.",
    )


def finding(found: PetitionPage) -> str:
    """How many were raised, how many wait, how many too long."""
    if not found.lines:
        return "Khó khăn, vướng mắc, kiến nghị: chưa ghi nhận"
    waiting = sum(line.row.answer is None for line in found.lines)
    late = sum(line.days_late > 0 for line in found.lines)
    return f"{len(found.lines)} khó khăn, kiến nghị: {waiting} chưa trả lời, trong đó {late} quá hạn"


def _links(view: View) -> Element:
    new: list[Piece] = (
        [html.A("Ghi khó khăn, kiến nghị mới", href=view.link("/kien-nghi/moi")), " · "] if not refusal() else []
    )
    return html.P([*new, html.A("Tải danh sách (CSV)", href="/api/v1/petitions.csv" + view.query())])
