"""Decisions with their promises and tasks, as table rows. Keys are stable: a changed wording keeps its key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from etl.facts_reader import ProgrammeFacts
from etl.programme_schema import ProgrammeHead, TargetEntry


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
        "reporting": head.reporting.model_dump() if head.reporting else None,
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
    """One row an annex row, headings included."""
    rows: list[dict[str, Any]] = []
    for programme in programmes:
        head = programme.head.value
        titles = {section.value.number: section.value.title for section in programme.sections}
        for position, task in enumerate(programme.tasks, start=1):
            entry = task.value
            rows.append(
                {
                    "key": f"{head.slug}/{entry.section}/{entry.number}",
                    "position": position,
                    "programme": head.slug,
                    "place": head.place,
                    "section_title": titles[entry.section],
                    **entry.model_dump(exclude={"heading", "done_in_document"}),
                    "is_heading": entry.heading,
                    "is_done_in_document": entry.done_in_document,
                }
            )
    return rows
