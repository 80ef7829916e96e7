"""What somebody is told whose form would write over what was written since: by whom, when, and what stands now."""

from __future__ import annotations

from datetime import date

from dashboard.db.read_session import repository
from dashboard.ui import html, words
from dashboard.ui.html import Element
from dashboard.ui.markup import facts
from models.base.day_text import moment_text
from models.places.agency import Agency
from models.tasks.follow_writing import ChangedSinceError, content_of

OWN = (
    "Chính bạn đã ghi vào đúng chỗ này lúc {when}, sau khi mở biểu mẫu vừa gửi và với nội dung khác, nên lần gửi này "
    "chưa ghi gì. Bản đang lưu và chữ bạn vừa gõ ở dưới: mở lại trang, rồi ghi lại nếu vẫn cần sửa."
)
OTHERS = (
    "Từ lúc bạn mở biểu mẫu đã có người khác ghi vào đúng chỗ này (lúc {when}) nên chưa ghi gì, để không đè lên bản "
    "của họ. Bản đang lưu và chữ bạn vừa gõ ở dưới: mở lại trang, xem bản mới, rồi ghi lại nếu vẫn cần."
)
LABELS = {
    "outcome": "Kết quả",
    "verdict": "Kết luận",
    "agency": "Cơ quan",
    "question": "Nội dung yêu cầu",
    "asked_on": "Ngày yêu cầu",
    "raised_by": "Người nêu",
    "raised_on": "Ngày nêu",
    "topic": "Lĩnh vực",
    "text": "Nội dung",
    "assigned_on": "Ngày giao",
    "reported_on": "Ngày báo cáo",
    "happened_on": "Ngày ban hành hoặc xảy ra",
    "name": "Sản phẩm",
    "year": "Năm",
    "period_end": "Số của ngày",
    "value": "Số",
    "publisher": "Đơn vị công bố",
    "source": "Nguồn",
    "source_title": "Nguồn",
    "responsible": "Cơ quan, người theo dõi",
    "next_step": "Việc tiếp theo",
    "due_on": "Hạn",
    "note": "Ghi chú",
    "answer": "Trả lời",
    "answered_on": "Ngày trả lời",
    "answer_document": "Số, ký hiệu văn bản trả lời",
    "judged_on": "Ngày kết luận",
    "done_on": "Ngày hoàn thành",
    "done_document": "Văn bản hoàn thành",
    "document_number": "Số, ký hiệu văn bản",
    "document_date": "Ngày văn bản",
    "progress": "Tình hình thực hiện",
}

CODES: dict[str, dict[str, str]] = {
    "outcome": {code.value: said for code, said in words.OUTCOME_WORDS.items()},
    "verdict": {str(code): said for code, said in words.ANSWER_VERDICTS.items()},
}


def changed_sentence(error: ChangedSinceError) -> str:
    """Who wrote there since, and when; nothing was written now."""
    return (OWN if error.is_own else OTHERS).format(when=moment_text(error.run.started_at))


def stored_version(error: ChangedSinceError) -> Element:
    """What stands now in the words of the forms, with its reason."""
    row = error.standing
    said = content_of(row)
    lines = [(label, _words(name, said[name])) for name, label in LABELS.items() if said.get(name) not in (None, "")]
    reason = getattr(row, "reason", "")
    told = [*lines, ("Lý do", reason)] if reason else lines
    return html.Section([html.H2("Bản đang lưu"), facts(told)], className="sheet")


def _words(column: str, value: object) -> str:
    if column in CODES:
        return CODES[column].get(str(value), str(value))
    if column == "agency":
        with repository().session() as session:
            return session.get_one(Agency, value).name
    if isinstance(value, date):
        return words.day(value)
    return words.number(value) if isinstance(value, float) else str(value)
