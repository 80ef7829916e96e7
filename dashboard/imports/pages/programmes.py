"""`/chuong-trinh`: which programmes are in, and whether all of each is; each as a workbook to load again."""

from __future__ import annotations

from flask import Response, abort, current_app

from dashboard.db.import_file import ImportRefusedError, import_service
from dashboard.db.read_session import UNREADABLE, repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.imports.pages.templates import XLSX
from dashboard.tasks.parts.task_table import missing_parts, programme_heading
from dashboard.ui import html
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.ui.marks import empty
from dashboard.ui.table import TableColumn, data_table, wide
from dashboard.web.routes import page, route
from dashboard.web.rules import VIEW
from dashboard.web.shell import breadcrumbs, page_frame, section
from models.targets.programme import Programme
from models.targets.reading import Moment

ADDRESS = "/chuong-trinh"
LEAD = "Mỗi chương trình là một văn bản. Tải tệp Excel để xem hoặc sửa, rồi nạp lại ở trang Nhập số liệu."
WHOLE = "Đã nhập hết nhiệm vụ; điều gì không có ở đây là văn bản không ghi"
NOT_WHOLE = "{missing}; điều gì không có ở đây là chưa ai nhập"


@page(ADDRESS, title="Chương trình", right=VIEW)
def _programmes(snapshot: Snapshot, view: View, **_: str) -> Element:
    programmes = list(snapshot.programmes.values())
    nothing = empty(
        "Chưa có chương trình nào.", "Tải tệp mẫu “Chương trình của tỉnh” ở trang Nhập số liệu, điền rồi nạp."
    )
    return page_frame(
        f"{len(programmes)} chương trình",
        breadcrumbs([("Nhập số liệu", "/nhap-lieu")]),
        section("Đã nhập", _table(programmes, snapshot)) if programmes else nothing,
        html.P(html.A("Tệp mẫu cho chương trình mới (xlsx)", href="/nhap-lieu/mau/programme.xlsx")),
        view=view,
        current="/nhap-lieu",
        lead=LEAD,
    )


def _table(programmes: list[Programme], snapshot: Snapshot) -> Element:
    columns: list[TableColumn | str] = ["Văn bản", wide("Tên"), "Nhiệm vụ", "Tải về"]
    rows: list[list[Element | str]] = [
        [
            html.A(programme_heading(row.slug, snapshot), href=f"/tinh/{row.place}"),
            row.title,
            said_of_tasks(row),
            html.A("Excel (xlsx)", href=f"{ADDRESS}/{row.slug}.xlsx"),
        ]
        for row in programmes
    ]
    return data_table(columns, rows, caption="Các chương trình đã nhập")


def said_of_tasks(programme: Programme) -> str:
    """Whether what is missing was not said by the document or was not typed by anybody: never the same sentence."""
    missing = missing_parts(programme)
    return NOT_WHOLE.format(missing=missing) if missing else WHOLE


@route(f"{ADDRESS}/<programme>.xlsx", right=VIEW)
def send_programme(programme: str) -> Response:
    """The workbook of a programme; one that is unknown, or not of a place that the reader may see, answers 404."""
    today = repository().settings.as_of
    try:
        if programme not in repository().snapshot(Moment(as_of=today, known_on=today)).programmes:
            abort(404)
        content = import_service().programme(programme)
    except (ImportRefusedError, *UNREADABLE):
        abort(404)
    response = current_app.response_class(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="chuong-trinh-{programme}.xlsx"'
    response.headers["Cache-Control"] = "no-store"
    return response
