"""Parts that the pages of accounts share: their frame, roles and their form, sessions, keys, state of an account."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Response, g

from dashboard.access.trail_words import local_time
from dashboard.accounts.data.account_lists import read_names
from dashboard.accounts.values import AccountLine, ScopeNames
from dashboard.db.read_session import UNREADABLE
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.form import choice_field, tick_field
from dashboard.ui.html import Element
from dashboard.ui.table import Row, data_table
from dashboard.web import errors
from dashboard.web.form_values import text
from dashboard.web.mutations import Form, WriteRefusedError
from dashboard.web.plain_page import answer, today_view
from models.accounts.account import AccessToken, AccountGrant, AccountSession
from models.accounts.account_rules import PURPOSES
from models.accounts.rights import ROLE_WORDS, Grant, Role
from models.base.day_text import LOCAL
from models.places.place import COUNTRY

Button = Callable[[int | None], Element | None]
ROLE_COLUMNS = ("Vai trò", "Địa bàn", "Cơ quan", "Ai cấp, khi nào")
SESSION_COLUMNS = ("Trình duyệt", "Đăng nhập lúc", "Dùng gần nhất", "Cách đăng nhập")
TOKEN_COLUMNS = ("Dùng cho", "Ghi chú", "Tạo ngày", "Dùng gần nhất")
ACTION = "Việc"
METHODS = {"password": "mật khẩu", "oidc": "tài khoản cơ quan"}
PERSONS = "xem được họ tên người đại diện"
EVERYWHERE, EVERY_AGENCY = "Mọi địa bàn", "Mọi cơ quan"


def roles_table(grants: Sequence[AccountGrant], names: ScopeNames, act: Button | None = None) -> Element:
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


def sessions_table(sessions: Sequence[AccountSession], own: int | None, act: Button | None = None) -> Element:
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


def tokens_table(tokens: Sequence[AccessToken], act: Button | None = None) -> Element:
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


def account_answer(title: str, build: Callable[[View, ScopeNames], Element], status: int = 200) -> Response:
    """A page of accounts. It needs no right to see figures: the route's rule has been asked before."""
    view = today_view()
    try:
        return answer(build(view, read_names()), title, status)
    except UNREADABLE as error:
        page = errors.no_database(view, error)
        return answer(page, title, g.page_status)


UNKNOWN_ROLE = "Vai trò không có trong danh mục. Chọn lại trong danh sách."


def grant_fields(names: ScopeNames) -> list[Element]:
    """Role, place (a merged province brings its predecessors along), agency, and whether persons are shown."""
    places = sorted((name, slug) for slug, name in names.places.items() if slug != COUNTRY)
    agencies = sorted((name, code) for code, name in names.agencies.items())
    return [
        choice_field("Vai trò", "vai-tro", [(role.value, ROLE_WORDS[role]) for role in Role]),
        choice_field("Địa bàn", "dia-ban", [("", EVERYWHERE), *((slug, name) for name, slug in places)],
                     hint="Tỉnh sau sắp xếp gồm cả các tỉnh trước đó. Quản trị tài khoản cần mọi địa bàn."),
        choice_field("Cơ quan", "co-quan", [("", EVERY_AGENCY), *((code, name) for name, code in agencies)],
                     hint="Chỉ giới hạn việc cập nhật báo cáo nhiệm vụ."),
        tick_field(PERSONS[0].upper() + PERSONS[1:], "ho-ten-nguoi"),
    ]  # fmt: skip


def read_grant(form: Form) -> Grant:
    """The role a form asks for; raises WriteRefusedError. Whether place and agency exist is asked when it is stored."""
    try:
        role = Role(text(form, "vai-tro"))
    except ValueError as error:
        raise WriteRefusedError(UNKNOWN_ROLE) from error
    return Grant(role, text(form, "dia-ban") or None, text(form, "co-quan") or None, form.get("ho-ten-nguoi") == "1")
