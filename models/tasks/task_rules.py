"""What may honestly be said about a task on a day. Pure: no session, no clock, no words.

A task is followed by its instances: what recurs has one for each of its periods, every other task has one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.base.day_limits import LAST_DAY
from models.tasks.deadline import read_deadline
from models.tasks.deadline_rhythms import YearlyTurn, default_turns, due_day
from models.tasks.periods import period_code
from models.tasks.task_parts import SINGLE, Parts
from models.tasks.task_state import (
    DATED,
    DONE,
    RECURRING,
    DeadlineKind,
    ReportOutcome,
    TaskState,
    is_born_late,
    rhythm_day,
)

END_OF_YEAR = (12, 31)
LONGEST_RHYTHM = 100  # years: what recurs is followed so far back from the last year, whatever day is stored


@dataclass(frozen=True, slots=True)
class Duty:
    """What the rules need to know of a task and of the programme it stands in.

    What recurs has its `turns` of a year; `starts_on` and `due_on` then are the period that limits it, if any.
    """

    kind: DeadlineKind
    issued_on: date
    due_on: date | None = None
    deadline_text: str = ""
    starts_on: date | None = None
    turns: tuple[YearlyTurn, ...] = ()
    reporting: Mapping[str, Any] | None = None
    is_done_in_document: bool = False
    parts: Parts = SINGLE

    @property
    def is_born_late(self) -> bool:
        """Whether the printed day had passed before the programme was issued."""
        return self.kind not in RECURRING and is_born_late(self.due_on, self.issued_on)


@dataclass(frozen=True, slots=True)
class Answer:
    """One report: what it says, the day it was made, and for a finished task the day it was finished.

    `is_by_lead` is false where it names an office that the task was not given to. `office` is the one of several it
    speaks for and `product` the one of several documents it is about, None where it does not say.
    """

    outcome: ReportOutcome
    reported_on: date
    done_on: date | None = None
    is_by_lead: bool = True
    office: str | None = None
    product: str | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a conditional task waited for has happened; `due_on` where a document then set a day."""

    happened_on: date
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Instance:
    """One thing to be done by a day; `year` only where the task recurs, `due_on` only where there is a day.

    `period` names the part of the year ("2024-Q2") where a year has several.
    """

    year: int | None
    due_on: date | None
    period: str | None = None


def yearly_due(duty: Duty, year: int) -> date:
    """The last day on time of a yearly task: its own day, else the province's reporting day, else 31/12."""
    return _due(duty, year, duty.turns[-1] if duty.turns else YearlyTurn(END_OF_YEAR[0]))


def _due(duty: Duty, year: int, turn: YearlyTurn) -> date:
    if turn.due is not None:
        return due_day(year + turn.is_next_year, turn.due)
    own = rhythm_day(dict(duty.reporting) if duty.reporting else None, duty.kind, year, turn.last_month)
    return own or due_day(year, (turn.last_month, END_OF_YEAR[1]))


def years_to_report(duty: Duty, last_year: int) -> list[int]:
    """The years from the first reporting day after the programme's issue to `last_year`, a hundred at most."""
    first = duty.issued_on.year if yearly_due(duty, duty.issued_on.year) > duty.issued_on else duty.issued_on.year + 1
    last = min(last_year, LAST_DAY.year)
    if duty.starts_on is not None and duty.kind in RECURRING:
        first = max(first, duty.starts_on.year)
    if duty.due_on is not None and duty.kind in RECURRING:
        last = min(last, duty.due_on.year)
    return list(range(max(first, last - LONGEST_RHYTHM + 1), last + 1))


def instances(duty: Duty, last_year: int, trigger: Trigger | None = None) -> list[Instance]:
    """The instances up to `last_year`; the day of a conditional task is known only after its trigger."""
    if duty.kind in RECURRING:
        return [item for year in years_to_report(duty, last_year) for item in _of_year(duty, year)]
    if duty.kind is DeadlineKind.CONDITIONAL:
        return [Instance(None, _day_after_trigger(duty, trigger))]
    return [Instance(None, duty.due_on if duty.kind in DATED else None)]


def _of_year(duty: Duty, year: int) -> list[Instance]:
    """The instances of a year whose day comes after the issue; a year with one instance has no part to name."""
    turns = duty.turns or default_turns(duty.kind)
    named = [(turn, _due(duty, year, turn)) for turn in turns]
    return [
        Instance(year, due_on, period_code(duty.kind, year, turn.last_month) if len(turns) > 1 else None)
        for turn, due_on in named
        if due_on > duty.issued_on
    ]


def _day_after_trigger(duty: Duty, trigger: Trigger | None) -> date | None:
    """The day set after the trigger, else the last printed day unless the trigger itself came later."""
    if trigger is None or trigger.due_on is not None:
        return trigger.due_on if trigger else None
    printed = read_deadline(duty.deadline_text)
    last = printed.due_on if printed else None
    return last if last is not None and last >= trigger.happened_on else None


