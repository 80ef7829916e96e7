"""Writes a programme that a workbook says: it stands so from now on, whatever data/ says, until its load is taken back.

The tables are those that `init` writes, from the same rows; a programme that says what is in force changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from sqlalchemy import func, select
from sqlmodel import SQLModel, col

from etl.facts.facts_reader import ProgrammeFacts
from etl.facts.reference import Writing, apply_reference
from etl.facts.rows import figures, programmes
from etl.facts.stored import ADDED, read_stored
from etl.importers.draft import DraftProgramme, OrganizationRow
from etl.writing.changes_written import Written
from models.base.facts import apply_facts
from models.base.source import ReferenceChange, Run
from models.places.agency import Agency
from models.targets.indicator import Indicator
from models.targets.programme import Programme, QualitativePromise, Target
from models.tasks.task import Task

TABLES: tuple[type[SQLModel], ...] = (
    Run, ReferenceChange, Agency, Indicator, Programme, Target, QualitativePromise, Task
)  # fmt: skip
PARTS = ("targets", "promises", "sections", "tasks", "duties")


def write_programme(writing: Writing, draft: DraftProgramme, written: Written) -> None:
    """Write the programme and the names it brings, under the run of `writing`."""
    stored = {row.head.value.slug: row for row in read_stored(writing.session)}
    head = draft.facts.head.value
    before = stored.get(head.slug)
    rows = sum(len(getattr(draft.facts, part)) for part in PARTS) + 1
    if before is not None and says(before) == says(draft.facts) and _knows(writing, draft):
        written.untouched += rows
        return
    _note(before, draft.facts, written)
    names = ((Agency, [row.model_dump() for row in draft.agencies]), (Indicator, _indicator_rows(writing, draft)))
    for model, contents in names:
        _refer(writing, model, contents, written)
    _refer(writing, Programme, programmes.programme_rows([draft.facts]), written)
    stored[head.slug] = draft.facts
    _write_facts(writing, list(stored.values()), head.slug, written)


def says(programme: ProgrammeFacts) -> dict[str, Any]:
    """What a programme says, without where it stands."""
    return {part: [row.value.model_dump() for row in getattr(programme, part)] for part in PARTS} | {
        "head": programme.head.value.model_dump()
    }


def _knows(writing: Writing, draft: DraftProgramme) -> bool:
    """Whether the database already says all the new names as the workbook does."""
    pairs = [(Agency, row) for row in draft.agencies] + [(Indicator, row) for row in draft.indicators]
    return all(_is_same(writing.session.get(model, row.code), row) for model, row in pairs)


def _is_same(stored: SQLModel | None, row: BaseModel) -> bool:
    said = row.model_dump()
    return stored is not None and {name: getattr(stored, name) for name in said} == said


def _indicator_rows(writing: Writing, draft: DraftProgramme) -> Iterable[dict[str, Any]]:
    """New indicators stand behind all others; known ones keep their place."""
    last = writing.session.scalar(select(func.max(col(Indicator.position)))) or 0
    for row in figures.indicator_rows(draft.indicators):
        known = writing.session.get(Indicator, row["code"])
        yield row | {"position": known.position if known else last + row["position"]}


def _refer(writing: Writing, model: Any, contents: Iterable[Mapping[str, Any]], written: Written) -> None:
    key = "slug" if model is Programme else "code"
    for content in contents:
        said = {**content, "run_id": writing.run_id}
        result = apply_reference(writing, model, [said], (getattr(model, key) == content[key],))
        written.add(model, result.changes)


def _write_facts(writing: Writing, stored: list[ProgrammeFacts], slug: str, written: Written) -> None:
    """Of all programmes, for a promise of an older one may bear this one's name; only what differs is written."""
    of_this = [row for row in stored if row.head.value.slug == slug]
    tables: tuple[tuple[Any, list[dict[str, Any]], tuple[Any, ...]], ...] = (
        (Target, programmes.target_rows(stored), ()),
        (QualitativePromise, programmes.promise_rows(of_this), (col(QualitativePromise.programme) == slug,)),
        (Task, programmes.task_rows(of_this), (col(Task.programme) == slug, col(Task.position) < ADDED)),
    )
    for model, rows, within in tables:
        changes = apply_facts(writing.session, model, rows, run_id=writing.run_id, now=writing.now, within=within)
        written.add(model, changes)


def _note(before: ProgrammeFacts | None, after: ProgrammeFacts, written: Written) -> None:
    """Count lines by their fate and note what changes, by the names of the lines."""
    old, new = (_lines(programme) if programme else {} for programme in (before, after))
    for name, said in new.items():
        row = OrganizationRow("", 0, name, 0, {})
        is_changed = name in old and written.note(row, Target, old[name], said)
        written.count(row, is_new=name not in old, is_changed=is_changed)
    for name in old.keys() - new.keys():
        written.note(OrganizationRow("", 0, name, 0, {}), Target, {"line": "có"}, {"line": "không còn"})
        written.changed += 1


def _lines(programme: ProgrammeFacts) -> dict[str, dict[str, Any]]:
    head = programme.head.value.model_dump()
    found = {"Văn bản": head.pop("document") | head}
    for part in PARTS:
        for row in getattr(programme, part):
            value = row.value.model_dump()
            found[_name(part, value)] = value
    return found


def _name(part: str, value: Mapping[str, Any]) -> str:
    if part == "targets":
        return f"Cam kết {value['indicator']} {value['horizon']}"
    if part == "promises":
        return f"Cam kết không số: {value['text'][:60]}"
    if part == "sections":
        return f"Phần {value['number']}"
    return f"Nhiệm vụ {value['section']}.{value['number']}" + (f" ({value['origin']})" if "origin" in value else "")
