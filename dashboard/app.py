"""The application: Dash on Flask, and pages that are readable before scripts run."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import walk_packages
from typing import Any
from urllib.parse import quote, urlencode

from dash import Dash, page_container
from dash._pages import _path_to_page
from flask import Flask, Response, g, redirect, request
from werkzeug.wrappers import Response as BaseResponse

import dashboard
from dashboard.access.headers import set_headers
from dashboard.db.read_session import Repository
from dashboard.menu import who_is_here, working_links
from dashboard.ui import html, words
from dashboard.ui.render import to_html
from dashboard.ui.style_sheet import address as style_sheet
from dashboard.ui.style_sheet import preloads, serve_style_sheet
from dashboard.web.authorize import authorize_requests
from dashboard.web.demo_marks import mark_files
from dashboard.web.export_trail import note_exports
from dashboard.web.refusals import refuse_plainly
from dashboard.web.response_cache import keep_answers
from models.config.settings import Settings, read_settings

YEAR_SECONDS = 31_536_000
JOINED_OR_ELSEWHERE = r"\.css$|^(start|meeting|form)\.js$"  # assets that Dash shall not name on every page
_GRID_SCRIPT = re.compile(r"<script[^>]*/dash_ag_grid/[^>]*></script>")  # 358 kB that only the register needs

INDEX = """<!DOCTYPE html>
<html lang="vi">
<head>
{%metas%}
<meta name="color-scheme" content="light dark">
<title>{%title%}</title>
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
{%preloads%}
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
        content = layout(**{**request.args.to_dict(), **(variables or {})})
        parts["app_entry"] = f'<div id="first-view">{to_html(content)}</div>{parts["app_entry"]}'
        if not (page or {}).get("needs_grid"):
            parts["scripts"] = _GRID_SCRIPT.sub("", parts["scripts"])
        parts["scripts"] = parts["scripts"].replace("<script src=", "<script defer src=")
        parts["renderer"] = f'<script id="_dash-renderer" defer src="{self.get_asset_url("start.js")}"></script>'
        parts["title"] = _tab_title(page, variables or {})
        page_text: str = super().interpolate_index(**parts)  # type: ignore[no-untyped-call]  # Dash's own
        return page_text


def create_app(settings: Settings | None = None) -> ReadableDash:
    """Build the application; `settings` default to the environment. One application a process."""
    settings = settings or read_settings()
    app = ReadableDash(
        "dashboard",
        use_pages=True,
        pages_folder="",
        compress=True,
        include_pages_meta=False,  # they would name the host that the request claims
        title=words.PRODUCT,
        update_title="",
        suppress_callback_exceptions=True,
        index_string=INDEX.replace("{%preloads%}", preloads()),
        assets_ignore=JOINED_OR_ELSEWHERE,
        external_stylesheets=[style_sheet()],
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.server.config.update(SEND_FILE_MAX_AGE_DEFAULT=YEAR_SECONDS, COMPRESS_MIN_SIZE=500)
    set_headers(app, settings)
    serve_style_sheet(app.server)
    refuse_plainly(app)
    authorize_requests(app)
    note_exports(app.server)
    mark_files(app.server)
    keep_answers(app.server)
    app.server.extensions["repository"] = Repository(settings)
    app.server.extensions["menu"] = working_links
    app.server.extensions["who"] = who_is_here
    _add_routes(app.server)
    app.layout = html.Div(page_container, id="app")
    _guard(app)
    _know_assets(app)
    return app


def _add_routes(server: Flask) -> None:
    """The pages, the routes of writes and the lists. Call it once admission looks at every request."""
    for found in walk_packages(dashboard.__path__, "dashboard."):
        if ".pages." in found.name:
            import_module(found.name)
    from dashboard.accounts import posts as account_posts  # noqa: F401  (routes of writes)
    from dashboard.imports import approval_posts  # noqa: F401  (routes of writes)
    from dashboard.register.exports import exports
    from dashboard.tasks import answer_posts  # noqa: F401  (routes of writes)
    from dashboard.tasks.calendar_feed import feed
    from dashboard.tasks.files import task_files
    from dashboard.web.api import api
    from dashboard.web.mutations import set_form_cookie, work

    for blueprint in (api, feed, task_files, exports, work):
        server.register_blueprint(blueprint)
    set_form_cookie(server)


def _know_assets(app: Dash) -> None:
    """Register the component libraries before the first request: an asset may reach a worker before any page does."""
    app._setup_server()
    app._generate_scripts_html()
    app._generate_css_dist_html()


def _tab_title(page: dict[str, Any] | None, variables: dict[str, str]) -> str:
    """The name of the page on the browser tab; what its layout did not find is said there too."""
    if page is None or g.get("page_status") == 404:
        return f"Không tìm thấy · {words.PRODUCT}"
    title = page.get("title")
    return str(title(**variables) if callable(title) else title or words.PRODUCT)


def _not_found_layout() -> Any:
    return import_module("dashboard.targets.pages.not_found").layout


def _guard(app: ReadableDash) -> None:
    server: Flask = app.server

    @server.before_request
    def keep_path_and_query_apart() -> BaseResponse | None:
        """A query named like a part of the path would win over it on the screen: send such an address on without."""
        _, variables = _path_to_page(request.path.lstrip("/"))
        shadows = {name for name in (*(variables or ()), *(request.view_args or ())) if name in request.args}
        if not shadows or request.method != "GET":
            return None
        rest = [(name, value) for name, value in request.args.items(multi=True) if name not in shadows]
        return redirect(quote("/" + request.path.lstrip("/")) + (f"?{urlencode(rest)}" if rest else ""))

    @server.after_request
    def give_status(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.status_code = g.get("page_status", response.status_code)
        return response