def state_of(
    duty: Duty, instance: Instance, answers: Sequence[Answer], as_of: date, trigger: Trigger | None = None
) -> TaskState:
    """The one state of an instance on a day; `answers` run from the oldest to the newest.

    "Overdue" needs a report made after the last day that says the task is unfinished. A task born late is
    never late or overdue. What several offices or several documents must do is `in_part` until each office asked (or
    the stated share of them) and each document is reported as done; where the list of a group is not known it stays
    so. Nor does a report by an office that is none of the leads finish anything. Reports and triggers after the
    day are not known yet and are ignored.
    """
    known: Sequence[Answer] = [answer for answer in answers if answer.reported_on <= as_of]
    if duty.kind is DeadlineKind.CONTINUOUS:
        return TaskState.CONTINUOUS
    if duty.is_done_in_document:
        return TaskState.DONE_ON_TIME
    if not duty.parts.is_single:
        known, told = _of_several(duty, instance, known)
        if told is not None:
            return told
    elif known and known[-1].outcome is ReportOutcome.DONE:
        by_lead = [answer for answer in known if answer.outcome is ReportOutcome.DONE and answer.is_by_lead]
        return _finished(duty, instance, by_lead[-1] if by_lead and not known[-1].is_by_lead else known[-1])
    if duty.kind is DeadlineKind.CONDITIONAL and (trigger is None or trigger.happened_on > as_of):
        return TaskState.WAITING
    if instance.due_on is None:
        return TaskState.UNCLEAR
    return _unfinished(duty, instance.due_on, known, as_of)


def _of_several(duty: Duty, instance: Instance, known: Sequence[Answer]) -> tuple[Sequence[Answer], TaskState | None]:
    """Hold the newest answer about each office and document against all that are asked.

    Gives the answers that say something is unfinished, and the state when it does not rest on them: an office that
    says after the last day that it is not finished is overdue, whoever else is.
    """
    newest = {(answer.office, answer.product): answer for answer in known}
    done = [a for a in newest.values() if a.outcome is ReportOutcome.DONE]
    unfinished = sorted((a for a in newest.values() if a not in done), key=lambda a: a.reported_on)
    if not done:
        return known, None
    days = ((a.office, a.product, a.done_on or a.reported_on) for a in done if a.is_by_lead)
    finished_on = duty.parts.finished_on(days)
    if finished_on is not None:
        return unfinished, _done_on(duty, instance, finished_on)
    is_past = instance.due_on is not None and any(a.reported_on > instance.due_on for a in unfinished)
    return unfinished, None if is_past else TaskState.IN_PART


def _finished(duty: Duty, instance: Instance, answer: Answer) -> TaskState:
    if not answer.is_by_lead:
        return TaskState.IN_PART
    return _done_on(duty, instance, answer.done_on or answer.reported_on)


def _done_on(duty: Duty, instance: Instance, done_on: date) -> TaskState:
    is_late = instance.due_on is not None and done_on > instance.due_on and not duty.is_born_late
    return TaskState.DONE_LATE if is_late else TaskState.DONE_ON_TIME


def _unfinished(duty: Duty, due_on: date, known: Sequence[Answer], as_of: date) -> TaskState:
    if as_of <= due_on:
        return TaskState.OPEN
    if not known or known[-1].reported_on <= due_on:
        return TaskState.NO_REPORT
    return TaskState.UNCLEAR if duty.is_born_late else TaskState.OVERDUE


@dataclass(frozen=True, slots=True)
class Rates:
    """Two shares of finished work, each with its own base; what nobody reported about stands in neither.

    `reported` counts every instance but the unreported ones; `due` those of them whose last day has passed.
    `in_part` are those of `reported` about which one of several has reported: in the base, not finished.
    A share (0 to 100) is None where its base is empty.
    """

    done: int
    reported: int
    due_done: int
    due: int
    unreported: int
    in_part: int = 0

    @property
    def of_all(self) -> float | None:
        """Finished among all that were reported about or are not due yet."""
        return 100 * self.done / self.reported if self.reported else None

    @property
    def of_due(self) -> float | None:
        """Finished among those whose last day has passed and that were reported about."""
        return 100 * self.due_done / self.due if self.due else None


def rates(items: Iterable[tuple[TaskState, date | None]], as_of: date) -> Rates:
    """Both shares over states with their last days."""
    told = list(items)
    known = [(state, due_on) for state, due_on in told if state is not TaskState.NO_REPORT]
    due = [state for state, due_on in known if due_on is not None and due_on < as_of]
    return Rates(
        done=sum(state in DONE for state, _ in known),
        reported=len(known),
        due_done=sum(state in DONE for state in due),
        due=len(due),
        unreported=len(told) - len(known),
        in_part=sum(state is TaskState.IN_PART for state, _ in known),
    )


def count_states(states: Iterable[TaskState]) -> tuple[tuple[TaskState, int], ...]:
    """How many are in each state in official order, states that do not occur left out."""
    counts = Counter(states)
    return tuple((state, counts[state]) for state in TaskState if counts[state])
