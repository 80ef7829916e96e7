"""`/can-xu-ly/<number>`: who settles one organisation, what comes next, until when; plain HTML with its form."""

from __future__ import annotations

from dashboard.access import owner_place as whose
from dashboard.db.snapshot_values import Snapshot
from dashboard.register import words as register
from dashboard.register.data.worklist import find_work
from dashboard.register.data.worklist_step import WorklistEntry, write_step
from dashboard.register.parts.organization_card import step_facts
from dashboard.register.parts.register_parts import demo_notice
from dashboard.register.values import WorkLine
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.arguments import read_id
from dashboard.ui.form import long_field, text_field
from dashboard.ui.html import Element
from dashboard.web import errors
from dashboard.web.form_values import day, needed_text, text
from dashboard.web.mutations import Form, Writer, change_form, mutation
from dashboard.web.routes import page
from dashboard.web.rules import VIEW_ORGANIZATION
from dashboard.web.shell import breadcrumbs, page_frame, section
from models.accounts.rights import Action

LIST = "/can-xu-ly"
LONGEST_NAME, LONGEST_STEP, LONGEST_NOTE = 200, 500, 2000


@page(f"{LIST}/<number>", title="Ghi việc xử lý", right=VIEW_ORGANIZATION)
def _layout(_snapshot: Snapshot, view: View, number: str = "", **_: str) -> Element:
    ident = read_id(number)
    found = find_work(ident) if ident is not None else None
    if found is None:
        back = html.A("Xem danh sách chờ xử lý", href=view.link(LIST))
        return errors.not_found(view, "Không có tổ chức chờ xử lý nào mang số này.", "Chọn trong danh sách.", back)
    why = ", ".join(register.WORK_WORDS[code].lower() for code in found.reasons)
    return page_frame(
        f"Việc xử lý: {found.line.name}",
        breadcrumbs([("Tổ chức chờ xử lý", view.link(LIST)), ("Hồ sơ", view.link(f"/htx/{found.line.id}"))]),
        demo_notice(found.line.is_demo),
        section("Đang ghi", step_facts(found, view.moment.as_of)),
        section("Ghi vào hệ thống", _form(found)),
        view=view,
        current="/htx",
        lead=f"Vì sao chờ xử lý: {why}. Từ ngày: {register.since(found.since)}.",
    )


def _form(found: WorkLine) -> Element:
    due = words.day(found.due_on) if found.due_on else ""
    return change_form(
        f"{LIST}/{found.line.id}",
        text_field("Cơ quan, người theo dõi", "theo-doi", value=found.responsible, maxLength=LONGEST_NAME),
        text_field("Việc tiếp theo", "viec", value=found.next_step, maxLength=LONGEST_STEP),
        text_field("Hạn", "han", value=due, hint="ngày/tháng/năm; để trống nếu chưa định", required=False),
        long_field("Ghi chú", "ghi-chu", value=found.note, required=False),
        submit="Ghi việc xử lý",
    )


@mutation(f"{LIST}/<int:number>", action=Action.UPDATE, place=whose.organization, words="Ghi việc xử lý")
def record_step(writer: Writer, form: Form, number: int) -> str:
    """Take what is done about one organisation; the earlier word stays in its history."""
    step = WorklistEntry(
        responsible=needed_text(form, "theo-doi", "Cơ quan, người theo dõi", LONGEST_NAME),
        next_step=needed_text(form, "viec", "Việc tiếp theo", LONGEST_STEP),
        due_on=day(form, "han", "Hạn"),
        note=needed_text(form, "ghi-chu", "Ghi chú", LONGEST_NOTE) if text(form, "ghi-chu") else "",
    )
    write_step(number, step, writer.author("ghi việc xử lý"))
    return f"/htx/{number}"
