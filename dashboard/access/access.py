"""Who asks, and what they may do: the one place that every page, callback, download and change goes through.

One look before each request finds the viewer and the rule of what is asked (dashboard/web/rules.py). What has
no rule is refused. Whose rows a session may read follows from the viewer in dashboard/db/bounds.py.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import g, has_request_context, request

from dashboard.access.accounts import has_accounts, lack_of, viewer_of_session, viewer_of_token
from dashboard.access.owner_place import UNSCOPED, Finder, Subject
from dashboard.db.read_session import repository
from models.accounts.rights import ACTION_WORDS, NOBODY, PUBLIC_GRANT, Action, Grant, Role, Viewer
from models.places.place import COUNTRY

SESSION_COOKIE = "phien-lam-viec"
TOKEN_PARAMETER = "khoa"  # noqa: S105  (the name of a parameter, no secret)
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1", "[::1]"})
PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")
TRIAL_GRANTS = (Grant(Role.OFFICER), Grant(Role.CLOSER))
READS = frozenset({Action.VIEW, Action.EXPORT})
PLACE_PARAMETERS = ("dia-ban", "place")

NOT_SWITCHED_ON = "Bản cài này chỉ để đọc. Khi người quản trị đã tạo tài khoản, đăng nhập để ghi."
NOT_HERE = "Chỉ ghi được khi mở trang ngay trên máy chủ (địa chỉ 127.0.0.1), vì hệ thống chưa có tài khoản người dùng."
NEEDS_ACCOUNTS = (
    "Bản cài này đòi hai người cho mỗi thay đổi số liệu nên cần tài khoản. "
    "Người quản trị tạo tài khoản đầu tiên trên máy chủ."
)
SIGN_IN_TO_WRITE = "Đăng nhập để ghi."
SIGN_IN_TO_SEE = "Đăng nhập để xem."
LACKS = {
    "password": "Mật khẩu bạn đang dùng chỉ dùng một lần. Đổi mật khẩu ở trang Tài khoản rồi làm lại.",
    "factor": "Tài khoản của bạn chưa bật xác thực hai lớp nên chỉ xem được. Bật ở trang Tài khoản rồi làm lại.",
}


@dataclass(frozen=True, slots=True)
class AccessRule:
    """What an address or a callback asks of the viewer.

    `action` None asks only for being signed in, or for nothing where `is_open`. `token` is the purpose of the
    access tokens that open it too. `is_change`: only a signed-in viewer (or the trial of a single machine) may.
    `is_own_password`: it is all that a one-time password opens.
    """

    action: Action | None = None
    whose: Finder | None = None
    is_open: bool = False
    is_change: bool = False
    token: str = ""
    is_own_password: bool = False

    def subject(self, parts: Mapping[str, Any], form: Mapping[str, str]) -> Subject:
        """The place and agencies it is about."""
        return self.whose(parts, form) if self.whose else UNSCOPED


def viewer() -> Viewer:
    """Who asks; nobody before the request was looked at, and nobody outside a request."""
    found: Viewer | None = g.get("viewer") if has_request_context() else None
    return found or NOBODY


def may(action: Action, place: str | None = None, agency: str | None = None) -> bool:
    """Whether the viewer may do this at the place (None: somewhere at least)."""
    return viewer().may(action, place, agency)


def find_viewer(rule: AccessRule) -> Viewer:
    """The viewer behind the session's cookie or the token of the request; what everybody may see is added."""
    cookie = request.cookies.get(SESSION_COOKIE, "")
    found = viewer_of_session(cookie) if cookie else None
    if found is None and rule.token:
        token = _sent_token()
        found = viewer_of_token(token, rule.token) if token else None
    found = found or NOBODY
    if not repository().settings.public_view:
        return found
    return found.with_grant(PUBLIC_GRANT, *(TRIAL_GRANTS if found is NOBODY and is_trial() else ()))


def _sent_token() -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else request.args.get(TOKEN_PARAMETER, "")


def is_trial() -> bool:
    """Whether a typed name may write: switched on, from this very machine, and only while there is no account."""
    if "is_trial" not in g:
        settings = repository().settings
        is_meant = settings.allow_writes and settings.public_view and not settings.two_steps
        g.is_trial = is_meant and is_local() and not has_accounts()
    found: bool = g.is_trial
    return found


def why_not(rule: AccessRule, subject: Subject = UNSCOPED) -> str:
    """Why the viewer may not, as a Vietnamese sentence; empty when they may."""
    who = viewer()
    if rule.is_open or (rule.is_own_password and who.account_id is not None):
        return ""
    if _lack(who) == "password":
        return LACKS["password"]
    if rule.action is None:
        return "" if who.account_id is not None else SIGN_IN_TO_SEE
    is_known = who.account_id is not None or not rule.is_change or is_trial()
    if is_known and any(who.may(rule.action, subject.place, agency) for agency in subject.agencies or (None,)):
        return ""
    if lack := _lack(who):
        return LACKS[lack]
    if who.account_id is not None:
        where = " ở địa bàn này" if subject.place and subject.place != COUNTRY else ""
        where = " cho cả nước" if subject.place == COUNTRY else where
        return (
            f"Tài khoản của bạn không có quyền {ACTION_WORDS[rule.action]}{where}. "
            "Người quản trị hệ thống cấp quyền này."
        )
    return _sign_in(rule.action, is_change=rule.is_change)


def _lack(who: Viewer) -> str:
    """What the session lacks before its roles count; asked once a request, a page may hold many forms."""
    if who.session_id is None:
        return ""
    if "lack" not in g:
        g.lack = lack_of(who.session_id)
    found: str = g.lack
    return found


def _sign_in(action: Action, *, is_change: bool) -> str:
    if action in READS and not is_change:
        return SIGN_IN_TO_SEE
    if not repository().settings.public_view or has_accounts():
        return SIGN_IN_TO_WRITE
    if repository().settings.two_steps:
        return NEEDS_ACCOUNTS
    return NOT_HERE if repository().settings.allow_writes else NOT_SWITCHED_ON


def outside_of_view() -> str:
    """A place named by the query that the viewer may not see; empty when there is none."""
    places = viewer().places
    if places is None:
        return ""
    named = [place for name in PLACE_PARAMETERS for place in request.args.getlist(name)]
    return next((place for place in named if place and place not in places), "")


def is_loopback_name() -> bool:
    """Whether the request speaks to this machine by a name that only means itself."""
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    return host in LOOPBACK_NAMES


def is_local() -> bool:
    """Whether the caller is this machine, speaks to it by a loopback name, and no proxy stands between."""
    if not is_loopback_name() or any(request.headers.get(name) for name in PROXY_HEADERS):
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
