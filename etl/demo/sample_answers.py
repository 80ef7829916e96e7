"""Invented requests, petitions, steps, official values and remarks for a trial; each text says "mô phỏng"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from etl.demo.sample_follow import MARK, Row
from models.register.organization import LegalStatus, OperatingState, Organization
from models.targets.observation import Observation
from models.targets.programme import Target
from models.tasks.task_reading import TaskView

TOPICS = (
    ("đất đai", "Chưa được thuê đất làm trụ sở, kho sơ chế"),
    ("tín dụng", "Khó vay vốn vì không có tài sản bảo đảm"),
    ("thị trường", "Chưa có hợp đồng bao tiêu ổn định cho thành viên"),
    ("cán bộ", "Cần lớp bồi dưỡng kế toán cho hợp tác xã mới thành lập"),
)
STEPS = (
    ("Mời người đại diện đến làm việc, lập biên bản", "Ủy ban nhân dân xã mô phỏng"),
    ("Hướng dẫn hồ sơ giải thể tự nguyện", "Phòng Kinh tế mô phỏng"),
    ("Lấy ý kiến thành viên về chuyển đổi", "Tổ công tác mô phỏng"),
)
STUCK = (OperatingState.STOPPED, OperatingState.AWAITING_DISSOLUTION, OperatingState.NOT_CONVERTED)


def request_rows(session: Session, tasks: Sequence[TaskView], as_of: date) -> list[Row]:
    """Requests about promises and tasks: overdue, open, answered, accepted and rejected ones."""
    promises = select(Target).where(col(Target.superseded_at).is_(None), col(Target.horizon) == 2030)
    targets = list(session.scalars(promises.order_by(col(Target.place), col(Target.position))))[::5]
    about = [(row.place, "promise", row.key, "so-tai-chinh") for row in targets]
    about += [(v.task.place, "task", v.task.key, str(v.task.leads[0])) for v in tasks[::17] if v.task.leads]
    return [
        {"key": f"gt-{number:04d}"} | _request(place, kind, subject, agency, number, as_of)
        for number, (place, kind, subject, agency) in enumerate(about, start=1)
    ]


def _request(place: str, kind: str, subject: str, agency: str, number: int, as_of: date) -> Row:
    asked = as_of - timedelta(days=20 + 11 * (number % 7))
    is_answered, verdict = number % 4 > 1, ("accepted", "rejected", None)[number % 3]
    judged = asked + timedelta(days=18) if is_answered and verdict else None
    return {
        "place": place,
        "subject_kind": kind,
        "subject": subject,
        "agency": agency,
        "question": f"Nêu nguyên nhân chậm so với kế hoạch và việc sẽ làm trong quý tới {MARK}.",
        "asked_by": f"Văn phòng Ban Chỉ đạo {MARK}",
        "asked_on": asked,
        "due_on": asked + timedelta(days=45),
        "answer": f"Chậm do thay đổi đầu mối sau sắp xếp; đã giao lại, hoàn thành trong quý tới {MARK}."
        if is_answered
        else None,
        "answered_on": asked + timedelta(days=12) if is_answered else None,
        "answer_document": f"{200 + number}/CV-MP {MARK}" if is_answered else None,
        "verdict": verdict if is_answered else None,
        "judged_on": judged,
    }


def petition_rows(places: Sequence[str], as_of: date) -> list[Row]:
    """Petitions of four months a place: not assigned, open, overdue and answered ones."""
    rows = []
    for number in range(1, 6 * len(places) + 1):
        raised = as_of - timedelta(days=14 + 17 * (number % 7))
        (topic, text), is_assigned, is_answered = TOPICS[number % 4], number % 5 > 0, number % 5 > 2
        row = {"place": places[number % len(places)], "raised_on": raised, "topic": f"{topic} {MARK}"}
        kind, raiser = (("organisation", "HTX"), ("commune", "Xã"))[number % 2]
        row |= {"key": f"kn-{number:04d}", "raised_by_kind": kind, "raised_by": f"{raiser} mô phỏng {number}"}
        row |= {"text": f"{text} {MARK}.", "agency": "so-tai-chinh" if is_assigned else None}
        row |= {"assigned_on": raised + timedelta(days=3) if is_assigned else None}
        row |= {"due_on": raised + timedelta(days=33) if is_assigned else None}
        row |= {"answer": f"Đã hướng dẫn hồ sơ và nơi nộp {MARK}." if is_answered else None}
        row |= {"answered_on": raised + timedelta(days=12) if is_answered else None}
        rows.append(row | {"answer_document": f"{300 + number}/CV-MP {MARK}" if is_answered else None})
    return rows


def step_rows(session: Session, as_of: date) -> list[Row]:
    """Who settles every third organisation that stopped or waits; some days have passed, some are to come."""
    is_stuck = col(Organization.operating_state).in_(STUCK) | (col(Organization.legal_status) == LegalStatus.DISSOLVING)
    statement = select(col(Organization.id)).where(is_stuck, col(Organization.is_demo), ~col(Organization.is_withdrawn))
    rows = []
    for number, ident in enumerate(list(session.scalars(statement.order_by(col(Organization.id))))[::3]):
        step, responsible = STEPS[number % len(STEPS)]
        said = {"responsible": responsible, "next_step": f"{step} {MARK}", "note": ""}
        due = as_of + timedelta(days=(-21, 12, 40)[number % 3])
        rows.append({"key": str(ident), "organization_id": ident, **said, "due_on": due})
    return rows


def official_rows(session: Session, publisher: str, as_of: date) -> list[Row]:
    """The invented publisher's values of one year, every third of them marked official."""
    chosen = col(Observation.publisher) == publisher, col(Observation.superseded_at).is_(None)
    statement = select(Observation).where(*chosen, col(Observation.period_end) == date(2024, 12, 31))
    rows: dict[str, Row] = {}
    for row in list(session.scalars(statement.order_by(col(Observation.key))))[::3]:
        key = f"{row.place}/{row.indicator}/{row.period_end}"
        content: Row = {"key": key, "place": row.place, "indicator": row.indicator, "period_end": row.period_end}
        content |= {"observation_key": row.key, "value": row.value, "definition": row.definition}
        rows[key] = content | {"reason": f"Số đã đối chiếu với Chi cục Thống kê {MARK}", "decided_on": as_of}
    return list(rows.values())


def remark_rows(places: Sequence[str]) -> list[dict[str, Any]]:
    """What readers say is wrong: one waits, one is answered."""
    text = f"Số hợp tác xã năm 2024 khác với báo cáo của huyện {MARK}."
    first, second = places[0], places[-1]
    reporter = f"Người đọc {MARK}"
    return [
        {"address": f"/tinh/{first}", "subject": f"Số hợp tác xã {MARK}", "text": text, "reporter": reporter},
        {
            "address": f"/tinh/{second}",
            "subject": f"Số thành viên {MARK}",
            "text": f"Đơn vị tính có vẻ là hộ, không phải người {MARK}.",
            "reporter": reporter,
            "answer": f"Đã kiểm tra nguồn: đúng là người, giữ nguyên {MARK}.",
            "answered_by": f"Cán bộ {MARK}",
        },
    ]
