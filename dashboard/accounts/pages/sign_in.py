"""`/dang-nhap`: name and password, then the second step; `/dang-xuat`. Plain HTML, no script needed."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboard.access.access import viewer
from dashboard.access.account_session import give, sent_token, take_back
from dashboard.access.accounts import has_accounts
from dashboard.accounts.data.sessions import close_session, is_waiting
from dashboard.accounts.data.sign_in import START_AGAIN, SignInError, second_step, sign_in
from dashboard.accounts.parts.sign_in import OUT, PATH, SECOND, code_form, password_form, sign_out_form
from dashboard.db.read_session import UNREADABLE
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.web.errors import told_trouble
from dashboard.web.mutations import OTHER_PAGE, is_own_form
from dashboard.web.plain_page import plain_answer
from dashboard.web.routes import route
from dashboard.web.rules import OPEN
from dashboard.web.shell import section
from models.accounts.account_rules import safe_return
from models.accounts.account_secrets import HashingBusyError

NO_ACCOUNTS = (
    "Bản cài này chưa có tài khoản nào. Người quản trị tạo tài khoản đầu tiên trên máy chủ, "
    "theo mục “Accounts” của hướng dẫn cài đặt."
)


@route(PATH, right=OPEN)
def show_sign_in() -> AnyResponse:
    """The form, or whom this browser is signed in as."""
    way = safe_return(request.args.get("ve"))
    if viewer().account_id is not None:
        return plain_answer("Bạn đang đăng nhập", _already(way))
    return plain_answer("Đăng nhập", password_form(way), lead="" if has_accounts() else NO_ACCOUNTS)


@route(PATH, right=OPEN, methods=("POST",))
def receive_sign_in() -> AnyResponse:
    """Open a session under a new token; whatever the browser held before ends."""
    way, typed = safe_return(request.form.get("ve")), request.form.get("ten", "")[:200]
    if not is_own_form():
        return plain_answer("Chưa đăng nhập được", password_form(way, typed, OTHER_PAGE), status=403)
    try:
        opened = sign_in(typed, request.form.get("mat-khau", "")[:1000])
        close_session(sent_token())
    except SignInError as error:
        return plain_answer("Chưa đăng nhập được", password_form(way, typed, str(error)), status=403)
    except (*UNREADABLE, HashingBusyError) as error:
        trouble = told_trouble(error)
        return plain_answer("Chưa đăng nhập được", password_form(way, typed, trouble.said), status=trouble.status)
    return go_on(opened.token, way, is_waiting=opened.is_waiting, must_change=opened.must_change_password)


@route(SECOND, right=OPEN)
def show_second_step() -> AnyResponse:
    """The form for the code."""
    way = safe_return(request.args.get("ve"))
    if not is_waiting(sent_token()):
        return redirect(f"{PATH}?{urlencode({'ve': way})}", code=303)
    return plain_answer("Bước hai của đăng nhập", code_form(way))


@route(SECOND, right=OPEN, methods=("POST",))
def receive_second_step() -> AnyResponse:
    """Open the session when the code is right."""
    way = safe_return(request.form.get("ve"))
    if not is_own_form():
        return plain_answer("Chưa đăng nhập được", code_form(way, OTHER_PAGE), status=403)
    try:
        opened = second_step(sent_token(), request.form.get("ma", "")[:100])
    except SignInError as error:
        form = password_form(way, "", str(error)) if str(error) == START_AGAIN else code_form(way, str(error))
        return plain_answer("Chưa đăng nhập được", form, status=403)
    except UNREADABLE as error:
        trouble = told_trouble(error)
        return plain_answer("Chưa đăng nhập được", code_form(way, trouble.said), status=trouble.status)
    return go_on(opened.token, way, must_change=opened.must_change_password)


@route(OUT, right=OPEN, methods=("POST",))
def sign_out() -> AnyResponse:
    """End the session on the server and in the browser."""
    if not is_own_form():
        return plain_answer("Chưa đăng xuất", html.P(OTHER_PAGE, className="notice"), status=403)
    close_session(sent_token())
    return take_back(redirect(PATH, code=303))


def go_on(token: str, way: str, *, is_waiting: bool = False, must_change: bool = False) -> AnyResponse:
    """Send the cookie, and the browser to the second step, to the password to be changed, or back to where it was."""
    if is_waiting:
        return give(redirect(f"{SECOND}?{urlencode({'ve': way})}", code=303), token)
    return give(redirect("/tai-khoan?da=moi" if must_change else way, code=303), token)


def refused_sign_in(sentence: str, status: int) -> AnyResponse:
    """The form again with what went wrong elsewhere."""
    return plain_answer("Chưa đăng nhập được", password_form("/", "", sentence), status=status)


def _already(way: str) -> Element:
    ways = [html.A("Đi tiếp", href=way), html.A("Tài khoản của tôi", href="/tai-khoan")]
    return section(viewer().name, html.P(ways, className="empty-links"), sign_out_form())
