"""Who of many and what of several, in words: the arithmetic behind "một đơn vị đã báo cáo" on every page and file."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.ui import words
from models.targets.reading import AgencyView
from models.tasks.task_parts import Parts
from models.tasks.task_reading import InstanceView, TaskView
from models.tasks.task_state import TaskState

NO_LIST = "chưa có danh sách đơn vị"
UNKNOWN_REST = {
    True: "Báo cáo chưa ghi tên đơn vị, nên chưa biết đơn vị nào được giao còn chưa báo cáo.",
    False: "Chưa biết sản phẩm nào còn thiếu.",
}


NOT_BY_LEAD = "Báo cáo không phải của cơ quan chủ trì, nên chưa tính là hoàn thành."


def rest(parts: Parts) -> str:
    """Why a task in part is not finished."""
    return NOT_BY_LEAD if parts.is_single else UNKNOWN_REST[parts.has_many_offices]


def asked(parts: Parts, agencies: Mapping[str, AgencyView]) -> str:
    """Whom and what the task asks for as several, by name; empty for a task that one report closes."""
    told = []
    if parts.has_many_offices:
        names = [agencies[code].name for code in parts.offices]
        names += [f"{agencies[code].name} ({NO_LIST})" for code in parts.groups]
        told.append(f"giao {'; '.join(names)}")
    if parts.products:
        told.append(f"phải có {len(parts.products)} sản phẩm: {'; '.join(parts.products)}")
    return ". ".join(part[:1].upper() + part[1:] for part in told)


def asked_of(parts: Parts) -> str:
    """The same as counts, for a narrow column."""
    told = []
    if parts.has_many_offices:
        whom = [f"{len(parts.offices)} đơn vị"] if parts.offices else []
        whom += [f"{len(parts.groups)} nhóm {NO_LIST}"] if parts.groups else []
        told.append(f"giao {' và '.join(whom)}")
    if parts.products:
        told.append(f"phải có {len(parts.products)} sản phẩm")
    return ", ".join(told)


def reported(item: InstanceView) -> str:
    """The reports that say it is done, each with its document."""
    papers = [f"{report.document_number}, {words.day(report.document_date)}" for report in item.finished]
    return f"{len(papers)} báo cáo hoàn thành ({'; '.join(papers)})"


def standing(view: TaskView, item: InstanceView, agencies: Mapping[str, AgencyView]) -> str:
    """The whole arithmetic of an instance in part; empty in every other state."""
    if item.state is not TaskState.IN_PART:
        return ""
    parts = view.duty.parts
    whole = asked(parts, agencies)
    return ". ".join(part for part in (whole, f"Đã có {reported(item)}", rest(parts)) if part)
