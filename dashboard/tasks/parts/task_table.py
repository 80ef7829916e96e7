"""Tables of tasks: as printed, who leads under which name today, the deadline in words and days, the state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from urllib.parse import quote

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.parts.agency import agency_list
from dashboard.tasks.values import TaskLine
from dashboard.tasks.words import ORIGIN_WORDS, STATE_MEANINGS, asked_of, counted, progress
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Content, Element, Piece
from dashboard.ui.marks import TASK_MARKS, count_bar, task_mark
from dashboard.ui.markup import fold
from dashboard.ui.table import Row, TableColumn, data_table, wide
from dashboard.web.shell import section
from models.targets.programme import Programme
from models.tasks.meeting_tasks import NO_PROGRAMME
from models.tasks.task_rules import count_states
from models.tasks.task_state import DeadlineKind, TaskOrigin, TaskState

SHORT_LIST = 15  # tasks; a longer list shows its sections with their counts, each opened on request
COLUMNS = (
    TableColumn("Số", "code"),
    wide("Nhiệm vụ"),
    "Chủ trì",
    "Phối hợp",
    "Thời hạn",
    TableColumn("Tình trạng", "state"),
)


def programme_tables(lines: Sequence[TaskLine], snapshot: Snapshot, view: View) -> list[Element]:
    """One block a programme with its counts, one table a section of its annex; several programmes are folded."""
    groups = [(slug, list(rows)) for slug, rows in groupby(lines, key=lambda line: line.task.programme)]
    return [_programme(slug, rows, snapshot, view, is_open=len(groups) == 1) for slug, rows in groups]


def _programme(slug: str, rows: list[TaskLine], snapshot: Snapshot, view: View, *, is_open: bool) -> Element:
    heading = programme_heading(slug, snapshot)
    parts: list[Element] = []
    for (number, title), lines in groupby(rows, key=lambda line: (line.task.section, line.task.section_title)):
        few = list(lines)
        table = task_table(few, snapshot, view, f"{heading}, mục {number}")
        told = html.Small(_counted(few), className="sub")
        parts.append(fold([f"{number}. {title}", told], table, kind="fold", is_open=len(rows) <= SHORT_LIST))
    counts = count_states(line.state for line in rows if line.state)
    total = sum(count for _, count in counts)
    inside = html.Div(parts, className="fold-body")
    body = fold(f"{total} nhiệm vụ theo mục", inside, kind="fold", is_open=is_open)
    return section(heading, state_bar(counts), body)


def _counted(lines: Sequence[TaskLine]) -> str:
    """How many tasks of a section stand where, in words."""
    counts = count_states(line.state for line in lines if line.state)
    return ", ".join(f"{count} {counted(state)}" for state, count in counts)


def state_bar(counts: Sequence[tuple[TaskState, int]]) -> Element:
    """How many tasks stand where."""
    return count_bar([(TASK_MARKS[state], state.value, count, counted(state)) for state, count in counts])


def programme_heading(slug: str, snapshot: Snapshot) -> str:
    """Place, number and date of a decision; assignments of meetings stand in none."""
    if slug == NO_PROGRAMME:
        return ORIGIN_WORDS[TaskOrigin.MEETING]
    programme = snapshot.programmes[slug]
    where = snapshot.places[programme.place].full_name
    is_exact = programme.issued_precision == "day"
    issued = words.day(programme.issued_on) if is_exact else programme.issued_text
    return f"{where} · {programme.number or 'không rõ số'}, {issued}"


def assigned_block(lines: Sequence[TaskLine], snapshot: Snapshot, view: View) -> Element | None:
    """What meetings assigned, apart from the annexes and never counted with them."""
    given = [line for line in lines if line.task.origin == TaskOrigin.MEETING]
    if not given:
        return None
    intro = html.P("Việc giao tại phiên họp không cộng vào các con số ở trên.")
    word = ORIGIN_WORDS[TaskOrigin.MEETING]
    table = task_table(given, snapshot, view, word, first="Ngày họp")
    return section(f"{word} ({len(given)})", intro, table)


def duty_block(lines: Sequence[TaskLine], snapshot: Snapshot, view: View) -> Element | None:
    """The duties that stand in the bodies, apart from the annexes and never counted with them."""
    lines = [line for line in lines if line.task.origin != TaskOrigin.MEETING]
    if not lines:
        return None
    groups = [(slug, list(rows)) for slug, rows in groupby(lines, key=lambda line: line.task.programme)]
    folds = [_duties(slug, rows, snapshot, view, is_open=len(groups) == 1) for slug, rows in groups]
    intro = html.P("Việc được giao ngoài bảng nhiệm vụ, ghi theo điều khoản; không cộng vào các con số ở trên.")
    return section("Việc giao trong thân văn bản và nghĩa vụ báo cáo", intro, *folds)


def _duties(slug: str, rows: list[TaskLine], snapshot: Snapshot, view: View, *, is_open: bool) -> Element:
    """The duties of one document, folded under a summary while there are several documents."""
    heading = programme_heading(slug, snapshot)
    table = task_table(rows, snapshot, view, f"Việc trong thân văn bản: {heading}")
    inside = html.Div(table, className="fold-body")
    return fold(f"{heading}: {len(rows)} việc", inside, kind="fold", is_open=is_open)


def task_table(
    lines: Sequence[TaskLine], snapshot: Snapshot, view: View, caption: str, *, first: str = "Số"
) -> Element:
    """The rows of one table; `first` heads its first column."""
    columns = (TableColumn(first, "code"), *COLUMNS[1:])
    return data_table(columns, [_row(line, snapshot, view) for line in lines], caption=caption, kind="tasks")


def task_link(line: TaskLine, view: View) -> Element:
    """The title, leading to the task's own page."""
    return html.A(line.task.title, href=f"/viec/{quote(line.task.key)}" + view.query(), className="quiet")


