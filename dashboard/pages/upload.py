"""`/nhap-lieu`: drop a workbook, see its problems by cell and every figure before and after, confirm or cancel."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component
from flask import Response, request

from dashboard.access import viewer
from dashboard.address import View
from dashboard.components.empty import empty
from dashboard.components.form import Refresh, choice_field, file_field, text_field
from dashboard.components.register_parts import demo_notice
from dashboard.data import whose
from dashboard.data.imports import (
    KIND_NAMES,
    Decisions,
    ImportRefusedError,
    Progress,
    decisions_of,
    import_door,
    needs_place,
    tell,
)
from dashboard.data.snapshot import door
from dashboard.guard import page_layout
from dashboard.pages.templates import templates_part
from dashboard.plain_page import answer, stream
from dashboard.shell import page, section
from dashboard.snapshot import Snapshot
from dashboard.writing import Form, Writer, WriteRefusedError, change_form, changing, choices_of, why_no_form, work
from models.rights import Action

ADDRESS = "/nhap-lieu"
ASKED = ("tep", "loai", "dia-ban", "nam-so", "ten")
DEMO_KINDS = ("register", "year_report", "ratings")
EXCEL = ".xlsx,.xls,.xlsb,.ods,.csv"


@work.get(ADDRESS)
def show_upload() -> Response:
    """The form for a file."""
    return answer(layout(**request.args.to_dict()), "Nhập số liệu")


@page_layout
def layout(snapshot: Snapshot, view: View, **rest: str) -> Component:
    """What may be loaded, and how."""
    provinces = [("", "Chọn địa bàn")]
    known = [(p.slug, p.full_name) for p in snapshot.places.values() if p.level == "province"]
    provinces += choices_of(Action.IMPORT, known)
    form = change_form(
        ADDRESS,
        file_field("Tệp Excel hoặc CSV, đến 20 MB", "tep", accept=EXCEL, hint="Bấm để chọn hoặc kéo tệp thả vào ô."),
        choice_field("Loại tệp", "loai", list(KIND_NAMES.items())),
        choice_field("Địa bàn", "dia-ban", provinces, hint="Bỏ qua với số liệu công bố, danh mục xã, nhiệm vụ."),
        text_field("Năm của số liệu", "nam-so", value=str(view.moment.as_of.year - 1), inputMode="numeric"),
        submit="Đọc và xem trước",
        asks_name=False,
        encType="multipart/form-data",
    )
    steps = [
        "Hệ thống giữ nguyên tệp đã nhận, đọc và chỉ rõ từng ô sai, chưa ghi gì.",
        "Xem trước: dòng mới, dòng đổi, dòng để ngoài, và mọi chỉ tiêu trước và sau.",
        "Đồng ý thì nạp cả tệp trong một lượt; sau này có thể hoàn tác cả lượt ở trang Đối soát.",
        "Cột số định danh, điện thoại, thư điện tử của cá nhân được bỏ qua, không lưu.",
    ]
    return page(
        "Nhập số liệu từ tệp Excel",
        demo_notice(door().settings.is_demo),
        html.Div(
            [
                section("Chọn tệp", form),
                section(
                    "Cách làm",
                    html.Ol([html.Li(step) for step in steps], className="steps"),
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
        **{k: form.get(k, "") for k in ("loai", "dia-ban", "nam-so")},
    }
    return prepare_file(asked, decisions_of((), (), ()))


def prepare_file(asked: dict[str, str], decisions: Decisions) -> Response:
    """Preview in a thread and tell the reader meanwhile how far it is."""
    the_door, kind, year = import_door(), asked["loai"], asked["nam-so"].strip()
    if kind not in KIND_NAMES:
        raise WriteRefusedError("Chưa chọn loại tệp. Chọn rồi gửi lại.")
    is_of_place = needs_place(kind)
    if is_of_place and not (year.isdecimal() and 1990 <= int(year) <= 2100):
        raise WriteRefusedError("Năm của số liệu cần bốn chữ số, ví dụ 2025. Sửa rồi gửi lại.")
    if is_of_place and not asked["dia-ban"]:
        raise WriteRefusedError("Chưa chọn địa bàn. Chọn rồi gửi lại.")
    place = asked["dia-ban"] if is_of_place else None
    query = urlencode({name: value for name, value in asked.items() if value})

    def read(progress: Progress) -> str:
        number = int(year) if is_of_place else None
        demo = is_demo and kind in DEMO_KINDS
        prepared = the_door.prepare(
            asked["tep"], kind, place, number, demo, decisions, progress=progress, within=within
        )
        return prepared.token

    is_demo, within = door().settings.is_demo, viewer().places_for(Action.IMPORT)
    return stream("Đang đọc tệp", asked["ten"], _lines(tell(read), query))


def _lines(said: Iterator[tuple[str, str]], query: str) -> Iterator[Component]:
    """What the reading says, as parts of a page; the last leads on."""
    for what, text in said:
        if what == "line":
            yield html.P(text)
        elif what == "done":
            address = f"{ADDRESS}/{text}?{query}"
            yield html.P([html.Strong("Xong. "), html.A("Xem kết quả", href=address)])
            yield Refresh(**{"http-equiv": "refresh", "content": f"0; url={address}"})
        else:
            yield empty("Chưa đọc được tệp.", text, html.A("Nộp lại tệp", href=ADDRESS))
