"""`/duyet/<number>`: one proposal with every figure before and after on today's data; approve, refuse or withdraw."""

from __future__ import annotations

from collections.abc import Iterator

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboard.access.access import may, viewer
from dashboard.db.import_file import ImportRefusedError, ImportsBusyError, import_service, kind_name, preview_of, tell
from dashboard.db.published import value_by_key
from dashboard.db.snapshot_values import Snapshot
from dashboard.imports.data import approvals, proposed_files
from dashboard.imports.data.approvals import NotApprovedError
from dashboard.imports.pages.approvals import PATH
from dashboard.imports.parts.preview import effects_part, preview
from dashboard.imports.parts.proposals import proposal_facts, proposal_title
from dashboard.ui import html
from dashboard.ui.address import View
from dashboard.ui.arguments import address_values
from dashboard.ui.form import hidden, long_field, tick_field
from dashboard.ui.html import Element
from dashboard.ui.marks import empty
from dashboard.web import errors
from dashboard.web.mutations import BusyError, change_form, refused
from dashboard.web.page_layout import page_layout
from dashboard.web.plain_page import answer, stream
from dashboard.web.routes import route
from dashboard.web.rules import SIGNED_IN
from dashboard.web.shell import breadcrumbs, page_frame, section
from models.accounts.approval import PendingChange, Proposal
from models.accounts.rights import Action
from models.places.place import COUNTRY

BACK = [("Duyệt", PATH)]
MOVED_ON = "Dữ liệu đã đổi từ lúc bạn xem. Dưới đây là bản trước và sau mới; xem lại rồi mới duyệt. Chưa ghi gì."


@route(f"{PATH}/<int:number>", right=SIGNED_IN)
def show_proposal(number: int) -> AnyResponse:
    """One proposal; a waiting file is previewed on today's data first, and the page tells how far that is."""
    item, query = _found(number), "?da-doi=1" if request.args.get("da-doi") else ""
    if item is None or item.kind != Proposal.IMPORT or not approvals.may_decide(viewer(), item) or item.verdict:
        return answer(_proposal(**address_values(number=number, token="")), "Duyệt")
    try:
        place = proposed_files.place_for_preview(item, viewer())
    except ImportsBusyError as error:
        return refused(str(error), BusyError.status)
    said = tell(proposed_files.preview_again(item, viewer(), place), place)
    return stream("Đang xem trước trên dữ liệu hôm nay", item.title, _lines(said, f"{PATH}/{number}", query))


@route(f"{PATH}/<int:number>/<token>", right=SIGNED_IN)
def show_proposed_file(number: int, token: str) -> AnyResponse:
    """A waiting file with its preview."""
    item = _found(number)
    if item is None or item.verdict is not None or not proposed_files.is_preview_of(item, token):
        return redirect(f"{PATH}/{number}")
    return answer(_proposal(**address_values(number=number, token=token)), "Duyệt")


@page_layout
def _proposal(snapshot: Snapshot, view: View, number: int = 0, token: str = "", **rest: str) -> Element:
    item = _found(number)
    if item is None:
        return errors.not_found(view, f"Không có đề nghị {number}.", "Xem lại danh sách ở trang Duyệt.")
    title = proposal_title(item)
    notice = html.P(MOVED_ON, className="notice") if rest.get("da-doi") else None
    chosen = value_by_key(snapshot.moment, item.payload["choice"]) if item.kind == Proposal.OFFICIAL else None
    facts = section(f"Đề nghị số {number}", proposal_facts(item, snapshot, kind_name, chosen))
    return page_frame(title, breadcrumbs(BACK), notice, facts, *_parts(item, token, snapshot), view=view, current=PATH)


def _parts(item: PendingChange, token: str, snapshot: Snapshot) -> list[Element | None]:
    """What the reader may do with it, and what it would move."""
    if item.verdict is not None:
        return []
    if approvals.is_own(viewer(), item):
        form = change_form(f"{PATH}/{item.id}/rut", submit="Rút đề nghị", kind="plain-button")
        return [section("Chờ người khác duyệt", html.P("Người đề nghị không tự duyệt được."), form)]
    try:
        if item.kind == Proposal.IMPORT:
            return _file_parts(item, token, snapshot)
        version = approvals.version_now()  # before looking: what comes in meanwhile is shown anew
        moved = effects_part(approvals.effects(item), snapshot)
        return [section("Quyết định", _approve(item, version), _refuse(item)), moved]
    except (NotApprovedError, ImportRefusedError) as error:
        sorry = empty("Đề nghị này không thực hiện được trên dữ liệu hôm nay.", str(error))
        return [section("Quyết định", sorry, _refuse(item))]


def _file_parts(item: PendingChange, token: str, snapshot: Snapshot) -> list[Element | None]:
    version, prepared = approvals.version_now(), import_service().prepared(token)
    agree = tick_field(f"Đồng ý để ngoài {prepared.agreement}", "de-ngoai") if prepared.needs_agreement else None
    forms = {
        "commit": _approve(item, version, agree, hidden("ban-xem-truoc", token)) if prepared.can_commit else None,
        "cancel": _refuse(item),
        "pairs": None,
    }
    marked = f"/nhap-lieu/{token}/ban-danh-dau.xlsx" if may(Action.IMPORT, item.place or COUNTRY) else ""
    return preview(preview_of(prepared), snapshot, forms, marked)[1]


def _approve(item: PendingChange, version: str, *fields: Element | None) -> Element:
    return change_form(f"{PATH}/{item.id}/duyet", hidden("phien-ban", version), *fields, submit="Duyệt và ghi")


def _refuse(item: PendingChange) -> Element:
    reason = long_field("Lý do không duyệt", "ly-do", hint="Người đề nghị sẽ đọc lý do này.")
    form = change_form(f"{PATH}/{item.id}/khong-duyet", reason, submit="Không duyệt", kind="danger")
    return html.Details([html.Summary("Không duyệt"), form], className="other-way")


def _found(number: int) -> PendingChange | None:
    """The proposal, where the reader proposed it or may decide it."""
    item = approvals.find(number)
    return item if item is not None and approvals.concerns(viewer(), item) else None


def _lines(said: Iterator[tuple[str, str]], address: str, query: str) -> Iterator[Element]:
    for what, text in said:
        if what == "line":
            yield html.P(text)
        elif what == "done":
            yield html.P([html.Strong("Xong. "), html.A("Xem kết quả", href=f"{address}/{text}{query}")])
            yield html.Meta(httpEquiv="refresh", content=f"0; url={address}/{text}{query}")
        else:
            yield empty("Chưa xem trước được.", text, html.A("Về trang Duyệt", href=PATH))