def _row(line: TaskLine, snapshot: Snapshot, view: View) -> list[Content]:
    task, on, query = line.task, snapshot.moment.as_of, view.query()
    number = task.section if task.origin != TaskOrigin.ANNEX else f"{task.section}.{task.number}"
    return [
        number,
        _name(line, view),
        agency_list(task.leads, snapshot.agencies, on, query),
        agency_list(task.coordinators, snapshot.agencies, on, query),
        deadline(line),
        _state(line),
    ]


def _name(line: TaskLine, view: View) -> list[Piece]:
    task = line.task
    name: list[Piece] = [html.Strong(task.title) if task.is_heading else task_link(line, view)]
    name += [html.Small(f"Sản phẩm: {task.product}", className="sub")] if task.product else []
    for product in line.view.products[-2:]:
        text = f"{product.name} năm {product.year}: {words.number(product.value)} {product.unit} ({product.source})"
        name.append(html.Small(text, className="sub"))
    return name + ([html.Small(task.note, className="sub")] if task.note else [])


def deadline(line: TaskLine) -> list[Piece]:
    """The printed words, what they mean in days, and what is waited for."""
    task, item, kind = line.task, line.item, DeadlineKind(line.task.deadline_kind)
    if task.is_heading:
        return []
    lost = "Bản quét mất cột thời gian" if kind is DeadlineKind.UNREADABLE else "Không ghi"
    notes: list[str] = []
    if item and item.due_on and task.deadline_text != words.day(item.due_on):
        notes.append(f"hết ngày {words.day(item.due_on)}")
    if kind is DeadlineKind.CONTINUOUS and line.view.yearly_reports:
        notes.append(f"báo cáo năm, hết ngày {words.day(line.view.yearly_reports[-1].due_on)}")
    if task.condition and line.view.trigger is None:
        notes.append(f"chờ: {task.condition}")
    if line.view.trigger is not None:
        notes.append(f"đã có: {line.view.trigger.document_number}, {words.day(line.view.trigger.happened_on)}")
    if line.view.duty.is_born_late:
        notes.append("hạn đã qua trước ngày ban hành: vấn đề soạn thảo")
    return [task.deadline_text or lost, *(html.Small(note, className="sub") for note in notes)]


def _state(line: TaskLine) -> Content:
    if line.item is None:
        return "gồm " + ", ".join(f"{count} {counted(state)}" for state, count in line.children)
    parts: list[Piece] = [task_mark(line.item.state)]
    latest = line.item.latest
    if line.state is TaskState.IN_PART:
        whom = asked_of(line.item.parts) or "chưa có báo cáo của cơ quan chủ trì"
        told = f"{len(line.item.finished)} báo cáo hoàn thành; {whom}"
        parts.append(html.Small(told, className="sub"))
    if many := progress(line.item):
        parts.append(html.Small(many, className="sub"))
    if latest is not None and latest.document_number:
        parts.append(html.Small(f"{latest.document_number}, {words.day(latest.document_date)}", className="sub"))
    silent = {item.year for item in line.view.instances if item.year and item.state is TaskState.NO_REPORT}
    earlier = [str(year) for year in sorted(silent) if line.item.year and year < line.item.year]
    if earlier:
        parts.append(html.Small(f"năm {', '.join(earlier)}: chưa có báo cáo", className="sub"))
    return parts


SHARES = (
    "Hai tỷ lệ hoàn thành tính trên những việc đã có báo cáo hoặc chưa đến hạn. Việc giao nhiều đơn vị, hoặc phải có "
    "nhiều sản phẩm, mà mới có báo cáo của một đơn vị thì nằm trong số đó nhưng không tính là hoàn thành."
)


def task_states() -> Element:
    """Every state with its meaning, and what the shares of finished work are counted from."""
    rows: list[Row] = [[task_mark(state), meaning] for state, meaning in STATE_MEANINGS.items()]
    columns = (TableColumn("Tình trạng", "state"), TableColumn("Khi nào", "wide bare"))
    return html.Div([data_table(columns, rows, caption="Tình trạng nhiệm vụ", kind="in-lines"), html.P(SHARES)])


def missing_parts(programme: Programme) -> str:
    """Which tasks of the document are not all entered, in words; empty when all are."""
    parts = [] if programme.is_annex_entered else ["bảng nhiệm vụ"]
    parts += [] if programme.is_body_entered else ["nhiệm vụ trong thân văn bản"]
    return f"Chưa nhập đủ {' và '.join(parts)}" if parts else ""


def not_entered(snapshot: Snapshot, place: str = "") -> tuple[Programme, ...]:
    """The documents (of a place) with tasks that are not in yet: of them no office can be said to lead nothing."""
    chosen = (programme for programme in snapshot.programmes.values() if not place or programme.place == place)
    return tuple(programme for programme in chosen if missing_parts(programme))


def entered_notice(programmes: Iterable[Programme], snapshot: Snapshot) -> Element | None:
    """Name the documents and say what it means; None when everything has been entered."""
    items = [html.Li(f"{programme_heading(p.slug, snapshot)}: {missing_parts(p).lower()}") for p in programmes]
    if not items:
        return None
    intro = "Các văn bản dưới đây còn nhiệm vụ chưa nhập; cơ quan không thấy ở đây vẫn có thể được giao việc."
    title = f"Chưa nhập đủ nhiệm vụ của {len(items)} văn bản"
    return fold(title, html.P(intro), html.Ul(items), kind=None)
