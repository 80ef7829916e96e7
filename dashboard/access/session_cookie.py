"""The cookie of a session: a random token that scripts cannot read; everything it stands for is in the database."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from dashboard.access.headers import SESSION_COOKIE


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
