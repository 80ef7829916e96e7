"""The tasks as one flat table: a line each, sorted by any heading, in pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from urllib.parse import quote

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.order import ROWS, TaskOrder, ordered
from dashboard.tasks.parts.task_filters import link
from dashboard.tasks.values import TaskLine, TaskList
from dashboard.tasks.words import progress
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Content, Element
from dashboard.ui.marks import task_mark
from dashboard.ui.markup import spoken
from dashboard.ui.table import TableColumn, data_table
from dashboard.web.shell import section
from models.tasks.task_state import DONE, TaskOrigin

Link = Callable[[TaskOrder], str]
HEADINGS = (
    ("viec", "Nhiệm vụ", "what"),
    ("co-quan", "Cơ quan chủ trì", "lead"),
    ("dia-ban", "Địa bàn", "place"),
    ("han", "Hạn", "num due"),
    ("han", "Còn", "num left"),
    ("", "Tình trạng", "state"),
)


def flat_block(found: TaskList, order: TaskOrder, snapshot: Snapshot, view: View) -> Element:
    """One page of the table with the ways to the others; every task of annexes, bodies and meetings is in it.

    The filter and the order travel in every link.
    """

    def to(wanted: TaskOrder) -> str:
        page = {"trang": wanted.page if wanted.page > 1 else ""}
        return link(view, found.filter.query() | wanted.query() | page)

    lines = ordered([*found.lines, *found.duties], order, snapshot)
    pages = max(1, -(-len(lines) // ROWS))
    page = min(order.page, pages)
    shown = lines[(page - 1) * ROWS : page * ROWS]
    columns = [TableColumn(_heading(by, word, order, to), kind, word) for by, word, kind in HEADINGS]
    rows = [_row(line, snapshot, view) for line in shown]
    return section(
        "Mỗi việc một dòng",
        html.P(_told(len(shown), len(lines), page, pages), className="source"),
        data_table(columns, rows, caption="Nhiệm vụ, mỗi việc một dòng", kind="flat-tasks"),
        _pager(page, pages, order, to),
        ident="danh-sach",
    )


def short_table(lines: Sequence[TaskLine], snapshot: Snapshot, view: View, caption: str) -> Element:
    """The same lines in the order given, without ways to sort them."""
    columns = [TableColumn(word, kind, word) for _, word, kind in HEADINGS]
    return data_table(columns, [_row(line, snapshot, view) for line in lines], caption=caption, kind="flat-tasks")


def _told(shown: int, total: int, page: int, pages: int) -> str:
    first = (page - 1) * ROWS + 1
    part = f"Việc {first} đến {first + shown - 1} trong {total} việc" if pages > 1 else f"{total} việc"
    return f"{part} của bảng nhiệm vụ, thân văn bản và phiên họp. Bấm tên cột để sắp xếp."


def _heading(by: str, word: str, order: TaskOrder, to: Link) -> Content:
    is_here = order.by == by and word != "Còn"
    turned = TaskOrder(by, is_here and not order.is_backward)
    arrow = ("↓" if order.is_backward else "↑") if is_here else ""
    said = "sắp giảm" if turned.is_backward else "sắp tăng"
    return html.A([word, html.Span(arrow, className="arrow")], href=to(turned), title=f"{word}: {said}")


def _row(line: TaskLine, snapshot: Snapshot, view: View) -> list[Content]:
    task, item = line.task, line.item
    number = task.section if task.origin != TaskOrigin.ANNEX else f"{task.section}.{task.number}"
    title = html.A(task.title, href=f"/viec/{quote(task.key)}" + view.query(), className="quiet", title=number)
    due = item.due_on if item else None
    return [
        title,
        _lead(line, snapshot, view),
        snapshot.places[task.place].full_name,
        words.day(due) if due else words.NONE,
        _left(line, due, view.moment.as_of),
        [task_mark(item.state), html.Small(progress(item), className="sub")] if item else "",
    ]


def _lead(line: TaskLine, snapshot: Snapshot, view: View) -> Content:
    """Who does the first part today, and how many more lead with it."""
    leads = line.task.leads
    if not leads:
        return line.task.leads_text or words.NONE
    now = snapshot.agency_today(leads[0])
    names = "; ".join(snapshot.agencies[code].name for code in leads)
    way = html.A(now.short_name, href=view.link(f"/co-quan/{leads[0]}"), className="quiet", title=names)
    return [way, html.Small(f" và {len(leads) - 1} nơi")] if len(leads) > 1 else way


def _left(line: TaskLine, due: date | None, as_of: date) -> str:
    """Days until the last one, or since; nothing where it is done or has none."""
    if due is None or line.state in DONE:
        return words.NONE
    days = (due - as_of).days
    return f"{words.number(days)} ngày" if days >= 0 else f"quá {words.number(-days)} ngày"


def _pager(page: int, pages: int, order: TaskOrder, to: Link) -> Element | None:
    if pages == 1:
        return None
    ways = [
        html.A(word, href=to(TaskOrder(order.by, order.is_backward, number)))
        for word, number in (("‹ Trang trước", page - 1), ("Trang sau ›", page + 1))
        if 1 <= number <= pages
    ]
    return html.Nav([*ways, html.Span(f"Trang {page}/{pages}")], className="pager", **spoken("Trang của danh sách"))
