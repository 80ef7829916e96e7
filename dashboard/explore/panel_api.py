"""`/api/v1/panel.<extension>`: the tidy frame as JSON and CSV, with filters in the address."""

from __future__ import annotations

from flask import Response, abort, request

from dashboard.explore.data.panel import PanelChoice, horizons_of, panel_of
from dashboard.web.api import DAYS, FORMATS, answer_rows, api, asked_moment, refuse_too_many
from dashboard.web.routes import route
from dashboard.web.rules import LISTS
from models.targets.reading import Moment

NEXT_HORIZON = 2030
FILTERS = ("place", "indicator", "from", "to", "horizon")
KNOWN = {*FILTERS, *DAYS, "khoa"}


@route("/api/v1/panel.<extension>", right=LISTS, blueprint=api)
def panel(extension: str) -> Response:
    """One row a place, indicator, definition and date; an unknown filter is refused, a silent one would mislead."""
    if extension not in FORMATS:
        abort(404)
    if unknown := sorted(set(request.args) - KNOWN):
        abort(400, description=f"Không có bộ lọc {', '.join(unknown)}. Dùng được: {', '.join(FILTERS)}.")
    moment = asked_moment()
    place, indicator = request.args.get("place", ""), request.args.get("indicator", "")
    if not place and not indicator:
        refuse_too_many(moment)
    choice = PanelChoice(_horizon(moment), place, indicator, _years())
    rows = iter(panel_of(moment, choice).to_dict("records"))
    return answer_rows("panel", extension, rows, moment)


def _horizon(moment: Moment) -> int:
    known, asked = horizons_of(moment), _year("horizon")
    if asked is not None and asked not in known:
        abort(400, description=f"Không có cam kết đến {asked}. Tham số horizon nhận: {', '.join(map(str, known))}.")
    return asked or NEXT_HORIZON


def _years() -> tuple[int | None, int | None]:
    first, last = _year("from"), _year("to")
    if first is not None and last is not None and first > last:
        abort(400, description=f"Tham số from={first} lớn hơn to={last}: đổi chỗ hai năm.")
    return first, last


def _year(name: str) -> int | None:
    text = request.args.get(name)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        abort(400, description=f"Tham số {name}={text!r}: cần năm bốn chữ số, ví dụ 2030.")
    return int(text)
