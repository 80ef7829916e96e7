"""What a meeting may record and what became of it: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.tasks.meeting import Conclusion


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
