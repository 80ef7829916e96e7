"""One form makes one record: each form is shown with a mark, and the same form sent again is answered as before.

What counts as the same is every field together with the mark: whoever goes back and types something else makes another
record, and two forms with the same words make two. Used by the functions that add a record under a number or key of
its own; what stands under a key that its content gives (a report of a day, a figure) needs no mark.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC, datetime

from flask import g, has_request_context, request

from models.accounts.changing import ChangeSession
from models.accounts.sent_form import add_outcome, find_outcome

MARK = "ma-lan-gui"


def new_mark() -> str:
    """The mark of one form that is shown."""
    return secrets.token_urlsafe(16)


def expect_form() -> None:
    """Note the form of this request, before the change; a form without a mark is never taken for another one."""
    fields = sorted(request.form.items(multi=True))
    said = json.dumps([request.path, fields], ensure_ascii=False).encode()
    g.sent_form = hashlib.sha256(said).hexdigest() if request.form.get(MARK) else None


def made_before(session: ChangeSession) -> str | None:
    """What the form of this request made when it was sent before; asked within the change, whose turn is held."""
    digest = _digest()
    return find_outcome(session, digest) if digest else None


def keep_made(session: ChangeSession, outcome: object) -> None:
    """Keep with the change what the form of this request makes."""
    if digest := _digest():
        add_outcome(session, digest, str(outcome), datetime.now(UTC))


def _digest() -> str | None:
    return g.get("sent_form") if has_request_context() else None
