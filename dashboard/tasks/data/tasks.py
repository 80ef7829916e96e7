"""The tasks by place, agency, section, deadline, state and year; beside the indicators they should move; by day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.values import (
    AgencyPage,
    Calendar,
    DueDay,
    Link,
    Matrix,
    SuccessionLine,
    TaskFilter,
    TaskLine,
    TaskList,
    is_due_soon,
)
from dashboard.tasks.words import STATE_SLUGS
from models.gaps.promise import Direction
from models.targets.reading import AgencyView, PlaceView
from models.tasks.task_reading import InstanceView, TaskView, YearlyReport
from models.tasks.task_rules import count_states, rates
from models.tasks.task_state import DONE, RECURRING, DeadlineKind, ReportOutcome, TaskOrigin, TaskState


def build_tasks(snapshot: Snapshot, wanted: TaskFilter) -> TaskList:
    """Filter the tasks; the choices beside each filter are counted with the other filters in force."""
    year = wanted.year or snapshot.moment.as_of.year
    lines = [line for view in snapshot.follow.tasks if (line := _line(view, snapshot, year)) is not None]
    annex = [line for line in lines if line.task.origin == TaskOrigin.ANNEX]
    as_of = snapshot.moment.as_of
    chosen = _chosen(annex, wanted, as_of)
    counted = [line.item for line in chosen if line.item]
    return TaskList(
        filter=wanted,
        lines=chosen,
        duties=_chosen([line for line in lines if line.task.origin != TaskOrigin.ANNEX], wanted, as_of),
        counts=count_states(item.state for item in counted),
        rates=rates(((item.state, item.due_on) for item in counted), as_of),
        places=_places(snapshot, _chosen(annex, replace(wanted, place="", section=""), as_of)),
        agencies=_agencies(snapshot, _chosen(annex, replace(wanted, agency=""), as_of)),
        only_duties=_only_duties(snapshot, _chosen(lines, replace(wanted, agency=""), as_of)),
        sections=_sections(_chosen(annex, replace(wanted, section=""), as_of)) if wanted.place else (),
        states=count_states(line.state for line in _chosen(annex, replace(wanted, state=""), as_of) if line.state),
        years=_years(snapshot, wanted.place),
        place=snapshot.places.get(wanted.place),
        agency=snapshot.agencies.get(wanted.agency),
    )


def _line(view: TaskView, snapshot: Snapshot, year: int) -> TaskLine | None:
    """None for a yearly task that has no instance in that year."""
    task, item = view.task, view.at(year)
    if item is None and not task.is_heading:
        return None
    family = (task.programme, task.section, task.number)
    below = [
        other.at(year)
        for other in snapshot.follow.tasks
        if task.is_heading and (other.task.programme, other.task.section, other.task.parent) == family
    ]
    return TaskLine(view, item, count_states(child.state for child in below if child))


def _chosen(lines: list[TaskLine], wanted: TaskFilter, as_of: date) -> tuple[TaskLine, ...]:
    return tuple(line for line in lines if _matches(line, wanted, as_of))


def _matches(line: TaskLine, wanted: TaskFilter, as_of: date) -> bool:
    task = line.task
    if wanted.state and (line.state is None or line.state is not STATE_SLUGS.get(wanted.state)):
        return False
    return (
        (not wanted.place or task.place == wanted.place)
        and (not wanted.agency or wanted.agency in task.leads)
        and (not wanted.section or task.section == wanted.section)
        and (not wanted.deadline or _in_time(line, wanted.deadline, as_of))
    )


def _in_time(line: TaskLine, deadline: str, as_of: date) -> bool:
    due_on = line.item.due_on if line.item else None
    return {
        "60-ngay": is_due_soon(line.item, as_of),
        "da-qua": due_on is not None and due_on < as_of,
        "con-han": due_on is not None and due_on >= as_of,
        "hang-nam": DeadlineKind(line.task.deadline_kind) in RECURRING,
        "khong-ngay": line.item is not None and due_on is None,
    }.get(deadline, False)


def _places(snapshot: Snapshot, lines: tuple[TaskLine, ...]) -> tuple[tuple[PlaceView, int], ...]:
    counts = Counter(line.task.place for line in lines if line.item)
    return tuple((snapshot.places[slug], count) for slug, count in sorted(counts.items()))


def _agencies(snapshot: Snapshot, lines: tuple[TaskLine, ...]) -> tuple[tuple[AgencyView, int], ...]:
    counts = Counter(code for line in lines if line.item for code in line.task.leads)
    return tuple((snapshot.agencies[code], count) for code, count in counts.most_common())


def _only_duties(snapshot: Snapshot, lines: tuple[TaskLine, ...]) -> tuple[tuple[AgencyView, int], ...]:
    """The agencies that lead nothing in the annexes chosen but are charged in a body or by a meeting."""
    in_annex = {code for line in lines if line.task.origin == TaskOrigin.ANNEX for code in line.task.leads}
    counted = _agencies(snapshot, tuple(line for line in lines if line.task.origin != TaskOrigin.ANNEX))
    return tuple((agency, count) for agency, count in counted if agency.code not in in_annex)


def _sections(lines: tuple[TaskLine, ...]) -> tuple[tuple[str, str, int], ...]:
    counts = Counter((line.task.section, line.task.section_title) for line in lines if line.item)
    return tuple((number, title, count) for (number, title), count in counts.items())


def _years(snapshot: Snapshot, place: str) -> tuple[int, ...]:
    views = [view for view in snapshot.follow.tasks if not place or view.task.place == place]
    found = {item.year for view in views for item in view.instances if item.year}
    return tuple(sorted(found, reverse=True))


SAYS_NOTHING = frozenset({TaskState.IN_PART, TaskState.NO_REPORT, TaskState.WAITING, TaskState.UNCLEAR})


def build_matrix(snapshot: Snapshot, wanted: TaskFilter) -> Matrix:
    """Link each task with the indicators named for it, at its own place; filters of place and agency apply."""
    links = [
        _linked(view, code, snapshot)
        for view in snapshot.follow.tasks
        for code in view.task.indicators
        if (not wanted.place or view.task.place == wanted.place)
        and (not wanted.agency or wanted.agency in view.task.leads)
    ]
    return Matrix(tuple(links))


def _linked(view: TaskView, code: str, snapshot: Snapshot) -> Link:
    change = _change(view, code, snapshot)
    lower = snapshot.indicators[code].direction == Direction.LOWER.value
    better = None if change is None else (-change if lower else change)
    item = _closed_instance(view)
    return Link(
        line=TaskLine(view, item or (view.instances[-1] if view.instances else None)),
        indicator=code,
        is_done=_is_done(view, item),
        is_moving=None if better is None else better > 0,
        change=change,
    )


def _change(view: TaskView, code: str, snapshot: Snapshot) -> float | None:
    """The indicator's yearly change at the task's own place."""
    found = [
        gap.gap.actual_per_year
        for gap in snapshot.gaps_in_force
        if (gap.place, gap.indicator) == (view.task.place, code) and gap.gap.actual_per_year is not None
    ]
    return found[0] if found else None


def _closed_instance(view: TaskView) -> InstanceView | None:
    """The newest instance about which something is known."""
    return next((item for item in reversed(view.instances) if item.latest or item.state in DONE), None)


def _is_done(view: TaskView, item: InstanceView | None) -> bool | None:
    if item is None or item.state in SAYS_NOTHING:
        reported = [report for report in view.yearly_reports if report.report]
        latest = reported[-1].report if reported else None
        return True if view.duty.parts.is_single and latest and latest.outcome == ReportOutcome.DONE else None
    if item.state is TaskState.CONTINUOUS:
        is_done = item.latest is not None and item.latest.outcome == ReportOutcome.DONE
        return None if item.latest is None or (is_done and not view.duty.parts.is_single) else is_done
    return item.state in DONE


def build_calendar(snapshot: Snapshot, wanted: TaskFilter) -> Calendar:
    """Every instance of the chosen place, agency and section by its last day; duties of the bodies included.

    The filters of state and deadline do not apply: the days themselves are the answer.
    """
    views = [view for view in snapshot.follow.tasks if _is_chosen(view, wanted)]
    as_of = snapshot.moment.as_of
    lines = [TaskLine(view, item) for view in views for item in view.instances if item.due_on is not None]
    return Calendar(
        soon=_by_day(line for line in lines if is_due_soon(line.item, as_of)),
        silent=_by_day(line for line in lines if line.state is TaskState.NO_REPORT and not line.view.duty.is_born_late),
        in_part=tuple(line for line in lines if line.state is TaskState.IN_PART and _is_past(line, as_of)),
        overdue=tuple(line for line in lines if line.state is TaskState.OVERDUE),
        born_late=tuple(line for line in lines if line.view.duty.is_born_late),
        days=_by_day(line for line in lines if not line.view.duty.is_born_late),
        undated=count_states(item.state for view in views for item in view.instances if item.due_on is None),
        reports_missing=_reports_missing(views, as_of),
        reports_in_part=sum(report.report is not None for view in views for report in _of_many(view)),
    )


def _is_chosen(view: TaskView, wanted: TaskFilter) -> bool:
    task = view.task
    return (
        (not wanted.place or task.place == wanted.place)
        and (not wanted.agency or wanted.agency in task.leads)
        and (not wanted.section or (task.section == wanted.section and task.origin == TaskOrigin.ANNEX))
    )


def _is_past(line: TaskLine, as_of: date) -> bool:
    return line.item is not None and line.item.wants_attention(as_of)


def _of_many(view: TaskView) -> tuple[YearlyReport, ...]:
    """The yearly reports that several offices owe, of whom one report tells nothing about the others."""
    return view.yearly_reports if view.duty.parts.has_many_offices else ()


def _by_day(lines: Iterable[TaskLine]) -> tuple[DueDay, ...]:
    found: dict[tuple[date, str], list[TaskLine]] = defaultdict(list)
    for line in lines:
        if line.item and line.item.due_on:
            found[line.item.due_on, line.task.place].append(line)
    return tuple(
        DueDay(day, place, tuple(few), count_states(line.state for line in few if line.state))
        for (day, place), few in sorted(found.items(), key=lambda entry: entry[0])
    )


def _reports_missing(views: Iterable[TaskView], as_of: date) -> int:
    """How many yearly reports on continuous tasks are past their day and not in."""
    return sum(report.report is None and report.due_on < as_of for view in views for report in view.yearly_reports)


def build_agency(snapshot: Snapshot, code: str) -> AgencyPage | None:
    """The page of an agency; None when no agency has this code."""
    agency = snapshot.agencies.get(code)
    if agency is None:
        return None
    listed = build_tasks(snapshot, TaskFilter())
    lines = [line for line in (*listed.lines, *listed.duties) if line.item]
    before = _predecessors(agency, snapshot)
    older = {line.agency.code for line in before if not line.scope}
    leads = tuple(line for line in lines if code in line.task.leads)
    counted = [line.item for line in leads if line.item]
    return AgencyPage(
        agency=agency,
        successors=_successors(agency, snapshot),
        predecessors=before,
        leads=leads,
        supports=tuple(line for line in lines if code in line.task.coordinators and code not in line.task.leads),
        inherited=tuple(line for line in lines if _is_inherited(line, older, code)),
        counts=count_states(item.state for item in counted),
        rates=rates(((item.state, item.due_on) for item in counted), snapshot.moment.as_of),
        requests=tuple(request for request in snapshot.follow.requests if request.agency in {code, *older}),
        petitions=tuple(petition for petition in snapshot.follow.petitions if petition.agency in {code, *older}),
    )


def _is_inherited(line: TaskLine, older: set[str], code: str) -> bool:
    return bool(older & set(line.task.leads)) and code not in line.task.leads


def _successors(agency: AgencyView, snapshot: Snapshot) -> tuple[SuccessionLine, ...]:
    return tuple(
        SuccessionLine(snapshot.agencies[link.successor], link.effective_on, link.scope, link.legal_basis)
        for link in agency.successions
        if link.effective_on <= snapshot.moment.as_of
    )


def _predecessors(agency: AgencyView, snapshot: Snapshot) -> tuple[SuccessionLine, ...]:
    """Whose work it took over; a scope of a whole level (district to commune) is no part of the work."""
    return tuple(
        SuccessionLine(other, link.effective_on, "" if other.level == "district" else link.scope, link.legal_basis)
        for other in snapshot.agencies.values()
        for link in other.successions
        if link.successor == agency.code and link.effective_on <= snapshot.moment.as_of
    )
