"""Tasks with everything that happened to them, as known at one moment: plain values without a session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base.facts import Fact
from models.targets.programme import Programme
from models.targets.reading import Moment, PlaceView, current, detached, read_places, read_programmes
from models.tasks.deadline import read_deadline
from models.tasks.deadline_rhythms import YearlyTurn, default_turns
from models.tasks.follow_up import ExplanationRequest, Petition, TaskProduct, TaskReport, TaskTrigger
from models.tasks.meeting_tasks import Assignment, Decision, assignments, read_decisions
from models.tasks.task import Task
from models.tasks.task_members import read_members
from models.tasks.task_offices import read_offices
from models.tasks.task_parts import SINGLE, Parts, parts_of
from models.tasks.task_rules import Answer, Duty, Instance, Trigger, instances, state_of, yearly_due, years_to_report
from models.tasks.task_state import DECEMBER, DONE, RECURRING, DeadlineKind, ReportOutcome, TaskOrigin, TaskState

FactT = TypeVar("FactT", bound=Fact)


@dataclass(frozen=True, slots=True)
class InstanceView:
    """One instance with its state and the reports known by then, oldest first."""

    year: int | None
    due_on: date | None
    state: TaskState
    reports: tuple[TaskReport, ...] = ()
    period: str | None = None
    parts: Parts = SINGLE
    answers: tuple[Answer, ...] = ()

    @property
    def latest(self) -> TaskReport | None:
        """The report that counts."""
        return self.reports[-1] if self.reports else None

    def wants_attention(self, on: date) -> bool:
        """Whether the last day is over and the work is not known to be finished by everybody."""
        is_past = self.due_on is not None and self.due_on < on
        return self.state in (TaskState.OVERDUE, TaskState.NO_REPORT) or (self.state is TaskState.IN_PART and is_past)

    @property
    def finished(self) -> tuple[TaskReport, ...]:
        """The reports that say it is done: one of each office or document where a task has several."""
        return tuple(report for report in self.reports if report.outcome == ReportOutcome.DONE)

    @property
    def done_offices(self) -> frozenset[str]:
        """The offices asked whose newest report says that it is done."""
        newest = {answer.office: answer.outcome for answer in self.answers}
        return frozenset(code for code in self.parts.asked_offices if newest.get(code) is ReportOutcome.DONE)

    @property
    def done_products(self) -> frozenset[str]:
        """The documents ordered beside each other that are reported as done."""
        newest = {answer.product: answer.outcome for answer in self.answers}
        return frozenset(product for product in self.parts.products if newest.get(product) is ReportOutcome.DONE)


@dataclass(frozen=True, slots=True)
class YearlyReport:
    """The yearly report on a continuous task: its last day on time and the report, if it is in."""

    year: int
    due_on: date
    report: TaskReport | None


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task with its instances, oldest first; a heading has none and speaks through its children.

    `territory_ended_on` is set where the place was merged: the duty stands in the document, and who carries it on
    is for the new province to decide.
    """

    task: Task
    duty: Duty
    instances: tuple[InstanceView, ...]
    yearly_reports: tuple[YearlyReport, ...]
    trigger: TaskTrigger | None
    products: tuple[TaskProduct, ...]
    territory_ended_on: date | None

    def at(self, year: int) -> InstanceView | None:
        """The instance of that year: the first not known to be finished, else the last.

        A task that does not recur has one instance for all years.
        """
        found = [item for item in self.instances if item.year in (None, year)]
        return next((item for item in found if item.state not in DONE), found[-1] if found else None)

    def parts_of(self, period: str | None) -> Parts:
        """Whom and what the instance of that period asks for; of a task that does not recur its only one."""
        found = (item.parts for item in self.instances if period in (item.period, str(item.year)) or not item.year)
        return next(found, self.duty.parts)

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods a report may be about, oldest first; empty where the task does not recur."""
        if self.duty.kind is DeadlineKind.CONTINUOUS:
            return tuple(str(report.year) for report in self.yearly_reports)
        return tuple(item.period or str(item.year) for item in self.instances if item.year is not None)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Everything the task pages read. `tasks` run in printed order, annex rows before duties of the body.

    Assignments of meetings come last; `decisions` are the conclusions they and others were made by.
    """

    tasks: tuple[TaskView, ...] = ()
    requests: tuple[ExplanationRequest, ...] = ()
    petitions: tuple[Petition, ...] = ()
    decisions: tuple[Decision, ...] = ()


def read_follow_up(session: Session, moment: Moment, *, ahead: int = 0) -> FollowUp:
    """Tasks with instances up to the moment's year plus `ahead`, requests and petitions.

    What was reported after the day one looks at is left out.
    """
    reader = _Reader(session, moment, moment.as_of.year + ahead)
    decisions = read_decisions(session, moment)
    return FollowUp(
        tasks=reader.tasks() + reader.assigned(assignments(decisions)),
        requests=tuple(r for r in _rows(session, ExplanationRequest, moment) if r.asked_on <= moment.as_of),
        petitions=tuple(r for r in _rows(session, Petition, moment) if r.raised_on <= moment.as_of),
        decisions=tuple(decisions),
    )


def read_history(session: Session, model: type[FactT], *conditions: Any) -> list[FactT]:
    """Every version of the facts that meet the conditions, oldest first, superseded ones included."""
    statement = select(model).where(*conditions).order_by(col(model.recorded_at), col(model.id))
    return detached(session, statement)


