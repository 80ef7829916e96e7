"""`/nhiem-vu.csv` and `/nhiem-vu.xlsx`: the task list as filtered on screen."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import xlsxwriter
from flask import Blueprint, Response, abort, request

from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.data.tasks import build_tasks
from dashboard.tasks.values import TaskLine, read_filter
from dashboard.tasks.words import ORIGIN_WORDS, standing
from dashboard.ui import words
from dashboard.ui.address import read_view
from dashboard.web.routes import route
from dashboard.web.rules import LISTS
from models.base.row_text import to_csv
from models.tasks.task_reading import InstanceView
from models.tasks.task_rows import Row, followed_columns, task_columns
from models.tasks.task_state import TaskOrigin

task_files = Blueprint("task_files", __name__)
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (26, 22, 8, 60, 34, 34, 34, 24, 8, 14, 26, 20, 14, 14, 40, 14, 14)


@route("/nhiem-vu.<extension>", right=LISTS, blueprint=task_files)
def task_file(extension: str) -> Response:
    """The chosen annex rows as CSV (codes, for machines) or Excel (words, for offices, duties of the body too)."""
    if extension not in ("csv", "xlsx"):
        abort(404)
    view = read_view(request.args.to_dict(), repository().settings.as_of)
    snapshot = repository().snapshot(view.moment)
    found = build_tasks(snapshot, read_filter(request.args))
    if not found.is_known:
        abort(404)
    if extension == "csv":
        lines = [*found.lines, *(line for line in found.duties if line.task.origin == TaskOrigin.MEETING)]
        body: bytes = ("\ufeff" + to_csv([csv_row(line, snapshot) for line in lines])).encode()
        kind = "text/csv; charset=utf-8"
    else:
        body, kind = workbook([*found.lines, *found.duties], snapshot), SHEET
    response = Response(body, content_type=kind)
    name = f"nhiem-vu-{view.moment.known_on.isoformat()}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def csv_row(line: TaskLine, snapshot: Snapshot) -> Row:
    """The row of the command line's export for this line."""
    names = snapshot.places[line.task.place].full_name
    return task_columns(line.task, names) | followed_columns(line.view, line.item)


def workbook(lines: list[TaskLine], snapshot: Snapshot) -> bytes:
    """One sheet with filters and frozen header; text never runs as a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Nhiệm vụ")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    days = book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"})
    rows = [_excel_row(line, snapshot) for line in lines]
    for column, name in enumerate(_excel_names()):
        sheet.write_string(0, column, name, head)
        sheet.set_column(column, column, WIDTHS[column])
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row.values()):
            if isinstance(value, date):
                sheet.write(number, column, value, days)
            elif value is not None:
                sheet.write(number, column, value, body)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(WIDTHS) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def _excel_names() -> list[str]:
    return [
        "Địa bàn", "Văn bản", "Số", "Nhiệm vụ", "Sản phẩm", "Chủ trì (tên trong văn bản)", "Chủ trì hiện nay",
        "Thời hạn trong văn bản", "Năm", "Hết ngày", "Tình trạng", "Văn bản hoàn thành", "Ngày văn bản",
        "Ngày báo cáo", "Lưu ý", "Số đơn vị phải báo cáo", "Đã báo cáo hoàn thành",
    ]  # fmt: skip


def _excel_row(line: TaskLine, snapshot: Snapshot) -> dict[str, Any]:
    task, item = line.task, line.item
    latest = item.latest if item else None
    programme = snapshot.programmes.get(task.programme)  # none for an assignment of a meeting
    told = standing(line.view, item, snapshot.agencies) if item else ""
    prefix = "" if task.origin == TaskOrigin.ANNEX else f"{ORIGIN_WORDS[TaskOrigin(task.origin)]}, "
    values = (
        snapshot.places[task.place].full_name,
        (programme.number or programme.title) if programme else task.section_title,
        f"{prefix}{task.section}" + (f".{task.number}" if not prefix else ""),
        task.title,
        task.product,
        task.leads_text,
        "; ".join(snapshot.agency_today(code).name for code in task.leads),
        task.deadline_text or words.NONE,
        item.year if item else None,
        item.due_on if item else None,
        words.TASK_STATE_WORDS[item.state] if item else "gồm các dòng con",
        latest.document_number if latest else None,
        latest.document_date if latest else None,
        latest.reported_on if latest else None,
        "; ".join(filter(None, (task.condition, task.note, told))) or None,
        *_members(item),
    )
    return dict(zip(_excel_names(), values, strict=True))


def _members(item: InstanceView | None) -> tuple[int | str | None, int | None]:
    """How many offices must report and how many have; in words where no list is known, nothing for a single office."""
    if item is None or not item.parts.has_many_offices:
        return None, None
    if item.parts.unlisted:
        return "chưa có danh sách", None
    return len(item.parts.asked_offices), len(item.done_offices)
