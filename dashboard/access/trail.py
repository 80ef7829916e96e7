"""The trail from the web: noting what is done, and reading it back within the reader's territory."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from flask import abort, g, has_request_context, request
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.db.read_session import repository
from models.accounts.changing import ChangeSession, write_trail
from models.accounts.rights import PUBLIC_GRANT, ROLE_WORDS, Action, Role, Viewer
from models.accounts.trail import COMMAND_LINE, Deed, TrailEntry, TrailFilter, TrailPage, each_entry, read_trail
from models.base.day_text import LOCAL
from models.config.secret import secret_key

log = logging.getLogger(__name__)
READS = frozenset({"export", "read_persons", "paper"})
NOT_NOTED = "Chưa ghi được nhật ký nên chưa trả số liệu. Thử lại sau ít phút; nếu vẫn lỗi, báo người quản trị."
PAGE_ROWS = 50


def deed(
    action: str, *, viewer: Viewer, subject: str = "", place: str | None = None, details: Mapping[str, object] = {}
) -> Deed:
    """What the viewer of this request did."""
    return Deed(
        action=action,
        actor_name=viewer.name or "không đăng nhập",
        actor_id=viewer.account_id,
        is_verified=viewer.is_verified,
        roles=_roles(viewer),
        subject=subject,
        place=place,
        details=dict(details),
        address_mark=address_mark(),
        request_id=request_id(),
    )


def note(
    action: str, *, viewer: Viewer, subject: str = "", place: str | None = None, details: Mapping[str, object] = {}
) -> None:
    """Add an entry of its own: before data is handed out, and for what changes no row.

    A read that cannot be noted is not answered (503).
    """
    said = deed(action, viewer=viewer, subject=subject, place=place, details=details)
    try:
        write_trail(repository().engine, said)
    except SQLAlchemyError:
        log.exception("the trail could not be written: %s by %s", action, viewer.account_id)
        if action in READS:
            abort(503, description=NOT_NOTED)


def expect_change(said: Deed) -> None:
    """Say what the trail tells of the change that this request is going to make."""
    g.deed = said


def tell_trail(action: str = "", subject: str = "", **details: Any) -> None:
    """Say more exactly what this request is going to change than its route knows; before the change."""
    said = expected_deed()
    g.deed = replace(said, action=action or said.action, subject=subject or said.subject).telling(**details)


def expected_deed() -> Deed:
    """What the trail tells of the change of this request; outside of requests a command makes it."""
    found: Deed | None = g.get("deed") if has_request_context() else None
    return found or Deed("update", COMMAND_LINE)


def finish(session: ChangeSession, **details: object) -> None:
    """Commit the change of this request together with its entry."""
    session.finish(expected_deed().telling(**details))


def is_noted_today(viewer: Viewer, subject: str, details: Mapping[str, object]) -> bool:
    """Whether the same read by the same account stands in the day's trail: a program asks for it all day long.

    False where the trail cannot be read: then it cannot be written either, and `note` says so.
    """
    entry = TrailEntry
    midnight = datetime.now(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
    same = (col(entry.actor_id) == viewer.account_id, col(entry.action) == "export", col(entry.subject) == subject)
    statement = select(col(entry.details)).where(col(entry.at) >= midnight.astimezone(UTC), *same)
    try:
        with Session(repository().engine) as session:
            return dict(details) in session.scalars(statement).all()
    except SQLAlchemyError:
        return False


def _roles(viewer: Viewer) -> str:
    """The words of the account's own roles; what everybody may see is none."""
    own = {grant.role for grant in viewer.grants if grant != PUBLIC_GRANT}
    return ", ".join(ROLE_WORDS[role] for role in Role if role in own) if viewer.account_id is not None else ""


def request_id() -> str:
    """A number of this request, the same for all its entries; empty outside a request."""
    if not has_request_context():
        return ""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(8)
    number: str = g.request_id
    return number


def page_of_trail(viewer: Viewer, chosen: TrailFilter, before: int | None, after: int | None) -> TrailPage:
    """One page of what the viewer may read."""
    with Session(repository().engine) as session:
        return read_trail(session, _within(viewer, chosen), before=before, after=after, limit=PAGE_ROWS)


def all_of_trail(viewer: Viewer, chosen: TrailFilter) -> Iterator[TrailEntry]:
    """Everything that fits and that the viewer may read, newest first, some at a time."""
    with Session(repository().engine) as session:
        yield from each_entry(session, _within(viewer, chosen))


def _within(viewer: Viewer, chosen: TrailFilter) -> TrailFilter:
    return replace(chosen, places=viewer.places_for(Action.READ_TRAIL))


def address_mark() -> str:
    """Twelve letters that are equal for equal network addresses and tell the address to nobody without the secret."""
    if not has_request_context() or not request.remote_addr:
        return ""
    key = secret_key(repository().settings).encode()
    return hmac.new(key, f"address {request.remote_addr}".encode(), hashlib.sha256).hexdigest()[:12]
