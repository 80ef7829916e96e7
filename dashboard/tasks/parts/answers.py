"""Tables of requests for explanation, petitions and conclusions of meetings; what is overdue stands first."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.data.answers import MonthLine, PetitionLine, RequestLine
from dashboard.tasks.decided import KIND_WORDS, ConclusionKind, Decided
from dashboard.tasks.parts.agency import agency_name
from dashboard.tasks.words import RAISED_BY_WORDS
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Content, Element
from dashboard.ui.marks import mark
from dashboard.ui.table import Row, data_table, figures, wide
from dashboard.web.shell import section
from models.base.day_text import moment_text, month_text
from models.tasks.follow_up import ExplanationRequest, Petition

REQUEST_COLUMNS = (wide("Về việc"), "Gửi cơ quan", "Yêu cầu", "Trả lời trước khi hết ngày", "Trả lời", "Kết luận")
PETITION_COLUMNS = (wide("Nội dung"), "Người nêu", "Giao cơ quan", "Hạn trả lời", "Trả lời")
MONTH_COLUMNS = (
    "Tháng",
    figures("Đã nêu"),
    figures("Đã giao cơ quan"),
    figures("Đã trả lời"),
    figures("Quá hạn trả lời"),
)


def request_table(lines: Sequence[RequestLine], snapshot: Snapshot, view: View) -> Element | None:
    """Requests for explanation."""
    if not lines:
        return None
    rows = [_request(line, snapshot, view) for line in lines]
    return data_table(REQUEST_COLUMNS, rows, caption="Yêu cầu giải trình", kind="dense in-lines")


def _request(line: RequestLine, snapshot: Snapshot, view: View) -> list[Content]:
    row = line.row
    subject = f"/viec/{quote(row.subject)}" if row.subject_kind == "task" else f"/tinh/{row.place}"
    return [
        [
            html.A(line.subject, href=subject + view.query()),
            html.Small(snapshot.places[row.place].full_name, className="sub"),
        ],
        agency_name(snapshot.agencies[row.agency], snapshot.agencies, snapshot.moment.as_of, view.query()),
        [row.question, html.Small(f"{row.asked_by}, {words.day(row.asked_on)}", className="sub")],
        [words.day(row.due_on), late_mark(line.days_late)],
        _answer(row),
        words.ANSWER_VERDICTS[row.verdict] if row.answer else words.NONE,
    ]


def petition_table(lines: Sequence[PetitionLine], snapshot: Snapshot, view: View) -> Element | None:
    """Difficulties and petitions."""
    if not lines:
        return None
    rows = [_petition(line, snapshot, view) for line in lines]
    return data_table(PETITION_COLUMNS, rows, caption="Khó khăn, vướng mắc, kiến nghị", kind="dense in-lines")


def _petition(line: PetitionLine, snapshot: Snapshot, view: View) -> list[Content]:
    row, agencies = line.row, snapshot.agencies
    to = agency_name(agencies[row.agency], agencies, snapshot.moment.as_of, view.query()) if row.agency else "chưa giao"
    return [
        [
            html.A(row.text, href=view.link(f"/kien-nghi/{row.key}"), className="quiet"),
            html.Small(f"{row.topic} · {snapshot.places[row.place].full_name}", className="sub"),
        ],
        [
            row.raised_by,
            html.Small(f"{RAISED_BY_WORDS[row.raised_by_kind]}, {words.day(row.raised_on)}", className="sub"),
        ],
        to,
        [words.day(row.due_on), late_mark(line.days_late)],
        _answer(row),
    ]


def month_table(months: Sequence[MonthLine]) -> Element:
    """What each month brought."""
    rows = [
        [
            month_text(line.year, line.month),
            *(str(n) for n in (line.raised, line.assigned, line.answered, line.overdue)),
        ]
        for line in months
    ]
    return data_table(MONTH_COLUMNS, rows, caption="Tổng hợp kiến nghị theo tháng", kind="dense in-lines")


def late_mark(days: int) -> Element | None:
    """By how many days an answer is late; nothing when it is not."""
    return mark("risk", "triangle", f"quá hạn {days} ngày") if days else None


def _answer(row: ExplanationRequest | Petition) -> Content:
    if not row.answer:
        return "chưa trả lời"
    day = words.day(row.answered_on) if row.answered_on else None
    return [row.answer, html.Small(", ".join(filter(None, (row.answer_document, day))), className="sub")]


def record_history_table(rows: Sequence[ExplanationRequest | Petition]) -> Element:
    """Every version of one record, newest first; a replaced one stays and says so."""
    columns = ("Lúc ghi", "Người ghi", wide("Câu trả lời khi đó"), "Vì sao")
    lines: list[Row] = [
        [
            [
                moment_text(row.recorded_at),
                html.Small("đã thay" if row.superseded_at else "đang dùng", className="sub"),
            ],
            [row.actor, None if row.is_actor_verified else html.Small("tên chưa xác thực", className="sub")],
            row.answer or "chưa trả lời",
            row.reason or words.NONE,
        ]
        for row in reversed(rows)
    ]
    return data_table(columns, lines, caption="Lịch sử ghi", kind="dense")


CONCLUSION_COLUMNS = (wide("Nội dung"), "Phiên họp", "Cơ quan", "Hạn", "Đến nay")


def conclusions_block(items: Sequence[tuple[str, Decided]]) -> Element | None:
    """Conclusions with the title of their meeting, as given; None when there are none."""
    if not items:
        return None
    title = "Kết luận các phiên họp"
    return section(
        title, data_table(CONCLUSION_COLUMNS, [_conclusion(name, item) for name, item in items], caption=title)
    )


def _conclusion(title: str, item: Decided) -> list[Content]:
    kind, row = ConclusionKind(item.row.kind), item.row
    told: Content = f"{KIND_WORDS[kind]}: {row.text}"
    if kind is ConclusionKind.ASSIGNMENT:
        told = [f"{KIND_WORDS[kind]}: ", html.A(row.text, href=f"/viec/{row.key}", className="quiet")]
    outcome = html.Strong(item.outcome) if item.is_late else item.outcome or words.NONE
    return [
        told,
        [html.A(words.day(item.held_on), href=f"/hop/{row.meeting_id}"), html.Small(title, className="sub")],
        item.agency or words.NONE,
        words.day(row.due_on),
        outcome,
    ]
