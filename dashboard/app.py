"""The application: pages of ours on Flask, and Dash for the live parts of some of them."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

from dash import Dash, page_container
from dash import html as dash_html
from flask import Flask, Response, g

import dashboard
from dashboard.access.headers import set_headers
from dashboard.db.read_session import Repository
from dashboard.menu import who_is_here, working_links
from dashboard.ui import html, words
from dashboard.ui.render import to_html
from dashboard.ui.style_sheet import serve_style_sheet
from dashboard.web.authorize import authorize_requests
from dashboard.web.export_trail import mark_files, note_exports
from dashboard.web.plain_page import document
from dashboard.web.refusals import bound_numbers, refuse_plainly
from dashboard.web.response_cache import keep_answers
from dashboard.web.routes import LIVE, pages, register_live_pages
from models.config.settings import Settings, read_settings

YEAR_SECONDS = 31_536_000
ENTRY = to_html(html.Div(id="react-entry-point"))  # where Dash draws; its own says "Loading" in English
OF_OTHER_PAGES = r"\.css$|^(meeting|form)\.js$"  # assets that Dash shall not name on live pages


class LivePages(Dash):
    """A Dash that draws one part of a page whose words stand in the first answer."""

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        """The page as HTML with Dash's entry point where its live part belongs; scripts come after the words."""
        content, title = g.get("live_page", (to_html(LIVE), words.PRODUCT))
        before, _, after = content.partition(to_html(LIVE))
        scripts = f"<footer>{parts['config']}{parts['scripts']}{parts['renderer']}</footer>"
        return document(f"{before}{ENTRY}{after}", title, parts["css"], scripts)


def create_app(settings: Settings | None = None) -> LivePages:
    """Build the application; `settings` default to the environment. One application a process."""
    settings = settings or read_settings()
    server = Flask("dashboard")
    bound_numbers(server)
    _declare_addresses(server)  # before Dash, whose own pages of all addresses then stand behind ours
    app = LivePages(
        "dashboard",
        server=server,  # type: ignore[arg-type]  # Dash says less than it takes
        use_pages=True,
        pages_folder="",
        compress=True,
        include_pages_meta=False,  # they would name the host that the request claims
        title=words.PRODUCT,
        update_title="",
        suppress_callback_exceptions=True,
        assets_ignore=OF_OTHER_PAGES,
    )
    server.config.update(SEND_FILE_MAX_AGE_DEFAULT=YEAR_SECONDS, COMPRESS_MIN_SIZE=500)
    set_headers(app, settings)
    serve_style_sheet(server)
    refuse_plainly(app)
    authorize_requests(app)
    note_exports(server)
    mark_files(server)
    keep_answers(server)
    server.extensions.update(
        {"dash": app, "repository": Repository(settings), "menu": working_links, "who": who_is_here}
    )
    _follow_requests(server)
    register_live_pages()
    app.layout = dash_html.Div(page_container, id="app")
    _know_assets(app)
    return app


def _declare_addresses(server: Flask) -> None:
    """Bring in every module that declares an address: the pages of all rooms, their forms and their files."""
    for found in walk_packages(dashboard.__path__, "dashboard."):
        if ".pages." in found.name:
            import_module(found.name)
    from dashboard.explore import panel_api  # noqa: F401
    from dashboard.imports import approval_posts  # noqa: F401
    from dashboard.register.exports import exports
    from dashboard.tasks.calendar_feed import feed
    from dashboard.tasks.files import task_files
    from dashboard.web.api import api
    from dashboard.web.routes import work

    for blueprint in (api, feed, task_files, exports, work, pages):
        server.register_blueprint(blueprint)


def _follow_requests(server: Flask) -> None:
    """The cookie of forms, and the status that a page found out while it was built."""
    from dashboard.web.mutations import set_form_cookie

    set_form_cookie(server)

    @server.after_request
    def give_status(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.status_code = g.get("page_status", response.status_code)
        return response


def _know_assets(app: Dash) -> None:
    """Name the scripts of live pages once, so that a worker serves them before it has served such a page."""
    with app.server.test_request_context():
        app.index()
