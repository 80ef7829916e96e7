"""`/tinh`: every place with a programme, then the map of names before and after the mergers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.data.overview import ProgrammeSummary, build_overview
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.ui.marks import status_counts
from dashboard.ui.table import Row, TableColumn, data_table, figures, wide
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import page_frame, section
from models.places.place import COUNTRY
from models.targets.reading import PlaceView


@page("/tinh", title="Tỉnh", right=VIEW, cached=True)
def layout(snapshot: Snapshot, view: View, **_: object) -> Element:
    """All places."""
    rows = build_overview(snapshot, view.horizon).provinces
    provinces = [place for place in snapshot.places.values() if place.slug != COUNTRY]
    today = [place for place in provinces if _exists(place, view.moment.as_of)]
    return page_frame(
        f"{len([row for row in rows if row.place.slug != COUNTRY])} tỉnh đã có chương trình trong hệ thống",
        section("Địa bàn có chương trình", _with_programmes(rows, view)),
        section("Mọi tỉnh, thành phố", _all_places(today, snapshot, view)),
        view=view,
        current="/tinh",
        lead="Cam kết đứng tên địa bàn đã hứa. Địa bàn đã sáp nhập vẫn có trang riêng và ghi rõ nay thuộc đâu.",
        horizons="/tinh",
    )


def _exists(place: PlaceView, on: date) -> bool:
    started = place.valid_from is None or place.valid_from <= on
    return started and (place.valid_to is None or place.valid_to >= on)


def _with_programmes(rows: Sequence[ProgrammeSummary], view: View) -> Element:
    columns = (
        "Địa bàn",
        wide("Chương trình"),
        TableColumn(f"Chỉ tiêu đến {view.horizon}", "wide whole"),
        figures("Nhiệm vụ"),
    )
    lines: list[Row] = [
        [
            html.A(row.place.full_name, href=view.link(f"/tinh/{row.place.slug}"), className="strong"),
            f"{row.programme.number or 'không rõ số'}, {row.programme.issued_text}",
            status_counts(row.counts) if row.counts else "Không giao chỉ tiêu",
            str(row.task_count) if row.task_count else words.NONE,
        ]
        for row in rows
    ]
    return data_table(columns, lines, caption="Các địa bàn đã có chương trình", kind="in-lines")


def _all_places(today: list[PlaceView], snapshot: Snapshot, view: View) -> Element:
    rows: list[Row] = [
        [
            html.A(place.name, href=view.link(f"/tinh/{place.slug}")),
            place.code or words.NONE,
            (place.place_type or words.NONE),
            ", ".join(snapshot.places[slug].name for slug in place.predecessors) or "không đổi địa giới",
        ]
        for place in sorted(today, key=lambda place: place.code or "")
    ]
    code, made_of = (figures("Mã"), wide("Hợp thành từ"))
    columns = ("Tên", code, TableColumn("Loại", "bare"), made_of)
    return data_table(columns, rows, caption="Tỉnh, thành phố và các địa bàn trước sáp nhập", kind="dense in-lines")
