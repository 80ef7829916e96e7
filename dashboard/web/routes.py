"""The one place where an address is declared: what it asks of the viewer stands with it, or importing it fails.

`page` is for what people read: a layout for a snapshot and a view, sent as plain HTML. With `live` it is a page whose
part at `LIVE` Dash draws, for what its callbacks do. `route` is for everything else that is asked for by GET: files,
feeds, forms with steps of their own. What changes something is declared by `dashboard.web.mutations.mutation`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import dash
from flask import Blueprint, Response, current_app, g

from dashboard.access.access import AccessRule
from dashboard.ui import html
from dashboard.ui.arguments import address_values
from dashboard.ui.html import Element, Piece
from dashboard.ui.render import to_html, to_text
from dashboard.web.page_layout import PageLayout, page_layout
from dashboard.web.plain_page import answer
from dashboard.web.rules import CALLBACKS, ENDPOINTS

Shown = TypeVar("Shown", bound=Callable[..., Any])
pages, work = Blueprint("pages", __name__), Blueprint("work", __name__)
LIVE = html.Div(id="live")  # where Dash draws on a live page
NOT_FOUND = "Không tìm thấy"
LONGEST_NAME = 80  # letters on a browser's tab


@dataclass(frozen=True, slots=True)
class PageDeclaration:
    """One page: its address as Flask writes it, its right, its words, and what Dash draws of it (None: plain)."""

    path: str
    title: str | Callable[..., str]
    right: AccessRule
    layout: PageLayout
    live: Callable[..., Any] | None
    is_cached: bool

    def show(self, **parts: Any) -> Response:
        """The answer to a request for this page."""
        content = self.layout(**address_values(**parts))
        status = g.get("page_status", 200)
        if status == 404:
            return answer(content, NOT_FOUND, status)
        title = self.title(**parts) if callable(self.title) else self.title
        if parts and not callable(self.title):
            title = f"{item_named_by(content)} · {title}"
        whole = to_html(content)
        if self.live is None or to_html(LIVE) not in whole:
            return answer(content, title, status)
        g.live_page = (whole, title)
        return Response(current_app.extensions["dash"].index(), mimetype="text/html")


def item_named_by(content: Element) -> str:
    """What a page of one thing is about, for the browser's tab: its heading, without what is found of it."""
    waiting: list[Piece] = [content]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, Element):
            if node.tag == "h1":
                return to_text(node).partition(": ")[0][:LONGEST_NAME]
            inside = node.children
            waiting += [inside] if isinstance(inside, Element) else inside if isinstance(inside, list | tuple) else ()
    return ""


DECLARED: dict[str, PageDeclaration] = {}  # by endpoint


def page(
    path: str,
    *,
    title: str | Callable[..., str],
    right: AccessRule,
    live: Callable[..., Any] | None = None,
    cached: bool = False,
) -> Callable[[Callable[..., Element]], PageLayout]:
    """Make `build(snapshot, view, **arguments)` the page of an address.

    `title` stands on the browser's tab, without the product's name; a function gets the parts of the address.
    `cached` says that the page is made of what runs bring and of nothing else: finished answers may be kept by data
    version (docs/decisions/0023). `live` builds the part that Dash draws, from the same arguments.
    """

    def declare(build: Callable[..., Element]) -> PageLayout:
        layout, endpoint = page_layout(build), f"{build.__module__.rpartition('.')[2]}-{build.__name__.lstrip('_')}"
        found = PageDeclaration(path, title, right, layout, live and page_layout(live), cached)
        DECLARED[f"{pages.name}.{endpoint}"] = found
        ENDPOINTS[f"{pages.name}.{endpoint}"] = right
        pages.add_url_rule(path, endpoint, found.show)
        return layout

    return declare


def route(
    path: str, *, right: AccessRule, blueprint: Blueprint = work, methods: tuple[str, ...] = ("GET",)
) -> Callable[[Shown], Shown]:
    """Make a function the answer to an address; it changes no figure, and gives a whole response."""

    def declare(show: Shown) -> Shown:
        ENDPOINTS[f"{blueprint.name}.{show.__name__}"] = right
        blueprint.add_url_rule(path, show.__name__, show, methods=methods)
        return show

    return declare


def live_callback(output: dash.Output, *asked: Any, right: AccessRule, **options: Any) -> Callable[[Shown], Shown]:
    """A callback of Dash with the right it asks for; one without is refused (dashboard/web/authorize.py)."""
    CALLBACKS[str(output)] = right
    return cast("Callable[[Shown], Shown]", dash.callback(output, *asked, **options))


def register_live_pages() -> None:
    """Tell Dash the live parts of pages. Call it once the application exists."""
    for endpoint, found in DECLARED.items():
        if found.live is not None:
            dash.register_page(endpoint, path_template=found.path, layout=_drawn(found.live))


def _drawn(live: Callable[..., Any]) -> Callable[..., Any]:
    """What Dash draws: components of its own; a page that says why not is turned into some."""
    return lambda **arguments: html.dash_html(live(**arguments))
