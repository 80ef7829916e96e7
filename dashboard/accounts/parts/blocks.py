"""Parts that the own account and the administrator's pages share: roles, sessions, keys, the state of an account."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.access.trail_table import local_time
from dashboard.accounts.values import AccountLine, GrantLine, ScopeNames, SessionLine, TokenLine
from dashboard.ui import html, words
from dashboard.ui.html import Element
from dashboard.ui.table import Row, data_table
from models.accounts.account_rules import PURPOSES
from models.accounts.rights import ROLE_WORDS, Role
from models.base.day_text import LOCAL

Button = Callable[[int], Element | None]
ROLE_COLUMNS = ("Vai trò", "Địa bàn", "Cơ quan", "Ai cấp, khi nào")
SESSION_COLUMNS = ("Trình duyệt", "Đăng nhập lúc", "Dùng gần nhất", "Cách đăng nhập")
TOKEN_COLUMNS = ("Dùng cho", "Ghi chú", "Tạo ngày", "Dùng gần nhất")
ACTION = "Việc"
METHODS = {"password": "mật khẩu", "oidc": "tài khoản cơ quan"}
PERSONS = "xem được họ tên người đại diện"
EVERYWHERE, EVERY_AGENCY = "Mọi địa bàn", "Mọi cơ quan"


def roles_table(grants: Sequence[GrantLine], names: ScopeNames, act: Button | None = None) -> Element:
    """The roles that hold, with who gave them."""
    if not grants:
        return html.P("Chưa có vai trò nào: chỉ xem được những gì ai cũng xem được.")
    rows: list[Row] = [
        [
            [ROLE_WORDS[Role(grant.role)], *([html.Small(PERSONS, className="sub")] if grant.sees_persons else [])],
            place_name(grant.place, names),
            names.agencies.get(grant.agency, grant.agency) if grant.agency else EVERY_AGENCY,
            f"{grant.granted_by}, {words.day(grant.granted_at.astimezone(LOCAL))}",
            *([act(grant.id) if grant.origin == "hand" else "do nơi đăng nhập cấp"] if act else []),
        ]
        for grant in grants
    ]  # fmt: skip
    return data_table((*ROLE_COLUMNS, *([ACTION] if act else [])), rows, caption="Vai trò đang có")


def place_name(place: str | None, names: ScopeNames) -> str:
    """The name of a grant's place."""
    return names.places.get(place, place) if place else EVERYWHERE


def sessions_table(sessions: Sequence[SessionLine], own: int | None, act: Button | None = None) -> Element:
    """The open sessions; the one of this browser says so."""
    if not sessions:
        return html.P("Không có phiên nào đang mở.")
    rows = [
        [
            [row.browser or "Trình duyệt khác", html.Small("phiên này", className="sub") if row.id == own else None],
            local_time(row.created_at),
            local_time(row.seen_at),
            METHODS.get(row.method, row.method) + (", hai lớp" if row.has_second_step else ""),
            *([act(row.id)] if act else []),
        ]
        for row in sessions
    ]
    return data_table((*SESSION_COLUMNS, *([ACTION] if act else [])), rows, caption="Phiên đang mở")


def tokens_table(tokens: Sequence[TokenLine], act: Button | None = None) -> Element:
    """The access keys that hold; their text was shown once and is not kept."""
    if not tokens:
        return html.P("Chưa tạo khóa truy cập nào.")
    rows = [
        [
            PURPOSES.get(row.purpose, row.purpose),
            row.label,
            words.day(row.created_at.astimezone(LOCAL)),
            words.day(row.last_used_on) if row.last_used_on else "chưa dùng",
            *([act(row.id)] if act else []),
        ]
        for row in tokens
    ]
    return data_table((*TOKEN_COLUMNS, *([ACTION] if act else [])), rows, caption="Khóa truy cập")


def state_words(account: AccountLine) -> str:
    """What an administrator has to know of an account in a few words."""
    said = [] if account.is_active else ["đã khóa"]
    if account.locked_until:
        said.append(f"tạm khóa đến {local_time(account.locked_until)} vì sai nhiều lần")
    if account.must_change_password:
        said.append("chờ đổi mật khẩu dùng một lần")
    return "; ".join(said) or "đang dùng"


def ways_in(account: AccountLine) -> str:
    """How the account signs in."""
    ways = (["mật khẩu"] if account.has_password else []) + (["tài khoản cơ quan"] if account.is_oidc else [])
    text = " và ".join(ways) or "tài khoản cơ quan (chưa đăng nhập lần nào)"
    return f"{text}, hai lớp" if account.has_factor else text


def shown_once(what: str, text: str) -> Element:
    """A secret on the only page that ever shows it."""
    return html.Div(
        [
            html.P([html.Strong(what), ": chỉ hiện một lần này. Chép lại rồi cất nơi an toàn."]),
            html.P(html.Code(text, className="secret")),
        ],
        className="notice",
        role="status",
    )
