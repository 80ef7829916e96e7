"""Decisions with their promises and tasks, as table rows. Keys are stable: a changed wording keeps its key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from etl.facts.facts_reader import ProgrammeFacts
from etl.facts.programme_schema import DutyEntry, ProgrammeHead, TargetEntry, TaskEntry
from models.tasks.task_state import TaskOrigin


def target_key(programme: str, target: TargetEntry) -> str:
    """The name of a promise: "programme/indicator/horizon"."""
    return f"{programme}/{target.indicator}/{target.horizon}"


def programme_rows(programmes: Iterable[ProgrammeFacts]) -> list[dict[str, Any]]:
    """One table row a decision."""
    return [_programme_row(programme.head.value) for programme in programmes]


def _programme_row(head: ProgrammeHead) -> dict[str, Any]:
    document = head.document
    return {
        "slug": head.slug,
        "place": head.place,
        "title": head.title,
        **document.model_dump(),
        "implements": [reference.model_dump(mode="json") for reference in head.implements],
        "replaces": [reference.model_dump(mode="json") for reference in head.replaces],
        "reporting": head.reporting.model_dump(exclude_none=True) if head.reporting else None,
        "is_annex_entered": head.entered.annex,
        "is_body_entered": head.entered.body,
        "checked": head.checked,
        "remark": head.remark,
    }


def target_rows(programmes: Sequence[ProgrammeFacts]) -> list[dict[str, Any]]:
    """One row a promise; the one that a later decision amends bears the later decision's day and name."""
    amended = _amendments(programmes)
    rows: list[dict[str, Any]] = []
    for programme in programmes:
        head = programme.head.value
        for position, target in enumerate(programme.targets, start=1):
            key = target_key(head.slug, target.value)
            later = amended.get(key)
            rows.append(
                {
                    "key": key,
                    "position": position,
                    "programme": head.slug,
                    "place": head.place,
                    **target.value.model_dump(exclude={"amends"}),
                    "amended_on": later.document.issued_on if later else None,
                    "amended_by": later.slug if later else None,
                }
            )
    return rows


def _amendments(programmes: Iterable[ProgrammeFacts]) -> dict[str, ProgrammeHead]:
    return {
        target.value.amends: programme.head.value
        for programme in programmes
        for target in programme.targets
        if target.value.amends
    }


def promise_rows(programmes: Iterable[ProgrammeFacts]) -> list[dict[str, Any]]:
    """One row a promise without a figure."""
    return [
        {
            "key": f"{programme.head.value.slug}/{position}",
            "position": position,
            "programme": programme.head.value.slug,
            **promise.value.model_dump(),
        }
        for programme in programmes
        for position, promise in enumerate(programme.promises, start=1)
    ]


def task_rows(programmes: Iterable[ProgrammeFacts]) -> list[dict[str, Any]]:
    """One row an annex row, headings included, then one a duty of the body; positions run on."""
    rows: list[dict[str, Any]] = []
    for programme in programmes:
        head = programme.head.value
        titles = {section.value.number: section.value.title for section in programme.sections}
        annex = [_annex_row(head, task.value, titles) for task in programme.tasks]
        duties = [_duty_row(head, duty.value) for duty in programme.duties]
        rows += [{**row, "position": position} for position, row in enumerate(annex + duties, start=1)]
    return rows


def _annex_row(head: ProgrammeHead, entry: TaskEntry, titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "key": f"{head.slug}/{entry.section}/{entry.number}",
        "programme": head.slug,
        "place": head.place,
        "origin": TaskOrigin.ANNEX.value,
        "section_title": titles[entry.section],
        **entry.model_dump(exclude={"heading", "done_in_document"}),
        "due_month": None,
        "due_day": None,
        "is_heading": entry.heading,
        "is_done_in_document": entry.done_in_document,
    }


def _duty_row(head: ProgrammeHead, entry: DutyEntry) -> dict[str, Any]:
    month, day = (int(part) for part in entry.yearly_on.split("-")) if entry.yearly_on else (None, None)
    return {
        "key": f"{head.slug}/{entry.origin}/{entry.section}/{entry.number}",
        "programme": head.slug,
        "place": head.place,
        **entry.model_dump(exclude={"yearly_on"}),
        "parent": None,
        "due_month": month,
        "due_day": day,
        "is_heading": False,
        "is_done_in_document": False,
    }
