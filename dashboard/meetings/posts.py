"""What the forms of a meeting change; every route goes through the one choke point for writes."""

from __future__ import annotations

from dashboard.access import owner_place as whose
from dashboard.db.read_session import repository
from dashboard.meetings.data.meetings import build_meeting, close_assignment, record_conclusion
from dashboard.meetings.values import WHOLE, MeetingPage, Screen
from dashboard.tasks.conclusion_values import ConclusionKind
from dashboard.web.form_values import accepted, day, needed_day, needed_text, text, whole
from dashboard.web.mutations import Form, Writer, WriteRefusedError, mutation
from models.accounts.rights import Action
from models.places.place import COUNTRY

PATH = "/hop"


@mutation(
    "/hop/<int:number>/ghi", action=Action.UPDATE, place=whose.meeting, noted="decide", words="Ghi trong phiên họp"
)
def record_in_meeting(writer: Writer, form: Form, number: int) -> str:
    """Take one conclusion, assignment or request for explanation."""
    found = build_meeting(number)
    if found is None:
        raise WriteRefusedError("Không có phiên họp này: mở lại từ danh sách; chưa ghi gì.")
    page = whole(form, "trang") or 0
    screen = found.screens[page - 2] if 2 <= page <= len(found.screens) + 1 else None
    content = _content(form, found, screen)
    asked = _asked(content, found) if content["kind"] == ConclusionKind.EXPLANATION else None
    accepted(record_conclusion, content, writer.author("ghi trong phiên họp"), asked)
    return f"/hop/{number}?trang={page or 1}"


def _content(form: Form, found: MeetingPage, screen: Screen | None) -> dict[str, object]:
    kind, agency, due_on = text(form, "loai"), text(form, "co-quan"), day(form, "han", "Hạn")
    if kind not in set(ConclusionKind):
        raise WriteRefusedError("Chưa chọn loại: chọn rồi gửi lại; chưa ghi gì.")
    if kind != ConclusionKind.CONCLUSION and (agency not in found.snapshot.agencies or due_on is None):
        raise WriteRefusedError("Giao việc và yêu cầu giải trình cần cơ quan và hạn: điền rồi gửi lại; chưa ghi gì.")
    if agency and agency not in found.snapshot.agencies:
        raise WriteRefusedError("Không có cơ quan này: chọn lại trong danh sách rồi gửi lại; chưa ghi gì.")
    if due_on is not None and due_on < found.meeting.held_on:
        raise WriteRefusedError("Hạn ở trước ngày họp: sửa rồi gửi lại; chưa ghi gì.")
    if kind == ConclusionKind.EXPLANATION and screen is None:
        raise WriteRefusedError("Yêu cầu giải trình phải gắn với một cam kết hoặc nhiệm vụ: mở màn hình của mục đó.")
    return {
        "meeting_id": found.meeting.id,
        "place": screen.place if screen else found.meeting.place or COUNTRY,
        "subject_kind": screen.subject_kind if screen else WHOLE,
        "subject": screen.subject if screen else str(found.meeting.id),
        "kind": kind,
        "text": needed_text(form, "noi-dung", "Nội dung"),
        "agency": agency or None,
        "due_on": due_on,
    }


def _asked(content: dict[str, object], found: MeetingPage) -> dict[str, object]:
    """The request for explanation that is written together with the conclusion."""
    names = ("place", "subject_kind", "subject", "agency", "due_on")
    blank = dict.fromkeys(("answer", "answered_on", "answer_document", "verdict", "judged_on"))
    asked = {"question": content["text"], "asked_by": found.meeting.title, "asked_on": found.meeting.held_on}
    return {**{name: content[name] for name in names}, **asked, **blank}


@mutation("/hop/ket-luan/<key>/xong", action=Action.UPDATE, place=whose.conclusion, words="Báo việc đã xong")
def close_in_meeting(writer: Writer, form: Form, key: str) -> str:
    """Note that an assignment was carried out."""
    done_on, document = needed_day(form, "ngay", "Ngày hoàn thành"), needed_text(form, "van-ban", "Số, ký hiệu văn bản")
    if done_on > repository().settings.as_of:
        raise WriteRefusedError("Ngày hoàn thành ở sau hôm nay: sửa rồi gửi lại; chưa ghi gì.")
    meeting = close_assignment(key, done_on, document, writer.author("báo đã xong"))
    if meeting is None:
        raise WriteRefusedError("Không có việc này: mở lại từ phiên họp; chưa ghi gì.")
    return f"/hop/{meeting}"
