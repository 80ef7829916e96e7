"""The one way to change something from the web.

Every route that changes something is made with `changing`: its rule (which right, at which place) is asked before
the request is looked at (dashboard/web/authorize.py); here the form's token, the page it came from and the name of the
writer are checked, and it is said what the trail tells: the change writes that in its own transaction
(models/accounts/changing.py). Who is signed in types no name.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from flask import Flask, Response, current_app, g, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from dashboard.access.access import READS, SIGN_IN_TO_WRITE, AccessRule, is_trial, viewer, why_not
from dashboard.access.account_session import sent_token
from dashboard.access.owner_place import UNSCOPED, Finder, unscoped
from dashboard.access.sent_once import MARK, expect_form, new_mark
from dashboard.access.trail import deed, expect_change
from dashboard.db.bounds import OutOfBoundsError
from dashboard.db.failures import NotAcceptedError
from dashboard.db.read_session import repository
from dashboard.ui import html
from dashboard.ui.address import read_view
from dashboard.ui.form import button, hidden, text_field
from dashboard.ui.html import Element
from dashboard.ui.marks import empty
from dashboard.web.changed_since import changed_sentence, stored_version
from dashboard.web.error_links import error_links, is_own_page, typed_text, way_back
from dashboard.web.plain_page import answer
from dashboard.web.routes import work
from dashboard.web.rules import ENDPOINTS
from dashboard.web.shell import page_frame
from models.accounts.rights import Action
from models.accounts.trail import Deed
from models.tasks.follow_writing import UNVERIFIED, Author, ChangedSinceError

log = logging.getLogger(__name__)
COOKIE, TOKEN, NAME, SEEN = "bieu-mau", "ma-bieu-mau", "nguoi-ghi", "luot-da-xem"
MAX_NAME = 80

OTHER_PAGE = "Biểu mẫu đã cũ hoặc không gửi từ trang này. Tải lại trang rồi gửi lại; chưa ghi gì."
ELSEWHERE = "Việc này ghi vào địa bàn mà bạn không có quyền thay đổi. Hỏi người quản trị hệ thống; chưa ghi gì."
NOTED = {
    Action.IMPORT: "import",
    Action.UNDO: "undo",
    Action.CLOSE: "official",
    Action.ENTER: "figure",
    Action.ADMINISTER: "account_changed",
}
NO_NAME = "Chưa ghi tên người thực hiện (từ 2 đến 80 ký tự). Ghi tên rồi gửi lại; chưa ghi gì."


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes. `is_verified`: the name was proved by signing in; otherwise it was only typed.

    `seen` is the newest run when the form was shown: what came later under the same key is not written over.
    """

    name: str
    is_verified: bool = False
    account_id: int | None = None
    seen: int = 0

    @property
    def actor(self) -> str:
        """The name as runs keep it."""
        return self.name if self.is_verified else f"{self.name}{UNVERIFIED}"

    def author(self, reason: str) -> Author:
        """The writer as follow-up facts are signed."""
        return Author(self.name, reason, self.is_verified, self.seen)


class WriteRefusedError(NotAcceptedError):
    """The change is not made; the message is a Vietnamese sentence for the reader."""


BUSY_SECONDS = 30  # when it is worth trying again


class BusyError(WriteRefusedError):
    """The server has as much to do as it may have at a time."""

    status = 503


Form = MultiDict[str, str]
Change = Callable[..., str | AnyResponse]


def refusal(action: Action = Action.UPDATE, place: str | None = None) -> str:
    """Why this reader may not change that (None: anywhere), as a sentence; empty when they may."""
    return why_not(AccessRule(action, lambda _parts, _form: UNSCOPED, is_change=True), replace(UNSCOPED, place=place))


