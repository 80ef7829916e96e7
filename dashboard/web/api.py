"""The read-only API: the same rows as the command line and the same values as the screen. See docs/api.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain

from flask import Blueprint, Response, abort, jsonify, request, stream_with_context

from dashboard.db.published import value_counts
from dashboard.db.read_session import UNREADABLE, health_report, repository
from dashboard.web.refusals import answer_unreadable
from dashboard.web.routes import route
from dashboard.web.rules import LISTS, OPEN
from models.base.day_limits import day_to_look_from
from models.base.row_text import csv_pieces, json_pieces
from models.rows import EXPORTS, Row, each_observation_row, export_rows, gap_rows
from models.targets.reading import Moment
from models.targets.views import Names

api = Blueprint("api", __name__)
FILTERS = ("place", "programme", "indicator", "horizon", "status", "section", "deadline_kind", "state")
MOST_VALUES = 200_000
WHOLE_LETTERS = 2_000_000  # of an answer that is made before it is sent
DAYS = ("as-of", "biet-den", "known-on")
FORMATS = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}


@route("/api/v1/<name>.<extension>", right=LISTS, blueprint=api)
def rows(name: str, extension: str) -> Response:
    """Rows of one table; filters are equal-to, `as-of` and `biet-den` (or `known-on`) are ISO dates."""
    if name not in EXPORTS or extension not in FORMATS:
        abort(404)
    moment, wanted = asked_moment(), {name: request.args[name] for name in FILTERS if request.args.get(name)}
    if name == "observations" and not any(wanted.get(part) for part in ("place", "indicator")):
        refuse_too_many(moment)
    found = (row for row in _every(name, moment, wanted) if all(str(row.get(n)) == v for n, v in wanted.items()))
    return answer_rows(name, extension, found, moment)


def answer_rows(name: str, extension: str, found: Iterator[Row], moment: Moment) -> Response:
    """Rows as one of FORMATS; a CSV is a file named by what it holds and the day it knows of."""
    pieces = chain(["\ufeff"], csv_pieces(found)) if extension == "csv" else json_pieces(found)
    response = Response(_body(pieces), content_type=FORMATS[extension])
    if extension == "csv":
        response.headers["Content-Disposition"] = f'attachment; filename="{name}-{moment.known_on.isoformat()}.csv"'
    return response


def _every(name: str, moment: Moment, wanted: Mapping[str, str]) -> Iterable[Row]:
    """The rows of a table at the moment; those of the values come some at a time, for there are very many."""
    if name == "observations":
        return each_observation_row(repository().session, moment, wanted)
    is_asked = any(request.args.get(day) for day in DAYS)
    with repository().session() as session:
        if name == "gaps" and not is_asked:  # nobody asks for the past: those of the pages are the same
            seen = repository().snapshot(moment)
            return gap_rows(session, moment, seen.gaps, Names(seen.places, seen.indicators, seen.programmes))
        return export_rows(name, session, moment, is_day_asked=is_asked, only=wanted)


def _body(pieces: Iterator[str]) -> str | Iterator[str]:
    """The whole of a short answer; a longer one is written while it is sent, and no worker holds it whole."""
    begun: list[str] = []
    size = 0
    for piece in pieces:
        begun.append(piece)
        size += len(piece)
        if size > WHOLE_LETTERS:
            return stream_with_context(chain(begun, pieces))
    return "".join(begun)


@route("/health", right=OPEN, blueprint=api)
def health() -> tuple[Response, int]:
    """Whether the database answers and holds data: 200 or 503."""
    report = health_report()
    return jsonify(report), 200 if report["status"] == "ok" else 503


def asked_moment() -> Moment:
    """The days asked for; those in the future count as today, as on the pages."""
    today = repository().settings.as_of
    known_on = _date("biet-den") or _date("known-on")
    as_of = _date("as-of") or known_on or today
    return Moment(as_of=day_to_look_from(as_of, today), known_on=day_to_look_from(known_on or as_of, today))


def _date(name: str) -> date | None:
    text = request.args.get(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        abort(400, description=f"Tham số {name}={text!r}: cần ngày dạng NĂM-THÁNG-NGÀY, ví dụ 2026-11-21.")


def refuse_too_many(moment: Moment) -> None:
    """All values of a whole country do not fit into one answer: say how to ask for a part."""
    count = sum(value_counts(moment).values())
    if count > MOST_VALUES:
        told = f"{count:,}".replace(",", ".")
        abort(
            400, description=f"Có {told} số liệu, quá nhiều cho một lần tải: thêm place=<địa bàn> hoặc indicator=<mã>."
        )


@api.errorhandler(400)
@api.errorhandler(404)
def wrong_request(error: Exception) -> tuple[Response, int]:
    """A clear sentence instead of a page."""
    code = getattr(error, "code", 400)
    text = getattr(error, "description", "") if code == 400 else "Không có bảng này. Xem docs/api.md."
    return jsonify({"error": text}), code


for _kind in UNREADABLE:
    api.register_error_handler(_kind, answer_unreadable)
