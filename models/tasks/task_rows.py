"""Flat rows of the task side; the same rows as on screen. Empty means unknown, dates are ISO in CSV."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from models.base.row_text import picked
from models.targets.reading import Moment, read_places
from models.tasks.task import Task
from models.tasks.task_reading import InstanceView, TaskView, read_follow_up
from models.tasks.task_state import IN_ANNEX_OR_MEETING

Row = dict[str, Any]


def task_rows(session: Session, moment: Moment) -> list[Row]:
    """One row an annex row or assignment of a meeting, or one an instance (`year`) where it recurs."""
    return _rows_of(session, moment, is_annex=True)


def printed_task_rows(session: Session, moment: Moment) -> list[Row]:
    """One row an annex row as printed: `due_on` as the document names it, no instances.

    A task that recurs has no single state, so `state` is empty there; ask for a day to get its instances.
    """
    names = {slug: place.full_name for slug, place in read_places(session).items()}
    return [
        task_columns(view.task, names[view.task.place])
        | followed_columns(view, _only(view))
        | {"year": None, "period": None, "due_on": view.task.due_on}
        for view in read_follow_up(session, moment).tasks
        if view.task.origin in IN_ANNEX_OR_MEETING
    ]


def _only(view: TaskView) -> InstanceView | None:
    single = len(view.instances) == 1 and view.instances[0].year is None
    return view.instances[0] if single else None


def duty_rows(session: Session, moment: Moment) -> list[Row]:
    """The same rows for the duties that stand in the bodies, the duty to report among them (`origin`)."""
    return _rows_of(session, moment, is_annex=False)


def _rows_of(session: Session, moment: Moment, *, is_annex: bool) -> list[Row]:
    names = {slug: place.full_name for slug, place in read_places(session).items()}
    return [
        task_columns(view.task, names[view.task.place]) | followed_columns(view, item)
        for view in read_follow_up(session, moment).tasks
        if (view.task.origin in IN_ANNEX_OR_MEETING) is is_annex
        for item in (view.instances or (None,))
    ]


def task_columns(task: Task, place_name: str) -> Row:
    """The task as printed."""
    return {
        "place": task.place,
        "place_name": place_name,
        **picked(task, "programme origin section number parent title leads leads_text coordinators coordinators_text"),
        **picked(task, "product deadline_text deadline_kind starts_on condition is_heading is_done_in_document"),
        **picked(task, "indicators note"),
        "task": task.key,
    }


def followed_columns(view: TaskView, item: InstanceView | None) -> Row:
    """The instance's own day stands in `due_on`; an unfinished or unreported one has no document.

    `lead_groups`, `ordered_products` and `reports_done` are what `in_part` rests on: who and what was asked for as
    several, and how many reports say that it is done. `members` are the offices that must report where all are known,
    `members_done` those that have reported it done.
    """
    return {
        "year": item.year if item else None,
        "period": item.period if item else None,
        "due_on": item.due_on if item else view.task.due_on,
        "is_born_late": view.duty.is_born_late,
        "state": item.state.value if item else None,
        "lead_groups": list(view.duty.parts.groups),
        "ordered_products": list(view.duty.parts.products),
        "reports_done": len(item.finished) if item else None,
        "territory_ended_on": view.territory_ended_on,
        "triggered_on": view.trigger.happened_on if view.trigger else None,
        **picked(item.latest if item else None, "reported_on done_on document_number document_date"),
        "members": len(item.parts.asked_offices) if item and _is_listed(item) else None,
        "members_done": len(item.done_offices) if item and _is_listed(item) else None,
        "groups_unlisted": list(item.parts.unlisted) if item else None,
    }


def _is_listed(item: InstanceView) -> bool:
    """Whether it is known who all must report for it; of a task that one office answers for nobody is counted."""
    return item.parts.has_many_offices and not item.parts.unlisted


def product_rows(session: Session, moment: Moment) -> list[Row]:
    """One row a yearly count of what a task produced, with its source."""
    return [
        {"place": view.task.place, "task": view.task.key, "title": view.task.title}
        | picked(product, "year name value unit source source_date")
        for view in read_follow_up(session, moment).tasks
        for product in view.products
    ]


def explanation_rows(session: Session, moment: Moment) -> list[Row]:
    """One row a request for explanation."""
    names = "key place subject_kind subject agency question asked_by asked_on due_on answer answered_on answer_document"
    return [picked(row, f"{names} verdict judged_on") for row in read_follow_up(session, moment).requests]


def petition_rows(session: Session, moment: Moment) -> list[Row]:
    """One row a difficulty or petition."""
    names = "key place raised_by_kind raised_by raised_on topic text agency assigned_on due_on answer answered_on"
    return [picked(row, f"{names} answer_document") for row in read_follow_up(session, moment).petitions]
