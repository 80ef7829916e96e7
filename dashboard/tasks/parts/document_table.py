"""A table of ordered documents: which task orders each, from whom, until when, and what was issued."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.parts.agency import agency_list
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Content, Element
from dashboard.ui.table import TableColumn, data_table, wide
from models.tasks.ordered_documents import DocumentState, OrderedDocument
from models.tasks.periods import period_text

STATE_WORDS = {
    DocumentState.ISSUED: "đã ban hành",
    DocumentState.IN_PART: "mới ban hành một phần",
    DocumentState.WAITING: "chờ điều kiện",
    DocumentState.NOT_ISSUED: "chưa có báo cáo ban hành",
}
COLUMNS = (wide("Văn bản"), "Chủ trì", "Hết ngày", TableColumn("Ban hành", "state"))


def document_table(items: Sequence[OrderedDocument], snapshot: Snapshot, view: View) -> Element:
    """The documents in the order given."""
    rows = [_row(item, snapshot, view) for item in items]
    return data_table(COLUMNS, rows, caption="Văn bản theo ngày", kind="tasks")


def _row(item: OrderedDocument, snapshot: Snapshot, view: View) -> list[Content]:
    task, due_on = item.view.task, item.item.due_on
    when = period_text(item.item.period or str(item.item.year)) if item.item.year else ""
    about = html.A(task.title, href=f"/viec/{quote(task.key)}" + view.query(), className="quiet")
    place = snapshot.places[task.place].full_name
    where = ", ".join(filter(None, (place, when)))
    return [
        [html.Strong(item.printed), html.Div(about), html.Small(where, className="sub")],
        agency_list(task.leads, snapshot.agencies, snapshot.moment.as_of, view.query()),
        words.day(due_on) if due_on else task.deadline_text or "không ghi",
        _issued(item),
    ]


def _issued(item: OrderedDocument) -> Content:
    if item.view.duty.is_done_in_document and not item.issued:
        return "văn bản giao việc ghi đã hoàn thành"
    many = ""
    if item.awaited is None:
        many = f"{len(item.issued)} văn bản; chưa có danh sách đơn vị"
    elif item.awaited > 1:
        many = f"{len(item.issued)} trên {item.awaited}"
    papers = [f"{report.document_number}, {words.day(report.document_date)}" for report in item.issued]
    return [STATE_WORDS[item.state], *(html.Small(told, className="sub") for told in (many, *papers) if told)]
