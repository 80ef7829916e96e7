"""What every answer carries whatever made it: pages, API, assets, downloads, redirects and errors alike."""

from __future__ import annotations

from dash import Dash
from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from models.config.settings import Settings

SESSION_COOKIE = "phien-lam-viec"
ASSETS = frozenset(
    {
        "static",
        "style_sheet",
        "_dash_assets.static",
        "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
    }
)
NO_DOCUMENT = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
HSTS = "max-age=31536000"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), fullscreen=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def set_headers(app: Dash, settings: Settings) -> None:
    """Believe proxies and host names as far as the settings say, and finish every answer.

    Call it before anything else adds to the answers: what is registered first runs last.
    """
    server: Flask = app.server
    server.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts) or None
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]

    @server.after_request
    def finish(response: Response) -> Response:
        is_page = response.mimetype == "text/html"
        if "Content-Security-Policy" not in response.headers:  # a kept answer has its own
            response.headers["Content-Security-Policy"] = _of_pages(app) if is_page else NO_DOCUMENT
        for name, value in ALWAYS.items():
            response.headers[name] = value
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = HSTS
        _say_who_may_keep(response)
        _guard_cookies(response)
        return response


def _of_pages(app: Dash) -> str:
    """Nothing from outside the server, no inline script but Dash's own by their hashes."""
    hashes = " ".join(f"'{value.strip(chr(39))}'" for value in app.csp_hashes())
    return (
        f"default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'none'"
    )


def _say_who_may_keep(response: Response) -> None:
    """Only assets are the same for everybody; what a signed-in person sees is never left on the machine."""
    if request.endpoint in ASSETS and response.status_code in (200, 206, 304):
        return
    said = response.headers.get("Cache-Control", "")
    if SESSION_COOKIE in request.cookies or "no-store" in said:
        response.headers["Cache-Control"] = "private, no-store"
    else:
        response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Cookie")


def _guard_cookies(response: Response) -> None:
    """No script reads a cookie, no other site sends it along, and over https it never travels in the open."""
    cookies = response.headers.getlist("Set-Cookie")
    if cookies:
        response.headers.setlist("Set-Cookie", [_guarded(cookie, request.is_secure) for cookie in cookies])


def _guarded(cookie: str, is_secure: bool) -> str:
    said = {part.strip().partition("=")[0].lower() for part in cookie.split(";")[1:]}
    needed = [("httponly", "HttpOnly"), ("samesite", "SameSite=Lax"), *([("secure", "Secure")] if is_secure else [])]
    return "; ".join([cookie, *(text for name, text in needed if name not in said)])
