"""One task in full: facts, instances, yearly counts, and every version of what was written about it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.parts.agency import agency_list, needs_decision, parts_elsewhere
from dashboard.tasks.parts.task_table import deadline, programme_heading
from dashboard.tasks.values import TaskLine
from dashboard.tasks.words import NEEDS_DECISION, ORIGIN_WORDS, STATE_MEANINGS, asked, office_names, progress, rest
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Content, Element, Piece
from dashboard.ui.marks import task_mark
from dashboard.ui.markup import facts
from dashboard.ui.table import TableColumn, data_table, figures, wide
from models.base.day_text import moment_text
from models.tasks.follow_up import TaskReport, TaskTrigger
from models.tasks.periods import period_text
from models.tasks.task_reading import InstanceView, TaskView
from models.tasks.task_state import ReportOutcome, TaskOrigin, TaskState

INSTANCE_COLUMNS = ("Kỳ", "Hết ngày", TableColumn("Tình trạng", "state"), wide("Căn cứ"))
HISTORY_COLUMNS = ("Lúc ghi", "Người ghi", wide("Nội dung"), "Vì sao", "Hiệu lực")


def task_facts(line: TaskLine, snapshot: Snapshot, view: View) -> Element:
    """What the document says, and who does it today."""
    task, on, query = line.task, snapshot.moment.as_of, view.query()
    is_given = task.origin == TaskOrigin.MEETING
    where = f"{task.section_title}, {task.section}" if is_given else f"mục {task.section}"
    place = f"{ORIGIN_WORDS[TaskOrigin(task.origin)]}, {where}"
    pairs: list[tuple[str, Content]] = [
        ("Văn bản", programme_heading(task.programme, snapshot)),
        ("Vị trí", place + (f", số {task.number}" if task.origin == TaskOrigin.ANNEX else "")),
        ("Chủ trì", agency_list(task.leads, snapshot.agencies, on, query)),
        ("Phối hợp", agency_list(task.coordinators, snapshot.agencies, on, query) or words.NONE),
        ("Sản phẩm", task.product or words.NONE),
        ("Thời hạn", deadline(line)),
    ]
    if several := asked(line.item.parts if line.item else line.view.duty.parts, snapshot.agencies):
        pairs.append(("Phải đủ mới hoàn thành", several))
    if task.indicators:
        links = [
            html.Li(html.A(snapshot.indicators[code].name, href=view.link(f"/chi-tieu/{code}")))
            for code in task.indicators
        ]
        pairs.append(("Chỉ tiêu cần tác động (cách hiểu của hệ thống)", html.Ul(links, className="agency-list")))
    notes = _notes(line, snapshot)
    if notes:
        pairs.append(("Lưu ý", html.Ul([html.Li(note) for note in notes], className="agency-list")))
    return facts(pairs)


def _notes(line: TaskLine, snapshot: Snapshot) -> list[str]:
    notes = [line.task.note] if line.task.note else []
    if line.view.territory_ended_on:
        ended = words.day(line.view.territory_ended_on)
        notes.append(f"Địa bàn đã sáp nhập từ sau {ended}; {NEEDS_DECISION} để biết ai làm tiếp.")
    for code in line.task.leads:
        agency = snapshot.agencies[code]
        link = agency.main_succession(snapshot.moment.as_of)
        if link and needs_decision(agency):
            successor = snapshot.agencies[link.successor].name
            notes.append(f"{agency.name}: từ {words.day(link.effective_on)} việc chuyển {successor}; {NEEDS_DECISION}.")
        parts = parts_elsewhere(agency, snapshot.moment.as_of)
        told = "; ".join(f"{part.scope}: {snapshot.agencies[part.successor].name}" for part in parts)
        notes += [f"{agency.name}: có phần việc nay thuộc cơ quan khác ({told})."] if told else []
    return notes


def instance_table(view: TaskView, snapshot: Snapshot) -> Element:
    """Every instance with its state and what the state rests on; continuous tasks show their yearly reports."""
    rows: list[list[Content]] = [
        [
            _period(item),
            words.day(item.due_on),
            [task_mark(item.state), html.Small(STATE_MEANINGS[item.state], className="sub")],
            _basis(view, item, snapshot),
        ]
        for item in reversed(view.instances)
    ]
    rows += [
        [
            f"báo cáo năm {report.year}",
            words.day(report.due_on),
            _yearly(view, report.report),
            _report_text(report.report) if report.report else words.NONE,
        ]
        for report in reversed(view.yearly_reports)
    ]
    return data_table(INSTANCE_COLUMNS, rows, caption="Tình trạng từng kỳ", kind="dense")


def _period(item: InstanceView) -> str:
    """A standing task has no period and is never done once for all."""
    if item.year:
        return period_text(item.period or str(item.year))
    return "thường xuyên" if item.state is TaskState.CONTINUOUS else "một lần"


def _yearly(view: TaskView, report: TaskReport | None) -> str:
    if report is None:
        return "chưa có báo cáo"
    return "một đơn vị đã báo cáo" if view.duty.parts.has_many_offices else "đã báo cáo"


def _basis(view: TaskView, item: InstanceView, snapshot: Snapshot) -> Content:
    """The report that counts; where several must report, every one that is in and what is not known."""
    many = progress(item)
    if item.latest is None:
        told = "văn bản ghi đã hoàn thành" if view.duty.is_done_in_document else "chưa có báo cáo"
        return [told, html.Small(many, className="sub") if many else None]
    if item.parts.is_single and item.state is not TaskState.IN_PART:
        return _report_text(item.latest)
    names = office_names(item.parts, snapshot.agencies)
    pieces: list[Piece] = [html.Strong(many)] if many else []
    for report, answer in zip(item.reports, item.answers, strict=True):
        about = "; ".join(filter(None, (names.get(answer.office or ""), answer.product)))
        pieces.append(html.Div([f"{about}: " if about else "", *_report_text(report)]))
    missing = rest(item, snapshot.agencies) if item.state is TaskState.IN_PART else ""
    return [*pieces, html.Small(missing, className="sub") if missing else None]


def _report_text(report: TaskReport) -> list[Piece]:
    parts = [
        words.OUTCOME_WORDS[ReportOutcome(report.outcome)]
        + (f" ngày {words.day(report.done_on)}" if report.done_on else "")
    ]
    if report.document_number:
        parts.append(f"{report.document_number}, {words.day(report.document_date)}")
    parts.append(f"báo cáo ngày {words.day(report.reported_on)}")
    progress = html.Small(report.progress, className="sub") if report.progress else None
    return ["; ".join(parts), progress, _file(report)]


def _file(report: TaskReport) -> Element | None:
    """The way to the evidence; the file of a replaced report is named but no longer handed out."""
    if report.file_checksum is None:
        return None
    if report.superseded_at is not None:
        return html.Small("có tệp minh chứng, không còn tải được", className="sub")
    return html.Small(html.A("Tải tệp minh chứng", href=f"/minh-chung/{report.file_checksum}"), className="sub")


def product_table(view: TaskView) -> Element | None:
    """The yearly counts of the product, with source."""
    if not view.task.counts:
        return None
    columns = ("Sản phẩm", "Năm", figures("Số"), "Nguồn")
    rows = [[f"{p.name} ({p.unit})", str(p.year), words.number(p.value), p.source] for p in view.products]
    if not rows:
        named = ", ".join(str(entry["name"]).lower() for entry in view.task.counts)
        return html.P(f"Chưa có số theo năm của: {named}.")
    return data_table(columns, rows, caption="Sản phẩm đếm được theo năm", kind="dense")


def history_table(reports: Sequence[TaskReport], triggers: Sequence[TaskTrigger]) -> Element:
    """Every version ever written, newest first; a replaced one stays and says so."""
    rows: list[tuple[TaskReport | TaskTrigger, Content]] = [(row, _report_text(row)) for row in reports]
    rows += [(row, [f"điều kiện đã có: {row.document_number}, {words.day(row.happened_on)}"]) for row in triggers]
    if not rows:
        return html.P("Chưa ai ghi gì về nhiệm vụ này.")
    ordered = sorted(rows, key=lambda pair: pair[0].recorded_at, reverse=True)
    return data_table(
        HISTORY_COLUMNS,
        [
            [moment_text(row.recorded_at), _who(row), told, row.reason or words.NONE, _force(row)]
            for row, told in ordered
        ],
        caption="Lịch sử ghi",
        kind="dense",
    )


def _who(row: TaskReport | TaskTrigger) -> list[Piece]:
    unproved = None if row.is_actor_verified else html.Small("tên chưa xác thực", className="sub")
    return [row.actor, unproved]


def _force(row: TaskReport | TaskTrigger) -> str:
    return f"đã thay {moment_text(row.superseded_at)}" if row.superseded_at else "đang dùng"
