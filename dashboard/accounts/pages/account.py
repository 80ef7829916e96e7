"""`/tai-khoan`: the own account: roles, password, second factor, open sessions, access keys."""

from __future__ import annotations

from functools import partial

from flask import Response, request

from dashboard.access.access import viewer
from dashboard.access.accounts import is_reduced
from dashboard.access.owner_place import unscoped
from dashboard.accounts.data import account_changes as changes
from dashboard.accounts.data.account_lists import one_account
from dashboard.accounts.data.sessions import close_own_session
from dashboard.accounts.parts import blocks as parts
from dashboard.accounts.parts.blocks import account_answer, shown_once
from dashboard.accounts.values import AccountLine, ScopeNames
from dashboard.ui import html
from dashboard.ui.address import View
from dashboard.ui.form import choice_field, text_field
from dashboard.ui.html import Element
from dashboard.web.form_values import needed_text, text
from dashboard.web.mutations import Form, Writer, WriteRefusedError, change_form, mutation
from dashboard.web.routes import route
from dashboard.web.rules import OWN_PASSWORD
from dashboard.web.shell import page_frame, section
from models.accounts.account_rules import PURPOSES, SHORTEST_PASSWORD
from models.accounts.account_writing import AccountError

PATH = "/tai-khoan"
DONE = {
    "moi": "Mật khẩu này chỉ dùng một lần. Đổi mật khẩu của riêng mình rồi mới dùng được hệ thống.",
    "mat-khau": "Đã đổi mật khẩu. Các phiên khác đã đóng.",
    "phien": "Đã đóng phiên.",
    "thu-hoi": "Đã thu hồi khóa truy cập.",
    "bo-hai-lop": "Đã bỏ xác thực hai lớp. Các phiên khác đã đóng.",
    "hai-lop": "Đã bật xác thực hai lớp.",
}
REDUCED = "Vai trò của bạn đòi xác thực hai lớp. Trước khi bật, tài khoản này chỉ xem được số liệu."
KEYS = (
    "Cho chương trình lịch, máy tải số liệu đọc những gì bạn được xem, trừ họ tên; không sửa được gì. "
    "Thêm “?khoa=” và khóa vào cuối địa chỉ."
)


@route(PATH, right=OWN_PASSWORD)
def show_account() -> Response:
    """The page."""
    return account_page(DONE.get(request.args.get("da", ""), ""))


def account_page(notice: str = "", *, secret: Element | None = None, status: int = 200) -> Response:
    """The page with what happened on top. It opens for everybody who is signed in, whatever they may see."""
    return account_answer("Tài khoản", lambda view, names: _account(view, names, notice, secret), status)


def _account(view: View, names: ScopeNames, notice: str, secret: Element | None) -> Element:
    account = one_account(viewer().account_id or 0)
    if account is None:
        return page_frame("Tài khoản", html.P("Đăng nhập để xem.", className="notice"), view=view, current="")
    reduced = html.P(REDUCED, className="notice") if is_reduced(viewer().session_id) else None
    notice = notice or (DONE["moi"] if account.must_change_password else "")
    said = html.P(notice, className="notice", role="status") if notice else None
    rest = [] if account.must_change_password else _rest(names, account)
    return page_frame(
        f"Tài khoản của {account.display_name}",
        said,
        secret,
        reduced,
        _password_part(account),
        *rest,
        view=view,
        current="",
        lead=f"Tên đăng nhập: {account.username}. Đăng nhập bằng {parts.ways_in(account)}.",
    )


def _rest(names: ScopeNames, account: AccountLine) -> list[Element]:
    own = viewer().session_id
    close = {row.id: _button(f"{PATH}/phien/{row.id}/dong", "Đăng xuất khỏi phiên này") for row in account.sessions}
    revoke = {row.id: _button(f"{PATH}/khoa/{row.id}/thu-hoi", "Thu hồi") for row in account.tokens}
    return [
        section("Vai trò", parts.roles_table(account.grants, names)),
        _factor_part(account),
        section("Phiên đang mở", parts.sessions_table(account.sessions, own, close.get)),
        section("Khóa truy cập", html.P(KEYS), parts.tokens_table(account.tokens, revoke.get),
                _key_form()),
    ]  # fmt: skip


