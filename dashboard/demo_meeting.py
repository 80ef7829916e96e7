"""`python -m dashboard.demo_meeting`: one held meeting for a trial, with what it decided; only with DEMO=1."""

from __future__ import annotations

import sys
from datetime import timedelta

from dashboard.app import create_app
from dashboard.db.read_session import repository
from dashboard.meetings.data.meetings import (
    build_meeting,
    close_assignment,
    list_meetings,
    record_conclusion,
    start_meeting,
)
from dashboard.meetings.values import MeetingPage, Screen
from dashboard.tasks.decided import ConclusionKind
from models.config.settings import Settings, read_settings
from models.tasks.follow_writing import Author

WHO = Author("mô phỏng", "dữ liệu dùng thử (mô phỏng)")
HORIZON = 2030
BEFORE = timedelta(days=30)
DECIDED = (
    (ConclusionKind.CONCLUSION, "Thống nhất số liệu; rà soát lại cách tính trước kỳ họp sau (mô phỏng)."),
    (ConclusionKind.ASSIGNMENT, "Trình kế hoạch đẩy nhanh tiến độ đến cuối năm (mô phỏng)."),
    (ConclusionKind.ASSIGNMENT, "Báo cáo nguyên nhân và phương án xử lý (mô phỏng)."),
)


def hold_meeting() -> int | None:
    """Open one meeting on what was known a month ago and note what it decided; None where one was already held."""
    if list_meetings():
        return None
    known_on = repository().settings.as_of - BEFORE
    number = start_meeting(None, HORIZON, known_on, "Phiên họp mô phỏng của Ban Chỉ đạo", (), WHO)
    found = build_meeting(number)
    if found is None:
        return None
    keys = [_decide(found, screen, *said) for screen, said in zip(found.screens, DECIDED, strict=False)]
    if len(keys) == len(DECIDED):
        close_assignment(keys[-1], known_on + timedelta(days=20), "15/BC-MP (mô phỏng)", WHO)
    return number


def _decide(found: MeetingPage, screen: Screen, kind: ConclusionKind, text: str) -> str:
    is_assigned = kind is ConclusionKind.ASSIGNMENT
    content = {
        "meeting_id": found.meeting.id,
        "place": screen.place,
        "subject_kind": screen.subject_kind,
        "subject": screen.subject,
        "kind": kind.value,
        "text": text,
        "agency": "so-tai-chinh" if is_assigned else None,
        "due_on": found.meeting.held_on + timedelta(days=25) if is_assigned else None,
    }
    return record_conclusion(content, WHO)


def main(settings: Settings) -> int:
    """Hold the meeting; 1 when the database is not one for trials."""
    if not settings.is_demo:
        sys.stderr.write("Chỉ tạo phiên họp mô phỏng trong cơ sở dữ liệu mô phỏng. Đặt DEMO=1 và DATABASE_URL riêng.\n")
        return 1
    app = create_app(settings)
    with app.server.app_context():
        number = hold_meeting()
    sys.stderr.write(f"Đã mở phiên họp mô phỏng số {number}\n" if number else "Đã có phiên họp, không mở thêm\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(read_settings()))
