"""What is due soon, what waits for a report, and the line of time: as tables a screen reader can follow."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.parts.task_table import state_bar, task_link, task_table
from dashboard.tasks.values import SOON_DAYS, Calendar, DueDay, TaskFilter, TaskLine
from dashboard.tasks.words import counted
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Content, Element
from dashboard.ui.marks import empty
from dashboard.ui.markup import fold
from dashboard.ui.table import TableColumn, data_table, figures, wide
from dashboard.web.shell import section

SHOWN_AGENCIES = 4
DAY_COLUMNS = (
    "Hết ngày",
    TableColumn("Địa bàn", "bare"),
    figures("Số nhiệm vụ"),
    TableColumn("Tình trạng", "wide bare whole"),
)
SOON_COLUMNS = (
    "Hết ngày",
    figures("Số ngày còn lại"),
    TableColumn("Địa bàn", "bare"),
    figures("Số nhiệm vụ"),
    wide("Cơ quan chủ trì"),
)


def soon_table(calendar: Calendar, snapshot: Snapshot, view: View, wanted: TaskFilter) -> Element:
    """The next 60 days: one row a day and place, with the agencies that lead most of them."""
    if not calendar.soon:
        return empty(f"Không có nhiệm vụ nào đến hạn trong {SOON_DAYS} ngày tới.", "Xem dòng thời gian ở dưới.")
    rows = [_soon_row(day, snapshot, view, wanted) for day in calendar.soon]
    return data_table(SOON_COLUMNS, rows, caption=f"Đến hạn trong {SOON_DAYS} ngày tới", kind="dense in-lines")


def _soon_row(day: DueDay, snapshot: Snapshot, view: View, wanted: TaskFilter) -> list[Content]:
    place = snapshot.places[day.place]
    leads = Counter(code for line in day.lines for code in line.task.leads).most_common(SHOWN_AGENCIES)
    names = ", ".join(f"{snapshot.agencies[code].short_name} ({count})" for code, count in leads)
    href = view.link("/nhiem-vu", dia_ban=day.place, co_quan=wanted.agency, han="60-ngay")
    ended = html.Small("địa bàn đã sáp nhập, tỉnh mới cần phân công lại", className="sub") if place.valid_to else None
    return [
        words.day(day.on),
        str((day.on - snapshot.moment.as_of).days),
        [place.full_name, ended],
        html.A(str(len(day.lines)), href=href),
        names,
    ]


def calendar_blocks(calendar: Calendar, snapshot: Snapshot, view: View, wanted: TaskFilter) -> list[Element | None]:
    """The whole calendar view."""
    return [
        section(f"Đến hạn trong {SOON_DAYS} ngày tới", soon_table(calendar, snapshot, view, wanted)),
        _overdue(calendar, snapshot, view),
        _in_part(calendar, snapshot, view),
        _silent(calendar, snapshot, view),
        section(
            "Dòng thời gian",
            html.P(_undated(calendar)),
            data_table(
                DAY_COLUMNS,
                [_day_row(day, snapshot) for day in calendar.days],
                caption="Nhiệm vụ theo ngày cuối của thời hạn",
                kind="dense in-lines",
            ),
        ),
        _born_late(calendar, snapshot, view),
    ]


def _overdue(calendar: Calendar, snapshot: Snapshot, view: View) -> Element | None:
    tasks = len({line.task.key for line in calendar.overdue})
    intro = (
        "Có báo cáo sau ngày cuối nói là chưa xong, hoặc cán bộ đã xác nhận. "
        f"{len(calendar.overdue)} kỳ của {tasks} nhiệm vụ, kể cả kỳ của các năm trước; đầu trang chỉ đếm kỳ đang xem."
    )
    return _by_place("Quá hạn chưa hoàn thành", intro, calendar.overdue, snapshot, view)


def _in_part(calendar: Calendar, snapshot: Snapshot, view: View) -> Element | None:
    intro = (
        "Việc giao nhiều đơn vị hoặc phải có nhiều sản phẩm: báo cáo của một đơn vị không làm cả việc thành hoàn thành."
    )
    return _by_place("Thời hạn đã qua, mới báo cáo một phần", intro, calendar.in_part, snapshot, view)


def _by_place(title: str, intro: str, lines: Sequence[TaskLine], snapshot: Snapshot, view: View) -> Element | None:
    """A fold a place; nothing without lines."""
    found: dict[str, list[TaskLine]] = defaultdict(list)
    for line in lines:
        found[snapshot.places[line.task.place].full_name].append(line)
    tables = [(name, few, task_table(few, snapshot, view, f"{title}, {name}")) for name, few in found.items()]
    folds = [fold(f"{name}: {len(few)} kỳ", table, kind="fold printed") for name, few, table in tables]
    return section(title, html.P(intro), *folds) if lines else None


def _silent(calendar: Calendar, snapshot: Snapshot, view: View) -> Element | None:
    rows = [
        html.Details(
            [
                html.Summary(
                    f"{words.day(day.on)} · {snapshot.places[day.place].full_name} · {len(day.lines)} nhiệm vụ"
                ),
                html.Ul([html.Li(task_link(line, view)) for line in day.lines], className="plain-list"),
            ],
            className="printed",
        )
        for day in reversed(calendar.silent)
    ]
    missing, in_part = calendar.reports_missing, calendar.reports_in_part
    told = [f"{missing} báo cáo năm về việc thường xuyên cũng chưa có trong hệ thống."] if missing else []
    told += [f"{in_part} báo cáo năm của việc giao nhiều đơn vị mới có của một đơn vị."] if in_part else []
    more = html.P(" ".join(told)) if told else None
    if not rows and more is None:
        return None
    intro = html.P("Thời hạn đã qua mà hệ thống chưa nhận được báo cáo nào; không có nghĩa là chưa làm.")
    return section("Cần báo cáo", intro, *rows, more, ident="can-bao-cao")


def _undated(calendar: Calendar) -> str:
    told = ", ".join(f"{count} {counted(state)}" for state, count in calendar.undated)
    return f"Không có ngày cuối nên không nằm trên dòng này: {told}." if told else ""


def _day_row(day: DueDay, snapshot: Snapshot) -> list[Content]:
    on = snapshot.moment.as_of
    mark = html.Small("đã qua" if day.on < on else "sắp tới", className="sub")
    return [[words.day(day.on), mark], snapshot.places[day.place].full_name, str(len(day.lines)), state_bar(day.counts)]


def _born_late(calendar: Calendar, snapshot: Snapshot, view: View) -> Element | None:
    if not calendar.born_late:
        return None
    intro = html.P(
        "Thời hạn in trong văn bản sớm hơn ngày ban hành. Đây là vấn đề soạn thảo, không tính là cơ quan chậm; "
        "cơ quan ban hành cần ấn định lại thời hạn."
    )
    table = task_table(calendar.born_late, snapshot, view, "Thời hạn sớm hơn ngày ban hành")
    return section("Vấn đề soạn thảo", intro, table)
