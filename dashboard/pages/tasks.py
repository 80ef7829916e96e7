"""`/nhiem-vu`: the tasks of the annexes by place and agency; nobody is called overdue without a report."""

from __future__ import annotations

from itertools import groupby

from dash import html, register_page
from dash.development.base_component import Component

from dashboard import errors, words
from dashboard.address import View
from dashboard.components.agency import agency_list
from dashboard.components.empty import empty
from dashboard.components.marks import task_mark
from dashboard.components.table import Column, data_table
from dashboard.data.tasks import TaskLine, TaskList, build_tasks
from dashboard.guard import page_layout
from dashboard.shell import page, section
from dashboard.snapshot import Snapshot
from models.task_state import DeadlineKind, TaskState

COLUMNS = (
    Column("Số", kind="code"),
    Column("Nhiệm vụ", kind="wide"),
    Column("Chủ trì"),
    Column("Phối hợp"),
    Column("Thời hạn"),
    Column("Tình trạng", kind="state"),
)


@page_layout
def layout(snapshot: Snapshot, view: View, **query: object) -> Component:
    """The task list; `dia-ban` and `co-quan` filter it."""
    place, agency = str(query.get("dia-ban") or ""), str(query.get("co-quan") or "")
    found = build_tasks(snapshot, place, agency)
    if (place and found.place is None) or (agency and found.agency is None):
        back = html.A("Xem mọi nhiệm vụ", href=view.link("/nhiem-vu"))
        return errors.not_found(view, "Bộ lọc trỏ đến địa bàn hoặc cơ quan không có.", "Bỏ bộ lọc và chọn lại.", back)
    return page(
        finding(found),
        html.Div(
            [_filters(found, view), html.Div(_groups(found, snapshot, view), className="main-column")],
            className="grid filters-first",
        ),
        view=view,
        current="/nhiem-vu",
        lead="Chưa có báo cáo nghĩa là chưa đơn vị nào báo cáo vào hệ thống, không có nghĩa là quá hạn.",
    )


def finding(found: TaskList) -> str:
    """How many tasks, and what is known about them."""
    who = f" do {found.agency.name} chủ trì" if found.agency else ""
    where = f" của {found.place.full_name}" if found.place else ""
    silent = dict(found.counts).get(TaskState.NO_REPORT, 0)
    if not found.total:
        return f"Không có nhiệm vụ nào{where}{who}"
    return f"{found.total} nhiệm vụ{where}{who}; {silent} nhiệm vụ chưa có báo cáo"


def _filters(found: TaskList, view: View) -> Component:
    place = found.place.slug if found.place else None
    agency = found.agency.code if found.agency else None
    places = [_choice("Mọi địa bàn", view.link("/nhiem-vu", co_quan=agency), place is None)]
    places += [
        _choice(
            f"{item.full_name} ({count})", view.link("/nhiem-vu", dia_ban=item.slug, co_quan=agency), item.slug == place
        )
        for item, count in found.places
    ]
    agencies = [_choice("Mọi cơ quan", view.link("/nhiem-vu", dia_ban=place), agency is None)]
    agencies += [
        _choice(f"{item.name} ({count})", view.link("/nhiem-vu", dia_ban=place, co_quan=item.code), item.code == agency)
        for item, count in found.agencies
    ]
    states = [html.Li([task_mark(state), html.Span(str(count), className="num")]) for state, count in found.counts]
    export = f"/api/v1/tasks.csv?place={place}" if place else "/api/v1/tasks.csv"
    return html.Div(
        [
            section(
                "Theo tình trạng",
                html.Ul(states, className="state-list tall"),
                html.P(html.A("Tải danh sách (CSV)", href=export)),
            ),
            section("Địa bàn", html.Ul(places, className="choices")),
            section(
                "Cơ quan chủ trì",
                html.Details([html.Summary("Chọn cơ quan"), html.Ul(agencies, className="choices")], open=bool(agency)),
            ),
        ],
        className="aside",
    )


def _choice(label: str, href: str, chosen: bool) -> Component:
    current = {"aria-current": "true"} if chosen else {}
    return html.Li(html.A(label, href=href, className="current" if chosen else "", **current))


def _groups(found: TaskList, snapshot: Snapshot, view: View) -> list[Component]:
    if not found.lines:
        return [
            empty(
                "Không có nhiệm vụ nào khớp bộ lọc.",
                "Bỏ bớt bộ lọc.",
                html.A("Xem mọi nhiệm vụ", href=view.link("/nhiem-vu")),
            )
        ]
    blocks = []
    for slug, lines in groupby(found.lines, key=lambda line: line.task.programme):
        programme = snapshot.programmes[slug]
        where = snapshot.places[programme.place].full_name
        heading = f"{where} · {programme.number or 'không rõ số'}, {programme.issued_text}"
        parts: list[Component] = []
        for (number, title), rows in groupby(lines, key=lambda line: (line.task.section, line.task.section_title)):
            table = data_table(
                COLUMNS, [_row(line, snapshot) for line in rows], caption=f"{heading}, mục {number}", kind="tasks"
            )
            parts += [html.H3(f"{number}. {title}"), table]
        blocks.append(section(heading, *parts))
    return blocks


def _row(line: TaskLine, snapshot: Snapshot) -> list[object]:
    task, on = line.task, snapshot.moment.as_of
    name: list[object] = [html.Strong(task.title) if line.task.is_heading else task.title]
    if task.product:
        name.append(html.Small(f"Sản phẩm: {task.product}", className="sub"))
    if task.note:
        name.append(html.Small(task.note, className="sub"))
    return [
        f"{task.section}.{task.number}",
        name,
        agency_list(task.leads, snapshot.agencies, on),
        agency_list(task.coordinators, snapshot.agencies, on),
        _deadline(line),
        task_mark(line.state) if line.state else _children(line),
    ]


def _children(line: TaskLine) -> str:
    return "gồm " + ", ".join(f"{count} {words.TASK_STATE_WORDS[state].lower()}" for state, count in line.children)


def _deadline(line: TaskLine) -> list[object]:
    task, kind = line.task, DeadlineKind(line.task.deadline_kind)
    if task.is_heading:
        return []
    parts: list[object] = [
        task.deadline_text or ("Bản quét mất cột thời gian" if kind is DeadlineKind.UNREADABLE else "Không ghi")
    ]
    if task.due_on:
        parts.append(html.Small(f"hết ngày {words.day(task.due_on)}", className="sub"))
    if task.condition:
        parts.append(html.Small(f"chờ: {task.condition}", className="sub"))
    if line.is_born_late:
        parts.append(html.Small("hạn đã qua trước ngày ban hành: vấn đề soạn thảo", className="sub"))
    return parts


register_page(__name__, path="/nhiem-vu", title=f"Nhiệm vụ · {words.PRODUCT}", layout=layout)
