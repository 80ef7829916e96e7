"""Thông báo kết luận: what a meeting decided, as a Word file in the form of Decree 30/2020/NĐ-CP."""

from __future__ import annotations

from docx.document import Document as WordDocument

from dashboard.meetings.values import PROMISE, MeetingPage
from dashboard.reports.office_form import (
    Columns,
    body,
    letterhead,
    new_document,
    recipients,
    small,
    table,
    title,
    to_bytes,
)
from dashboard.reports.values import paper_row
from dashboard.tasks.conclusion_values import ConclusionKind, Decided
from dashboard.ui import words

WORK_COLUMNS: Columns = (("Số", 1.6), ("Nội dung", 7.4), ("Cơ quan thực hiện", 4.9), ("Hạn", 2.6))


def notice(found: MeetingPage, *, agency: str = "") -> bytes:
    """The conclusions of one meeting; `agency` may stay blank to be filled in by the office."""
    meeting = found.meeting
    about = f"Kết luận {meeting.title[0].lower()}{meeting.title[1:]}"
    document = new_document(about)
    issuer = next(
        (p.issuer_text.upper() for p in found.snapshot.programmes.values() if p.place == meeting.place), "..."
    )
    place = found.snapshot.places[meeting.place].name if meeting.place else "..."
    letterhead(document, agency or issuer, place, "TB")
    title(document, "THÔNG BÁO", about)
    body(
        document,
        f"Ngày {words.day(meeting.held_on)}, phiên họp đã xem xét tình hình thực hiện cam kết về kinh tế tập thể "
        f"của {found.place_name} và thống nhất kết luận như sau:",
    )
    _earlier(document, found)
    _conclusions(document, found)
    _work(document, found)
    small(
        document,
        f"Số liệu của phiên họp biết đến {words.day(meeting.known_on)}; mã số liệu {meeting.snapshot_id}.",
    )
    recipients(document, ("- ...;", "- Lưu: VT."))
    return to_bytes(document)


def _earlier(document: WordDocument, found: MeetingPage) -> None:
    waiting = [item for item in found.previous_decided if item.outcome]
    if not waiting or found.previous is None:
        return
    body(document, f"Về việc thực hiện kết luận phiên ngày {words.day(found.previous.held_on)}:", bold=True)
    for item in waiting:
        who = f"{item.agency}: " if item.agency else ""
        body(document, f"- {who}{item.row.text} ({item.outcome}).")


def _conclusions(document: WordDocument, found: MeetingPage) -> None:
    told = [item for item in found.recorded if item.row.kind == ConclusionKind.CONCLUSION]
    body(document, "Kết luận:", bold=True)
    if not told:
        body(document, "Phiên họp không ghi kết luận chung.")
    for number, item in enumerate(told, start=1):
        body(document, f"{number}. {_about(item, found)}{item.row.text}")


def _about(item: Decided, found: MeetingPage) -> str:
    view = next((view for view in found.snapshot.gaps if view.key == item.row.subject), None)
    return f"{paper_row(view, found.snapshot).finding}: " if view and item.row.subject_kind == PROMISE else ""


def _work(document: WordDocument, found: MeetingPage) -> None:
    told = [item for item in found.recorded if item.row.kind != ConclusionKind.CONCLUSION]
    if not told:
        return
    body(document, "Giao việc và yêu cầu giải trình:", bold=True)
    rows = []
    for number, item in enumerate(told, start=1):
        kind = "Giải trình: " if item.row.kind == ConclusionKind.EXPLANATION else ""
        rows.append((str(number), kind + item.row.text, item.agency, words.day(item.row.due_on)))
    table(document, WORK_COLUMNS, rows)
