"""Changes an administrator makes to accounts. Each asks for the right to administer and stands in the trail."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

from flask import Response

from dashboard.access import owner_place as whose
from dashboard.access.access import viewer
from dashboard.accounts.data import account_changes as changes
from dashboard.accounts.data.account_lists import one_account
from dashboard.accounts.pages.administration import PATH
from dashboard.accounts.pages.administration_account import one_account_page
from dashboard.accounts.parts.blocks import shown_once
from dashboard.accounts.parts.role_form import read_grant
from dashboard.web.mutations import Form, Writer, mutation
from models.accounts.account_writing import AccountError
from models.accounts.rights import Action

ONE = f"{PATH}/<int:number>"


class Asking(TypedDict):
    """What each change here asks for."""

    action: Action
    place: whose.Finder
    needs_name: bool


ADMINISTER: Asking = {"action": Action.ADMINISTER, "place": whose.whole, "needs_name": False}


@mutation(f"{ONE}/vai-tro", **ADMINISTER)
def give_a_role(_writer: Writer, form: Form, number: int) -> str | Response:
    """One more role."""
    grant = read_grant(form)
    return _done(number, lambda: changes.give_role(number, grant, viewer().name))


@mutation(f"{ONE}/vai-tro/<int:grant_id>/thu-hoi", **ADMINISTER)
def take_a_role_back(_writer: Writer, _form: Form, number: int, grant_id: int) -> str | Response:
    """One role less; it stays in the history."""
    return _done(number, lambda: changes.revoke_role(number, grant_id, viewer().name))


@mutation(f"{ONE}/khoa", **ADMINISTER)
def lock_account(_writer: Writer, _form: Form, number: int) -> str | Response:
    """Nobody signs in with it any more; its sessions end."""
    return _done(number, lambda: changes.switch_off(number))


@mutation(f"{ONE}/mo-khoa", **ADMINISTER)
def unlock_account(_writer: Writer, _form: Form, number: int) -> str | Response:
    """Open it again, also after failed attempts."""
    return _done(number, lambda: changes.switch_on(number))


@mutation(f"{ONE}/mat-khau", **ADMINISTER)
def give_one_time_password(_writer: Writer, _form: Form, number: int) -> str | Response:
    """A password to hand over, on the answer and never again."""
    return _done(number, lambda: changes.give_one_time_password(number), secret="Mật khẩu dùng một lần")  # noqa: S106


@mutation(f"{ONE}/bo-hai-lop", **ADMINISTER)
def remove_lost_factor(_writer: Writer, _form: Form, number: int) -> str | Response:
    """For somebody whose device is lost; sessions end."""
    return _done(number, lambda: changes.remove_factor(number))


@mutation(f"{ONE}/dong-phien", **ADMINISTER)
def end_all_sessions(_writer: Writer, _form: Form, number: int) -> str | Response:
    """Sign the account out everywhere."""
    return _done(number, lambda: changes.end_sessions(number))


@mutation(f"{ONE}/khoa-truy-cap/<int:key_id>/thu-hoi", **ADMINISTER)
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
