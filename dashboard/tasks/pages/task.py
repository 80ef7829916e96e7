"""`/viec/<key>`: one task with its instances, reports, history and the forms to report; plain HTML."""

from __future__ import annotations

from flask import request

from dashboard.access import owner_place as whose
from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.data.answers import build_requests
from dashboard.tasks.data.evidence import Evidence
from dashboard.tasks.data.follow import task_history, write_product, write_report, write_trigger
from dashboard.tasks.forms import folded, product_form, report_form, request_form, trigger_form
from dashboard.tasks.parts.answers import request_table
from dashboard.tasks.parts.task_history import history_table, instance_table, product_table, task_facts
from dashboard.tasks.values import TaskLine
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.web import errors
from dashboard.web.form_values import amount, day, needed_day, reasoned, text, whole
from dashboard.web.mutations import Form, Writer, WriteRefusedError, mutation
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import breadcrumbs, page_frame, section
from models.accounts.rights import Action
from models.tasks.follow_rules import ReportDraft
from models.tasks.task_reading import TaskView
from models.tasks.task_state import DeadlineKind, ReportOutcome


@page("/viec/<path:key>", title="Nhiệm vụ", right=VIEW)
def layout(snapshot: Snapshot, view: View, key: str = "", **_: object) -> Element:
    """The page of a task."""
    found = next((item for item in snapshot.follow.tasks if item.task.key == key), None)
    if found is None or found.task.is_heading:
        way = html.A("Xem mọi nhiệm vụ", href=view.link("/nhiem-vu"))
        return errors.not_found(view, f"Không có nhiệm vụ “{key}”.", "Chọn trong danh sách nhiệm vụ.", way)
    history = task_history(key)
    item = found.at(view.moment.as_of.year)
    requests = [line for line in build_requests(snapshot) if line.row.subject == key]
    return page_frame(
        found.task.title,
        breadcrumbs([("Nhiệm vụ", view.link("/nhiem-vu", dia_ban=found.task.place))]),
        html.Div(
            [
                section("Nhiệm vụ", task_facts(TaskLine(found, item), snapshot, view)),
                section("Tình trạng từng kỳ", instance_table(found, snapshot), product_table(found)),
            ],
            className="pair even",
        ),
        section("Yêu cầu giải trình", request_table(requests, snapshot, view)) if requests else None,
        section("Ghi vào hệ thống", *_forms(found, snapshot, view)) if view.is_today else None,
        section("Lịch sử: ai ghi, lúc nào, vì sao", history_table(history.reports, history.triggers)),
        view=view,
        current="/nhiem-vu",
    )


def _forms(found: TaskView, snapshot: Snapshot, view: View) -> list[Element]:
    today = words.day(view.moment.as_of)
    forms = [folded("Báo cáo kết quả", report_form(found, today, snapshot.agencies))]
    if found.duty.kind is DeadlineKind.CONDITIONAL:
        forms.append(folded("Ghi điều kiện đã có", trigger_form(found)))
    if found.task.counts:
        forms.append(folded("Ghi số sản phẩm của năm", product_form(found, view.moment.as_of.year)))
    ask = request_form(snapshot, found.task.key, found.task.leads, today)
    return [*forms, folded("Yêu cầu giải trình", ask)]


@mutation("/viec/<path:key>/bao-cao", action=Action.UPDATE, place=whose.task, words="Báo cáo nhiệm vụ")
def report_task(writer: Writer, form: Form, key: str) -> str:
    """Take a report."""
    if text(form, "ket-qua") not in set(ReportOutcome):
        raise WriteRefusedError("Chưa chọn kết quả: chọn rồi gửi lại.")
    view = _task(key)
    draft = ReportDraft(
        outcome=ReportOutcome(text(form, "ket-qua")),
        reported_on=needed_day(form, "ngay-bao-cao", "Ngày báo cáo"),
        period=text(form, "nam") or None,
        periods=view.periods,
        done_on=day(form, "ngay-xong", "Ngày hoàn thành"),
        document_number=text(form, "so-van-ban"),
        document_date=day(form, "ngay-van-ban", "Ngày văn bản"),
        progress=text(form, "tinh-hinh"),
        ordered_on=view.duty.issued_on,
        office=text(form, "don-vi") or None,
        product=text(form, "van-ban") or None,
    )
    write_report(view, draft, reasoned(writer, form), _evidence())
    return f"/viec/{key}"


@mutation("/viec/<path:key>/dieu-kien", action=Action.UPDATE, place=whose.task, words="Ghi điều kiện của nhiệm vụ")
def trigger_task(writer: Writer, form: Form, key: str) -> str:
    """Take the event a task waited for."""
    happened, due_on = needed_day(form, "ngay", "Ngày ban hành"), day(form, "han", "Thời hạn mới")
    write_trigger(_task(key), happened, text(form, "so-van-ban"), due_on, reasoned(writer, form))
    return f"/viec/{key}"


@mutation("/viec/<path:key>/san-pham", action=Action.UPDATE, place=whose.task, words="Ghi sản phẩm của nhiệm vụ")
def count_product(writer: Writer, form: Form, key: str) -> str:
    """Take a yearly count."""
    value, source = amount(form, "so", "Số"), text(form, "nguon")
    author = writer.author(source)
    write_product(_task(key), text(form, "san-pham"), whole(form, "nam") or 0, value, source, author)
    return f"/viec/{key}"


def _evidence() -> Evidence | None:
    file = request.files.get("tep")
    return Evidence(file.filename, file.stream.read()) if file and file.filename else None


def _task(key: str) -> TaskView:
    for view in repository().today().follow.tasks:
        if view.task.key == key and not view.task.is_heading:
            return view
    raise WriteRefusedError("Không có nhiệm vụ này: mở lại từ danh sách nhiệm vụ.")
