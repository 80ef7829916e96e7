"""`/dang-nhap/oidc`: out to the OpenID provider and back."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from dashboard.access.account_session import sent_token
from dashboard.accounts.data.oidc_accounts import sign_in_by_claims
from dashboard.accounts.data.sessions import close_session
from dashboard.accounts.data.sign_in import SignInError
from dashboard.accounts.pages.sign_in import go_on, refused_sign_in
from dashboard.accounts.parts.sign_in import PATH
from dashboard.db.read_session import UNREADABLE, repository
from dashboard.web.errors import told_trouble
from dashboard.web.routes import route
from dashboard.web.rules import OPEN
from models.accounts.account_rules import safe_return

OUT, BACK = f"{PATH}/oidc", f"{PATH}/oidc/tra-ve"
NOT_OFFERED = "Bản cài này không dùng đăng nhập qua cơ quan. Đăng nhập bằng mật khẩu."


def _oidc() -> Any:
    """The module of the protocol, when it is needed: nobody else shall carry its libraries."""
    return import_module("dashboard.accounts.oidc")


@route(OUT, right=OPEN)
def leave_for_provider() -> AnyResponse:
    """Send the browser to the provider; what must be remembered travels in a sealed cookie."""
    settings = repository().settings
    if not settings.has_provider:
        return refused_sign_in(NOT_OFFERED, 404)
    oidc = _oidc()
    try:
        address, sealed = oidc.start(
            settings, url_for("work.return_from_provider", _external=True), safe_return(request.args.get("ve"))
        )
    except oidc.OidcError as error:
        return refused_sign_in(str(error), error.status)
    response = redirect(address, code=303)
    response.set_cookie(
        oidc.COOKIE,
        sealed,
        max_age=oidc.HOLDS_SECONDS,
        path=OUT,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@route(BACK, right=OPEN)
def return_from_provider() -> AnyResponse:
    """Sign in whom the provider proves; the sealed cookie is used once, whatever comes of it."""
    if not repository().settings.has_provider:
        return refused_sign_in(NOT_OFFERED, 404)
    oidc = _oidc()
    response = _signed_in(oidc)
    response.delete_cookie(oidc.COOKIE, path=OUT, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def _signed_in(oidc: Any) -> AnyResponse:
    try:
        claims, way = oidc.finish(repository().settings, request.cookies.get(oidc.COOKIE, ""), request.args)
        opened = sign_in_by_claims(claims, is_strong=oidc.is_strong(claims))
        close_session(sent_token())
    except oidc.OidcError as error:
        return refused_sign_in(str(error), error.status)
    except SignInError as error:
        return refused_sign_in(str(error), 403)
    except UNREADABLE as error:
        trouble = told_trouble(error)
        return refused_sign_in(trouble.said, trouble.status)
    return go_on(opened.token, safe_return(way), is_waiting=opened.is_waiting)
