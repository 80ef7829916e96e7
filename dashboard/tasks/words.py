"""Vietnamese words of the task pages and of codes in the address; who of many and what of several has reported."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.ui import words
from dashboard.ui.words import TASK_STATE_WORDS
from models.targets.reading import AgencyView
from models.tasks.task_parts import WHOLE, Parts
from models.tasks.task_reading import InstanceView, TaskView
from models.tasks.task_state import TaskOrigin, TaskState

STATE_SLUGS: dict[str, TaskState] = {
    "dung-han": TaskState.DONE_ON_TIME,
    "xong-qua-han": TaskState.DONE_LATE,
    "mot-don-vi": TaskState.IN_PART,
    "trong-han": TaskState.OPEN,
    "qua-han": TaskState.OVERDUE,
    "chua-bao-cao": TaskState.NO_REPORT,
    "thuong-xuyen": TaskState.CONTINUOUS,
    "cho-dieu-kien": TaskState.WAITING,
    "chua-ro": TaskState.UNCLEAR,
}
SLUG_OF_STATE = {state: slug for slug, state in STATE_SLUGS.items()}

STATE_MEANINGS: dict[TaskState, str] = {
    TaskState.DONE_ON_TIME: "Có báo cáo hoàn thành kèm văn bản, xong không muộn hơn ngày cuối của thời hạn.",
    TaskState.DONE_LATE: "Có báo cáo hoàn thành kèm văn bản, xong sau ngày cuối của thời hạn.",
    TaskState.IN_PART: (
        "Việc giao nhiều đơn vị hoặc phải có nhiều sản phẩm, chưa đủ đơn vị báo cáo hoàn thành, chưa đủ sản phẩm hoặc "
        "chưa có danh sách đơn vị; hoặc chỉ có báo cáo của đơn vị không chủ trì: chưa tính là hoàn thành."
    ),
    TaskState.OPEN: "Ngày cuối của thời hạn chưa qua và chưa có báo cáo hoàn thành.",
    TaskState.OVERDUE: "Thời hạn đã qua và có báo cáo, hoặc cán bộ xác nhận, là chưa hoàn thành.",
    TaskState.NO_REPORT: "Thời hạn đã qua nhưng chưa ai báo cáo: không kết luận gì, đứng ngoài cả hai tỷ lệ.",
    TaskState.CONTINUOUS: "Việc thường xuyên: không có ngày cuối, mỗi năm một báo cáo.",
    TaskState.WAITING: "Chờ một văn bản hoặc sự kiện được nêu tên; chưa thể quá hạn.",
    TaskState.UNCLEAR: "Văn bản không ghi thời hạn hoặc không đọc được; cần cơ quan giao việc làm rõ.",
}


def counted(state: TaskState) -> str:
    """The state as it follows a number: "3 chưa có báo cáo"."""
    return "mới báo cáo một phần" if state is TaskState.IN_PART else TASK_STATE_WORDS[state].lower()


DEADLINE_FILTERS: dict[str, str] = {
    "60-ngay": "Đến hạn trong 60 ngày tới",
    "da-qua": "Thời hạn đã qua",
    "con-han": "Thời hạn chưa qua",
    "hang-nam": "Việc hằng năm",
    "khong-ngay": "Không có ngày cuối",
}

VIEWS: dict[str, str] = {
    "": "Danh sách",
    "muc-luc": "Theo văn bản",
    "lich": "Lịch và thời hạn",
    "doi-chieu": "Nhiệm vụ và chỉ tiêu",
}

ORIGIN_WORDS: dict[TaskOrigin, str] = {
    TaskOrigin.ANNEX: "Bảng nhiệm vụ",
    TaskOrigin.BODY: "Việc giao trong thân văn bản",
    TaskOrigin.REPORT: "Nghĩa vụ báo cáo",
    TaskOrigin.MEETING: "Việc giao tại phiên họp",
}

RAISED_BY_WORDS: dict[str, str] = {"organisation": "Tổ chức kinh tế tập thể", "commune": "Cấp xã", "other": "Khác"}
NEEDS_DECISION = "cần quyết định của tỉnh phân công cụ thể"


NO_LIST = "chưa có danh sách đơn vị"
UNKNOWN_REST = "Chưa biết đơn vị nào được giao còn chưa báo cáo."
SHOWN = 5  # offices named one by one before the rest is counted


NOT_BY_LEAD = "Báo cáo không phải của cơ quan chủ trì, nên chưa tính là hoàn thành."


def office_names(parts: Parts, agencies: Mapping[str, AgencyView]) -> dict[str, str]:
    """The names of the offices that are known to have to report."""
    named = {code: agencies[code].name for code in parts.offices}
    return named | {office.code: office.name for _, offices in parts.members for office in offices}


def progress(item: InstanceView) -> str:
    """How many of the offices have reported it done, "3 trên 12 đã báo cáo"; empty where one answers for all."""
    parts = item.parts
    if not parts.has_many_offices:
        return ""
    if parts.unlisted:
        return NO_LIST
    told = f"{len(item.done_offices)} trên {len(parts.asked_offices)} đã báo cáo hoàn thành"
    return told + (f", cần {parts.needed}" if parts.share < WHOLE else "")


def rest(item: InstanceView, agencies: Mapping[str, AgencyView]) -> str:
    """Why a task in part is not finished: which offices and documents are missing, or that it cannot be known."""
    parts = item.parts
    if parts.is_single:
        return NOT_BY_LEAD
    told = []
    if parts.unlisted:
        names = "; ".join(agencies[code].name for code in parts.unlisted)
        told.append(f"{NO_LIST[:1].upper()}{NO_LIST[1:]} của: {names}. {UNKNOWN_REST}")
    elif parts.has_many_offices:
        names_of = office_names(parts, agencies)
        missing = [name for code, name in names_of.items() if code not in item.done_offices]
        more = f" và {len(missing) - SHOWN} đơn vị khác" if len(missing) > SHOWN else ""
        told += [f"Chưa báo cáo hoàn thành: {'; '.join(missing[:SHOWN])}{more}."] if missing else []
    papers = [product for product in parts.products if product not in item.done_products]
    told += [f"Chưa có: {'; '.join(papers)}."] if papers else []
    return " ".join(told)


def asked(parts: Parts, agencies: Mapping[str, AgencyView]) -> str:
    """Whom and what the task asks for as several, by name; empty for a task that one report closes."""
    told = []
    if parts.has_many_offices:
        names = [agencies[code].name for code in parts.offices]
        sizes = {group: len(offices) for group, offices in parts.members}
        names += [
            f"{agencies[code].name} ({f'{sizes[code]} đơn vị' if code in sizes else NO_LIST})" for code in parts.groups
        ]
        told.append(f"giao {'; '.join(names)}")
    if parts.products:
        told.append(f"phải có {len(parts.products)} sản phẩm: {'; '.join(parts.products)}")
    return ". ".join(part[:1].upper() + part[1:] for part in told)


def asked_of(parts: Parts) -> str:
    """The same as counts, for a narrow column."""
    told = []
    if parts.has_many_offices:
        whom = [f"{len(parts.asked_offices)} đơn vị"] if parts.asked_offices else []
        whom += [f"{len(parts.unlisted)} nhóm {NO_LIST}"] if parts.unlisted else []
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
    whole = asked(item.parts, agencies)
    return ". ".join(part for part in (whole, f"Đã có {reported(item)}", rest(item, agencies)) if part)
