"""What the pages of accounts do the same way: no figures are loaded for them, only names of places and agencies."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, g

from dashboard.accounts.data.account_lists import read_names
from dashboard.accounts.values import ScopeNames
from dashboard.db.read_session import UNREADABLE
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.web import errors
from dashboard.web.plain_page import answer, today_view


def account_answer(title: str, build: Callable[[View, ScopeNames], Element], status: int = 200) -> Response:
    """A page of accounts. It needs no right to see figures: the route's rule has been asked before."""
    view = today_view()
    try:
        return answer(build(view, read_names()), title, status)
    except UNREADABLE as error:
        page = errors.no_database(view, error)
        return answer(page, title, g.page_status)
