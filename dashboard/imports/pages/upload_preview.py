"""`/nhap-lieu/<token>`: what a load would do, by cell and by figure; confirm, cancel, decide pairs."""

from __future__ import annotations

from flask import Response, abort, current_app

from dashboard.access import owner_place as whose
from dashboard.access.access import viewer
from dashboard.access.trail import expected_deed
from dashboard.db.import_file import (
    KIND_NAMES,
    ImportRefusedError,
    ImportsBusyError,
    Prepared,
    import_service,
    preview_of,
)
from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.imports.data.approvals import NotApprovedError, propose_import
from dashboard.imports.pages.upload_pairs import again_form, pairs_form
from dashboard.imports.pages.upload_questions import questions_form
from dashboard.imports.pages.upload_reading import ADDRESS, ASKED, once_more
from dashboard.imports.parts.pairs import settled_words
from dashboard.imports.parts.preview import preview
from dashboard.imports.two_steps import proposed, proposer, sign, submit_words
from dashboard.register.parts.register_parts import demo_notice
from dashboard.ui import html
from dashboard.ui.address import View
from dashboard.ui.form import tick_field
from dashboard.ui.html import Element
from dashboard.ui.marks import empty
from dashboard.web.mutations import BusyError, Form, Writer, WriteRefusedError, change_form, mutation
from dashboard.web.routes import page, route
from dashboard.web.rules import PREVIEWS
from dashboard.web.shell import breadcrumbs, page_frame
from models.accounts.rights import Action

MOVED_ON = "Dữ liệu đã thay đổi từ lúc xem trước. Xem trước lại để thấy trước và sau theo dữ liệu mới, rồi nạp."


@mutation(f"{ADDRESS}/<token>/nap", action=Action.IMPORT, place=whose.preview, words="Nạp tệp")
def commit_preview(writer: Writer, form: Form, token: str) -> str:
    """Load exactly what was previewed."""
    try:
        agreed = form.get("de-ngoai") == "1"
        if by := proposer():
            return proposed(propose_import(token, agreed, by))
        within = viewer().places_for(Action.IMPORT)
        settled = settled_words(preview_of(import_service().prepared(token))["pairs"])
        deed = expected_deed().telling(pairs=settled)
        run_id = import_service().commit(token, sign(writer).actor, agreed, within=within, deed=deed)
    except ImportsBusyError as error:
        raise BusyError(str(error)) from error
    except (ImportRefusedError, NotApprovedError) as error:
        raise WriteRefusedError(str(error)) from error
    return f"/doi-soat?muc=luot-nap#luot-{run_id}"


@mutation(f"{ADDRESS}/<token>/huy", action=Action.IMPORT, place=whose.preview, needs_name=False)
def cancel_preview(_writer: Writer, _form: Form, token: str) -> str:
    """Forget a preview, and the file with it."""
    try:
        import_service().cancel(token)
    except ImportRefusedError as error:
        raise WriteRefusedError(str(error)) from error
    return ADDRESS


@route(f"{ADDRESS}/<token>/ban-danh-dau.xlsx", right=PREVIEWS)
def show_marked_copy(token: str) -> Response:
    """The workbook with its problems marked."""
    try:
        content = import_service().marked_copy(token)
    except ImportRefusedError:
        abort(404)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = current_app.response_class(content, content_type=kind)
    response.headers["Content-Disposition"] = 'attachment; filename="ban-danh-dau.xlsx"'
    response.headers["Cache-Control"] = "no-store"
    return response


@page(f"{ADDRESS}/<token>", title="Xem trước", right=PREVIEWS)
def _preview(snapshot: Snapshot, view: View, token: str = "", **rest: str) -> Element:
    try:
        prepared = import_service().prepared(token)
    except ImportRefusedError as error:
        gone = empty("Không còn bản xem trước này.", str(error), html.A("Nộp lại tệp", href=once_more(rest)))
        return page_frame("Bản xem trước đã hết hạn", gone, view=view, current=ADDRESS)
    asked = {name: rest.get(name, "") for name in ASKED}
    forms = _forms(prepared, token, asked)
    title, content = preview(preview_of(prepared), snapshot, forms, f"{ADDRESS}/{token}/ban-danh-dau.xlsx")
    place = snapshot.places.get(asked["dia-ban"])
    parts = [
        asked["ten"],
        KIND_NAMES.get(asked["loai"], ""),
        place.full_name if place else "",
        asked["nam-so"],
    ]
    return page_frame(
        title,
        breadcrumbs([("Nộp lại tệp, hoặc tệp khác", once_more(asked))]),
        demo_notice(repository().settings.is_demo),
        *content,
        view=view,
        current=ADDRESS,
        lead=" · ".join(filter(None, parts)),
    )


def _forms(prepared: Prepared, token: str, asked: dict[str, str]) -> dict[str, Element | None]:
    """The ways on from a preview: load, cancel, decide pairs."""
    if import_service().has_moved_on(token):
        moved = [html.P(MOVED_ON, className="notice"), again_form(token, asked)]
        return {
            "commit": html.Div(moved, className="block"),
            "cancel": _cancel(token),
            "pairs": None,
            "questions": None,
        }
    agree = tick_field(f"Đồng ý để ngoài {prepared.agreement}", "de-ngoai") if prepared.needs_agreement else None
    commit = (
        change_form(f"{ADDRESS}/{token}/nap", agree, submit=submit_words("Nạp vào cơ sở dữ liệu"))
        if prepared.can_commit
        else None
    )
    return {
        "commit": commit if prepared.can_commit else None,
        "cancel": _cancel(token),
        "pairs": pairs_form(preview_of(prepared), token, asked),
        "questions": questions_form(preview_of(prepared), token, asked),
    }


def _cancel(token: str) -> Element:
    return change_form(f"{ADDRESS}/{token}/huy", submit="Bỏ, không nạp", kind="plain-button", asks_name=False)
