"""Báo số liệu sai: the form beside a figure, the remarks on `/doi-soat`, and their answers."""

from __future__ import annotations

from dashboard.access import owner_place as whose
from dashboard.access.owner_place import place_of_address
from dashboard.db.published import value_by_key
from dashboard.db.snapshot_values import Snapshot
from dashboard.reconciliation.data.remarks import add_remark, answer_remark, read_remarks
from dashboard.reconciliation.parts.reconciling import remark_list
from dashboard.reconciliation.values import Answer, Sources
from dashboard.targets.parts.source_note import REPORT_WRONG
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.form import hidden, long_field
from dashboard.ui.html import Element
from dashboard.web import errors
from dashboard.web.form_values import needed_text
from dashboard.web.mutations import Form, Writer, WriteRefusedError, change_form, mutation, refusal
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import page_frame, section
from models.accounts.account_rules import safe_return
from models.accounts.rights import Action
from models.places.place import COUNTRY
from models.targets.official import Remark
from models.targets.reading import point_of


def remarks_part(_snapshot: Snapshot, _chosen: Sources, _rest: dict[str, str]) -> Answer:
    """What readers said, those without an answer first."""
    rows, reason = read_remarks(), refusal()
    waiting = sum(row.answered_at is None for row in rows)

    def form(row: Remark) -> Element | None:
        if refusal(place=place_of_address(row.address) or COUNTRY):
            return None
        fields = long_field("Trả lời", "tra-loi")
        return change_form(f"/phan-anh/{row.id}", fields, submit="Gửi trả lời")

    why = html.P(reason, className="notice") if reason else None
    return f"{waiting} phản ánh chờ trả lời", [why, section("Phản ánh của người đọc", remark_list(rows, form))]


@page(REPORT_WRONG, title="Báo số liệu sai", right=VIEW)
def _report_wrong(snapshot: Snapshot, view: View, so: str = "", **rest: str) -> Element:
    row = value_by_key(snapshot.moment, so) if so else None
    place = snapshot.places.get(row.place if row else rest.get("dia-ban", ""))
    indicator = snapshot.indicators.get(row.indicator if row else rest.get("chi-tieu", ""))
    if place is None or indicator is None:
        return errors.not_found(view, "Không có con số này.", "Mở lại từ đường dẫn cạnh con số.")
    figure = f": {words.value_text(point_of(row))} {indicator.unit} ({words.when(point_of(row))})" if row else ""
    subject = f"{indicator.name}, {place.full_name}{figure}"
    form = change_form(
        REPORT_WRONG,
        hidden("ve", subject),
        hidden("trang", f"/tinh/{place.slug}#{indicator.code}"),
        long_field("Sai ở đâu, số đúng là bao nhiêu, theo nguồn nào", "noi-dung"),
        submit="Gửi phản ánh",
    )
    lead = "Phản ánh được chuyển cho cán bộ phụ trách; con số trên trang không tự đổi."
    title = f"Báo số liệu sai: {subject}"
    return page_frame(title, section("Nội dung phản ánh", form), view=view, current="", lead=lead)


@mutation(REPORT_WRONG, action=Action.VIEW, place=whose.remarked, words="Báo số liệu sai")
def report_wrong_figure(writer: Writer, form: Form) -> str:
    """Store what a reader says."""
    add_remark(
        safe_return(form.get("trang")),
        needed_text(form, "ve", "Con số", 300),
        needed_text(form, "noi-dung", "Nội dung", 2000),
        writer.name,
        is_verified=writer.is_verified,
    )
    return "/doi-soat?muc=phan-anh"


@mutation("/phan-anh/<int:remark_id>", action=Action.UPDATE, place=whose.remark, words="Trả lời phản ánh")
def answer_a_remark(writer: Writer, form: Form, remark_id: int) -> str:
    """Store the officer's answer."""
    said = needed_text(form, "tra-loi", "Trả lời", 2000)
    if not answer_remark(remark_id, said, writer.name, is_verified=writer.is_verified):
        raise WriteRefusedError("Phản ánh này không còn hoặc đã được trả lời. Tải lại trang.")
    return "/doi-soat?muc=phan-anh"
