"""The documents that tasks order, one row each: how many are awaited, which were issued. Pure but for the export."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from models.base.text import fold
from models.targets.reading import Moment, read_places
from models.tasks.follow_up import TaskReport
from models.tasks.task_reading import InstanceView, TaskView, read_follow_up
from models.tasks.task_state import ReportOutcome, TaskState

KINDS = (
    "Báo cáo", "Chỉ thị", "Chương trình", "Công văn", "Đề án", "Điều lệ", "Hướng dẫn", "Kế hoạch", "Kết luận",
    "Nghị quyết", "Phương án", "Quy chế", "Quy hoạch", "Quyết định", "Thông báo", "Tờ trình", "Văn bản",
)  # fmt: skip
_KIND_OF = {fold(kind): kind for kind in KINDS}
_JOINT = re.compile(r"(?:ubnd|hdnd|uy ban nhan dan|hoi dong nhan dan) tinh")


class DocumentState(StrEnum):
    """What is known of an ordered document on a day."""

    ISSUED = "issued"
    IN_PART = "in_part"
    WAITING = "waiting"
    NOT_ISSUED = "not_issued"


@dataclass(frozen=True, slots=True)
class OrderedDocument:
    """One document that an instance of a task orders.

    `kind` joins alternatives as printed ("Kế hoạch/Quyết định"). `awaited` is how many are needed: one, or one of each
    office that must report; None where no list of these offices is known. `issued` are the reports that name one.
    """

    view: TaskView
    item: InstanceView
    kind: str
    printed: str
    awaited: int | None
    issued: tuple[TaskReport, ...]

    @property
    def state(self) -> DocumentState:
        """Whether all that are awaited were issued."""
        if self.view.duty.is_done_in_document or (self.awaited and len(self.issued) >= self.awaited):
            return DocumentState.ISSUED
        if self.issued:
            return DocumentState.IN_PART
        return DocumentState.WAITING if self.item.state is TaskState.WAITING else DocumentState.NOT_ISSUED

    @property
    def issued_on(self) -> date | None:
        """The day of the newest of them."""
        return max((report.document_date for report in self.issued if report.document_date), default=None)


def document_kind(printed: str) -> str:
    """The kind or kinds that a printed product begins with; empty where it is no document."""
    found = []
    for piece in printed.split("/"):
        folded = fold(piece.strip())
        kind = next((name for key, name in _KIND_OF.items() if re.match(rf"{key}\b", folded)), None)
        if kind is None:
            break
        found.append(kind)
    return "/".join(found)


def ordered_documents(tasks: Iterable[TaskView]) -> Iterator[OrderedDocument]:
    """Every document ordered, in the order of the tasks and their instances."""
    for view in tasks:
        for item in view.instances:
            for printed in item.parts.products or filter(None, (view.task.product,)):
                if kind := document_kind(printed):
                    yield _ordered(view, item, kind, printed)


def _ordered(view: TaskView, item: InstanceView, kind: str, printed: str) -> OrderedDocument:
    is_of_each = item.parts.has_many_offices and not _JOINT.search(fold(printed))
    told = zip(item.reports, item.answers, strict=True)
    named: dict[str | None, TaskReport] = {}
    for report, answer in told:
        is_about = answer.product == printed if item.parts.products else True
        if is_about and answer.outcome is ReportOutcome.DONE and answer.is_by_lead and report.document_number:
            named[answer.office if is_of_each and answer.office else report.document_number] = report
    return OrderedDocument(view, item, kind, printed, item.parts.needed if is_of_each else 1, tuple(named.values()))


def document_rows(session: Session, moment: Moment) -> list[dict[str, Any]]:
    """One row a document ordered and an instance of its task, by last day; what has none comes last."""
    names = {slug: place.full_name for slug, place in read_places(session).items()}
    found = sorted(ordered_documents(read_follow_up(session, moment).tasks), key=by_day)
    return [document_columns(item, names[item.view.task.place]) for item in found]


def by_day(item: OrderedDocument) -> tuple[date, str, int]:
    """The order of the list: last day, programme, printed position."""
    return item.item.due_on or date.max, item.view.task.programme, item.view.task.position


def document_columns(item: OrderedDocument, place_name: str) -> dict[str, Any]:
    """The row of one ordered document; numbers and day are those of the documents that were reported."""
    task = item.view.task
    return {
        "place": task.place,
        "place_name": place_name,
        "programme": task.programme,
        "task": task.key,
        "title": task.title,
        "leads": list(task.leads),
        "year": item.item.year,
        "period": item.item.period,
        "kind": item.kind,
        "document": item.printed,
        "due_on": item.item.due_on,
        "awaited": item.awaited,
        "issued": len(item.issued),
        "state": item.state.value,
        "numbers": [report.document_number for report in item.issued],
        "issued_on": item.issued_on,
    }
