"""The programmes, indicators and agencies of a database as the shapes of data/: the way back of `etl.facts.rows`.

Files go out of it and received files are checked beside it. What `init` loads and what a file brings are both here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from etl.facts import programme_schema as shapes
from etl.facts.facts_reader import PROGRAMMES, ProgrammeFacts
from etl.facts.schema import AgencyRow, DefinitionEntry, IndicatorEntry, RelatedEntry
from etl.facts.shape import Located
from models.places.agency import Agency
from models.targets.indicator import Indicator
from models.targets.programme import Programme, QualitativePromise, Target
from models.tasks.task import Task
from models.tasks.task_state import TaskOrigin

ShapeT = TypeVar("ShapeT", bound=BaseModel)
ADDED = 10_000  # from this position on a task was added to its programme by a file of tasks


def of_files(session: Session) -> set[str]:
    """The programmes that stand as a received file said them last, not as data/ does."""
    brought = (col(Programme.run_id).is_not(None), col(Programme.withdrawn_at).is_(None))
    return set(session.scalars(select(col(Programme.slug)).where(*brought)))


def read_stored(session: Session) -> list[ProgrammeFacts]:
    """Every programme in force, by slug, with what it promises and orders today.

    Tasks that a file of tasks added to a programme are not among them: they are not of its document's reading.
    """
    programmes = select(Programme).where(col(Programme.withdrawn_at).is_(None)).order_by(col(Programme.slug))
    targets, promises, tasks = (_rows(session, model) for model in (Target, QualitativePromise, Task))
    amended = {(row.amended_by, row.indicator, row.horizon): row.key for rows in targets.values() for row in rows}
    return [
        _programme(row, targets[row.slug], promises[row.slug], tasks[row.slug], amended)
        for row in session.scalars(programmes)
    ]


def brought_indicators(session: Session) -> list[IndicatorEntry]:
    """The indicators that files brought."""
    rows = session.scalars(select(Indicator).where(col(Indicator.run_id).is_not(None)).order_by(col(Indicator.code)))
    return [
        _shape(
            IndicatorEntry,
            row,
            definitions=[DefinitionEntry(**item) for item in row.definitions],
            related=[RelatedEntry(**item) for item in row.related],
        )
        for row in rows
    ]


def brought_agencies(session: Session) -> list[AgencyRow]:
    """The agencies that files brought."""
    rows = session.scalars(select(Agency).where(col(Agency.run_id).is_not(None)).order_by(col(Agency.code)))
    return [_shape(AgencyRow, row) for row in rows]


def located(value: ShapeT, name: str) -> Located[ShapeT]:
    """A shape that stands in no file: `name` is where its problems would be told."""
    return Located(value, name, 1, {})


def _rows(session: Session, model: Any) -> Mapping[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    order = (col(model.programme), col(model.position), col(model.key))
    for row in session.scalars(select(model).where(col(model.superseded_at).is_(None)).order_by(*order)):
        if model is not Task or row.position < ADDED:
            found[row.programme].append(row)
    return found


def _programme(
    row: Programme,
    targets: Iterable[Target],
    promises: Iterable[QualitativePromise],
    tasks: list[Task],
    amended: Mapping[tuple[str | None, str, int], str],
) -> ProgrammeFacts:
    name = f"{PROGRAMMES}/{row.slug}.yaml"
    annex = [task for task in tasks if task.origin == TaskOrigin.ANNEX]
    titles = {task.section: task.section_title for task in annex}
    entries = [
        _shape(shapes.TargetEntry, target, amends=amended.get((row.slug, target.indicator, target.horizon)))
        for target in targets
    ]
    return ProgrammeFacts(
        head=located(_head(row), name),
        targets=[located(entry, name) for entry in entries],
        promises=[located(_shape(shapes.PromiseEntry, promise), name) for promise in promises],
        sections=[located(shapes.SectionEntry(number=number, title=title), name) for number, title in titles.items()],
        tasks=[
            located(_work(shapes.TaskEntry, task, heading=task.is_heading, done=task.is_done_in_document), name)
            for task in annex
        ],
        duties=[
            located(_work(shapes.DutyEntry, task, yearly_on=_month_and_day(task)), name)
            for task in tasks
            if task.origin in (TaskOrigin.BODY, TaskOrigin.REPORT)
        ],
    )


def _head(row: Programme) -> shapes.ProgrammeHead:
    return _shape(
        shapes.ProgrammeHead,
        row,
        document=_shape(shapes.DocumentHead, row),
        implements=[_reference(item) for item in row.implements],
        replaces=[_reference(item) for item in row.replaces],
        reporting=shapes.ReportingRule(**row.reporting) if row.reporting else None,
        entered=shapes.Entered(annex=row.is_annex_entered, body=row.is_body_entered),
    )


def _reference(item: Mapping[str, Any]) -> shapes.DocumentReference:
    return shapes.DocumentReference.model_validate(item, strict=False)  # days are text in JSON


def _work(shape: type[ShapeT], task: Task, *, done: bool | None = None, **said: Any) -> ShapeT:
    counts = [shapes.CountEntry(**item) for item in task.counts]
    more = {} if done is None else {"done_in_document": done}
    return _shape(shape, task, counts=counts, **more, **said)


def _month_and_day(task: Task) -> str | None:
    return f"{task.due_month:02}-{task.due_day:02}" if task.due_month and task.due_day else None


def _shape(shape: type[ShapeT], row: SQLModel, **said: Any) -> ShapeT:
    """The fields of a shape from the columns of the same names, besides what is said."""
    columns = type(row).model_fields
    told = {name: getattr(row, name) for name in shape.model_fields if name in columns}
    return shape.model_validate(told | said)
