"""What a meeting decided and what became of it, in words: the same on every screen and paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dashboard.db.snapshot_values import Snapshot
from dashboard.ui import words
from models.tasks.follow_up import ExplanationRequest
from models.tasks.meeting import Conclusion
from models.tasks.meeting_tasks import Decision
from models.tasks.task_reading import InstanceView
from models.tasks.task_state import DONE, TaskState


class ConclusionKind(StrEnum):
    """What a meeting may record."""

    CONCLUSION = "conclusion"
    ASSIGNMENT = "assignment"
    EXPLANATION = "explanation"


KIND_WORDS: dict[ConclusionKind, str] = {
    ConclusionKind.CONCLUSION: "Kết luận",
    ConclusionKind.ASSIGNMENT: "Giao việc",
    ConclusionKind.EXPLANATION: "Yêu cầu giải trình",
}


@dataclass(frozen=True, slots=True)
class Decided:
    """A conclusion with what became of it, in words; `is_late` when its day passed and nothing came.

    `is_open` while an assignment or a request waits for its end.
    """

    row: Conclusion
    held_on: date
    agency: str
    outcome: str
    is_late: bool
    is_open: bool = False


LATE = frozenset({TaskState.NO_REPORT, TaskState.OVERDUE})
STATE_TOLD: dict[TaskState, str] = {
    TaskState.NO_REPORT: "thời hạn đã qua, chưa có báo cáo",
    TaskState.OVERDUE: "quá hạn chưa hoàn thành",
    TaskState.IN_PART: "mới báo cáo một phần, chưa đủ để coi là xong",
    TaskState.OPEN: "còn trong hạn, chưa có báo cáo",
}


def decided_of(item: Decision, snapshot: Snapshot) -> Decided:
    """One conclusion with what became of it by the moment of the snapshot."""
    row = item.row
    agency = snapshot.agencies[row.agency].name if row.agency else ""
    if row.kind == ConclusionKind.EXPLANATION:
        request = next((r for r in snapshot.follow.requests if r.key == row.explanation), None)
        is_late = row.due_on is not None and row.due_on < snapshot.moment.as_of and _is_open(request)
        return Decided(row, item.held_on, agency, _explained(request, is_late=is_late), is_late, _is_open(request))
    if row.kind == ConclusionKind.ASSIGNMENT:
        found = _instance(row, snapshot)
        is_late = found is not None and found.state in LATE
        is_open = found.state not in DONE if found else row.done_on is None
        return Decided(row, item.held_on, agency, _done(row, found), is_late, is_open)
    return Decided(row, item.held_on, agency, "", is_late=False)


def _is_open(request: ExplanationRequest | None) -> bool:
    return request is None or request.answered_on is None


def _explained(request: ExplanationRequest | None, *, is_late: bool) -> str:
    if request is None or request.answered_on is None:
        return "chưa giải trình, đã quá hạn" if is_late else "chưa giải trình"
    verdict = {"accepted": ", được chấp nhận", "rejected": ", không được chấp nhận"}.get(request.verdict or "", "")
    return f"đã giải trình ngày {words.day(request.answered_on)}{verdict}"


def _instance(row: Conclusion, snapshot: Snapshot) -> InstanceView | None:
    view = next((view for view in snapshot.follow.tasks if view.task.key == row.key), None)
    return view.instances[0] if view and view.instances else None


def _done(row: Conclusion, item: InstanceView | None) -> str:
    if item is None:  # recorded after the moment one looks from
        return f"đã xong ngày {words.day(row.done_on)} theo {row.done_document}" if row.done_on else "chưa xong"
    latest = item.latest
    if item.state in DONE and latest is not None:
        late = ", quá hạn" if item.state is TaskState.DONE_LATE else ""
        return f"đã xong ngày {words.day(latest.done_on)} theo {latest.document_number}{late}"
    told = STATE_TOLD.get(item.state, words.TASK_STATE_WORDS[item.state].lower())
    if latest is None:
        return told
    told = "đang thực hiện" if item.state is TaskState.OPEN else told
    return f"{told} (báo cáo ngày {words.day(latest.reported_on)}: {latest.progress})" if latest.progress else told
