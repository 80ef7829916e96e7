"""`/quan-tri/tai-khoan/<number>`: one account: roles, lock, password, second factor, sessions. For administrators."""

from __future__ import annotations

from flask import Response, request

from dashboard.accounts.data.account_lists import one_account
from dashboard.accounts.pages.administration import PATH, TITLE
from dashboard.accounts.parts import blocks as parts
from dashboard.accounts.parts.frame import account_answer
from dashboard.accounts.parts.role_form import grant_fields
from dashboard.accounts.values import AccountLine, ScopeNames
from dashboard.ui import html
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.web import errors
from dashboard.web.mutations import change_form
from dashboard.web.routes import route
from dashboard.web.rules import ADMINISTER
from dashboard.web.shell import breadcrumbs, page_frame, section

DONE = "Đã ghi thay đổi."


@route(f"{PATH}/<int:number>", right=ADMINISTER)
def show_one_account(number: int) -> Response:
    """The page of one account."""
    return one_account_page(number, DONE if request.args.get("da") else "")


def one_account_page(number: int, notice: str = "", *, secret: Element | None = None, status: int = 200) -> Response:
    """The page of one account with what happened on top."""
    return account_answer(TITLE, lambda view, names: _one(view, names, number, notice, secret), status)


def _one(view: View, names: ScopeNames, number: int, notice: str, secret: Element | None) -> Element:
    account = one_account(number)
    if account is None:
        back = html.A("Danh sách tài khoản", href=PATH)
        return errors.not_found(view, "Không có tài khoản mang số này.", "Chọn trong danh sách.", back)
    here = f"{PATH}/{number}"
    revoke = {row.id: _button(f"{here}/vai-tro/{row.id}/thu-hoi", "Thu hồi") for row in account.grants}
    keys = {row.id: _button(f"{here}/khoa-truy-cap/{row.id}/thu-hoi", "Thu hồi") for row in account.tokens}
    give = change_form(f"{here}/vai-tro", *grant_fields(names), submit="Cấp vai trò", asks_name=False)
    return page_frame(
        f"Tài khoản {account.username}: {account.display_name}",
        breadcrumbs([(TITLE, PATH)]),
        html.P(notice, className="notice", role="status") if notice else None,
        secret,
        section("Vai trò đang có", parts.roles_table(account.grants, names, revoke.get)),
        section("Cấp thêm vai trò", give),
        section("Đăng nhập", *_access(account, here)),
        section("Phiên đang mở", parts.sessions_table(account.sessions, None),
                _button(f"{here}/dong-phien", "Đóng mọi phiên") if account.sessions else None),
        section("Khóa truy cập", parts.tokens_table(account.tokens, keys.get)),
        view=view,
        current="/quan-tri/tai-khoan",
        lead=f"Tình trạng: {parts.state_words(account)}. Đăng nhập bằng {parts.ways_in(account)}.",
    )  # fmt: skip


def _access(account: AccountLine, here: str) -> list[Element | None]:
    """Lock or unlock, a new one-time password, taking away a lost second factor."""
    held = account.is_active and account.locked_until is None
    lock = _button(f"{here}/khoa", "Khóa tài khoản", "danger")
    unlock = _button(f"{here}/mo-khoa", "Mở khóa tài khoản", "primary")
    return [
        html.P("Khóa, cấp mật khẩu mới hoặc bỏ xác thực hai lớp sẽ đóng mọi phiên của tài khoản."),
        lock if held else unlock,
        _button(f"{here}/mat-khau", "Cấp mật khẩu dùng một lần") if account.has_password else None,
        _button(f"{here}/bo-hai-lop", "Bỏ xác thực hai lớp", "danger") if account.has_factor else None,
    ]


def _button(address: str, text: str, kind: str = "plain-button") -> Element:
    return change_form(address, submit=text, kind=kind, asks_name=False)
