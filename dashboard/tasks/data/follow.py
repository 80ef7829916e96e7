"""How forms change the task side: checked, then written as facts of their own run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import col

from dashboard.access.sent_once import keep_made, made_before
from dashboard.access.trail import finish
from dashboard.db.failures import NotAcceptedError
from dashboard.db.import_file import ImportRefusedError, import_service
from dashboard.db.read_session import repository
from dashboard.tasks.data.evidence import Evidence, evidence_problems
from models.accounts.changing import ChangeSession
from models.base.facts import Fact
from models.tasks.follow_rules import ReportDraft, day_problems, report_problems, text_problems
from models.tasks.follow_up import ExplanationRequest, Petition, TaskProduct, TaskReport, TaskTrigger
from models.tasks.follow_writing import (
    Author,
    content_of,
    current_row,
    next_key,
    report_key,
    report_parts,
    write_fact,
)
from models.tasks.task_parts import Parts
from models.tasks.task_reading import TaskView, read_history
from models.tasks.task_state import DeadlineKind, ReportOutcome

GONE = "Không có bản ghi này: mở lại từ danh sách."


@dataclass(frozen=True, slots=True)
class History:
    """Every version of what was written about one task, oldest first."""

    reports: tuple[TaskReport, ...]
    triggers: tuple[TaskTrigger, ...]
    products: tuple[TaskProduct, ...]


def task_history(key: str) -> History:
    """Everything ever written about a task, replaced versions included."""
    with repository().session() as session:
        return History(
            tuple(read_history(session, TaskReport, col(TaskReport.task) == key)),
            tuple(read_history(session, TaskTrigger, col(TaskTrigger.task) == key)),
            tuple(read_history(session, TaskProduct, col(TaskProduct.task) == key)),
        )


def record_history(model: type[ExplanationRequest] | type[Petition], key: str) -> list[ExplanationRequest | Petition]:
    """Every version of one request or petition, oldest first."""
    with repository().session() as session:
        return read_history(session, model, col(model.key) == key)


def write_report(view: TaskView, draft: ReportDraft, author: Author, evidence: Evidence | None = None) -> None:
    """Accept a report; raises NotAcceptedError.

    The file is kept only once all else holds; correcting a day's report without a file keeps the file it had.
    """
    _refuse(report_problems(draft, repository().settings.as_of) + (evidence_problems(evidence) if evidence else []))
    parts = view.parts_of(draft.period)
    _refuse(_about_several(draft, parts))
    told = report_parts(parts, draft.office, draft.product, draft.document_number)
    key = report_key(view.task.key, draft.period, draft.reported_on, *told)
    content = {
        "key": key,
        "task": view.task.key,
        **draft.kept_period,
        "outcome": draft.outcome.value,
        "reported_on": draft.reported_on,
        "done_on": draft.done_on,
        "document_number": draft.document_number or None,
        "document_date": draft.document_date,
        "progress": draft.progress,
        "office": draft.office,
        "product": draft.product,
    }
    kept = _keep(evidence) if evidence else None
    with repository().writing() as session:
        standing = current_row(session, TaskReport, key)
        content["file_checksum"] = kept or (standing.file_checksum if standing else None)
        _write(session, TaskReport, content, author, view.task.place)


def _about_several(draft: ReportDraft, parts: Parts) -> list[str]:
    """An office or a document that the task does not ask for; where the list is known an office must be named."""
    found = []
    if draft.office and draft.office not in parts.asked_offices:
        found.append("Đơn vị này không được giao việc trong kỳ đã chọn: chọn lại đơn vị báo cáo.")
    if not draft.office and parts.has_many_offices and not parts.unlisted:
        found.append("Việc này giao nhiều đơn vị, mỗi đơn vị báo cáo riêng: chọn đơn vị báo cáo.")
    if draft.product and draft.product not in parts.products:
        found.append("Việc này không giao văn bản đó: chọn lại sản phẩm.")
    if not draft.product and parts.products and draft.outcome is ReportOutcome.DONE:
        found.append("Việc này giao nhiều văn bản: chọn văn bản đã ban hành.")
    return found


def _keep(evidence: Evidence) -> str:
    try:
        return import_service().receive(evidence.name, evidence.content).checksum
    except ImportRefusedError as error:
        raise NotAcceptedError(str(error)) from error


def write_trigger(view: TaskView, happened_on: date, number: str, due_on: date | None, author: Author) -> None:
    """Note that what a conditional task waits for has happened; raises NotAcceptedError."""
    problems = text_problems([("số, ký hiệu văn bản", number)])
    problems += day_problems(happened_on, "ngày sự kiện", due_on, "Thời hạn mới")
    if view.duty.kind is not DeadlineKind.CONDITIONAL:
        problems.append("Việc này không chờ điều kiện nào: không ghi được sự kiện.")
    if happened_on > repository().settings.as_of:
        problems.append("Ngày sự kiện ở sau hôm nay: sửa ngày.")
    _refuse(problems)
    content = {
        "key": view.task.key,
        "task": view.task.key,
        "happened_on": happened_on,
        "document_number": number,
        "document_date": happened_on,
        "due_on": due_on,
    }
    with repository().writing() as session:
        _write(session, TaskTrigger, content, author, view.task.place)


def write_product(view: TaskView, name: str, year: int, value: float, source: str, author: Author) -> None:
    """Note what a task's product counted in a year; raises NotAcceptedError."""
    units = {str(entry["name"]): str(entry["unit"]) for entry in view.task.counts}
    problems = text_problems([("nguồn", source)])
    if name not in units:
        problems.append("Sản phẩm này không nằm trong các số đếm của nhiệm vụ: chọn lại.")
    if value < 0 or not view.duty.issued_on.year <= year <= repository().settings.as_of.year:
        problems.append("Số phải từ 0 trở lên và năm phải từ năm ban hành đến nay: sửa lại.")
    _refuse(problems)
    key = f"{view.task.key}/{year}/{name}"
    content = {"key": key, "task": view.task.key, "year": year, "name": name, "value": value, "unit": units[name]}
    with repository().writing() as session:
        _write(session, TaskProduct, content | {"source": source, "source_date": None}, author, view.task.place)


