"""Sessions: the cookie that carries one, and database sessions on the tables of accounts.

Those are always on the main database, never on a copy that may lag behind, and not bounded by the viewer's places:
accounts are what says who the viewer is.
"""

from __future__ import annotations

from flask import request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from dashboard.access.headers import SESSION_COOKIE
from dashboard.db.read_session import repository
from models.accounts.changing import ChangeSession
from models.base.database import Turn


def accounts() -> Session:
    """A new session for reading; the caller closes it."""
    return Session(repository().engine)


def changing_accounts() -> ChangeSession:
    """A new session for a change, which waits for its turn first: who administers is asked with the turn held."""
    return ChangeSession(repository().engine, Turn.ACCOUNTS)


def sent_token() -> str:
    """The token that came with this request; empty when none did."""
    return request.cookies.get(SESSION_COOKIE, "")


def give(response: Response, token: str) -> Response:
    """Send the token of a session; Lax, because an OpenID provider leads back from another site."""
    response.set_cookie(SESSION_COOKIE, token, httponly=True, samesite="Lax", secure=request.is_secure, path="/")
    response.headers["Cache-Control"] = "no-store"
    return response


def take_back(response: Response) -> Response:
    """Let the browser forget the session."""
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="Lax", secure=request.is_secure, path="/")
    response.headers["Cache-Control"] = "no-store"
    return response
