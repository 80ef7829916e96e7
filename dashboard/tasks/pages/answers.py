"""`/giai-trinh/...` and `/kien-nghi/...`: one request or petition with its history, and the forms; plain HTML."""

from __future__ import annotations

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.data.answers import build_petitions, build_requests
from dashboard.tasks.data.follow import record_history
from dashboard.tasks.forms import answer_form, assign_form, folded, petition_form, request_form, verdict_form
from dashboard.tasks.parts.answers import petition_table, record_history_table, request_table
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.web import errors
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import breadcrumbs, page_frame, section
from models.tasks.follow_up import ExplanationRequest, Petition

NAMES = {"giai-trinh": "Yêu cầu giải trình", "kien-nghi": "Khó khăn, kiến nghị"}


def tab_title(kind: str, **_: object) -> str:
    """What the browser's tab says."""
    return NAMES[kind]


@page("/<any('giai-trinh', 'kien-nghi'):kind>/<key>", title=tab_title, right=VIEW)
def layout(snapshot: Snapshot, view: View, kind: str = "", key: str = "", **_: object) -> Element:
    """The page of a request or a petition, or the form of a new one (`moi`); an unknown key answers 404."""
    today, is_request = words.day(view.moment.as_of), kind == "giai-trinh"
    if key == "moi":
        form = request_form(snapshot, "", (), today) if is_request else petition_form(snapshot, today)
        parts: list[Element | None] = [section("Ghi mới", form)]
    else:
        parts = _request(snapshot, view, key, today) if is_request else _petition(snapshot, view, key, today)
    if not parts:
        return errors.not_found(
            view, f"Không có “{key}”.", "Chọn trong danh sách.", html.A(NAMES[kind], href=f"/{kind}")
        )
    way = breadcrumbs([("Nhiệm vụ", view.link("/nhiem-vu")), (NAMES[kind], view.link(f"/{kind}"))])
    return page_frame(NAMES[kind], way, *parts, view=view, current="/nhiem-vu")


def _request(snapshot: Snapshot, view: View, key: str, today: str) -> list[Element | None]:
    lines = [line for line in build_requests(snapshot) if line.row.key == key]
    if not lines:
        return []
    row = lines[0].row
    verdict = folded("Kết luận về câu trả lời", verdict_form(row, today)) if row.answer else None
    forms = [folded("Ghi câu trả lời", answer_form(f"/giai-trinh/{key}/tra-loi", row, today)), verdict]
    table, history = request_table(lines, snapshot, view), record_history(ExplanationRequest, key)
    return [section("Nội dung", table, *forms), section("Lịch sử", record_history_table(history))]


def _petition(snapshot: Snapshot, view: View, key: str, today: str) -> list[Element | None]:
    lines = [line for line in build_petitions(snapshot).lines if line.row.key == key]
    if not lines:
        return []
    row = lines[0].row
    forms = [
        folded("Giao cơ quan giải quyết", assign_form(snapshot, row, today)),
        folded("Ghi câu trả lời", answer_form(f"/kien-nghi/{key}/tra-loi", row, today)),
    ]
    table, history = petition_table(lines, snapshot, view), record_history(Petition, key)
    return [section("Nội dung", table, *forms), section("Lịch sử", record_history_table(history))]
