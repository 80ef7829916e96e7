"""What stands beside a figure: the way to say that it is wrong."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import g, has_app_context

from dashboard.ui import html
from dashboard.ui.address import View
from dashboard.ui.html import Element

REPORT_WRONG = "/bao-so-lieu-sai"


def report_wrong(*, key: str = "", place: str = "", indicator: str = "", words: str = "Báo số liệu sai") -> Element:
    """A link to the form for one figure: a published value by key, else an indicator of a place.

    It keeps the view of the page at hand, so that the form speaks of the same value.
    """
    view: View | None = g.get("view") if has_app_context() else None
    said = {"so": key, "dia-ban": place, "chi-tieu": indicator}
    query = view.query(**said) if view else "?" + urlencode({name: value for name, value in said.items() if value})
    return html.A(words, href=REPORT_WRONG + query, className="report-wrong", rel="nofollow")