class _Reader:
    """Holds what one pass over all tasks needs, read once."""

    def __init__(self, session: Session, moment: Moment, last_year: int) -> None:
        self.session, self.moment, self.last_year = session, moment, last_year
        self.programmes: dict[str, Programme] = read_programmes(session, moment)
        self.places: dict[str, PlaceView] = read_places(session)
        self.reports: dict[str, list[TaskReport]] = defaultdict(list)
        self.offices = read_offices(session)
        self.groups = self.offices.groups
        self.lists = read_members(session, moment, {programme.place for programme in self.programmes.values()})
        for report in sorted(_rows(session, TaskReport, moment), key=_by_day):
            if report.reported_on <= moment.as_of:
                self.reports[report.task].append(report)
        self.triggers = {row.task: row for row in _rows(session, TaskTrigger, moment)}
        self.products: dict[str, list[TaskProduct]] = defaultdict(list)
        for product in _rows(session, TaskProduct, moment):
            self.products[product.task].append(product)

    def tasks(self) -> tuple[TaskView, ...]:
        statement = select(Task).where(*current(Task, self.moment)).order_by(col(Task.programme), col(Task.position))
        rows = detached(self.session, statement)
        known = [task for task in rows if task.programme in self.programmes]
        return tuple(self._view(task, duty_of(task, self.programmes[task.programme], self.groups)) for task in known)

    def assigned(self, items: Sequence[Assignment]) -> tuple[TaskView, ...]:
        """What meetings assigned, with what the meeting noted among the reports."""
        for item in items:
            if item.report is not None and item.report.reported_on <= self.moment.as_of:
                self.reports[item.task.key] = sorted([*self.reports[item.task.key], item.report], key=_by_day)
        known = [item for item in items if item.task.place in self.places]
        return tuple(
            self._view(item.task, replace(item.duty, parts=parts_of(item.task.leads, None, self.groups)))
            for item in known
        )

    def _view(self, task: Task, duty: Duty) -> TaskView:
        reports, row = self.reports[task.key], self.triggers.get(task.key)
        trigger = Trigger(row.happened_on, row.due_on) if row and row.happened_on <= self.moment.as_of else None
        ended_on = self.places[task.place].valid_to
        return TaskView(
            task=task,
            duty=duty,
            instances=() if task.is_heading else self._instances(task, duty, reports, trigger),
            yearly_reports=self._yearly(duty, reports),
            trigger=row if trigger else None,
            products=tuple(sorted(self.products[task.key], key=lambda p: (p.year, p.name))),
            territory_ended_on=ended_on if ended_on and ended_on < self.moment.as_of else None,
        )

    def _instances(
        self, task: Task, duty: Duty, reports: Sequence[TaskReport], trigger: Trigger | None
    ) -> tuple[InstanceView, ...]:
        followed = instances(duty, self.last_year, trigger)
        return tuple(self._instance(task, duty, item, reports, trigger) for item in followed)

    def _instance(
        self, task: Task, duty: Duty, instance: Instance, reports: Sequence[TaskReport], trigger: Trigger | None
    ) -> InstanceView:
        own = [r for r in reports if instance.year is None or (r.year, r.period) == (instance.year, instance.period)]
        parts = self.lists.fill(duty.parts, task.place, instance.due_on or self.moment.as_of)
        answers = tuple(self.offices.answer(report, parts) for report in own)
        state = state_of(replace(duty, parts=parts), instance, answers, self.moment.as_of, trigger)
        return InstanceView(instance.year, instance.due_on, state, tuple(own), instance.period, parts, answers)

    def _yearly(self, duty: Duty, reports: Sequence[TaskReport]) -> tuple[YearlyReport, ...]:
        if duty.kind is not DeadlineKind.CONTINUOUS:
            return ()
        newest = {report.year: report for report in reports}
        return tuple(
            YearlyReport(year, yearly_due(duty, year), newest.get(year))
            for year in years_to_report(duty, self.last_year)
        )


def duty_of(task: Task, programme: Programme, groups: Collection[str]) -> Duty:
    """What the rules need to know of a stored task; `groups` are the codes of collective names of agencies."""
    kind = DeadlineKind(task.deadline_kind)
    return Duty(
        kind=kind,
        issued_on=programme.issued_on,
        due_on=task.due_on,
        starts_on=task.starts_on,
        deadline_text=task.deadline_text,
        turns=_turns_of(task, kind),
        reporting=programme.reporting,
        is_done_in_document=task.is_done_in_document,
        parts=parts_of(task.leads, task.product, groups, task.title, task.lead_share),
    )


def _turns_of(task: Task, kind: DeadlineKind) -> tuple[YearlyTurn, ...]:
    """The instances of a year: the day typed in, else what the printed words mean, else the rhythm alone."""
    if task.due_month and task.due_day:
        return (YearlyTurn(DECEMBER, (task.due_month, task.due_day)),)
    printed = read_deadline(task.deadline_text) if kind in RECURRING else None
    return printed.turns if printed and printed.kind is kind else default_turns(kind)


def _by_day(report: TaskReport) -> tuple[date, datetime]:
    return report.reported_on, report.recorded_at


def _rows(session: Session, model: type[FactT], moment: Moment) -> list[FactT]:
    return detached(session, select(model).where(*current(model, moment)).order_by(col(model.key)))


def read_tasks(session: Session, moment: Moment) -> list[Task]:
    """Every annex row of the programmes issued by then, in printed order."""
    known = read_programmes(session, moment)
    chosen = (*current(Task, moment), col(Task.origin) == TaskOrigin.ANNEX.value)
    statement = select(Task).where(*chosen).order_by(col(Task.programme), col(Task.position))
    return [task for task in detached(session, statement) if task.programme in known]
