"""Requests for explanation and petitions: overdue ones first, and what each month brought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.db.snapshot_values import Snapshot
from dashboard.ui.arguments import first
from models.tasks.follow_up import ExplanationRequest, Petition

ANSWER_STATES = {"chua-tra-loi": "Chưa trả lời", "qua-han": "Quá hạn trả lời", "da-tra-loi": "Đã trả lời"}


@dataclass(frozen=True, slots=True)
class AnswerFilter:
    """Which requests or petitions are meant; empty means everything."""

    place: str = ""
    agency: str = ""
    state: str = ""

    def has(self, row: ExplanationRequest | Petition, days_late: int, as_of: date) -> bool:
        """Whether a row is meant."""
        is_open = _is_open(row, as_of)
        of_state = {"chua-tra-loi": is_open, "qua-han": days_late > 0, "da-tra-loi": not is_open}
        return (
            (not self.place or row.place == self.place)
            and (not self.agency or row.agency == self.agency)
            and of_state.get(self.state, True)
        )


def read_answer_filter(args: Mapping[str, object]) -> AnswerFilter:
    """Read the filter from an address; an unknown state counts as none."""
    place, agency, state = (first(args.get(name)) for name in ("dia-ban", "co-quan", "tinh-trang"))
    return AnswerFilter(place, agency, state if state in ANSWER_STATES else "")


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


def build_requests(snapshot: Snapshot, chosen: AnswerFilter | None = None) -> tuple[RequestLine, ...]:
    """Overdue and unanswered ones first (the longest first), then open ones by day, then the answered ones."""
    as_of = snapshot.moment.as_of
    lines = [
        RequestLine(row, _subject(row, snapshot), max(0, (as_of - row.due_on).days) if _is_open(row, as_of) else 0)
        for row in snapshot.follow.requests
    ]
    lines = [line for line in lines if chosen is None or chosen.has(line.row, line.days_late, as_of)]
    return tuple(sorted(lines, key=lambda line: (not _is_open(line.row, as_of), -line.days_late, line.row.due_on)))


def _is_open(row: ExplanationRequest | Petition, as_of: date) -> bool:
    return row.answered_on is None or row.answered_on > as_of


def _subject(row: ExplanationRequest, snapshot: Snapshot) -> str:
    if row.subject_kind == "task":
        return next((view.task.title for view in snapshot.follow.tasks if view.task.key == row.subject), row.subject)
    indicator = snapshot.indicators.get(row.subject.split("/")[1]) if row.subject.count("/") > 1 else None
    horizon = row.subject.rsplit("/", 1)[-1]
    return f"Cam kết {horizon}: {indicator.name}" if indicator else row.subject


def build_petitions(snapshot: Snapshot, chosen: AnswerFilter | None = None) -> PetitionPage:
    """All petitions, overdue ones first, with a summary by the month they were raised in."""
    as_of = snapshot.moment.as_of
    lines = [PetitionLine(row, _days_late(row, as_of)) for row in snapshot.follow.petitions]
    lines = [line for line in lines if chosen is None or chosen.has(line.row, line.days_late, as_of)]
    ordered = sorted(lines, key=lambda line: (not _is_open(line.row, as_of), -line.days_late, line.row.raised_on))
    return PetitionPage(tuple(ordered), _months(lines, as_of))


def _days_late(row: Petition, as_of: date) -> int:
    if row.due_on is None or not _is_open(row, as_of):
        return 0
    return max(0, (as_of - row.due_on).days)


def _months(lines: list[PetitionLine], as_of: date) -> tuple[MonthLine, ...]:
    found: dict[tuple[int, int], list[PetitionLine]] = defaultdict(list)
    for line in lines:
        found[line.row.raised_on.year, line.row.raised_on.month].append(line)
    return tuple(
        MonthLine(
            year=year,
            month=month,
            raised=len(few),
            assigned=sum(line.row.agency is not None for line in few),
            answered=sum(not _is_open(line.row, as_of) for line in few),
            overdue=sum(line.days_late > 0 for line in few),
        )
        for (year, month), few in sorted(found.items(), reverse=True)
    )
