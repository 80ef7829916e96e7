"""`/tinh/<slug>/van-ban`: the document of a programme with every promise marked in its sentence; attaching it."""

from __future__ import annotations

import io

from flask import Response, abort, request, send_file

from dashboard.access import owner_place as whose
from dashboard.db.import_file import ImportRefusedError
from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.data.programme_text import (
    DocumentPage,
    attach_document,
    build_document,
    document_file,
    remove_document,
)
from dashboard.targets.parts.document_link import document_address, sentence_id
from dashboard.targets.parts.marked_text import marked_text, promise_name
from dashboard.ui import html
from dashboard.ui.address import View
from dashboard.ui.form import file_field
from dashboard.ui.html import Element
from dashboard.ui.marks import empty
from dashboard.ui.markup import fold
from dashboard.web import errors
from dashboard.web.mutations import Form, Writer, WriteRefusedError, change_form, mutation, refusal
from dashboard.web.routes import page, route
from dashboard.web.rules import VIEW_PLACE
from dashboard.web.shell import breadcrumbs, page_frame, section
from models.accounts.rights import Action
from models.base.day_text import moment_text
from models.targets.programme import Programme

KINDS = ".docx,.pdf,.html,.htm,.txt"
HINT = (
    "Tệp có chữ: .docx, .pdf, .html hoặc .txt, đến 20 MB; bản quét không đọc được. Ai xem được trang này đều đọc và "
    "tải được văn bản: không gắn văn bản mật hoặc có dữ liệu cá nhân. Số liệu và cam kết không đổi."
)
HOW = "Cán bộ có quyền nạp số liệu của địa bàn này đăng nhập rồi gắn tệp ở cuối trang."
NOT_FOUND = (
    "Không tìm thấy chắc chắn câu của những cam kết này trong văn bản đã gắn; xem điều khoản và lời văn đã nhập."
)


@page("/tinh/<slug>/van-ban", title="Văn bản của chương trình", right=VIEW_PLACE)
def layout(snapshot: Snapshot, view: View, slug: str = "", **rest: str) -> Element:
    """The document of one programme; an unknown place or programme answers 404."""
    found = build_document(snapshot, slug, rest.get("chuong-trinh", ""))
    if found is None:
        way = html.A("Tỉnh", href=view.link("/tinh"))
        return errors.not_found(view, "Không có chương trình này.", "Chọn từ trang của địa bàn.", way)
    lost = [item for item in found.promises if item.at is None]
    return page_frame(
        _finding(found, len(lost)),
        breadcrumbs([("Tỉnh", view.link("/tinh")), (found.place.full_name, view.link(f"/tinh/{slug}"))]),
        _about(found, view),
        _lost(found, snapshot, view) if lost or not found.document else None,
        _index(found, snapshot, view) if found.document else None,
        section("Văn bản", marked_text(found.document.text, found.promises, snapshot, view))
        if found.document
        else None,
        _forms(found) if view.is_today else None,
        view=view,
        current="/tinh",
        lead=found.programme.title,
    )


def _finding(found: DocumentPage, lost: int) -> str:
    if found.document is None:
        return "Chưa gắn văn bản của chương trình"
    total = len(found.promises)
    return f"Tìm thấy câu của {total - lost}/{total} cam kết" if total else "Văn bản không giao chỉ tiêu bằng con số"


def _about(found: DocumentPage, view: View) -> Element | None:
    others = [
        html.P(html.A(item.title, href=document_address(found.place.slug, item.slug, view))) for item in found.beside
    ]
    parts: list[Element] = [*([html.P("Văn bản khác của địa bàn:"), *others] if others else [])]
    if found.document:
        name = html.A(found.document.name, href=_address(found.programme, "tep"))
        said = f" do {found.document.actor} gắn {moment_text(found.document.attached_at)}. "
        parts.insert(0, html.P(["Tệp ", name, said, "Số in đậm, từ chỉ mức gạch chân."], className="source"))
    return html.Div(parts) if parts else None


