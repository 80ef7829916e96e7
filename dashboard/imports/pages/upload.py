"""`/nhap-lieu`: drop a workbook, see its problems by cell and every figure before and after, confirm or cancel."""

from __future__ import annotations

from flask import Response, request

from dashboard.access import owner_place as whose
from dashboard.db.import_file import KIND_NAMES, ImportRefusedError, checksum_of, decisions_of, import_service
from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.imports.pages.templates import templates_part
from dashboard.imports.pages.upload_reading import (
    ADDRESS,
    CHOSEN,
    NOT_KEPT,
    check_choice,
    may_stop,
    place_among_imports,
    prepare_file,
    stop_form,
)
from dashboard.register.parts.register_parts import demo_notice
from dashboard.ui import html
from dashboard.ui.address import View
from dashboard.ui.form import choice_field, file_field, text_field
from dashboard.ui.html import Element
from dashboard.web.mutations import (
    Form,
    Writer,
    WriteRefusedError,
    change_form,
    choices_of,
    mutation,
    why_no_form,
)
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import page_frame, section
from models.accounts.rights import Action

OF_NO_PLACE = "Bỏ qua với số liệu công bố, danh mục xã, nhiệm vụ."
EXCEL = ".xlsx,.xls,.xlsb,.ods,.csv"
STEPS = (
    "Hệ thống giữ nguyên tệp đã nhận, đọc và chỉ rõ từng ô sai, chưa ghi gì.",
    "Xem trước: dòng mới, dòng đổi, dòng để ngoài, và mọi chỉ tiêu trước và sau.",
    "Đồng ý thì nạp cả tệp trong một lượt; sau này có thể hoàn tác cả lượt ở trang Đối soát.",
    "Số định danh, điện thoại, thư điện tử, ngày sinh của cá nhân nhận ra ở cột hay ở ô nào cũng không được nạp.",
)
STOPPED = "Đã dừng đọc tệp; chưa ghi gì và tệp được xóa."
KEPT = (
    "Tệp đã nạp được giữ nguyên làm chứng cứ; tệp có dữ liệu cá nhân bị xóa ngay khi nạp xong, chỉ còn mã kiểm tra. "
    "Trong lúc chờ, tệp và bản xem trước nằm trên máy chủ. Tệp không nạp được xóa cùng bản xem trước ngay khi bấm "
    "“Bỏ, không nạp” hoặc khi hệ thống từ chối, chậm nhất sau {hours} giờ."
)


@page(ADDRESS, title="Nhập số liệu", right=VIEW)
def layout(snapshot: Snapshot, view: View, **rest: str) -> Element:
    """What may be loaded, and how."""
    return page_frame(
        "Nhập số liệu từ tệp Excel",
        demo_notice(repository().settings.is_demo),
        html.P(STOPPED, className="notice") if rest.get("da-dung") else None,
        _under_way(),
        html.Div(
            [
                section("Chọn tệp", _file_form(snapshot, view, rest)),
                section(
                    "Cách làm",
                    html.Ol([html.Li(step) for step in STEPS], className="steps"),
                    html.P(KEPT.format(hours=repository().settings.upload_hours)),
                    None
                    if why_no_form("/nhap-so")
                    else html.P(html.A("Nhập một số liệu bằng tay, có nguồn", href="/nhap-so")),
                    html.P(html.A("Các lượt đã nạp, hoàn tác", href="/doi-soat?muc=luot-nap")),
                    html.P(html.A("Các câu đã trả lời, thu hồi", href="/nhap-lieu/tra-loi")),
                    html.P(html.A("Các chương trình đã nhập, tải về để sửa", href="/chuong-trinh")),
                ),
            ],
            className="pair",
        ),
        templates_part(snapshot, rest.get("dia-ban", "")),
        view=view,
        current=ADDRESS,
    )


def _file_form(snapshot: Snapshot, view: View, chosen: dict[str, str]) -> Element:
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


def _under_way() -> Element | None:
    """The readings that the reader may stop."""
    found = [about for about in import_service().under_way() if about.label and may_stop(about)]
    if not found:
        return None
    items = [html.Li([html.P(about.label), stop_form(about.token)]) for about in found]
    return section("Đang đọc", html.Ul(items, className="plain-list"))


@mutation(f"{ADDRESS}/dang-doc/<token>/dung", action=Action.VIEW, needs_name=False)
def stop_reading(_writer: Writer, _form: Form, token: str) -> str:
    """Stop a reading under way: whoever began it may, and an administrator."""
    about = next((about for about in import_service().under_way() if about.token == token), None)
    if about is None or not about.label or not may_stop(about):
        raise WriteRefusedError("Việc đọc này đã xong, hoặc không phải do bạn bắt đầu. Mở lại trang Nhập số liệu.")
    import_service().stop(token)
    return f"{ADDRESS}?da-dung=1"


@mutation(ADDRESS, action=Action.IMPORT, place=whose.received, needs_name=False)
def receive_file(_writer: Writer, form: Form) -> Response:
    """Keep the file, then read it while the page tells how far it is."""
    file = request.files.get("tep")
    if file is None or not file.filename:
        raise WriteRefusedError("Chưa chọn tệp. Chọn tệp rồi gửi lại.")
    asked = {name: form.get(name, "") for name in CHOSEN}
    check_choice(asked)
    content = file.stream.read()
    try:
        with place_among_imports(checksum_of(content), file.filename, NOT_KEPT) as running:
            received = import_service().receive(file.filename, content)
            asked |= {"tep": received.checksum, "ten": received.label}
            return prepare_file(asked, decisions_of((), (), ()), running)
    except ImportRefusedError as error:
        raise WriteRefusedError(str(error)) from error