def add_request(content: Mapping[str, Any], author: Author) -> str:
    """Add a request for explanation and give its key; raises NotAcceptedError."""
    with repository().writing() as session:
        return made_before(session) or add_request_in(session, content, author)


def add_request_in(session: ChangeSession, content: Mapping[str, Any], author: Author, *, is_part: bool = False) -> str:
    """The same within a change; `is_part`: what else belongs to the change is still to be written and commits."""
    _refuse(_request_problems(content))
    key = next_key(session, ExplanationRequest, "gt")
    if not is_part:
        keep_made(session, key)
    _write(session, ExplanationRequest, {**content, "key": key}, author, str(content["place"]), is_part=is_part)
    return key


def change_request(key: str, edit: Mapping[str, Any], author: Author) -> None:
    """Change what a request for explanation says; raises NotAcceptedError."""
    _change(ExplanationRequest, key, edit, author, _request_problems)


def _request_problems(content: Mapping[str, Any]) -> list[str]:
    problems = text_problems([("nội dung yêu cầu", content["question"]), ("người yêu cầu", content["asked_by"])])
    problems += day_problems(content["asked_on"], "ngày yêu cầu", content["due_on"], "Hạn trả lời")
    problems += day_problems(content["asked_on"], "ngày yêu cầu", content.get("answered_on"), "Ngày trả lời")
    if content.get("verdict") and not content.get("answer"):
        problems.append("Chưa có câu trả lời nên chưa kết luận được.")
    return problems


def add_petition(content: Mapping[str, Any], author: Author) -> str:
    """Add a petition and give its key; raises NotAcceptedError."""
    with repository().writing() as session:
        if before := made_before(session):
            return before
        _refuse(_petition_problems(content))
        key = next_key(session, Petition, "kn")
        keep_made(session, key)
        _write(session, Petition, {**content, "key": key}, author, str(content["place"]))
    return key


def change_petition(key: str, edit: Mapping[str, Any], author: Author) -> None:
    """Change what a petition says; raises NotAcceptedError."""
    _change(Petition, key, edit, author, _petition_problems)


def _petition_problems(content: Mapping[str, Any]) -> list[str]:
    named = (("nội dung", content["text"]), ("người nêu", content["raised_by"]), ("lĩnh vực", content["topic"]))
    problems = text_problems(named)
    problems += day_problems(content["raised_on"], "ngày nêu", content.get("due_on"), "Hạn trả lời")
    problems += day_problems(content["raised_on"], "ngày nêu", content.get("answered_on"), "Ngày trả lời")
    if content.get("due_on") and not content.get("agency"):
        problems.append("Có hạn trả lời nhưng chưa giao cơ quan nào: chọn cơ quan.")
    return problems


def _change(
    model: type[ExplanationRequest] | type[Petition],
    key: str,
    edit: Mapping[str, Any],
    author: Author,
    problems_of: Callable[[Mapping[str, Any]], list[str]],
) -> None:
    """What stands now, with the edited columns in place of theirs."""
    with repository().writing() as session:
        standing = current_row(session, model, key)
        if standing is None:
            raise NotAcceptedError(GONE)
        content = {**content_of(standing), **edit}
        _refuse(problems_of(content))
        _write(session, model, content, author, standing.place)


def _write(
    session: ChangeSession,
    model: type[Fact],
    content: Mapping[str, Any],
    author: Author,
    place: str,
    *,
    is_part: bool = False,
) -> None:
    run_id = write_fact(session, model, content, author, now=datetime.now(UTC), place=place)
    if run_id is not None and not is_part:
        finish(session, run=run_id, key=content["key"])


def _refuse(problems: list[str]) -> None:
    if problems:
        raise NotAcceptedError(" ".join(problems))
