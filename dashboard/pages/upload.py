"""`/nhap-lieu`: drop a workbook, see its problems by cell and every figure before and after, confirm or cancel."""

from __future__ import annotations

from dash.development.base_component import Component
from flask import Response, request

from dashboard import html
from dashboard.address import View
from dashboard.arguments import address_values
from dashboard.components.form import choice_field, file_field, text_field
from dashboard.components.register_parts import demo_notice
from dashboard.data import whose
from dashboard.data.imports import (
    KIND_NAMES,
    ImportRefusedError,
    decisions_of,
    import_door,
)
from dashboard.data.snapshot import door
from dashboard.guard import page_layout
from dashboard.pages.templates import templates_part
from dashboard.pages.upload_reading import ADDRESS, CHOSEN, prepare_file
from dashboard.plain_page import answer
from dashboard.shell import page, section
from dashboard.snapshot import Snapshot
from dashboard.writing import Form, Writer, WriteRefusedError, change_form, changing, choices_of, why_no_form, work
from models.rights import Action

OF_NO_PLACE = "Bỏ qua với số liệu công bố, danh mục xã, nhiệm vụ."
EXCEL = ".xlsx,.xls,.xlsb,.ods,.csv"
STEPS = (
    "Hệ thống giữ nguyên tệp đã nhận, đọc và chỉ rõ từng ô sai, chưa ghi gì.",
    "Xem trước: dòng mới, dòng đổi, dòng để ngoài, và mọi chỉ tiêu trước và sau.",
    "Đồng ý thì nạp cả tệp trong một lượt; sau này có thể hoàn tác cả lượt ở trang Đối soát.",
    "Cột số định danh, điện thoại, thư điện tử của cá nhân được bỏ qua, không lưu.",
)


@work.get(ADDRESS)
def show_upload() -> Response:
    """The form for a file."""
    return answer(layout(**address_values()), "Nhập số liệu")


@page_layout
def layout(snapshot: Snapshot, view: View, **rest: str) -> Component:
    """What may be loaded, and how."""
    return page(
        "Nhập số liệu từ tệp Excel",
        demo_notice(door().settings.is_demo),
        html.Div(
            [
                section("Chọn tệp", _file_form(snapshot, view, rest)),
                section(
                    "Cách làm",
                    html.Ol([html.Li(step) for step in STEPS], className="steps"),
                    None
                    if why_no_form("/nhap-so")
                    else html.P(html.A("Nhập một số liệu bằng tay, có nguồn", href="/nhap-so")),
                    html.P(html.A("Các lượt đã nạp, hoàn tác", href="/doi-soat?muc=luot-nap")),
                ),
            ],
            className="pair",
        ),
        templates_part(snapshot, rest.get("dia-ban", "")),
        view=view,
        current=ADDRESS,
    )


def _file_form(snapshot: Snapshot, view: View, chosen: dict[str, str]) -> Component:
    """Where the file goes and what it is; somebody of one province need not choose it."""
    provinces = [("", "Chọn địa bàn")]
    known = [(p.slug, p.full_name) for p in snapshot.places.values() if p.level == "province"]
    provinces += choices_of(Action.IMPORT, known)
    only, last_year = provinces[-1][0] if len(provinces) == 2 else "", str(view.moment.as_of.year - 1)
    return change_form(
        ADDRESS,
        file_field("Tệp Excel hoặc CSV, đến 20 MB", "tep", accept=EXCEL, hint="Bấm để chọn hoặc kéo tệp thả vào ô."),
        choice_field("Loại tệp", "loai", list(KIND_NAMES.items()), chosen=chosen.get("loai", "")),
        choice_field("Địa bàn", "dia-ban", provinces, chosen=chosen.get("dia-ban", only), hint=OF_NO_PLACE),
        text_field("Năm của số liệu", "nam-so", value=chosen.get("nam-so", last_year), inputMode="numeric"),
        submit="Đọc và xem trước",
        asks_name=False,
        encType="multipart/form-data",
    )


@changing(ADDRESS, action=Action.IMPORT, place=whose.received, needs_name=False)
def receive_file(_writer: Writer, form: Form) -> Response:
    """Keep the file, then read it while the page tells how far it is."""
    file = request.files.get("tep")
    if file is None or not file.filename:
        raise WriteRefusedError("Chưa chọn tệp. Chọn tệp rồi gửi lại.")
    try:
        received = import_door().receive(file.filename, file.stream.read())
    except ImportRefusedError as error:
        raise WriteRefusedError(str(error)) from error
    asked = {
        "tep": received.checksum,
        "ten": received.label,
        **{k: form.get(k, "") for k in CHOSEN},
    }
    return prepare_file(asked, decisions_of((), (), ()))
