"""Whoever signed in and takes figures away is noted, whatever the list; files of an installation for trials say so."""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import Any

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from dashboard.access.access import AccessRule, viewer
from dashboard.access.trail import NOT_NOTED, is_noted_today, note
from dashboard.db.failures import SOON, Trouble
from dashboard.db.read_session import repository
from dashboard.web.errors import say_again
from dashboard.web.refusals import told
from models.accounts.rights import Action

PAPER, API = "work.send_paper", ("api.rows", "api.panel")  # the API filters by "place", the lists by "dia-ban"
OF_PROGRAMS = ("feed.",)
WAITING_READS, TURN_SECONDS = 2, 1.0  # of a worker's readers so many may wait for a writer: the others are needed
turns = BoundedSemaphore(WAITING_READS)


def note_exports(server: Flask) -> None:
    """Note every download once its answer is ready and before any of it is sent; without the note it is not sent."""

    @server.after_request
    def look(response: Response) -> Response:
        filters = request.args.to_dict()
        filters.pop("khoa", None)  # an access token never stands in the trail
        if not _is_taken_away(response) or (response.is_json and not _is_first_of_bounded(filters)):
            return response
        place = g.subject.place or filters.get("place" if request.endpoint in API else "dia-ban")
        action = "paper" if request.endpoint == PAPER else "export"
        is_noted = _noted(action, subject=request.path, place=place, details={"filter": filters})
        return response if is_noted else _not_noted()


def _noted(action: str, **more: Any) -> bool:
    """Note a read; False when it cannot be noted now, also because others wait for the same writer already."""
    if not turns.acquire(timeout=TURN_SECONDS):
        return False
    try:
        note(action, viewer=viewer(), **more)
    except HTTPException:
        return False
    finally:
        turns.release()
    return True


def _not_noted() -> Response:
    say_again(Trouble(again_after=SOON))
    return told(503, "Chưa trả số liệu", NOT_NOTED)


def _is_taken_away(response: Response) -> bool:
    rule: AccessRule | None = g.get("rule")
    if rule is None or rule.action is not Action.EXPORT or response.status_code != 200 or request.method != "GET":
        return False
    return viewer().account_id is not None and not (request.endpoint or "").startswith(OF_PROGRAMS)


def _is_first_of_bounded(filters: dict[str, str]) -> bool:
    """Whether this JSON is not for everybody, and its reader has not taken the same already today."""
    return not repository().settings.public_view and not is_noted_today(viewer(), request.path, {"filter": filters})


PREFIX = "mo-phong-"
_NAMED = 'filename="'


def mark_files(server: Flask) -> None:
    """Put the mark before the name of every file to download, whoever sends it."""

    @server.after_request
    def mark(response: Response) -> Response:
        offered = response.headers.get("Content-Disposition", "")
        if offered and PREFIX not in offered and repository().settings.is_demo:
            named = offered.replace(_NAMED, _NAMED + PREFIX) if _NAMED in offered else _unquoted(offered)
            response.headers["Content-Disposition"] = named
        return response


def _unquoted(offered: str) -> str:
    return offered.replace("filename=", "filename=" + PREFIX, 1)
