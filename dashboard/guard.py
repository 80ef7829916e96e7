"""What every page does the same way: read the address, open the snapshot, and fail with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from dash.development.base_component import Component
from sqlalchemy.exc import SQLAlchemyError

from dashboard import errors
from dashboard.address import read_view
from dashboard.data.snapshot import door

PageBuilder = Callable[..., Component]


def page_layout(build: Callable[..., Component]) -> PageBuilder:
    """Turn `build(snapshot, view, ...)` into a Dash layout: optional arguments, designed failures."""

    @wraps(build)
    def layout(**arguments: Any) -> Component:
        view = read_view(arguments, door().settings.as_of)
        try:
            snapshot = door().snapshot(view.moment)
        except (SQLAlchemyError, LookupError):
            errors.log.exception("the database cannot be read")
            return errors.no_database(view)
        try:
            return build(snapshot, view, **arguments)
        except Exception:
            return errors.failed(view)

    return layout
