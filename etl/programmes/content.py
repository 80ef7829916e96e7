"""The facts of a programme as plain fields by the headings of the sheets, in printed order. Pure.

The way back is `etl.programmes.assemble`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from etl.facts.facts_reader import ProgrammeFacts
from etl.facts.programme_schema import DutyEntry, ProgrammeHead, TaskEntry
from etl.programmes import sheets
from etl.programmes.catalogue import Catalogue
from etl.programmes.cells import UNKNOWN, issued_shown
from models.tasks.task_state import DeadlineKind, TaskOrigin

Fields = Mapping[str, Any]


def head_fields(head: ProgrammeHead) -> dict[str, Any]:
    """The lines of the sheet of the document by field; None where there is nothing to say."""
    told: dict[str, Any] = {}
    for line in sheets.DOCUMENT_LINES:
        value: Any = head
        for part in line.field.split("."):
            value = value.get(part) if isinstance(value, dict) else getattr(value, part, None)
        told[line.field] = value
    if head.reporting is not None:
        told["reporting.day"] = f"{head.reporting.month:02}-{head.reporting.last_day:02}"
    told["document.issued_on"] = issued_shown(head.document.issued_on, head.document.issued_precision)
    if head.document.number is None:
        told["document.number"] = UNKNOWN
    return told


def target_fields(programme: ProgrammeFacts, names: Catalogue) -> Iterator[dict[str, Any]]:
    """One row a promise with figures."""
    for target in (row.value for row in programme.targets):
        yield target.model_dump() | {
            "definition": names.definitions(target.indicator).name(target.definition),
            "amends": target.amends.split("/")[0] if target.amends else None,
        }


def promise_fields(programme: ProgrammeFacts, _names: Catalogue) -> Iterator[dict[str, Any]]:
    """One row a promise without figures."""
    for promise in programme.promises:
        yield promise.value.model_dump()


def task_fields(programme: ProgrammeFacts, _names: Catalogue) -> Iterator[dict[str, Any]]:
    """The annex as printed, each part's title before its first row, then the duties of the body."""
    waiting = [section.value for section in programme.sections]
    for task in programme.tasks:
        while any(section.number == task.value.section for section in waiting):
            yield _section(waiting.pop(0))
        yield _work(task.value) | {
            "line": sheets.HEADING_LINE if task.value.heading else TaskOrigin.ANNEX.value,
            "done_in_document": task.value.done_in_document or None,
        }
    yield from map(_section, waiting)
    for duty in programme.duties:
        yield _work(duty.value) | {"line": duty.value.origin}


def _section(section: Any) -> dict[str, Any]:
    return {"line": sheets.SECTION_LINE, "section": section.number, "title": section.title}


def _work(entry: TaskEntry | DutyEntry) -> dict[str, Any]:
    told = {name: getattr(entry, name) for name in type(entry).model_fields}
    if entry.deadline_kind == DeadlineKind.UNREADABLE and not entry.deadline_text:
        told["deadline_text"] = UNKNOWN
    return told
