"""Whoever signed in and takes figures away is noted, whatever the list: hung on the rule of the address, not on each.

Readers who are not signed in leave nothing: the entry would name nobody, and what they get is public. Calendar
programs and the API's JSON ask again by themselves and are not noted either.
"""

from __future__ import annotations

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from dashboard.access import Rule, viewer
from dashboard.data.trail import NOT_NOTED, note
from dashboard.refusals import told
from models.rights import Action

PAPER, API = "work.send_paper", "api.rows"  # the API filters by "place", the lists by "dia-ban"
OF_PROGRAMS = ("feed.",)


def note_exports(server: Flask) -> None:
    """Note every download once its answer is ready and before any of it is sent; without the note it is not sent."""

    @server.after_request
    def look(response: Response) -> Response:
        if not _is_taken_away(response):
            return response
        filters = request.args.to_dict()
        filters.pop("khoa", None)  # an access token never stands in the trail
        place = g.subject.place or filters.get("place" if request.endpoint == API else "dia-ban")
        action = "paper" if request.endpoint == PAPER else "export"
        try:
            note(action, viewer=viewer(), subject=request.path, place=place, details={"filter": filters})
        except HTTPException:
            return told(503, "Chưa trả số liệu", NOT_NOTED)
        return response


def _is_taken_away(response: Response) -> bool:
    rule: Rule | None = g.get("rule")
    if rule is None or rule.action is not Action.EXPORT or response.status_code != 200 or request.method != "GET":
        return False
    if viewer().account_id is None or (request.endpoint or "").startswith(OF_PROGRAMS):
        return False
    return not response.is_json
