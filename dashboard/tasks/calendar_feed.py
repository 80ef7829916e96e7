"""`/lich/tinh/<slug>.ics` and `/lich/co-quan/<code>.ics`: the days of a place or an agency for a calendar program."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, abort, current_app, request

from dashboard.access.access import is_loopback_name
from dashboard.tasks.data.task_feed import agency_events, place_events
from dashboard.web.routes import route
from dashboard.web.rules import CALENDAR, CALENDAR_OF_PLACE
from models.base.calendar_text import DayEvent, calendar_text

feed = Blueprint("feed", __name__)


@route("/lich/tinh/<slug>.ics", right=CALENDAR_OF_PLACE, blueprint=feed)
def place_feed(slug: str) -> Response:
    """The days of a place; an unknown slug answers 404."""
    return _answer(place_events(slug, _base()), slug)


@route("/lich/co-quan/<code>.ics", right=CALENDAR, blueprint=feed)
def agency_feed(code: str) -> Response:
    """The days of an agency; an unknown code answers 404."""
    return _answer(agency_events(code, _base()), code)


def _base() -> str:
    """Where links of an entry lead: the address that was asked, once it is one that this installation answers to.

    Entries are read outside of our pages and need whole addresses. Without TRUSTED_HOSTS anybody may claim any name:
    entries then hold no link, but for a reader on this machine.
    """
    is_known = bool(current_app.config["TRUSTED_HOSTS"]) or is_loopback_name()
    return request.host_url.rstrip("/") if is_known else ""


def _answer(found: tuple[str, list[DayEvent], datetime] | None, name: str) -> Response:
    if found is None:
        abort(404)
    response = Response(calendar_text(*found), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    response.headers["Cache-Control"] = "no-cache"
    return response