def _password_part(account: AccountLine) -> Element | None:
    if not account.has_password:
        return None
    hint = f"Ít nhất {SHORTEST_PASSWORD} ký tự, không chứa tên đăng nhập. Một câu ngắn dễ nhớ là tốt nhất."
    new_field = partial(text_field, type="password", autoComplete="new-password")
    fields = [
        present_field(),
        new_field("Mật khẩu mới", "moi", hint=hint),
        new_field("Mật khẩu mới, lần nữa", "lai"),
    ]
    form = change_form(f"{PATH}/mat-khau", *fields, submit="Đổi mật khẩu", asks_name=False)
    return section("Đổi mật khẩu", form)


def _factor_part(account: AccountLine) -> Element:
    proof = present_field() if account.has_password else None
    if account.has_factor:
        text = f"Đang bật. Còn {account.recovery_codes_left} mã dự phòng chưa dùng."
        form = change_form(f"{PATH}/hai-lop/bo", proof, submit="Bỏ xác thực hai lớp", kind="danger", asks_name=False)
    else:
        text = "Chưa bật. Khi bật, mỗi lần đăng nhập cần thêm mã sáu số trên điện thoại."
        form = change_form(f"{PATH}/hai-lop", proof, submit="Bật xác thực hai lớp", asks_name=False)
    return section("Xác thực hai lớp", html.P(text), form)


def _key_form() -> Element:
    fields = [
        choice_field("Dùng cho", "muc-dich", list(PURPOSES.items())),
        text_field("Ghi chú", "ghi-chu", hint="Ví dụ: lịch trên điện thoại.", maxLength=80),
    ]
    return change_form(f"{PATH}/khoa", *fields, submit="Tạo khóa truy cập", asks_name=False)


def present_field() -> Element:
    """The present password, asked again before the password or the second factor changes."""
    return text_field("Mật khẩu hiện tại", "hien-tai", type="password", autoComplete="current-password")


def _button(address: str, text: str) -> Element:
    return change_form(address, submit=text, kind="plain-button", asks_name=False)


@mutation(f"{PATH}/mat-khau", action=None, place=unscoped, needs_name=False, is_own_password=True)
def change_own_password(_writer: Writer, form: Form) -> str | Response:
    """A new password, typed twice; all other sessions end."""
    if form.get("moi", "") != form.get("lai", ""):
        return account_page("Hai lần nhập mật khẩu mới không giống nhau. Chưa đổi gì; nhập lại.", status=403)
    who = viewer()
    try:
        changes.change_password(
            who.account_id or 0, who.session_id, form.get("hien-tai", "")[:1000], form.get("moi", "")[:1000]
        )
    except AccountError as error:
        return account_page(str(error), status=403)
    return f"{PATH}?da=mat-khau"


@mutation(f"{PATH}/phien/<int:number>/dong", action=None, place=unscoped, needs_name=False)
def close_session_of_mine(_writer: Writer, _form: Form, number: int) -> str:
    """Sign another browser out, or this one."""
    who = viewer()
    if not close_own_session(who.account_id or 0, number):
        raise WriteRefusedError("Phiên này đã đóng. Tải lại trang.")
    return "/dang-nhap" if number == who.session_id else f"{PATH}?da=phien"


@mutation(f"{PATH}/khoa", action=None, place=unscoped, needs_name=False)
def make_access_key(_writer: Writer, form: Form) -> Response:
    """A key for a program, shown on the answer and never again."""
    who, purpose = viewer(), text(form, "muc-dich")
    label = needed_text(form, "ghi-chu", "Ghi chú", 80)
    try:
        token = changes.make_own_token(who.account_id or 0, purpose, label)
    except AccountError as error:
        return account_page(str(error), status=403)
    return account_page(secret=shown_once(f"Khóa truy cập “{label}”", token))


@mutation(f"{PATH}/khoa/<int:number>/thu-hoi", action=None, place=unscoped, needs_name=False)
def revoke_access_key(_writer: Writer, _form: Form, number: int) -> str | Response:
    """Let a key of one's own no longer open anything."""
    try:
        changes.revoke_own_token(viewer().account_id or 0, number)
    except AccountError as error:
        return account_page(str(error), status=403)
    return f"{PATH}?da=thu-hoi"
