"""Plain values of a meeting: what data hands to the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dashboard.db.snapshot_values import Snapshot
from models.targets.changes import Change
from models.targets.reading import GapView, Moment
from models.tasks.meeting import Conclusion, Meeting
from models.tasks.task_reading import TaskView


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
WHOLE, PROMISE, TASK = "meeting", "promise", "task"  # what a screen or a conclusion is about


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


@dataclass(frozen=True, slots=True)
class Screen:
    """One thing to talk about: a promise or a task, what was decided of it last time and what is decided now."""

    subject_kind: str
    subject: str
    place: str
    gap: GapView | None
    task: TaskView | None
    leads: tuple[str, ...]
    decided: tuple[Decided, ...]
    recorded: tuple[Decided, ...]


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting as it was frozen. `is_intact` says that it still shows the numbers it was opened with."""

    meeting: Meeting
    snapshot: Snapshot
    screens: tuple[Screen, ...]
    recorded: tuple[Decided, ...]
    previous: Meeting | None
    previous_decided: tuple[Decided, ...]
    changes: tuple[Change, ...]
    is_intact: bool

    @property
    def place_name(self) -> str:
        """The place the meeting is about."""
        slug = self.meeting.place
        return self.snapshot.places[slug].full_name if slug else "mọi địa bàn"


def moment_of(meeting: Meeting) -> Moment:
    """From where a meeting looks, for ever."""
    return Moment(as_of=meeting.held_on, known_on=meeting.known_on, recorded_at=meeting.recorded_at)


@dataclass(frozen=True, slots=True)
class JobView:
    """Long work as a page shows it; `is_lost` as models/tasks/jobs.py says, `ahead` how many come before one that waits."""

    id: int
    status: str
    done_count: int
    total_count: int
    message: str
    meeting_id: int | None
    started_at: datetime
    is_lost: bool
    ahead: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.status in ("done", "failed") or self.is_lost

    @property
    def is_waiting(self) -> bool:
        """Whether its turn has not come yet."""
        return self.status == "waiting" and not self.is_lost
