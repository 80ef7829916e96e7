"""Where a reader signs in, and the way back to where they were."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from flask import request

SIGN_IN = "/dang-nhap"
OWN_ACCOUNT = "/tai-khoan"


def sign_in_address() -> str:
    """Where to sign in, with the way back to where the reader is."""
    here = request.full_path.rstrip("?") if request.method == "GET" else came_from()
    return f"{SIGN_IN}?ve={quote(here, safe='')}" if here.strip("/") else SIGN_IN


def came_from() -> str:
    """The address of our own page that the form was sent from; empty where the browser does not say."""
    came = urlsplit(request.referrer or "")
    return f"{came.path}?{came.query}".rstrip("?") if came.netloc == request.host else ""