def choices_of(action: Action, places: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of (slug, name) those places where this reader may do that: a form offers no others."""
    return [(slug, name) for slug, name in places if not refusal(action, slug)]


def mutation(
    rule: str,
    *,
    action: Action | None,
    place: Finder = unscoped,
    needs_name: bool = True,
    noted: str = "",
    words: str = "",
    is_own_password: bool = False,
) -> Callable[[Change], Callable[..., AnyResponse]]:
    """Make `change(writer, form, **parts of the address)` a POST route of `work`.

    `action` and `place` say which right it takes, and where (dashboard/access/owner_place.py). The function gives the
    address to show afterwards (or a whole response) and raises WriteRefusedError with a sentence when it must not
    go on. `needs_name=False` is for steps that need no typed name (a preview, giving one up, the own account).
    `noted` is the trail's word for what was done (the action's own unless said); `words` says it in Vietnamese.
    `action` None asks only for being signed in: what is the account's own; `is_own_password` is the one change that
    a one-time password allows.
    """

    def decorate(change: Change) -> Callable[..., AnyResponse]:
        if action is not None and place is unscoped and action not in READS:
            raise TypeError(f"{rule} changes something, but nobody said of which place")
        name = change.__name__
        ENDPOINTS[f"{work.name}.{name}"] = AccessRule(action, place, is_change=True, is_own_password=is_own_password)

        @work.post(rule, endpoint=name)
        @wraps(change)
        def route(**parts: Any) -> AnyResponse:
            try:
                writer = _authorized_writer(needs_name)
                expect_form()
                expect_change(_deed(writer, noted or NOTED.get(action or Action.UPDATE, "update"), words))
                outcome = change(writer, request.form, **parts)
            except NotAcceptedError as error:
                return refused(str(error), error.status)
            except ChangedSinceError as error:
                return refused(changed_sentence(error), 409, stored_version(error))
            except OutOfBoundsError:
                log.exception("a change would have written about another place")
                return refused(ELSEWHERE)
            return outcome if isinstance(outcome, AnyResponse) else redirect(outcome, code=303)

        return route

    return decorate


def _deed(writer: Writer, action: str, words: str) -> Deed:
    """What the trail says of one change; the writer of a trial is noted under the name that was typed."""
    who = viewer() if writer.account_id is not None else replace(viewer(), name=writer.name)
    details = {"address": request.path}
    return deed(action, viewer=who, subject=words or request.path, place=g.subject.place, details=details)


def change_form(
    action: str, *children: Element | None, submit: str, kind: str = "primary", asks_name: bool = True, **more: Any
) -> Element:
    """A form that may change something: its fields, who is writing, the token and the button.

    Who may not post to its address sees why instead. `asks_name=False` goes with `needs_name=False`.
    """
    reason = why_no_form(action)
    if reason:
        return empty("Chưa có quyền ghi ở đây.", reason, *error_links(reason))
    seen = hidden(SEEN, repository().version().newest)
    parts = [
        hidden(TOKEN, form_token()),
        hidden(MARK, new_mark()),
        seen,
        *children,
        _name_field() if asks_name else None,
        button(submit, kind=kind),
    ]
    return html.Form(parts, action=action, method="POST", className="form", **more)


def why_no_form(address: str) -> str:
    """Why the reader may not post to an address of ours, by the rule of its route; empty when they may."""
    try:
        endpoint, parts = current_app.url_map.bind("localhost").match(address.partition("?")[0], method="POST")
    except HTTPException:
        return OTHER_PAGE
    rule = ENDPOINTS.get(endpoint)
    return OTHER_PAGE if rule is None else why_not(rule, rule.subject(parts, {}))


def _name_field() -> Element | None:
    if viewer().account_id is not None:
        return html.P(["Người thực hiện: ", html.Strong(viewer().name)], className="source")
    hint = "Ghi họ tên; tên này chưa được xác thực."
    return text_field("Người thực hiện", NAME, hint=hint, maxLength=MAX_NAME, autoComplete="name")


def form_token() -> str:
    """The token of this reader's forms: bound to the session where there is one, else to a cookie of its own."""
    if "form_token" not in g:
        g.form_token = expected_token() or secrets.token_urlsafe(32)
    token: str = g.form_token
    return token


def expected_token() -> str:
    """What a form of this reader must bring along; empty for a browser that holds no form yet."""
    if viewer().session_id is not None:
        return hmac.new(sent_token().encode(), b"form", hashlib.sha256).hexdigest()
    return request.cookies.get(COOKIE, "")


def refused(sentence: str, status: int = 403, beside: Element | None = None) -> Response:
    """A page that says why nothing was changed and leads back."""
    kept = typed_text()
    said = empty(sentence, "", *(error_links(sentence, beside=kept is not None) or [way_back()]))
    if status == BusyError.status:
        g.again_after = BUSY_SECONDS
    view = read_view(dict(request.args), repository().settings.as_of)
    return answer(page_frame("Chưa ghi gì", said, beside, kept, view=view, current=""), "Chưa ghi gì", status)


def set_form_cookie(app: Flask) -> None:
    """Send the token's cookie with every page that holds a form; such a page is never kept by caches."""

    @app.after_request
    def add(response: Response) -> Response:
        if "form_token" in g:
            if viewer().session_id is None:
                response.set_cookie(COOKIE, g.form_token, samesite="Strict", httponly=True, path="/")
            response.headers["Cache-Control"] = "no-store"
        return response


def _authorized_writer(needs_name: bool) -> Writer:
    if not is_own_form():
        raise WriteRefusedError(OTHER_PAGE)
    who = viewer()
    if who.account_id is not None:
        return Writer(who.name, who.is_verified, who.account_id, _seen())
    if not is_trial():  # asked once more: this is the only way in for a name that nobody checked
        raise WriteRefusedError(SIGN_IN_TO_WRITE)
    name = " ".join(request.form.get(NAME, "").split())
    if needs_name and (not 2 <= len(name) <= MAX_NAME or not name.isprintable()):
        raise WriteRefusedError(NO_NAME)
    return Writer(name, seen=_seen())


def _seen() -> int:
    """The newest run that the form knew of; a form that does not say so knew of none."""
    told = request.form.get(SEEN, "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < len("1000000000") else 0


def is_own_form() -> bool:
    """Whether the token of this reader's forms came along, from a page of ours."""
    kept, sent = expected_token(), request.form.get(TOKEN, "")
    return bool(kept) and hmac.compare_digest(kept.encode(), sent.encode()) and is_own_page()
