"""Changes to the own account: password, sessions, access keys. The trail has its own word for each."""

from __future__ import annotations

from flask import Response

from dashboard.access.access import viewer
from dashboard.access.owner_place import unscoped
from dashboard.accounts.data import account_changes as changes
from dashboard.accounts.data.sessions import close_own_session
from dashboard.accounts.pages.account import PATH, account_page
from dashboard.accounts.parts.blocks import shown_once
from dashboard.web.form_values import needed_text, text
from dashboard.web.mutations import Form, Writer, WriteRefusedError, mutation
from models.accounts.account_writing import AccountError


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
