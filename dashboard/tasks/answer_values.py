"""What the pages of explanations and petitions show, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from models.tasks.follow_up import ExplanationRequest, Petition


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request with the words of what it is about; `days_late` is 0 unless it is overdue and unanswered."""

    row: ExplanationRequest
    subject: str
    days_late: int


@dataclass(frozen=True, slots=True)
class PetitionLine:
    """One petition; `days_late` is 0 unless it has a day, is unanswered and the day has passed."""

    row: Petition
    days_late: int


@dataclass(frozen=True, slots=True)
class MonthLine:
    """What one month brought, and what became of it until now."""

    year: int
    month: int
    raised: int
    assigned: int
    answered: int
    overdue: int


@dataclass(frozen=True, slots=True)
class PetitionPage:
    """Petitions in order of urgency and the monthly summary, newest month first."""

    lines: tuple[PetitionLine, ...]
    months: tuple[MonthLine, ...]
