"""The look before each request: who asks, what rule holds, and what is said to somebody who may not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import Dash
from flask import Flask, Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboard.access import access
from dashboard.access.access import AccessRule, find_viewer, outside_of_view, viewer, why_not
from dashboard.access.accounts import has_accounts
from dashboard.access.headers import ASSETS
from dashboard.access.owner_place import UNSCOPED
from dashboard.db.read_session import repository
from dashboard.ui import html
from dashboard.ui.marks import empty
from dashboard.web import callbacks
from dashboard.web.error_links import OWN_ACCOUNT, sign_in_address
from dashboard.web.mutations import refused
from dashboard.web.plain_page import plain_answer
from dashboard.web.refusals import told
from dashboard.web.routes import DECLARED
from dashboard.web.rules import CALLBACKS, ENDPOINTS, OPEN
from models.accounts.rights import Action

ASKS_NOBODY = ASSETS | {"/_favicon.ico", "api.health"}  # nothing in them depends on the reader
NO_RULE = "Chưa ai được mở địa chỉ này. Báo người quản trị hệ thống."
OTHER_PLACE = "Tài khoản của bạn không có quyền xem địa bàn này. Người quản trị hệ thống cấp quyền này."
NOT_ALLOWED = "Không có quyền mở trang này"

Asked = tuple[AccessRule | None, Mapping[str, Any]]


def authorize_requests(app: Dash) -> None:
    """Look at every request before anything else reads the database; what has no rule is refused."""
    server: Flask = app.server

    @server.before_request
    def look() -> AnyResponse | None:
        if request.endpoint in ASKS_NOBODY:
            return None
        if request.endpoint is None:  # no such address: only the frame of the error's page is drawn
            g.viewer = find_viewer(OPEN)
            return None
        rule, parts = asked()
        g.viewer = find_viewer(rule or OPEN)
        if rule is None:
            return told(403, NOT_ALLOWED, NO_RULE)
        if reason := _why_refused(rule, parts):
            return refuse(rule, reason)
        if rule.is_change and rule.action:
            g.changing_places = viewer().places_for(rule.action)
        return None


def _why_refused(rule: AccessRule, parts: Mapping[str, Any]) -> str:
    """Why the viewer may not, empty when they may; who may change nothing anywhere is told before the form is read."""
    if rule.is_change and (reason := why_not(rule)):
        return reason
    subject = rule.subject(parts, request.form) if not rule.is_open else UNSCOPED
    reason = why_not(rule, subject)
    if not reason and not rule.is_open and outside_of_view():
        reason = OTHER_PLACE
    if not reason:
        g.rule, g.subject = rule, subject
    return reason


def asked() -> Asked:
    """The rule of this request and the parts of its address; None when nobody wrote one."""
    endpoint = request.endpoint or ""
    if endpoint == callbacks.ENDPOINT:
        return _callback_rule(request.get_json())
    return ENDPOINTS.get(endpoint), request.view_args or {}


def _callback_rule(body: Mapping[str, Any]) -> Asked:
    """What Dash draws at an address asks for the rule of the live page there; at other addresses it draws nothing."""
    if body["output"] != callbacks.ROUTER:
        return CALLBACKS.get(str(body["output"])), {}
    endpoint, parts = callbacks.routed_endpoint(body) or ("", {})
    is_live = endpoint in DECLARED and DECLARED[endpoint].live is not None
    return (ENDPOINTS.get(endpoint), parts) if is_live else (None, {})


def refuse(rule: AccessRule, reason: str) -> AnyResponse:
    """What a reader or a program is told: where to sign in, or which right is missing and who gives it."""
    if rule.is_change:
        return refused(reason)
    who = viewer()
    is_page = request.method == "GET" and rule.action is not Action.EXPORT and not _is_machine()
    if is_page and reason == access.LACKS["password"]:
        return redirect(f"{OWN_ACCOUNT}?da=moi", code=303)
    if who.account_id is None and (not repository().settings.public_view or has_accounts()):
        return redirect(sign_in_address(), code=303) if is_page else told(401, "Cần đăng nhập", reason)
    return forbidden(reason) if is_page else told(403, NOT_ALLOWED, reason)


def forbidden(reason: str) -> Response:
    """The page for somebody who is signed in and may not: which right is missing, and ways on."""
    ways = [html.A("Về trang Tổng quan", href="/")] if access.may(Action.VIEW) else []
    if viewer().account_id is not None:
        ways.append(html.A("Xem quyền của tôi", href=OWN_ACCOUNT))
    g.page_status = 403
    return plain_answer(NOT_ALLOWED, empty(reason, "", *ways), status=403)


def _is_machine() -> bool:
    return request.path.startswith(("/api/", "/_dash", "/_reload-hash", "/lich/", "/xuat/"))
