"""Tasks beside the indicators they should move: the two uneasy answers first, then everything as a table."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.parts.task_table import task_link
from dashboard.tasks.values import Link, Matrix
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Content, Element
from dashboard.ui.marks import task_mark
from dashboard.ui.table import Column, TableColumn, data_table, figures, wide
from dashboard.web.shell import section

ROWS: tuple[tuple[bool | None, str], ...] = (
    (True, "Đã xong"),
    (False, "Chưa xong"),
    (None, "Chưa biết (chưa báo cáo, mới một đơn vị báo cáo, chờ điều kiện hoặc chưa rõ hạn)"),
)
MOVES: tuple[tuple[bool | None, str], ...] = (
    (True, "Chỉ tiêu chuyển biến tốt"),
    (False, "Chỉ tiêu chưa chuyển biến"),
    (None, "Chưa đủ số liệu"),
)
LINK_COLUMNS = (
    wide("Nhiệm vụ"),
    "Chỉ tiêu cần tác động",
    figures("Thay đổi mỗi năm"),
    TableColumn("Tình trạng", "state"),
)


def matrix_blocks(matrix: Matrix, snapshot: Snapshot, view: View) -> list[Element]:
    """The counts, the two uneasy lists and all links."""
    note = (
        "Việc nối nhiệm vụ với chỉ tiêu là cách hiểu của hệ thống, không in trong văn bản; đi cùng nhau không có nghĩa "
        "là việc này sinh ra kết quả kia."
    )
    return [
        section("Nhiệm vụ và chỉ tiêu", html.P(note), _counts(matrix)),
        section("Việc đã xong, chỉ tiêu chưa chuyển biến", _links(matrix.cell(True, False), snapshot, view)),
        section("Việc chưa xong, chỉ tiêu vẫn chuyển biến tốt", _links(matrix.cell(False, True), snapshot, view)),
        section("Mọi cặp nhiệm vụ, chỉ tiêu", _folded(matrix.links, snapshot, view)),
    ]


def _counts(matrix: Matrix) -> Element:
    columns: tuple[Column, ...] = ("Nhiệm vụ", *(figures(label) for _, label in MOVES))
    rows = [[label, *(str(len(matrix.cell(done, move))) for move, _ in MOVES)] for done, label in ROWS]
    return data_table(columns, rows, caption="Số cặp nhiệm vụ, chỉ tiêu theo hai câu hỏi", kind="dense in-lines")


def _folded(links: Sequence[Link], snapshot: Snapshot, view: View) -> Element:
    summary = html.Summary(f"Xem {len(links)} cặp")
    return html.Details([summary, _links(links, snapshot, view)], className="printed")


def _links(links: Sequence[Link], snapshot: Snapshot, view: View) -> Element:
    if not links:
        return html.P("Không có cặp nào.")
    rows = [_row(link, snapshot, view) for link in links]
    return data_table(LINK_COLUMNS, rows, caption="Nhiệm vụ và chỉ tiêu cần tác động", kind="dense in-lines")


def _row(link: Link, snapshot: Snapshot, view: View) -> list[Content]:
    indicator, place = snapshot.indicators[link.indicator], snapshot.places[link.line.task.place]
    unit = "điểm %" if indicator.unit == "%" else indicator.unit
    return [
        [task_link(link.line, view), html.Small(place.full_name, className="sub")],
        html.A(indicator.name, href=view.link(f"/chi-tieu/{indicator.code}")),
        words.pace(link.change) if link.change is None else words.with_unit(words.pace(link.change), unit),
        task_mark(link.line.item.state) if link.line.item else "",
    ]
