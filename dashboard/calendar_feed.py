"""`/lich/tinh/<slug>.ics` and `/lich/co-quan/<code>.ics`: the days of a place or an agency for a calendar program."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, abort, request

from dashboard.data.task_feed import agency_events, place_events
from models.calendar_text import DayEvent, calendar_text

feed = Blueprint("feed", __name__)


@feed.get("/lich/tinh/<slug>.ics")
def place_feed(slug: str) -> Response:
    """The days of a place; an unknown slug answers 404."""
    return _answer(place_events(slug, request.host_url.rstrip("/")), slug)


@feed.get("/lich/co-quan/<code>.ics")
def agency_feed(code: str) -> Response:
    """The days of an agency; an unknown code answers 404."""
    return _answer(agency_events(code, request.host_url.rstrip("/")), code)


def _answer(found: tuple[str, list[DayEvent], datetime] | None, name: str) -> Response:
    if found is None:
        abort(404)
    response = Response(calendar_text(*found), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    response.headers["Cache-Control"] = "no-cache"
    return response
