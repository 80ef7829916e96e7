"""Flat rows of the task side; the same rows as on screen. Empty means unknown, dates are ISO in CSV."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from models.targets.reading import Moment, read_places
from models.tasks.task import Task
from models.tasks.task_reading import FollowUp, InstanceView, TaskView, read_follow_up
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
        | {"year": None, "due_on": view.task.due_on}
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
        "programme": task.programme,
        "origin": task.origin,
        "section": task.section,
        "number": task.number,
        "parent": task.parent,
        "title": task.title,
        "leads": task.leads,
        "leads_text": task.leads_text,
        "coordinators": task.coordinators,
        "coordinators_text": task.coordinators_text,
        "product": task.product,
        "deadline_text": task.deadline_text,
        "deadline_kind": task.deadline_kind,
        "starts_on": task.starts_on,
        "condition": task.condition,
        "is_heading": task.is_heading,
        "is_done_in_document": task.is_done_in_document,
        "indicators": task.indicators,
        "note": task.note,
        "task": task.key,
    }


def followed_columns(view: TaskView, item: InstanceView | None) -> Row:
    """The instance's own day stands in `due_on`; an unfinished or unreported one has no document.

    `lead_groups`, `ordered_products` and `reports_done` are what `in_part` rests on: who and what was asked for as
    several, and how many reports say that it is done.
    """
    latest = item.latest if item else None
    return {
        "year": item.year if item else None,
        "due_on": item.due_on if item else view.task.due_on,
        "is_born_late": view.duty.is_born_late,
        "state": item.state.value if item else None,
        "lead_groups": list(view.duty.parts.groups),
        "ordered_products": list(view.duty.parts.products),
        "reports_done": len(item.finished) if item else None,
        "territory_ended_on": view.territory_ended_on,
        "triggered_on": view.trigger.happened_on if view.trigger else None,
        "reported_on": latest.reported_on if latest else None,
        "done_on": latest.done_on if latest else None,
        "document_number": latest.document_number if latest else None,
        "document_date": latest.document_date if latest else None,
    }


def product_rows(session: Session, moment: Moment) -> list[Row]:
    """One row a yearly count of what a task produced, with its source."""
    return [
        {
            "place": view.task.place,
            "task": view.task.key,
            "title": view.task.title,
            "year": product.year,
            "name": product.name,
            "value": product.value,
            "unit": product.unit,
            "source": product.source,
            "source_date": product.source_date,
        }
        for view in read_follow_up(session, moment).tasks
        for product in view.products
    ]


def explanation_rows(session: Session, moment: Moment) -> list[Row]:
    """One row a request for explanation."""
    names = ("place", "subject_kind", "subject", "agency", "question", "asked_by", "asked_on", "due_on")
    answers = ("answer", "answered_on", "answer_document", "verdict", "judged_on")
    return _listed(read_follow_up(session, moment), "requests", names + answers)


def petition_rows(session: Session, moment: Moment) -> list[Row]:
    """One row a difficulty or petition."""
    names = ("place", "raised_by_kind", "raised_by", "raised_on", "topic", "text", "agency", "assigned_on", "due_on")
    return _listed(read_follow_up(session, moment), "petitions", (*names, "answer", "answered_on", "answer_document"))


def _listed(found: FollowUp, kind: str, names: tuple[str, ...]) -> list[Row]:
    return [{"key": row.key} | {name: getattr(row, name) for name in names} for row in getattr(found, kind)]
