"""`/tai-khoan/hai-lop`: set the second factor up with a square code, prove it, keep the recovery codes."""

from __future__ import annotations

import segno
from flask import Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from dashboard.access.access import viewer
from dashboard.access.owner_place import unscoped
from dashboard.accounts.data import account_changes as changes
from dashboard.accounts.data import second_factor
from dashboard.accounts.data.account_lists import one_account
from dashboard.accounts.pages.account import PATH, account_page
from dashboard.ui import html
from dashboard.ui.form import text_field
from dashboard.ui.html import Element
from dashboard.web.mutations import Form, Writer, change_form, mutation
from dashboard.web.plain_page import plain_answer
from dashboard.web.routes import route
from dashboard.web.rules import SIGNED_IN
from dashboard.web.shell import breadcrumbs, section
from models.accounts.account_secrets import totp_address
from models.accounts.account_writing import AccountError

SETUP = f"{PATH}/hai-lop"
BACK = (("Tài khoản của tôi", PATH),)
WRONG = "Mã không đúng. Kiểm tra giờ của điện thoại, chờ mã mới rồi nhập lại."
NOT_BEGUN = "Chưa bắt đầu bật xác thực hai lớp. Bắt đầu từ trang tài khoản."


@route(SETUP, right=SIGNED_IN)
def show_factor_setup() -> AnyResponse:
    """The square code, while its key waits to be proved."""
    secret = second_factor.waiting_secret(viewer().account_id or 0)
    return redirect(PATH, code=303) if secret is None else _setup_page(secret)


@mutation(SETUP, action=None, place=unscoped, needs_name=False)
def begin_factor(_writer: Writer, form: Form) -> str | Response:
    """Make a key that waits; asks for the present password."""
    if problem := _unproved(form):
        return account_page(problem, status=403)
    second_factor.begin(viewer().account_id or 0)
    return SETUP


@mutation(f"{SETUP}/xac-nhan", action=None, place=unscoped, needs_name=False)
def confirm_factor(_writer: Writer, form: Form) -> Response:
    """Put the key in force when its code is right, and show the recovery codes once."""
    who = viewer()
    secret = second_factor.waiting_secret(who.account_id or 0)
    if secret is None:
        return account_page(NOT_BEGUN, status=403)
    codes = second_factor.confirm(who.account_id or 0, who.session_id, form.get("ma", "")[:40])
    if codes is None:
        return _setup_page(secret, WRONG, 403)
    return account_page("Đã bật xác thực hai lớp. Các phiên khác đã đóng.", secret=_recovery(codes))


@mutation(f"{SETUP}/bo", action=None, place=unscoped, needs_name=False)
def remove_own_factor(_writer: Writer, form: Form) -> str | Response:
    """Take the own second factor away; asks for the present password."""
    if problem := _unproved(form):
        return account_page(problem, status=403)
    second_factor.take_away(viewer().account_id or 0, viewer().session_id)
    return f"{PATH}?da=bo-hai-lop"


def _unproved(form: Form) -> str:
    who = viewer()
    try:
        changes.check_present_password(who.account_id or 0, who.session_id, form.get("hien-tai", "")[:1000])
    except AccountError as error:
        return str(error)
    return ""


def _setup_page(secret: str, problem: str = "", status: int = 200) -> Response:
    account = one_account(viewer().account_id or 0)
    picture = segno.make(totp_address(secret, account.username if account else ""), error="m")
    code = html.Img(
        src=picture.svg_data_uri(scale=5, border=4, dark="#000000", light="#ffffff"),
        alt="Mã vuông để quét bằng ứng dụng xác thực",
        className="square-code",
    )
    typed = text_field("Mã sáu số trên ứng dụng", "ma", autoComplete="one-time-code", inputMode="numeric", maxLength=12)
    children = [
        html.P(problem, className="notice", role="alert") if problem else None,
        section("1. Quét mã này bằng ứng dụng xác thực", code, html.P(["Không quét được thì nhập khóa: ",
                html.Code(" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)), className="secret")])),
        section("2. Nhập mã mà ứng dụng đang hiện",
                change_form(f"{SETUP}/xac-nhan", typed, submit="Bật xác thực hai lớp", asks_name=False)),
    ]  # fmt: skip
    lead = "Dùng ứng dụng xác thực nào trên điện thoại cũng được (chuẩn TOTP). Khóa này không gửi ra ngoài hệ thống."
    return plain_answer("Bật xác thực hai lớp", breadcrumbs(BACK), *children, lead=lead, status=status)


def _recovery(codes: list[str]) -> Element:
    lines = [html.Li(html.Code(code, className="secret")) for code in codes]
    why = "Mỗi mã thay cho mã trên điện thoại một lần. Chỉ hiện một lần này: in hoặc chép lại rồi cất nơi an toàn."
    return html.Div([html.P(html.Strong("Mã dự phòng")), html.P(why), html.Ul(lines, className="plain-list columns")],
                    className="notice", role="status")  # fmt: skip
