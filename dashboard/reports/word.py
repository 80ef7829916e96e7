"""The status report of one programme as a Word file: judgement, worst promises, annexes of promises and tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from docx.document import Document as WordDocument

from dashboard.reports.office_form import (
    Columns,
    body,
    landscape,
    letterhead,
    new_document,
    recipients,
    small,
    table,
    title,
    to_bytes,
)
from dashboard.reports.values import PaperContent, PaperRow
from dashboard.reports.word_charts import add_chart
from dashboard.tasks.words import counted
from dashboard.ui import words
from models.gaps.answer import Status
from models.places.place import COUNTRY

PICTURES = 4
PROMISE_COLUMNS: Columns = (
    ("Chỉ tiêu", 4.8),
    ("Cam kết", 3.2),
    ("Thực tế", 3.6),
    ("Còn thiếu", 2.2),
    ("Cần mỗi năm", 2.2),
    ("Đang đạt mỗi năm", 2.5),
    ("Tình trạng", 4.2),
    ("Điều khoản", 3.0),
)  # 25.7 of a landscape page
TREND_COLUMNS: Columns = (("Chỉ tiêu", 5.0), ("Số mới nhất", 3.5), ("Thay đổi mỗi năm", 3.0), ("Nguồn", 5.0))
TASK_COLUMNS: Columns = (("Số", 2.0), ("Nhiệm vụ", 10.7), ("Chủ trì", 6.0), ("Hạn", 3.0), ("Tình trạng", 4.0))


def report(paper: PaperContent, *, agency: str = "", place_of_issue: str = "") -> bytes:
    """The status report; `agency` and `place_of_issue` default to those of the programme."""
    about = f"Tình hình thực hiện {paper.programme.title[0].lower()}{paper.programme.title[1:]}"
    document = new_document(about)
    letterhead(document, agency or paper.programme.issuer_text.upper(), place_of_issue or _seat(paper), "BC")
    title(document, "BÁO CÁO", about)
    _summary(document, paper)
    _worst(document, paper)
    _trends(document, paper)
    _relations(document, paper)
    _still_to_do(document, paper)
    body(document, "Trên đây là tình hình thực hiện, kính báo cáo./.")
    recipients(document, ("- ...;", "- Lưu: VT."))
    landscape(document)
    _promises(document, paper)
    _tasks(document, paper)
    return to_bytes(document)


def _seat(paper: PaperContent) -> str:
    """Where the paper is signed: the province; of the nation the office fills it in."""
    return "..." if paper.place.slug == COUNTRY else paper.place.name


def _summary(document: WordDocument, paper: PaperContent) -> None:
    number = paper.programme.number or "không rõ số"
    body(
        document,
        f"Thực hiện {paper.programme.title} ({number}, {paper.programme.issued_text}), báo cáo tình hình như sau. "
        f"Số liệu tính theo những gì đã công bố, biết đến ngày {paper.known_on}; mã số liệu {paper.snapshot_id}.",
    )
    body(document, "I. Đánh giá chung", bold=True)
    if not paper.rows:
        body(document, "Chương trình không giao chỉ tiêu bằng con số; báo cáo nêu diễn biến và nhiệm vụ.")
    for horizon in paper.horizons:
        counted = [
            f"{paper.count(horizon, status)} {words.STATUS_COUNTED[status]}"
            for status in Status
            if paper.count(horizon, status)
        ]
        body(document, f"Đến năm {horizon} có {len(paper.at(horizon))} chỉ tiêu: {', '.join(counted)}.")


def _worst(document: WordDocument, paper: PaperContent) -> None:
    if not paper.rows:
        return
    body(document, "II. Các chỉ tiêu có số liệu, xếp từ xấu nhất", bold=True)
    if not paper.worst:
        body(document, "Chưa chỉ tiêu nào có số liệu được công bố để đối chiếu.")
    for index, row in enumerate(paper.worst, start=1):
        flags = f"; lưu ý: {row.flags}" if row.flags else ""
        told = body(document, f"{index}. {row.finding}. Tình trạng: {row.status.lower()}{flags}.")
        told.paragraph_format.keep_with_next = True
        if index <= PICTURES:
            add_chart(document, row, f"{row.name}: {row.value} ({row.when}); cam kết {row.goal_phrase}")
        if row.projected:
            body(document, row.projected)
        small(document, f"Nguồn: {row.source}.")


def _relations(document: WordDocument, paper: PaperContent) -> None:
    """Promises held against each other and the step to the later horizon, each with its arithmetic."""
    if not paper.relations and not paper.steps:
        return
    body(document, "III. Các cam kết đối chiếu với nhau và bước tiếp theo", bold=True)
    for told in (*paper.relations, *paper.steps):
        body(document, f"- {told.finding.removesuffix('.')}.")
        small(document, " ".join((f"{told.arithmetic}.", *told.cautions, f"{told.source}.")))


def _trends(document: WordDocument, paper: PaperContent) -> None:
    if not paper.trends:
        return
    body(document, "II. Diễn biến các số liệu đã công bố", bold=True)
    rows = [(row.name, f"{row.value} ({row.when})", row.actual, row.source) for row in paper.trends]
    table(document, TREND_COLUMNS, rows, right=(2,))


def _still_to_do(document: WordDocument, paper: PaperContent) -> None:
    number = "IV" if paper.relations or paper.steps else "III"
    body(document, f"{number}. Nhiệm vụ và số liệu còn thiếu", bold=True)
    unknown = sum(row.gap.latest is None for row in paper.rows)
    if paper.rows:
        body(document, f"Có {unknown} trong {len(paper.rows)} chỉ tiêu chưa có số liệu so sánh được (Phụ lục I).")
    if paper.tasks:
        states = Counter(task.state for task in paper.tasks)
        told = ", ".join(f"{count} {counted(state)}" for state, count in states.items())
        body(document, f"Nhiệm vụ cần báo cáo: {told} (Phụ lục II).")
    small(
        document,
        f"Chênh lệch và nhịp tính theo ngưỡng phiên bản {paper.thresholds}; nhịp cần có tính từ ngày của số liệu "
        "mới nhất đến 31/12 năm mốc. Thiếu số liệu không được coi là bằng 0.",
    )


def _promises(document: WordDocument, paper: PaperContent) -> None:
    title(document, "Phụ lục I", "TOÀN BỘ CHỈ TIÊU CỦA CHƯƠNG TRÌNH", rule=False)
    small(document, f"{paper.place.full_name}. Số liệu biết đến {paper.known_on}; mã số liệu {paper.snapshot_id}.")
    if not paper.rows:
        body(document, "Chương trình không giao chỉ tiêu bằng con số.")
    for horizon in paper.horizons:
        body(document, f"Đến năm {horizon}", bold=True)
        table(document, PROMISE_COLUMNS, [_promise(row) for row in paper.at(horizon)], right=(3, 4, 5))


def _promise(row: PaperRow) -> Sequence[str]:
    actual = f"{row.value} ({row.when})" if row.gap.latest else row.value
    status = f"{row.status} ({row.flags})" if row.flags else row.status
    return (row.name, row.goal, actual, row.missing, row.needed, row.actual, status, row.clause)


def _tasks(document: WordDocument, paper: PaperContent) -> None:
    if not paper.tasks:
        return
    document.add_page_break()
    title(document, "Phụ lục II", "NHIỆM VỤ QUÁ HẠN HOẶC CHƯA CÓ BÁO CÁO", rule=False)
    rows = [(task.number, task.title, task.leads, task.due, task.standing) for task in paper.tasks]
    table(document, TASK_COLUMNS, rows)
