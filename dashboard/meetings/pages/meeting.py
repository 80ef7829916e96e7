"""`/hop/<id>?trang=N`: a meeting for the projector, frozen as it was opened; G records, arrows turn the page."""

from __future__ import annotations

from dashboard.access import owner_place as whose
from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.meetings.data.meetings import build_meeting, close_assignment, record_conclusion
from dashboard.meetings.pages.papers import papers_form, papers_list
from dashboard.meetings.parts.screen import (
    agenda,
    changes_list,
    decided_line,
    decided_list,
    frame,
    promise_screen,
    task_screen,
)
from dashboard.meetings.values import WHOLE, MeetingPage, Screen
from dashboard.reports.data.papers import list_papers
from dashboard.tasks.decided import KIND_WORDS, ConclusionKind, Decided
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.arguments import read_id
from dashboard.ui.form import choice_field, hidden, long_field, text_field
from dashboard.ui.html import Element
from dashboard.ui.markup import fold
from dashboard.web import errors
from dashboard.web.form_values import day, needed_day, needed_text, text, whole
from dashboard.web.mutations import Form, Writer, WriteRefusedError, change_form, mutation, why_no_form
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from models.accounts.rights import Action
from models.places.place import COUNTRY

PATH = "/hop"
PAPERS_AT_ONCE = 5


@page("/hop/<int:number>", title="Phiên họp", right=VIEW)
def _layout(snapshot: Snapshot, view: View, number: int = 0, trang: str = "1", **_: str) -> Element:
    found = build_meeting(number)
    last = len(found.screens) + 2 if found else 0
    page = read_id(trang)
    if found is None or page is None or page > last:
        return errors.not_found(view, "Không có màn hình này của phiên họp.", "Mở lại từ danh sách phiên họp.")
    if page == 1:
        return frame(found, page, last, _opening(found))
    if page == last:
        return frame(found, page, last, _closing(found))
    screen = found.screens[page - 2]
    content = promise_screen(screen, found) if screen.gap else task_screen(screen, found)
    return frame(found, page, last, [*content, _record_form(found, screen, page)])


def _opening(found: MeetingPage) -> list[Element | None]:
    meeting = found.meeting
    waiting = [item for item in found.previous_decided if item.row.kind != ConclusionKind.CONCLUSION]
    late = sum(item.is_late for item in waiting)
    lead = f"{len(found.screens)} mục, xếp từ xấu nhất; số liệu biết đến {words.day(meeting.known_on)}."
    since = f"Phiên trước giao {len(waiting)} việc và yêu cầu giải trình, {late} quá hạn." if waiting else None
    none = None if found.previous else html.P("Đây là phiên đầu tiên, chưa có kết luận kỳ trước.", className="said")
    return [
        html.P(f"{found.place_name} · cam kết {meeting.horizon}", className="over"),
        html.H1(meeting.title),
        html.P(lead, className="said"),
        html.P(since, className="said") if since else none,
        decided_list("Kết luận kỳ trước và việc đã làm", found.previous_decided),
        changes_list(found),
        agenda(found),
    ]


def _closing(found: MeetingPage) -> list[Element | None]:
    number = found.meeting.id or 0
    rows = [html.Li([*decided_line(item), _done_form(item)]) for item in found.recorded]
    told = html.Div(html.Ul(rows), className="decided") if rows else html.P("Chưa ghi kết luận nào.", className="said")
    return [
        html.P(f"{found.place_name} · {words.day(found.meeting.held_on)}", className="over"),
        html.H1(f"{len(rows)} kết luận, giao việc và yêu cầu giải trình đã ghi"),
        told,
        _papers(found, number),
        _record_form(found, None, len(found.screens) + 2),
        _papers_form(f"/hop/{number}/tai-lieu"),
    ]


def _papers(found: MeetingPage, number: int) -> Element:
    """The papers handed out; more than a few stand behind a fold, for the screen ends at the fold of the wall."""
    papers = list_papers(meeting=number)
    told = papers_list(papers, found.snapshot)
    if len(papers) > PAPERS_AT_ONCE:
        told = fold(f"Xem {len(papers)} tài liệu", told)
    return html.Div([html.H2("Tài liệu đã phát hành của phiên"), told], className="decided")


def _papers_form(address: str) -> Element | None:
    if why_no_form(address):
        return None
    return fold("Làm tài liệu của phiên", papers_form(address), kind="record")


def _record_form(found: MeetingPage, screen: Screen | None, page: int) -> Element | None:
    """What was decided, for those who may write it down; others have no use for it on the wall."""
    address = f"{PATH}/{found.meeting.id}/ghi"
    if why_no_form(address):
        return None
    agencies = [(code, item.name) for code, item in found.snapshot.agencies.items() if item.valid_to is None]
    form = change_form(
        address,
        hidden("trang", page),
        choice_field("Loại", "loai", [(kind.value, word) for kind, word in KIND_WORDS.items()]),
        long_field("Nội dung", "noi-dung"),
        choice_field("Cơ quan (khi giao việc, yêu cầu giải trình)", "co-quan", [("", "–"), *agencies]),
        text_field("Hạn", "han", hint="ngày/tháng/năm", required=False),
        submit="Ghi vào phiên họp",
    )
    about = "mục này" if screen else "cả phiên"
    return html.Details([html.Summary(f"Ghi kết luận cho {about} (G)"), form], id="ghi", className="record")


def _done_form(item: Decided) -> Element | None:
    address = f"/hop/ket-luan/{item.row.key}/xong"
    if item.row.kind != ConclusionKind.ASSIGNMENT or item.row.done_on is not None or why_no_form(address):
        return None
    form = change_form(
        address,
        text_field("Ngày hoàn thành", "ngay", hint="ngày/tháng/năm"),
        text_field("Số, ký hiệu văn bản chứng minh", "van-ban"),
        submit="Ghi đã xong",
        kind="plain",
    )
    return fold("Báo đã xong", form, kind=None)


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
    record_conclusion(content, writer.author("ghi trong phiên họp"), asked)
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
