"""`/nhiem-vu`: the tasks by place, agency and deadline; nobody is called overdue without a report."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.data.tasks import build_calendar, build_matrix, build_tasks
from dashboard.tasks.order import TaskOrder, read_order
from dashboard.tasks.parts.task_calendar import calendar_blocks, soon_table
from dashboard.tasks.parts.task_filters import link, task_filters
from dashboard.tasks.parts.task_rows import flat_block
from dashboard.tasks.parts.task_table import (
    assigned_block,
    duty_block,
    entered_notice,
    not_entered,
    programme_tables,
    task_link,
)
from dashboard.tasks.values import SOON_DAYS, Link, Matrix, TaskList, read_filter
from dashboard.tasks.words import VIEWS
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Content, Element
from dashboard.ui.marks import empty, task_mark
from dashboard.ui.markup import fold, spoken, way
from dashboard.ui.table import Column, TableColumn, data_table, figures, wide
from dashboard.web import errors
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import page_frame, section
from models.tasks.task_state import TaskState

ROWS: tuple[tuple[bool | None, str], ...] = (
    (True, "Đã xong"),
    (False, "Chưa xong"),
    (None, "Chưa biết (chưa báo cáo, mới báo cáo một phần, chờ điều kiện hoặc chưa rõ hạn)"),
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
        section("Việc đã xong, chỉ tiêu chưa chuyển biến", _pairs(matrix.cell(True, False), snapshot, view)),
        section("Việc chưa xong, chỉ tiêu vẫn chuyển biến tốt", _pairs(matrix.cell(False, True), snapshot, view)),
        section(
            "Mọi cặp nhiệm vụ, chỉ tiêu", fold(f"Xem {len(matrix.links)} cặp", _pairs(matrix.links, snapshot, view))
        ),
    ]


def _counts(matrix: Matrix) -> Element:
    columns: tuple[Column, ...] = ("Nhiệm vụ", *(figures(label) for _, label in MOVES))
    rows = [[label, *(str(len(matrix.cell(done, move))) for move, _ in MOVES)] for done, label in ROWS]
    return data_table(columns, rows, caption="Số cặp nhiệm vụ, chỉ tiêu theo hai câu hỏi", kind="dense in-lines")


def _pairs(links: Sequence[Link], snapshot: Snapshot, view: View) -> Element:
    if not links:
        return html.P("Không có cặp nào.")
    rows = [_row(link, snapshot, view) for link in links]
    return data_table(LINK_COLUMNS, rows, caption="Nhiệm vụ và chỉ tiêu cần tác động", kind="dense in-lines")


def _row(link: Link, snapshot: Snapshot, view: View) -> list[Content]:
    indicator, place = snapshot.indicators[link.indicator], snapshot.places[link.line.task.place]
    unit = words.unit_of_change(indicator.unit)
    return [
        [task_link(link.line, view), html.Small(place.full_name, className="sub")],
        html.A(indicator.name, href=view.link(f"/chi-tieu/{indicator.code}")),
        words.pace(link.change) if link.change is None else words.with_unit(words.pace(link.change), unit),
        task_mark(link.line.item.state) if link.line.item else "",
    ]


LEAD = "Chưa có báo cáo nghĩa là chưa đơn vị nào báo cáo vào hệ thống, không có nghĩa là quá hạn."


@page("/nhiem-vu", title="Nhiệm vụ", right=VIEW, cached=True)
def layout(snapshot: Snapshot, view: View, **query: object) -> Element:
    """The tasks; place, agency, section, deadline, state and year filter them, `xem` chooses the view."""
    found = build_tasks(snapshot, read_filter(query))
    mode = str(query.get("xem") or "")
    if not found.is_known or mode not in VIEWS:
        back = html.A("Xem mọi nhiệm vụ", href=view.link("/nhiem-vu"))
        return errors.not_found(view, "Bộ lọc trỏ đến địa bàn hoặc cơ quan không có.", "Bỏ bộ lọc và chọn lại.", back)
    missing = not_entered(snapshot, found.filter.place)
    order = read_order(query)
    body = (
        _flat(found, order, snapshot, view)
        if not mode
        else {"muc-luc": _list, "lich": _calendar, "doi-chieu": _matrix}[mode](found, snapshot, view)
    )
    return page_frame(
        finding(found, is_whole=not missing),
        _views(found, view, mode),
        entered_notice(missing, snapshot),
        html.Div(
            [task_filters(found, view, mode), html.Div(body, className="main-column")],
            className="grid filters-first list-first",
        ),
        view=view,
        current="/nhiem-vu",
        lead=LEAD,
    )


def finding(found: TaskList, *, is_whole: bool) -> str:
    """How many tasks, what is confirmed overdue, what is known about the rest.

    `is_whole`: every task of the documents in question has been entered, else none found is not none given.
    """
    who = f" do {found.agency.name} chủ trì" if found.agency else ""
    where = f" của {found.place.full_name}" if found.place else ""
    if not found.total:
        return _none(found, f"{where}{who}", is_whole=is_whole)
    counts = dict(found.counts)
    told = [
        f"{counts[state]} {text}"
        for state, text in (
            (TaskState.OVERDUE, "quá hạn chưa hoàn thành"),
            (TaskState.IN_PART, "mới báo cáo một phần"),
            (TaskState.NO_REPORT, "chưa có báo cáo"),
            (TaskState.OPEN, "còn trong hạn"),
        )
        if counts.get(state)
    ]
    year = f" (việc hằng năm: năm {found.filter.year})" if found.filter.year else ""
    return f"{found.total} nhiệm vụ{where}{who}{year}" + (f": {', '.join(told)}" if told else "")


def _none(found: TaskList, whose: str, *, is_whole: bool) -> str:
    duties = sum(line.item is not None for line in found.duties)
    if duties:
        return f"{duties} việc ngoài bảng nhiệm vụ{whose}; bảng nhiệm vụ không có dòng nào"
    if is_whole or found.filter.state or found.filter.deadline:
        return f"Không có nhiệm vụ nào{whose}"
    return f"Chưa thấy nhiệm vụ nào{whose} trong phần đã nhập"


def _views(found: TaskList, view: View, mode: str) -> Element:
    links = [way(label, link(view, found.filter.query(), slug), is_here=slug == mode) for slug, label in VIEWS.items()]
    more = [
        html.A("Bộ lọc", href="#bo-loc", className="narrow-only"),
        html.A("Văn bản phải ban hành", href=view.link("/van-ban")),
        html.A("Yêu cầu giải trình", href=view.link("/giai-trinh")),
        html.A("Khó khăn, kiến nghị", href=view.link("/kien-nghi")),
    ]
    return html.Nav([*links, *more], className="tabs", **spoken("Cách xem nhiệm vụ"))


def _flat(found: TaskList, order: TaskOrder, snapshot: Snapshot, view: View) -> list[Element | None]:
    return [flat_block(found, order, snapshot, view)] if found.lines or found.duties else [_nothing(view)]


def _nothing(view: View) -> Element:
    way = html.A("Xem mọi nhiệm vụ", href=view.link("/nhiem-vu"))
    return empty("Không có nhiệm vụ nào khớp bộ lọc.", "Bỏ bớt bộ lọc.", way)


def _list(found: TaskList, snapshot: Snapshot, view: View) -> list[Element | None]:
    calendar = build_calendar(snapshot, found.filter)
    soon = None
    if calendar.soon and not (found.filter.state or found.filter.deadline):
        title = f"Đến hạn trong {SOON_DAYS} ngày tới"
        soon = section(title, soon_table(calendar, snapshot, view, found.filter))
    if not found.lines and not found.duties:
        return [_nothing(view)]
    assigned = assigned_block(found.duties, snapshot, view)
    return [soon, *programme_tables(found.lines, snapshot, view), assigned, duty_block(found.duties, snapshot, view)]


def _calendar(found: TaskList, snapshot: Snapshot, view: View) -> list[Element | None]:
    return calendar_blocks(build_calendar(snapshot, found.filter), snapshot, view, found.filter)


def _matrix(found: TaskList, snapshot: Snapshot, view: View) -> list[Element | None]:
    return list(matrix_blocks(build_matrix(snapshot, found.filter), snapshot, view))
