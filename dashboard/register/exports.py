"""Lists to take away, as CSV and Excel: the same filters as the screen, no persons, no live formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flask import Blueprint, Response, abort, request, stream_with_context

from dashboard.db.read_session import repository
from dashboard.register import words as register
from dashboard.register.address import read_filter
from dashboard.register.data.communes import BOUNDARIES, build_communes
from dashboard.register.data.lists import compare_lists
from dashboard.register.data.organizations import holds_demo
from dashboard.register.data.ratings import default_filter
from dashboard.register.data.register_rows import (
    COMMUNE_HEADER,
    LIST_HEADER,
    NAMED_HEADER,
    TWO_HEADER,
    WORK_HEADER,
    DatabaseAway,
    commune_rows,
    list_rows,
    named_rows,
    two_list_notes,
    two_list_rows,
    work_rows,
)
from dashboard.register.values import REASONS
from dashboard.ui.arguments import read_id, read_year
from dashboard.ui.list_file import Value, csv_lines, workbook
from dashboard.web.refusals import answer_unreadable
from dashboard.web.routes import route
from dashboard.web.rules import LISTS

exports = Blueprint("register_exports", __name__)
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
NAMED = {"yeu": "weak", "chuyen-loai": "moved"}


@route("/xuat/so-dang-ky.<extension>", right=LISTS, blueprint=exports)
def register_list(extension: str) -> Response:
    """The filtered register."""
    chosen, places = read_filter(request.args), repository().today().place_names
    if chosen.has_unknown_code or (chosen.place and chosen.place not in places):
        abort(404)
    return _answer("so-dang-ky", extension, LIST_HEADER, list_rows(chosen, places))


@route("/xuat/can-xu-ly.<extension>", right=LISTS, blueprint=exports)
def worklist(extension: str) -> Response:
    """The organisations to be settled."""
    place, reason, places = (
        read_filter(request.args).place,
        request.args.get("vi", ""),
        repository().today().place_names,
    )
    if (place and place not in places) or (reason and reason not in REASONS):
        abort(404)
    return _answer("can-xu-ly", extension, WORK_HEADER, work_rows(place, reason, places))


@route("/xuat/xep-loai-<kind>.<extension>", right=LISTS, blueprint=exports)
def named_ratings(kind: str, extension: str) -> Response:
    """The weak ones, or those who moved class."""
    filters, year = read_filter(request.args), read_id(request.args.get("ky"))
    chosen = default_filter(year, request.args.get("thang", ""), filters.place, filters.sector)
    if kind not in NAMED or chosen is None:
        abort(404)
    return _answer(
        f"xep-loai-{kind}", extension, NAMED_HEADER, named_rows(chosen, NAMED[kind], repository().today().place_names)
    )


@route("/xuat/theo-xa.<extension>", right=LISTS, blueprint=exports)
def by_commune(extension: str) -> Response:
    """One place and year by commune."""
    place, year = read_filter(request.args).place, read_year(request.args.get("nam-so"))
    boundary = request.args.get("ranh-gioi") or "moi"
    snapshot = repository().today()
    if boundary not in BOUNDARIES or (place and place not in snapshot.places):
        abort(404)
    found = build_communes(snapshot, place, year, boundary)
    about = list(filter(None, [found.counts.reason, found.counts.note]))
    return _answer("theo-xa", extension, COMMUNE_HEADER, commune_rows(found), about)


@route("/xuat/hai-danh-sach.<extension>", right=LISTS, blueprint=exports)
def two_lists(extension: str) -> Response:
    """Two lists of a place by name: in both, only here, only there, other state."""
    place = read_filter(request.args).place
    if place not in repository().today().place_names:
        abort(404)
    found = compare_lists(place, request.args.get("tu", ""), request.args.get("den", ""))
    if found.first is None:
        abort(404)
    return _answer("hai-danh-sach", extension, TWO_HEADER, two_list_rows(found), two_list_notes(found))


def _answer(
    name: str, extension: str, header: Sequence[str], rows: Iterable[Sequence[Value]], about: Sequence[str] = ()
) -> Response:
    if extension not in TYPES:
        abort(404)
    notes = [*([f"MÔ PHỎNG. {register.DEMO}"] if holds_demo() else []), *about]
    if extension == "csv":
        body: Iterator[str] | bytes = stream_with_context(csv_lines(notes, header, rows))
    else:
        body = workbook("Danh sách", notes, header, rows)
    day = repository().settings.as_of.isoformat()
    response = Response(body, content_type=TYPES[extension])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{day}.{extension}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@exports.errorhandler(404)
def no_such_list(_error: Exception) -> tuple[str, int]:
    """A clear sentence instead of a page."""
    return "Không có danh sách này, hoặc bộ lọc trỏ đến giá trị không có.", 404


exports.register_error_handler(DatabaseAway, answer_unreadable)
