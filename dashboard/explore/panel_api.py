"""`/api/v1/panel.<extension>` and `/xuat/xem.xlsx`: the tidy frame as JSON, CSV and Excel, filters in the address."""

from __future__ import annotations

from typing import Any

import pandas as pd
from flask import Response, abort, request

from dashboard.db.read_session import repository
from dashboard.explore.data.explored import with_words
from dashboard.explore.data.panel import PanelChoice, horizons_of, panel_of
from dashboard.ui import words
from dashboard.ui.arguments import many
from dashboard.ui.list_file import workbook
from dashboard.web.api import DAYS, FORMATS, answer_rows, api, asked_moment, refuse_too_many
from dashboard.web.routes import route
from dashboard.web.rules import LISTS
from models.gaps.answer import STATUS_WORDS, Status
from models.targets.reading import Moment

NEXT_HORIZON = 2030
FILTERS = ("place", "indicator", "from", "to", "horizon")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KNOWN = {*FILTERS, *DAYS, "khoa"}


HEADER = {
    "place_name": "Tên địa bàn",
    "indicator_name": "Tên chỉ tiêu",
    "period_end": "Ngày số liệu",
    "value": "Thực tế",
    "unit": "Đơn vị",
    "goal_text": "Cam kết",
    "horizon": "Năm mốc",
    "gap": "Chênh lệch",
    "percent": "% cam kết",
    "status": "Tình trạng",
    "needed_per_year": "Cần mỗi năm",
    "actual_per_year": "Đang đạt mỗi năm",
    "definition_name": "Tên cách tính",
    "publisher": "Tên nguồn",
    "known_on": "Biết từ",
    "source_url": "Địa chỉ nguồn",
}


@route("/api/v1/panel.<extension>", right=LISTS, blueprint=api)
def panel(extension: str) -> Response:
    """One row a place, indicator, definition and date; `place` and `indicator` may be repeated.

    An unknown filter is refused: a silent one would mislead.
    """
    if extension not in FORMATS:
        abort(404)
    moment = asked_moment()
    rows = iter(_asked(moment).to_dict("records"))
    return answer_rows("panel", extension, rows, moment)


@route("/xuat/xem.xlsx", right=LISTS, blueprint=api)
def panel_workbook() -> Response:
    """The same rows for readers: a workbook in Vietnamese, with the day it knows of above."""
    moment = asked_moment()
    frame = with_words(_asked(moment), repository().snapshot(moment))
    rows = ([_cell(name, row[name]) for name in HEADER] for row in frame.to_dict("records"))
    note = f"Số liệu biết đến {words.day(moment.known_on)}; ô trống là chưa có số liệu."
    body = workbook("Xem chỉ tiêu", [note], list(HEADER.values()), rows)
    return Response(body, mimetype=EXCEL, headers={"Content-Disposition": 'attachment; filename="xem-chi-tieu.xlsx"'})


def _cell(name: str, value: Any) -> Any:
    return STATUS_WORDS[Status(value)] if name == "status" and value else value


def _asked(moment: Moment) -> pd.DataFrame:
    """The frame that the address asks for."""
    if unknown := sorted(set(request.args) - KNOWN):
        abort(400, description=f"Không có bộ lọc {', '.join(unknown)}. Dùng được: {', '.join(FILTERS)}.")
    places, indicators = many(request.args.getlist("place")), many(request.args.getlist("indicator"))
    if not places and not indicators:
        refuse_too_many(moment)
    return panel_of(moment, PanelChoice(_horizon(moment), places, indicators, _years()))


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
