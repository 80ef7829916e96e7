"""The links beside the main pages: what this reader's rights open, and how much waits for their approval."""

from __future__ import annotations

from dashboard.access.access import viewer
from dashboard.access.accounts import has_accounts
from dashboard.access.personal import reader_name, reader_token
from dashboard.db.failures import RightsUnknownError
from dashboard.db.read_session import UNREADABLE, living_places, repository
from dashboard.imports.data.approvals import count_to_decide
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.web.error_links import OWN_ACCOUNT, sign_in_address
from dashboard.web.mutations import TOKEN, form_token
from models.accounts.rights import Action

WRITING = ("/nhap-lieu", "Nhập số liệu")
OWN_WORK = ("/viec-cua-toi", "Việc của tôi")
APPROVING = "/duyet"
PROPOSING = (Action.IMPORT, Action.CLOSE, Action.ENTER, Action.UNDO)


def working_links() -> list[tuple[str, str]]:
    """Addresses and words, in the order of the day's work; nothing for those who only read."""
    who = viewer()
    links = [OWN_WORK] if who.account_id is not None else []
    links += [WRITING] if who.may(Action.IMPORT) else []
    if repository().settings.two_steps and who.account_id is not None:
        links += _approving()
    for action, path, label in (
        (Action.READ_TRAIL, "/nhat-ky", "Nhật ký"),
        (Action.RUN, "/van-hanh", "Vận hành"),
        (Action.ADMINISTER, "/quan-tri/tai-khoan", "Tài khoản"),
    ):
        links += [(path, label)] if who.account_id is not None and who.may(action) else []
    return links


def who_is_here() -> Element | None:
    """The name of who is signed in with the way out, or the way in where there are accounts.

    The button carries the form's token itself: Dash draws it in the browser, too, and knows no hidden fields.
    """
    who = viewer()
    if who.account_id is None:
        return html.A("Đăng nhập", href=sign_in_address(), className="who") if _may_have_accounts() else None
    out = html.Button("Đăng xuất", type="submit", name=TOKEN, value=reader_token(form_token), className="link-button")
    name = html.A(reader_name(who.name), href=OWN_ACCOUNT, title="Tài khoản của tôi")
    return html.Div([_only(), name, html.Form(out, action="/dang-xuat", method="POST")], className="who")


def _may_have_accounts() -> bool:
    try:
        return has_accounts()
    except RightsUnknownError:  # the page itself says that the database is away
        return True


def _only() -> Element | None:
    """What every number on the page leaves out for this reader: the places they may not see."""
    if viewer().places is None:
        return None
    own = living_places()
    told = own[0] if len(own) == 1 else f"{len(own)} địa bàn"
    return html.Span(f"Chỉ xem {told} và cả nước", title=", ".join(own))


def _approving() -> list[tuple[str, str]]:
    who = viewer()
    if who.may(Action.APPROVE):
        try:
            count = count_to_decide(who)
        except UNREADABLE:  # the page itself says that the database is away
            count = 0
        return [(APPROVING, f"Duyệt ({count})" if count else "Duyệt")]
    return [(APPROVING, "Duyệt")] if any(who.may(action) for action in PROPOSING) else []
