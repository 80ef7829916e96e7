"""Plain values of a meeting: what data hands to the pages."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.decided import Decided
from models.targets.changes import Change
from models.targets.reading import GapView, Moment
from models.tasks.meeting import Meeting
from models.tasks.task_reading import TaskView

WHOLE, PROMISE, TASK = "meeting", "promise", "task"  # what a screen or a conclusion is about


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
