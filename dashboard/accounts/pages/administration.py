"""`/quan-tri/tai-khoan`: who has an account here, with which roles; add one. For administrators."""

from __future__ import annotations

from flask import Response

from dashboard.access import owner_place as whose
from dashboard.access.access import viewer
from dashboard.accounts.data import account_changes as changes
from dashboard.accounts.data.account_lists import all_accounts
from dashboard.accounts.parts import blocks as parts
from dashboard.accounts.parts.blocks import account_answer, grant_fields, read_grant
from dashboard.accounts.values import AccountLine, ScopeNames
from dashboard.db.read_session import repository
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.form import text_field, tick_field
from dashboard.ui.html import Content, Element
from dashboard.ui.table import data_table, wide
from dashboard.web.form_values import needed_text
from dashboard.web.mutations import Form, Writer, change_form, mutation
from dashboard.web.routes import route
from dashboard.web.rules import ADMINISTER
from dashboard.web.shell import page_frame, section
from models.accounts.account_writing import AccountError
from models.accounts.rights import ROLE_WORDS, Action, Role
from models.base.day_text import LOCAL

PATH, TITLE = "/quan-tri/tai-khoan", "Tài khoản và vai trò"
COLUMNS = ("Tên đăng nhập", "Họ tên, đơn vị", wide("Vai trò"), "Cách đăng nhập", "Tình trạng", "Tạo ngày")


@route(PATH, right=ADMINISTER)
def show_administration() -> Response:
    """The list and the form."""
    return administration_page()


def administration_page(notice: str = "", *, secret: Element | None = None, status: int = 200) -> Response:
    """The list with what happened on top."""
    return account_answer(TITLE, lambda view, names: _administration(view, names, notice, secret), status)


def _administration(view: View, names: ScopeNames, notice: str, secret: Element | None) -> Element:
    found = all_accounts()
    table = data_table(COLUMNS, [_row(a, names) for a in found], caption="Tài khoản, đang dùng trước", kind="dense")
    fields = [
        text_field("Tên đăng nhập", "ten", hint="Chữ, số, dấu chấm hoặc gạch; không phân biệt hoa thường.",
                   maxLength=64, autoCapitalize="none"),
        text_field("Họ tên hoặc tên đơn vị", "ho-ten", maxLength=80),
        *grant_fields(names),
        tick_field("Chỉ đăng nhập bằng tài khoản cơ quan, không có mật khẩu ở đây", "khong-mat-khau")
        if repository().settings.has_provider else None,
    ]  # fmt: skip
    add = change_form(PATH, *fields, submit="Thêm tài khoản", asks_name=False)
    return page_frame(
        TITLE,
        html.P(notice, className="notice", role="status") if notice else None,
        secret,
        section(f"{len(found)} tài khoản", table),
        section("Thêm tài khoản", html.P("Mật khẩu dùng một lần hiện ra sau khi thêm, có hạn 7 ngày."), add),
        view=view,
        current=PATH,
        lead="Vai trò nào ở địa bàn nào thì làm được việc đó ở đó. Mọi thay đổi đều vào nhật ký.",
    )


@mutation(PATH, action=Action.ADMINISTER, place=whose.whole, needs_name=False)
def add_an_account(_writer: Writer, form: Form) -> Response:
    """A new account with its first role; its one-time password stands on the answer and never again."""
    name = needed_text(form, "ten", "Tên đăng nhập", 64)
    shown = needed_text(form, "ho-ten", "Họ tên hoặc tên đơn vị", 80)
    grant, has_password = read_grant(form), form.get("khong-mat-khau") != "1"
    try:
        number, password = changes.add_account(name, shown, has_password=has_password, grant=grant, by=viewer().name)
    except AccountError as error:
        return administration_page(f"{error} Chưa thêm gì.", status=403)
    link = html.P(html.A("Xem và sửa vai trò", href=f"{PATH}/{number}"))
    once = parts.shown_once(f"Mật khẩu dùng một lần của {name}", password) if password else None
    return administration_page(f"Đã thêm tài khoản {name}.", secret=html.Div([once, link]))


def _row(account: AccountLine, names: ScopeNames) -> list[Content]:
    roles = [
        f"{ROLE_WORDS[Role(g.role)]}, {parts.place_name(g.place, names) if g.place else parts.EVERYWHERE.lower()}"
        for g in account.grants
    ]
    return [
        html.A(account.username, href=f"{PATH}/{account.id}"),
        account.display_name,
        [html.Span(text, className="sub") for text in roles] or words.NONE,
        parts.ways_in(account),
        parts.state_words(account),
        words.day(account.created_at.astimezone(LOCAL)),
    ]
