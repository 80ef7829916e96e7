"""Workbooks of the task side: reports on tasks, and tasks of a programme that the reviewed files do not hold.

Reviewed tasks (data/programmes) are changed there and nowhere else; a workbook only adds to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from etl.facts.stored import ADDED
from etl.importers.draft import Content, Context, Draft
from etl.parsing.parsed import Problem
from etl.parsing.text import folded_key, nearest
from etl.tables.cells import CellReader, each_line
from etl.tables.tables import Table
from models.base.source import Run
from models.base.text import fold
from models.places.agency import Agency
from models.places.place import COUNTRY
from models.targets.programme import Programme
from models.targets.reading import Moment
from models.tasks.deadline import Deadline, read_deadline
from models.tasks.follow_rules import ReportDraft, report_problems
from models.tasks.follow_up import TaskReport
from models.tasks.follow_writing import report_key, report_parts
from models.tasks.periods import read_period
from models.tasks.task import Task
from models.tasks.task_offices import Offices, read_offices
from models.tasks.task_parts import Parts, product_meant
from models.tasks.task_reading import TaskView, read_follow_up
from models.tasks.task_state import DeadlineKind, ReportOutcome

TASKS_REQUIRED = ("programme", "section", "number", "title", "leads")
UPDATES_REQUIRED = ("task", "outcome", "reported_on")
LONGEST_TITLE = 300
REVIEWED = "init"
FILLED_IN = ("reported_on", "done_on", "document_number", "document_date", "progress", "actor")  # by the office
OUTCOME_REMEDY = "Ghi hoàn thành, đang thực hiện hoặc chưa hoàn thành"
OUTCOMES: Mapping[str, ReportOutcome] = {
    "hoan thanh": ReportOutcome.DONE,
    "da hoan thanh": ReportOutcome.DONE,
    "xong": ReportOutcome.DONE,
    "dang thuc hien": ReportOutcome.UNDER_WAY,
    "dang trien khai": ReportOutcome.UNDER_WAY,
    "chua hoan thanh": ReportOutcome.NOT_DONE,
    "chua thuc hien": ReportOutcome.NOT_DONE,
}


def read_updates(tables: Sequence[Table], context: Context) -> Draft:
    """One report a row; a row without a result is a line of the template nobody filled and is passed over."""
    today = context.load_date
    views = {view.task.key: view for view in read_follow_up(context.session, Moment(today, today)).tasks}
    offices = read_offices(context.session)
    rows: dict[str, Content] = {}
    for table in tables:
        reader = CellReader(table, context.findings)
        each_line(reader, lambda reader=reader: _update(reader, context, views, offices, rows))  # type: ignore[misc]
    return Draft(facts={TaskReport: list(rows.values())})


def _update(
    reader: CellReader, context: Context, views: Mapping[str, TaskView], offices: Offices, rows: dict[str, Content]
) -> None:
    told = reader.text("outcome")
    if not told:
        if any(reader.cell(name) is not None for name in FILLED_IN):
            _stop(reader, "outcome", "task.no_outcome", "dòng có ghi báo cáo mà thiếu kết quả", OUTCOME_REMEDY)
        return
    view, outcome = views.get(reader.text("task")), OUTCOMES.get(fold(told))
    _stop_unknown(reader, context, view)
    if outcome is None:
        _stop(reader, "outcome", "task.outcome", f'không hiểu kết quả "{told}"', OUTCOME_REMEDY)
    days = {name: _day(reader, name) for name in ("reported_on", "done_on", "document_date")}
    if days["reported_on"] is None and not reader.is_stopped:
        _stop(reader, "reported_on", "task.no_day", "thiếu ngày báo cáo", "Ghi ngày báo cáo")
    if view is None or outcome is None or reader.is_stopped:
        return
    parts = view.parts_of(read_period(reader.text("year")) or reader.text("year") or None)
    content = _report(reader, context, view, outcome, days) | _about(reader, parts, offices)
    content["key"] = report_key(
        content["task"],
        content["period"] or content["year"],
        content["reported_on"],
        *report_parts(parts, content["office"], content["product"], content["document_number"]),
    )
    _remark_other_office(reader, parts, outcome, offices)
    if content["key"] in rows:
        _stop(reader, "task", "row.repeated", "nhiệm vụ này đã có ở dòng trên với cùng ngày", "Giữ một dòng")
    if not reader.is_stopped:
        rows[content["key"]] = content


def _stop_unknown(reader: CellReader, context: Context, view: TaskView | None) -> None:
    """Stop a row about no task, or about one of another place than was chosen."""
    if view is None or view.task.is_heading:
        what = f'không có nhiệm vụ "{reader.text("task")}"'
        _stop(reader, "task", "task.unknown", what, "Dùng mã trong tệp mẫu tải từ hệ thống")
    elif not _is_of_place(view, context):
        named = context.places[view.task.place].full_name
        what = f"nhiệm vụ này của {named}, lượt nạp chọn {context.place.full_name}"
        _stop(reader, "task", "task.other_place", what, "Chọn đúng địa bàn, hoặc để ngoài dòng này")


def _about(reader: CellReader, parts: Parts, offices: Offices) -> Content:
    """The office and the document of several that a row is about; words that name none of them stop the row."""
    told, printed = reader.text("office") or reader.text("actor"), reader.text("product")
    office = offices.office_of(told, parts)
    if reader.text("office") and office is None and not parts.unlisted:
        what = f'"{told}" không phải một trong các đơn vị được giao nhiệm vụ này'
        _stop(reader, "office", "task.office", what, "Ghi đúng tên đơn vị trong danh sách")
    product = next((item for item in parts.products if fold(item) == fold(printed)), None)
    if printed and product is None and parts.products:
        what = f'"{printed}" không phải một trong các sản phẩm của nhiệm vụ này'
        _stop(reader, "product", "task.product", what, f"Ghi một trong: {'; '.join(parts.products)}")
    product = product or product_meant(reader.text("document_number"), parts.products)
    return {"office": office or reader.text("office") or None, "product": product}


def _remark_other_office(reader: CellReader, parts: Parts, outcome: ReportOutcome, offices: Offices) -> None:
    actor = reader.text("actor")
    if outcome is ReportOutcome.DONE and not offices.office_of(actor, parts) and not offices.may_close(actor, parts):
        what = f"{actor} không phải cơ quan chủ trì của nhiệm vụ, nên báo cáo này chưa làm nhiệm vụ xong"
        reader.remark("actor", Problem("task.not_lead", what, "Nạp báo cáo của cơ quan chủ trì khi có"))


def _is_of_place(view: TaskView, context: Context) -> bool:
    """Whether the task is of the place that was chosen or of one it was made of; the country means no choice."""
    chosen = context.place
    return chosen.slug == COUNTRY or view.task.place in (chosen.slug, *chosen.predecessors)


def _report(
    reader: CellReader, context: Context, view: TaskView, outcome: ReportOutcome, days: dict[str, Any]
) -> Content:
    draft = ReportDraft(
        outcome=outcome,
        reported_on=days["reported_on"],
        period=read_period(reader.text("year")) or reader.text("year") or None,
        periods=view.periods,
        done_on=days["done_on"],
        document_number=reader.text("document_number"),
        document_date=days["document_date"],
        progress=reader.text("progress"),
        ordered_on=view.duty.issued_on,
    )
    for problem in report_problems(draft, context.load_date):
        what, _, remedy = problem.rstrip(".").partition(": ")
        _stop(reader, "outcome", "task.report", what, remedy[:1].upper() + remedy[1:] or "Sửa dòng này")
    return {
        "task": view.task.key,
        **draft.kept_period,
        "outcome": outcome.value,
        "reported_on": draft.reported_on,
        "done_on": draft.done_on,
        "document_number": draft.document_number or None,
        "document_date": draft.document_date,
        "file_checksum": None,
        "progress": draft.progress,
        "actor": reader.text("actor") or f"tệp {context.label}",
        "is_actor_verified": False,
        "reason": f"nạp từ tệp {context.label}",
    }


def read(tables: Sequence[Table], context: Context) -> Draft:
    """One task a row; the printed deadline decides kind and days, words that no rule knows stop the row."""
    book = _Book(context)
    rows: dict[str, Content] = {}
    for table in tables:
        reader = CellReader(table, context.findings)
        each_line(reader, lambda reader=reader: _task(reader, book, rows))  # type: ignore[misc]
    return Draft(facts={Task: list(rows.values())})


class _Book:
    """What a row of tasks is checked against."""

    def __init__(self, context: Context) -> None:
        session = context.session
        in_force = select(Programme).where(col(Programme.withdrawn_at).is_(None))
        self.programmes = {row.slug: row for row in session.scalars(in_force)}
        self.agencies = {folded_key(row.name): row.code for row in session.scalars(select(Agency))}
        self.agency_names = list(session.scalars(select(col(Agency.name)).order_by(col(Agency.code))))
        self.agencies |= {folded_key(row.short_name): row.code for row in session.scalars(select(Agency))}
        self.agencies |= {folded_key(row.code): row.code for row in session.scalars(select(Agency))}
        reviewed = select(col(Task.key)).join(Run, col(Run.id) == col(Task.run_id)).where(col(Run.kind) == REVIEWED)
        self.reviewed = set(session.scalars(reviewed.where(col(Task.superseded_at).is_(None))))


def _task(reader: CellReader, book: _Book, rows: dict[str, Content]) -> None:
    slug, section, number = (reader.text(name) for name in ("programme", "section", "number"))
    programme = book.programmes.get(slug)
    if programme is None:
        _stop(reader, "programme", "task.programme", f'không có chương trình "{slug}"', "Ghi mã chương trình")
    key = f"{slug}/{section}/{number}"
    if key in book.reviewed:
        remedy = "Sửa trong chương trình; kết quả thực hiện thì nạp bằng loại tệp “Kết quả thực hiện nhiệm vụ”"
        _stop(reader, "number", "task.reviewed", f'nhiệm vụ "{key}" đã có trong dữ liệu đã duyệt', remedy)
    issued_on = programme.issued_on if programme else None
    deadline = read_deadline(reader.text("deadline_text"), reader.text("title"), issued_on)
    if deadline is None:
        what = f'không hiểu thời hạn "{reader.text("deadline_text")}"'
        _stop(reader, "deadline_text", "task.deadline", what, "Ghi như trong văn bản: Hàng năm, Năm 2027, Quý I/2027")
    leads, coordinators = _who(reader, book)
    if key in rows:
        _stop(reader, "number", "row.repeated", "nhiệm vụ này đã có ở dòng trên", "Giữ một dòng")
    if programme is None or deadline is None or reader.is_stopped:
        return
    rows[key] = _content(reader, programme, deadline, key, (leads, coordinators), len(rows))


def _who(reader: CellReader, book: _Book) -> tuple[list[str], list[str]]:
    """The agencies; also stops a row that lacks a cell no task can be without."""
    for name in ("section", "number", "title"):
        if not reader.text(name):
            _stop(reader, name, "task.missing", "thiếu mục, số hoặc tên nhiệm vụ", "Điền ô này")
    leads = _agencies(reader, book, "leads")
    if not leads and not reader.is_stopped:
        _stop(reader, "leads", "task.no_lead", "thiếu cơ quan chủ trì", "Ghi tên cơ quan, cách nhau bằng dấu ;")
    return leads, _agencies(reader, book, "coordinators")


def _content(
    reader: CellReader, programme: Programme, deadline: Deadline, key: str, who: tuple[list[str], list[str]], count: int
) -> Content:
    day_of_year = deadline.turns[0].due if deadline.kind is DeadlineKind.YEARLY else None
    month, day = day_of_year or (None, None)
    return {
        "key": key,
        "position": ADDED + count,
        "programme": programme.slug,
        "place": programme.place,
        "origin": "annex",
        "section": reader.text("section"),
        "section_title": reader.text("section_title") or f"Mục {reader.text('section')}",
        "number": reader.text("number"),
        "parent": None,
        "title": reader.text("title")[:LONGEST_TITLE],
        "leads": who[0],
        "leads_text": reader.text("leads"),
        "coordinators": who[1],
        "coordinators_text": reader.text("coordinators"),
        "product": reader.text("product") or None,
        "deadline_text": reader.text("deadline_text"),
        "deadline_kind": deadline.kind.value,
        "starts_on": deadline.starts_on,
        "due_on": deadline.due_on,
        "due_month": month,
        "due_day": day,
        "lead_share": None,
        "condition": deadline.condition,
        "is_heading": False,
        "is_done_in_document": False,
        "indicators": [],
        "counts": [],
        "note": reader.text("note") or None,
    }


def _agencies(reader: CellReader, book: _Book, name: str) -> list[str]:
    codes = []
    for text in (part.strip() for part in reader.text(name).replace("\n", ";").split(";") if part.strip()):
        code = book.agencies.get(folded_key(text))
        if code is None:
            like = nearest(text, book.agency_names, limit=1)
            hint = f'. Có phải "{like[0]}"?' if like else ""
            remedy = "Ghi đúng tên hoặc tên viết tắt trong danh mục cơ quan; cơ quan chưa có thì báo người quản trị"
            _stop(reader, name, "task.agency", f'không có cơ quan "{text}"{hint}', remedy)
        else:
            codes.append(code)
    return codes


def _day(reader: CellReader, name: str) -> Any:
    found = reader.date(name)
    if found is not None and (found.month is None or found.day is None):
        _stop(reader, name, "task.day", "ngày không đủ ngày, tháng, năm", "Ghi đủ ngày/tháng/năm")
        return None
    return found.first if found else None


def _stop(reader: CellReader, column: str, rule: str, what: str, remedy: str) -> None:
    reader.stop(column, Problem(rule, what, remedy))
