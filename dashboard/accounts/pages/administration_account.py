"""`/quan-tri/tai-khoan/<number>`: one account: roles, lock, password, second factor, sessions. For administrators."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Response, request

from dashboard.access import owner_place as whose
from dashboard.access.access import viewer
from dashboard.accounts.data import account_changes as changes
from dashboard.accounts.data.account_lists import one_account
from dashboard.accounts.pages.administration import PATH, TITLE
from dashboard.accounts.parts import blocks as parts
from dashboard.accounts.parts.blocks import account_answer, grant_fields, read_grant, shown_once
from dashboard.accounts.values import AccountLine, ScopeNames
from dashboard.ui import html
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.web import errors
from dashboard.web.mutations import Form, Writer, change_form, mutation
from dashboard.web.routes import route
from dashboard.web.rules import ADMINISTER
from dashboard.web.shell import breadcrumbs, page_frame, section
from models.accounts.account_writing import AccountError
from models.accounts.rights import Action

DONE = "Đã ghi thay đổi."


@route(f"{PATH}/<int:number>", right=ADMINISTER)
def show_one_account(number: int) -> Response:
    """The page of one account."""
    return one_account_page(number, DONE if request.args.get("da") else "")


def one_account_page(number: int, notice: str = "", *, secret: Element | None = None, status: int = 200) -> Response:
    """The page of one account with what happened on top."""
    return account_answer(TITLE, lambda view, names: _one(view, names, number, notice, secret), status)


def _one(view: View, names: ScopeNames, number: int, notice: str, secret: Element | None) -> Element:
    account = one_account(number)
    if account is None:
        back = html.A("Danh sách tài khoản", href=PATH)
        return errors.not_found(view, "Không có tài khoản mang số này.", "Chọn trong danh sách.", back)
    here = f"{PATH}/{number}"
    revoke = {row.id: _button(f"{here}/vai-tro/{row.id}/thu-hoi", "Thu hồi") for row in account.grants}
    keys = {row.id: _button(f"{here}/khoa-truy-cap/{row.id}/thu-hoi", "Thu hồi") for row in account.tokens}
    give = change_form(f"{here}/vai-tro", *grant_fields(names), submit="Cấp vai trò", asks_name=False)
    return page_frame(
        f"Tài khoản {account.username}: {account.display_name}",
        breadcrumbs([(TITLE, PATH)]),
        html.P(notice, className="notice", role="status") if notice else None,
        secret,
        section("Vai trò đang có", parts.roles_table(account.grants, names, revoke.get)),
        section("Cấp thêm vai trò", give),
        section("Đăng nhập", *_access(account, here)),
        section("Phiên đang mở", parts.sessions_table(account.sessions, None),
                _button(f"{here}/dong-phien", "Đóng mọi phiên") if account.sessions else None),
        section("Khóa truy cập", parts.tokens_table(account.tokens, keys.get)),
        view=view,
        current="/quan-tri/tai-khoan",
        lead=f"Tình trạng: {parts.state_words(account)}. Đăng nhập bằng {parts.ways_in(account)}.",
    )  # fmt: skip


def _access(account: AccountLine, here: str) -> list[Element | None]:
    """Lock or unlock, a new one-time password, taking away a lost second factor."""
    held = account.is_active and account.locked_until is None
    lock = _button(f"{here}/khoa", "Khóa tài khoản", "danger")
    unlock = _button(f"{here}/mo-khoa", "Mở khóa tài khoản", "primary")
    return [
        html.P("Khóa, cấp mật khẩu mới hoặc bỏ xác thực hai lớp sẽ đóng mọi phiên của tài khoản."),
        lock if held else unlock,
        _button(f"{here}/mat-khau", "Cấp mật khẩu dùng một lần") if account.has_password else None,
        _button(f"{here}/bo-hai-lop", "Bỏ xác thực hai lớp", "danger") if account.has_factor else None,
    ]


def _button(address: str, text: str, kind: str = "plain-button") -> Element:
    return change_form(address, submit=text, kind=kind, asks_name=False)


ONE = f"{PATH}/<int:number>"


changes_account = partial(mutation, action=Action.ADMINISTER, place=whose.whole, needs_name=False)


@changes_account(f"{ONE}/vai-tro")
def give_a_role(_writer: Writer, form: Form, number: int) -> str | Response:
    """One more role."""
    grant = read_grant(form)
    return _done(number, lambda: changes.give_role(number, grant, viewer().name))


@changes_account(f"{ONE}/vai-tro/<int:grant_id>/thu-hoi")
def take_a_role_back(_writer: Writer, _form: Form, number: int, grant_id: int) -> str | Response:
    """One role less; it stays in the history."""
    return _done(number, lambda: changes.revoke_role(number, grant_id, viewer().name))


@changes_account(f"{ONE}/khoa")
def lock_account(_writer: Writer, _form: Form, number: int) -> str | Response:
    """Nobody signs in with it any more; its sessions end."""
    return _done(number, lambda: changes.switch_off(number))


@changes_account(f"{ONE}/mo-khoa")
def unlock_account(_writer: Writer, _form: Form, number: int) -> str | Response:
    """Open it again, also after failed attempts."""
    return _done(number, lambda: changes.switch_on(number))


@changes_account(f"{ONE}/mat-khau")
def give_one_time_password(_writer: Writer, _form: Form, number: int) -> str | Response:
    """A password to hand over, on the answer and never again."""
    return _done(number, lambda: changes.give_one_time_password(number), secret="Mật khẩu dùng một lần")  # noqa: S106


@changes_account(f"{ONE}/bo-hai-lop")
def remove_lost_factor(_writer: Writer, _form: Form, number: int) -> str | Response:
    """For somebody whose device is lost; sessions end."""
    return _done(number, lambda: changes.remove_factor(number))


@changes_account(f"{ONE}/dong-phien")
def end_all_sessions(_writer: Writer, _form: Form, number: int) -> str | Response:
    """Sign the account out everywhere."""
    return _done(number, lambda: changes.end_sessions(number))


@changes_account(f"{ONE}/khoa-truy-cap/<int:key_id>/thu-hoi")
def revoke_key_of_account(_writer: Writer, _form: Form, number: int, key_id: int) -> str | Response:
    """Let somebody's access key no longer open anything."""
    return _done(number, lambda: changes.revoke_token_of(number, key_id))


def _done(number: int, change: Callable[[], object], *, secret: str = "") -> str | Response:
    """Make the change and show the account with what happened."""
    try:
        made = change()
    except AccountError as error:
        return one_account_page(number, f"{error} Chưa đổi gì.", status=403)
    if not secret:
        return f"{PATH}/{number}?da=xong"
    account = one_account(number)
    name = account.username if account else str(number)
    return one_account_page(number, f"Đã cấp {secret.lower()}.", secret=shown_once(f"{secret} của {name}", str(made)))
