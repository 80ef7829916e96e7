"""Facts are never overwritten: a changed fact closes the old row and adds a new one.

A fact has a stable `key` (what it is about) and a `fingerprint` (what it says). At most one row of
a key is current, that is, has no `superseded_at`. `apply_facts` is the only way facts are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import compress, islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Index, func, select, update
from sqlalchemy.orm import Session
from sqlmodel import Field, SQLModel, col

from models.base.bulk import columns_of, insert_columns, one_of
from models.base.fingerprints import fingerprint, fingerprints_of
from models.base.utc import UtcDateTime

__all__ = ["Changes", "Fact", "apply_facts", "close_facts", "fingerprint", "in_force", "one_current"]


class Fact(SQLModel):
    """Columns of every fact table (not a table itself)."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(index=True)
    fingerprint: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    superseded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    run_id: int = Field(foreign_key="run.id", index=True)
    superseded_by: int | None = Field(default=None, foreign_key="run.id", index=True)


def one_current(table: str) -> Index:
    """A unique index that lets a key have one current row only, on both databases."""
    from sqlalchemy import text

    current = text("superseded_at IS NULL")
    return Index(f"ux_{table}_current", "key", unique=True, sqlite_where=current, postgresql_where=current)


def in_force(model: Any, recorded_at: datetime | None) -> tuple[ColumnElement[bool], ...]:
    """The conditions that pick the rows of a fact table in force now, or at a frozen instant."""
    if recorded_at is None:
        return (col(model.superseded_at).is_(None),)
    return (
        col(model.recorded_at) <= recorded_at,
        col(model.superseded_at).is_(None) | (col(model.superseded_at) > recorded_at),
    )


@dataclass(frozen=True, slots=True)
class Changes:
    """How many facts a run added, superseded by a new wording, withdrew and left as they were."""

    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    untouched: int = 0

    def __add__(self, other: Changes) -> Changes:
        return Changes(
            self.added + other.added,
            self.changed + other.changed,
            self.withdrawn + other.withdrawn,
            self.untouched + other.untouched,
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was written."""
        return not (self.added or self.changed or self.withdrawn)


CHUNK = 5000
CLOSE_CHUNK = 500
FactT = TypeVar("FactT", bound=Fact)
Content = Mapping[str, Any]
Current = dict[str, tuple[int, str]]


def apply_facts(
    session: Session,
    model: type[FactT],
    incoming: Iterable[Content],
    *,
    run_id: int,
    now: datetime,
    within: tuple[Any, ...] = (),
    unmarked: frozenset[str] = frozenset(),
    withdraw: bool = True,
) -> Changes:
    """Make the current rows of `model` (narrowed by the conditions `within`) say what `incoming` says.

    Each mapping holds the table's own columns and `key`; all mappings of a call hold the same columns. They are
    taken a chunk at a time, so memory does not grow with them. With `withdraw`, rows missing from `incoming` are
    superseded without a successor; that needs every current key in memory. Twice the same input changes nothing.
    Columns named in `unmarked` are stored but do not count as a change: they must not depend on what the fact
    says. Raises what the database raises on a broken constraint, a key said twice among them.
    """
    current = _current(session, model, *within) if withdraw else {}
    last_id = session.scalar(select(func.max(col(model.id)))) or 0
    total = Changes()
    rows = iter(incoming)
    while chunk := list(islice(rows, CHUNK)):
        if not withdraw:
            keys = [content["key"] for content in chunk]
            asked = one_of(col(model.key), keys, session.get_bind().dialect)
            current = _current(session, model, *within, col(model.id) <= last_id, asked)
        total += _apply_chunk(session, model, chunk, current, _Stamp(run_id, now, unmarked))
    if not withdraw:
        return total
    close_facts(session, model, [row_id for row_id, _ in current.values()], run_id=run_id, now=now)
    return total + Changes(withdrawn=len(current))


@dataclass(frozen=True, slots=True)
class _Stamp:
    run_id: int
    now: datetime
    unmarked: frozenset[str]

    def columns(self, count: int) -> dict[str, list[Any]]:
        """What every written row of the run says."""
        return {"recorded_at": [self.now] * count, "run_id": [self.run_id] * count}


def _current(session: Session, model: type[FactT], *conditions: Any) -> Current:
    statement = select(col(model.key), col(model.id), col(model.fingerprint))
    statement = statement.where(col(model.superseded_at).is_(None), *conditions)
    return {key: (row_id, mark) for key, row_id, mark in session.execute(statement) if row_id is not None}


def _apply_chunk(
    session: Session, model: type[FactT], chunk: list[Content], current: Current, stamp: _Stamp
) -> Changes:
    """Write what of a chunk is new; takes what it finds out of `current`."""
    columns = columns_of(chunk)
    marks = fingerprints_of({name: columns[name] for name in columns if name not in stamp.unmarked}, len(chunk))
    columns["fingerprint"] = marks
    old = [current.pop(key, None) for key in columns["key"]]
    is_new = [row is None or row[1] != mark for row, mark in zip(old, marks, strict=True)]
    closed = [row[0] for row in compress(old, is_new) if row is not None]
    close_facts(session, model, closed, run_id=stamp.run_id, now=stamp.now)  # before the successors claim the keys
    count = sum(is_new)
    if count < len(chunk):
        columns = {name: list(compress(values, is_new)) for name, values in columns.items()}
    if count:
        insert_columns(session, model, columns | stamp.columns(count))
    return Changes(added=count - len(closed), changed=len(closed), untouched=len(chunk) - count)


def close_facts(session: Session, model: type[FactT], ids: Sequence[int], *, run_id: int, now: datetime) -> None:
    """Supersede rows by id; they stay readable for whoever looks from an earlier moment."""
    for start in range(0, len(ids), CLOSE_CHUNK):
        chosen = col(model.id).in_(ids[start : start + CLOSE_CHUNK])
        session.execute(update(model).where(chosen).values(superseded_at=now, superseded_by=run_id))
