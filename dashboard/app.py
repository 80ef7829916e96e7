"""The application: Dash on Flask, its guards and headers, and pages that are readable before scripts run."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from dash import Dash, html, page_container
from dash._pages import _path_to_page
from flask import Response, g, request

from dashboard import words
from dashboard.data.snapshot import Door
from dashboard.render import to_html
from models.settings import Settings, read_settings

PAGES = ("overview", "places", "place", "indicators", "indicator", "tasks", "method", "not_found")
YEAR_SECONDS = 31_536_000

INDEX = """<!DOCTYPE html>
<html lang="vi">
<head>
{%metas%}
<meta name="color-scheme" content="light dark">
<title>{%title%}</title>
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
{%css%}
</head>
<body>
{%app_entry%}
<footer>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>"""


class ReadableDash(Dash):
    """A Dash whose first answer already holds the page as HTML, with the page's own HTTP status."""

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        """Put the page's words beside Dash's entry point; first-view.js removes them once Dash has drawn."""
        page, variables = _path_to_page(request.path.lstrip("/"))
        layout = page["layout"] if page else _not_found_layout()
        content = layout(**{**(variables or {}), **request.args.to_dict()})
        parts["app_entry"] = f'<div id="first-view">{to_html(content)}</div>{parts["app_entry"]}'
        title = page.get("title") if page else None
        parts["title"] = title(**(variables or {})) if callable(title) else title or words.PRODUCT
        return super().interpolate_index(**parts)


def create_app(settings: Settings | None = None) -> ReadableDash:
    """Build the application; `settings` default to the environment. One application a process."""
    settings = settings or read_settings()
    app = ReadableDash(
        "dashboard",
        use_pages=True,
        pages_folder="",
        compress=True,
        title=words.PRODUCT,
        update_title="",
        suppress_callback_exceptions=True,
        index_string=INDEX,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.server.config.update(
        SEND_FILE_MAX_AGE_DEFAULT=YEAR_SECONDS, COMPRESS_MIN_SIZE=500, MAX_CONTENT_LENGTH=21_000_000
    )
    app.server.extensions["door"] = Door(settings)
    for name in PAGES:
        import_module(f"dashboard.pages.{name}")
    from dashboard.api import api

    app.server.register_blueprint(api)
    app.layout = html.Div(page_container, id="app")
    _guard(app)
    return app


def _not_found_layout() -> Any:
    return import_module("dashboard.pages.not_found").layout


def _guard(app: ReadableDash) -> None:
    @app.server.after_request
    def finish(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.status_code = g.get("page_status", response.status_code)
            response.headers["Content-Security-Policy"] = content_security_policy(app)
            response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Frame-Options"] = "DENY"
        return response


def content_security_policy(app: Dash) -> str:
    """Nothing from outside the server, no inline script but Dash's own by their hashes."""
    hashes = " ".join(f"'{value.strip(chr(39))}'" for value in app.csp_hashes())
    return (
        f"default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'none'"
    )
