"""The facts of a decision: number, date, issuer, what it carries out and replaces, when to report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.parts.task_table import missing_parts
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Content, Element
from dashboard.ui.marks import task_mark
from dashboard.ui.markup import facts
from models.targets.programme import Programme, QualitativePromise
from models.tasks.task_state import TaskState

UNCHECKED = "Các điều khoản chưa đối chiếu văn bản"


def programme_facts(programme: Programme, snapshot: Snapshot, report_due: date | None) -> Element:
    """A definition list; what the document does not print is said, not left blank."""
    pairs: list[tuple[str, Content]] = [
        ("Văn bản", programme.title),
        ("Số, ký hiệu", programme.number or "bản thu thập không có số"),
        ("Ngày ban hành", _issued(programme)),
        ("Cơ quan ban hành", programme.issuer_text),
        ("Thực hiện", _documents(programme.implements)),
    ]
    if programme.replaces:
        pairs.append(("Thay thế", _documents(programme.replaces)))
    pairs.append(("Báo cáo", _reporting(programme, snapshot, report_due)))
    if programme.remark and programme.remark != UNCHECKED:
        pairs.append(("Lưu ý", programme.remark))
    if missing := missing_parts(programme):
        pairs.append(("Nhiệm vụ", missing))
    if not programme.checked:
        pairs.append(("Đối chiếu", html.Strong(UNCHECKED)))
    return facts(pairs)


def _issued(programme: Programme) -> str:
    if programme.issued_precision == "day":
        return words.day(programme.issued_on)
    return f"{programme.issued_text} (không rõ ngày; tính đến cuối tháng)"


def _documents(documents: Sequence[dict[str, Any]]) -> str:
    return (
        "; ".join(
            f"{item['number']} ngày {words.day(date.fromisoformat(str(item['issued_on'])))}"
            if item.get("issued_on")
            else str(item["number"])
            for item in documents
        )
        or words.NONE
    )


def _reporting(programme: Programme, snapshot: Snapshot, report_due: date | None) -> str:
    if not programme.reporting:
        return "văn bản không ấn định ngày"
    text = str(programme.reporting["text"])
    collector = snapshot.agencies.get(str(programme.reporting.get("to")))
    if collector is not None:
        link = collector.main_succession(snapshot.moment.as_of)
        now = f" (nay: {snapshot.agencies[link.successor].name})" if link else ""
        text += f", gửi {collector.name}{now}"
    if report_due is not None:
        text += f"; hạn cuối sắp tới {words.day(report_due)}, còn {(report_due - snapshot.moment.as_of).days} ngày"
    return text


def task_summary(programme: Programme, count: int, states: Sequence[tuple[TaskState, int]], view: View) -> Element:
    """How many tasks stand where, and the way to them."""
    items = [html.Li([task_mark(state), f" {number}"]) for state, number in states]
    link = html.A(f"Xem {count} nhiệm vụ", href=view.link("/nhiem-vu", dia_ban=programme.place))
    return html.Div([html.H3("Nhiệm vụ"), html.Ul(items, className="state-list"), html.P(link)])


def text_promises(texts: Sequence[QualitativePromise]) -> Element:
    """Promises without a figure, each with its clause."""
    items = [html.Li([f"{text.text} ", html.Small(f"({text.clause})")]) for text in texts]
    return html.Ul(items, className="plain-list")
