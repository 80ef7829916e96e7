"""What every page does the same way: read the address, open the snapshot, and fail with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from flask import g

from dashboard.access.access import AccessRule, may
from dashboard.db.failures import trouble_of
from dashboard.db.read_session import UNREADABLE, repository
from dashboard.ui.address import read_view
from dashboard.ui.html import Element
from dashboard.web import errors
from models.accounts.rights import Action

OURS = frozenset({"snapshot", "view"})  # a query of the same name must not reach the page


class PageLayout(Protocol):
    """What Dash asks for a page; `__wrapped__` is the page itself, for a snapshot and a view."""

    __wrapped__: Callable[..., Element]

    def __call__(self, **arguments: Any) -> Element:
        """The page of an address, or the page that says why not."""


def _is_admitted() -> bool:
    """Admission has asked already; a page asks again, whoever calls it. The own account needs no right to look."""
    rule: AccessRule | None = g.get("rule")
    return may(Action.VIEW) or (rule is not None and rule.action is None)


def page_layout(build: Callable[..., Element]) -> PageLayout:
    """Turn `build(snapshot, view, ...)` into a Dash layout: right, optional arguments, designed failures."""

    @wraps(build)
    def layout(**arguments: Any) -> Element:
        g.view = view = read_view(
            arguments, repository().settings.as_of
        )  # links beside figures keep the address of the page
        if not _is_admitted():
            return errors.not_allowed(view)
        try:
            snapshot = repository().snapshot(view.moment)
        except UNREADABLE as error:
            return errors.no_database(view, error)
        try:
            return build(snapshot, view, **{name: value for name, value in arguments.items() if name not in OURS})
        except Exception as error:
            return errors.no_database(view, error) if trouble_of(error) else errors.failed(view)

    return layout
