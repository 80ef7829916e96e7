"""The one choke point for writes from the web until there are accounts.

Writing needs all of: ALLOW_WRITES=1, a request from this machine to a loopback name (no proxy in between), a form
token that only our own pages hold, and a typed name, which is recorded as not verified. Every route that
changes something is made with `changing`; there is no other way in.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from dash import html
from dash.development.base_component import Component
from flask import Blueprint, Flask, Response, g, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from dashboard.components.empty import empty
from dashboard.components.form import button, hidden, text_field
from dashboard.data.snapshot import door

work = Blueprint("work", __name__)
COOKIE, TOKEN, NAME = "bieu-mau", "ma-bieu-mau", "nguoi-ghi"
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1", "[::1]"})
PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")
MAX_NAME = 80

NOT_SWITCHED_ON = "Bản cài này chỉ để đọc. Người quản trị đặt ALLOW_WRITES=1 rồi khởi động lại để cho phép ghi."
NOT_HERE = "Chỉ ghi được khi mở trang ngay trên máy chủ (địa chỉ 127.0.0.1), vì hệ thống chưa có tài khoản người dùng."
OTHER_PAGE = "Biểu mẫu đã cũ hoặc không gửi từ trang này. Tải lại trang rồi gửi lại; chưa ghi gì."
NO_NAME = "Chưa ghi tên người thực hiện (từ 2 đến 80 ký tự). Ghi tên rồi gửi lại; chưa ghi gì."


@dataclass(frozen=True, slots=True)
class Writer:
    """Who says to be writing. Nobody has checked the name: `is_verified` is stored with what was written."""

    name: str
    is_verified: bool = False


class WriteRefusedError(Exception):
    """The change is not made; the message is a Vietnamese sentence for the reader."""


Form = MultiDict[str, str]


def refusal() -> str:
    """Why this request may not write, as a sentence; empty when it may."""
    if not door().settings.allow_writes:
        return NOT_SWITCHED_ON
    return "" if _is_local() else NOT_HERE


def changing(rule: str, *, needs_name: bool = True) -> Callable[[Callable[..., str]], Callable[..., AnyResponse]]:
    """Make `change(writer, form, **parts of the address)` a POST route of `work`.

    The function gives the address to show afterwards (or a whole response) and raises WriteRefusedError with a
    sentence when it must not go on. It is called only when all conditions of writing hold. `needs_name=False` is
    for steps that change no figure (a preview, giving one up).
    """

    def decorate(change: Callable[..., Any]) -> Callable[..., AnyResponse]:
        @work.post(rule, endpoint=change.__name__)
        @wraps(change)
        def route(**parts: Any) -> AnyResponse:
            try:
                outcome = change(_admit(needs_name), request.form, **parts)
            except WriteRefusedError as error:
                return refused(str(error))
            return outcome if isinstance(outcome, AnyResponse) else redirect(outcome, code=303)

        return route

    return decorate


def change_form(
    action: str, *children: Component | None, submit: str, kind: str = "primary", asks_name: bool = True, **more: Any
) -> Component:
    """A form that may change something: its fields, who is writing, the token and the button.

    Where writing is not possible the reader sees why instead. `asks_name=False` goes with `needs_name=False`.
    """
    reason = refusal()
    if reason:
        return empty("Không ghi được từ đây.", reason)
    hint = "Ghi họ tên; tên này chưa được xác thực."
    name = text_field("Người thực hiện", NAME, hint=hint, maxLength=MAX_NAME, autoComplete="name")
    parts = [hidden(TOKEN, form_token()), *children, name if asks_name else None, button(submit, kind=kind)]
    return html.Form(parts, action=action, method="POST", className="form", **more)


def form_token() -> str:
    """The token of this browser; it is made on the first form and lives in a cookie that scripts cannot read."""
    if "form_token" not in g:
        g.form_token = request.cookies.get(COOKIE) or secrets.token_urlsafe(32)
    token: str = g.form_token
    return token


def refused(sentence: str, status: int = 403) -> Response:
    """A page that says why nothing was changed and leads back."""
    from dashboard.address import read_view
    from dashboard.plain_page import answer
    from dashboard.shell import page

    view = read_view(dict(request.args), door().settings.as_of)
    back = html.A("Về trang đối soát", href="/doi-soat")
    return answer(page("Chưa ghi gì", empty(sentence, "", back), view=view, current=""), "Chưa ghi gì", status)


def set_form_cookie(app: Flask) -> None:
    """Send the token's cookie with every page that holds a form; such a page is never kept by caches."""

    @app.after_request
    def add(response: Response) -> Response:
        if "form_token" in g:
            response.set_cookie(COOKIE, g.form_token, samesite="Strict", httponly=True, path="/")
            response.headers["Cache-Control"] = "no-store"
        return response


def _admit(needs_name: bool) -> Writer:
    reason = refusal()
    if reason:
        raise WriteRefusedError(reason)
    kept, sent = request.cookies.get(COOKIE, ""), request.form.get(TOKEN, "")
    if not kept or not hmac.compare_digest(kept.encode(), sent.encode()) or not _is_own_page():
        raise WriteRefusedError(OTHER_PAGE)
    name = " ".join(request.form.get(NAME, "").split())
    if needs_name and (not 2 <= len(name) <= MAX_NAME or not name.isprintable()):
        raise WriteRefusedError(NO_NAME)
    return Writer(name)


def _is_local() -> bool:
    """Whether the caller is this machine, speaks to it by a loopback name, and no proxy stands between."""
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    if host not in LOOPBACK_NAMES or any(request.headers.get(name) for name in PROXY_HEADERS):
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _is_own_page() -> bool:
    """Whether the browser says the form came from this very origin; other ports of this machine are strangers."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if site not in (None, "same-origin"):
        return False
    return origin is None or origin == f"{request.scheme}://{request.host}"
