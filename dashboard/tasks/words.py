"""Vietnamese words of the task pages, and the words that stand for codes in the address bar."""

from __future__ import annotations

from dashboard.ui.words import TASK_STATE_WORDS
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
        "Việc giao nhiều đơn vị hoặc phải có nhiều sản phẩm, mới có báo cáo hoàn thành của một đơn vị hoặc về một "
        "sản phẩm, hoặc báo cáo của đơn vị không chủ trì: chưa tính là hoàn thành."
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
    return "mới có một đơn vị báo cáo" if state is TaskState.IN_PART else TASK_STATE_WORDS[state].lower()


DEADLINE_FILTERS: dict[str, str] = {
    "60-ngay": "Đến hạn trong 60 ngày tới",
    "da-qua": "Thời hạn đã qua",
    "con-han": "Thời hạn chưa qua",
    "hang-nam": "Việc hằng năm",
    "khong-ngay": "Không có ngày cuối",
}

VIEWS: dict[str, str] = {"": "Danh sách", "lich": "Lịch và thời hạn", "doi-chieu": "Nhiệm vụ và chỉ tiêu"}

ORIGIN_WORDS: dict[TaskOrigin, str] = {
    TaskOrigin.ANNEX: "Bảng nhiệm vụ",
    TaskOrigin.BODY: "Việc giao trong thân văn bản",
    TaskOrigin.REPORT: "Nghĩa vụ báo cáo",
    TaskOrigin.MEETING: "Việc giao tại phiên họp",
}

RAISED_BY_WORDS: dict[str, str] = {"organisation": "Tổ chức kinh tế tập thể", "commune": "Cấp xã", "other": "Khác"}
NEEDS_DECISION = "cần quyết định của tỉnh phân công cụ thể"
