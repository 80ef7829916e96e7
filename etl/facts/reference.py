"""Reference rows (places, agencies, indicators, programmes) are updated in place; what they said before is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from models.base.facts import Changes
from models.base.source import ReferenceChange


@dataclass(frozen=True, slots=True)
class Writing:
    """Under which run and at what instant rows are written."""

    session: Session
    run_id: int
    now: datetime


@dataclass(frozen=True, slots=True)
class ReferenceResult:
    """What changed, and the rows that the reviewed files no longer name (still in the database)."""

    changes: Changes
    gone: list[SQLModel]


def apply_reference(
    writing: Writing, model: type[SQLModel], incoming: Iterable[Mapping[str, Any]], within: tuple[Any, ...] = ()
) -> ReferenceResult:
    """Make the rows of `model` say what `incoming` says; rows that are gone are returned, not deleted.

    What a received file brought (`run_id`) is never gone: only `incoming` that names it takes it over.
    """
    keys = _key_columns(model)
    present = {_key(row, keys): row for row in writing.session.scalars(select(model).where(*within))}
    counts = {"added": 0, "changed": 0, "untouched": 0}
    for content in incoming:
        fresh = model.model_validate(content)
        old = present.pop(_key(fresh, keys), None)
        if old is None:
            writing.session.add(fresh)
            counts["added"] += 1
        elif old.model_dump() == fresh.model_dump():
            counts["untouched"] += 1
        else:
            keep_before(writing, old)
            for name, value in fresh.model_dump().items():
                setattr(old, name, value)
            counts["changed"] += 1
    writing.session.flush()
    gone = [row for row in present.values() if getattr(row, "run_id", None) is None]
    return ReferenceResult(Changes(**counts, withdrawn=len(gone)), gone)


def delete_gone(writing: Writing, gone: Iterable[SQLModel]) -> None:
    """Delete rows that the reviewed files no longer name, keeping what they said.

    Raises sqlalchemy's IntegrityError when a fact, even a superseded one, still names the row.
    """
    for row in gone:
        keep_before(writing, row)
        writing.session.delete(row)
        writing.session.flush()


def keep_before(writing: Writing, row: SQLModel) -> None:
    """Keep what a row says now, before a run changes or deletes it."""
    keys = _key_columns(type(row))
    writing.session.add(
        ReferenceChange(
            table_name=str(row.__tablename__),
            row_key="/".join(str(part) for part in _key(row, keys)),
            before=row.model_dump(mode="json"),
            changed_at=writing.now,
            run_id=writing.run_id,
        )
    )


def _key_columns(model: type[SQLModel]) -> tuple[str, ...]:
    return tuple(column.name for column in inspect(model).primary_key)


def _key(row: SQLModel, keys: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in keys)
