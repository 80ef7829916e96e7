"""Whole answers kept as bytes: for the same data, the same rights and the same request the bytes are the same.

Nothing is ever thrown away by time: a new data version, another day or other rights make another key, and what is
no longer asked for falls out of the bounded memory of the worker. Admission has looked at the request before a
kept answer is given, and whatever notes or finishes answers still does. docs/decisions/0023 tells what is not kept.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from flask import Flask, Response, current_app, g, request

from dashboard.access.access import viewer
from dashboard.access.personal import filled, is_personal
from dashboard.db.read_session import FinishedAnswer, repository
from dashboard.web import callbacks
from dashboard.web.mutations import expected_token
from dashboard.web.routes import DECLARED

LISTS = "api.rows"
OF_ONE_ANSWER = frozenset({"set-cookie", "date", "content-length", "cache-control"})
LARGEST_BODY = 20_000  # of a callback's request


def keep_answers(server: Flask) -> None:
    """Give kept answers and keep new ones. Call it after admission was set up: admission must look first."""
    server.before_request(_give)
    server.after_request(_fill)
    server.after_request_funcs.setdefault(None, []).insert(0, _keep)  # the first one runs last: after compressing


def _give() -> Response | None:
    memory = repository().answers
    if not memory.room or not _is_of_a_kind_to_keep():
        return None
    try:
        key = _key(repository().state())
    except LookupError:
        return None  # what answers then says so
    found = memory.find(key)
    if found is None:
        g.answer_key = key
        return None
    g.is_personal = found.is_personal
    response = Response(found.body)
    response.headers.clear()
    response.headers.extend(found.headers)
    return response


def _is_of_a_kind_to_keep() -> bool:
    """Pages that say so, what Dash draws of them, and lists."""
    endpoint = request.endpoint or ""
    if endpoint == LISTS:
        return request.method == "GET"
    if endpoint == callbacks.ENDPOINT and (request.content_length or LARGEST_BODY) < LARGEST_BODY:
        routed = callbacks.routed_endpoint(request.get_json())
        page = DECLARED.get(routed[0]) if routed else None
        return page is not None and page.is_cached and page.live is not None
    return endpoint in DECLARED and DECLARED[endpoint].is_cached


def _key(state: tuple[Any, ...]) -> Hashable:
    """Everything an answer depends on. The way in is shown where there are accounts, and leads back to the page.

    Readers with the same rights share it: their names are filled in when it is sent. What waits for their approval
    stands in the links.
    """
    body = request.get_data() if request.method == "POST" else b""
    came_from = request.referrer if body else None
    is_signed_in = viewer().account_id is not None
    reader = (viewer().rights_key, is_signed_in, tuple(current_app.extensions["menu"]()) if is_signed_in else ())
    address = (request.method, request.scheme, request.host, request.script_root, request.path, request.query_string)
    return (
        state,
        repository().settings.as_of,
        reader,
        address,
        body,
        came_from,
        request.headers.get("Accept-Encoding"),
    )


def _fill(response: Response) -> Response:
    """Say who reads. It runs before compressing, and before the headers that tell browsers what they may keep."""
    if "answer_key" in g and not _may_be_kept(response):
        g.pop("answer_key")
    g.is_filled = True
    if not is_personal():
        return response
    key, body = g.pop("answer_key", None), response.get_data()
    if key is not None:
        repository().answers.keep(key, FinishedAnswer(body, _kept_headers(response), is_personal=True))
    response.set_data(filled(body, viewer().name, expected_token(), is_json=response.is_json))
    return response


def _keep(response: Response) -> Response:
    key = g.pop("answer_key", None)
    if key is None:
        return response
    repository().answers.keep(key, FinishedAnswer(response.get_data(), _kept_headers(response)))
    return response


def _kept_headers(response: Response) -> tuple[tuple[str, str], ...]:
    return tuple(item for item in response.headers if item[0].lower() not in OF_ONE_ANSWER)


def _may_be_kept(response: Response) -> bool:
    """Whole good answers without anything personal; a page that failed in a callback still answers 200."""
    if response.status_code != 200 or g.get("page_status", 200) != 200 or response.is_streamed:
        return False
    said = response.headers.get("Cache-Control", "")
    return "no-store" not in said and "Set-Cookie" not in response.headers and "form_token" not in g