def _lost(found: DocumentPage, snapshot: Snapshot, view: View) -> Element:
    items = [
        html.Li([*promise_name(item, snapshot, view), f". {target.clause}: “{target.wording}”"], id=sentence_id(target))
        for item in found.promises
        if item.at is None and (target := item.view.gap.target)
    ]
    listed = html.Ul(items, className="plain-list")
    if found.document is None:
        what = "Chưa có văn bản để mở câu của từng cam kết."
        return section("Cam kết có số đã nhập" if items else "Văn bản", empty(what, HOW), listed if items else None)
    return section(f"Không tìm thấy câu ({len(items)})", html.P(NOT_FOUND), listed)


def _index(found: DocumentPage, snapshot: Snapshot, view: View) -> Element | None:
    items = [
        html.Li(
            html.A(
                snapshot.indicators[target.indicator].short_name + f", {target.horizon}", href=f"#{sentence_id(target)}"
            )
        )
        for item in found.promises
        if item.at and (target := item.view.gap.target)
    ]
    if not items:
        return None
    return fold(f"Đi tới câu của từng cam kết ({len(items)})", html.Ul(items, className="ways"), kind="way-in")


def _forms(found: DocumentPage) -> Element | None:
    if refusal(Action.IMPORT, found.place.slug):
        return None
    attach = change_form(
        _address(found.programme, "gan"),
        file_field("Tệp văn bản", "tep", accept=KINDS, hint=HINT),
        submit="Thay văn bản" if found.document else "Gắn văn bản",
        encType="multipart/form-data",
    )
    remove = change_form(_address(found.programme, "go"), submit="Gỡ văn bản", kind="plain-button")
    return section("Gắn, thay hoặc gỡ văn bản", attach, remove if found.document else None)


def _address(programme: Programme, what: str) -> str:
    return f"/tinh/{programme.place}/van-ban/{programme.slug}/{what}"


@mutation(
    "/tinh/<slug>/van-ban/<programme>/gan",
    action=Action.IMPORT,
    place=whose.part("slug"),
    words="Gắn văn bản của chương trình",
)
def attach_programme_document(writer: Writer, _form: Form, slug: str, programme: str) -> str:
    """Take the document of a programme."""
    file = request.files.get("tep")
    if file is None or not file.filename:
        raise WriteRefusedError("Chưa chọn tệp văn bản: chọn rồi gửi lại.")
    own = _programme(slug, programme)
    try:
        attach_document(own, file.filename, file.stream.read(), writer.actor)
    except ImportRefusedError as error:
        raise WriteRefusedError(str(error)) from error
    return f"/tinh/{slug}/van-ban?chuong-trinh={programme}"


@mutation(
    "/tinh/<slug>/van-ban/<programme>/go",
    action=Action.IMPORT,
    place=whose.part("slug"),
    words="Gỡ văn bản của chương trình",
)
def remove_programme_document(writer: Writer, _form: Form, slug: str, programme: str) -> str:
    """Take the document of a programme away."""
    if not remove_document(_programme(slug, programme), writer.actor):
        raise WriteRefusedError("Chương trình này không còn văn bản nào đang gắn: mở lại trang văn bản.")
    return f"/tinh/{slug}/van-ban?chuong-trinh={programme}"


@route("/tinh/<slug>/van-ban/<programme>/tep", right=VIEW_PLACE)
def send_document(slug: str, programme: str) -> Response:
    """The attached file, only to be saved; anything else answers 404."""
    own = repository().today().programmes.get(programme)
    found = document_file(programme) if own and own.place == slug else None
    if found is None:
        abort(404)
    response = send_file(
        io.BytesIO(found[1]), mimetype="application/octet-stream", as_attachment=True, download_name=found[0]
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "no-store"
    return response


def _programme(slug: str, programme: str) -> Programme:
    found = repository().today().programmes.get(programme)
    if found is None or found.place != slug:
        raise WriteRefusedError("Không có chương trình này: mở lại từ trang của địa bàn.")
    return found
