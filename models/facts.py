"""Facts are never overwritten: a changed fact closes the old row and adds a new one.

A fact has a stable `key` (what it is about) and a `fingerprint` (what it says). At most one row of
a key is current, that is, has no `superseded_at`. `apply_facts` is the only way facts are written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Index, insert, select, update
from sqlalchemy.orm import Session
from sqlmodel import Field, SQLModel, col

from models.database import UtcDateTime


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


CLOSE_CHUNK = 500
FactT = TypeVar("FactT", bound=Fact)


def fingerprint(content: Mapping[str, Any]) -> str:
    """A checksum of what a fact says; equal content gives equal text whatever the key order."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def apply_facts(
    session: Session,
    model: type[FactT],
    incoming: Iterable[Mapping[str, Any]],
    *,
    run_id: int,
    now: datetime,
    within: tuple[Any, ...] = (),
    unmarked: frozenset[str] = frozenset(),
    withdraw: bool = True,
) -> Changes:
    """Make the current rows of `model` (narrowed by the conditions `within`) say what `incoming` says.

    Each mapping holds the table's own columns and `key`; all mappings of a call hold the same columns.
    With `withdraw`, rows missing from `incoming` are superseded without a successor. Twice the same input
    changes nothing. Columns named in `unmarked` are stored but do not count as a change: they must not
    depend on what the fact says. Raises what the database raises on a broken constraint.
    """
    statement = select(col(model.key), col(model.id), col(model.fingerprint))
    statement = statement.where(col(model.superseded_at).is_(None), *within)
    current = {key: (row_id, mark) for key, row_id, mark in session.execute(statement) if row_id is not None}
    added: list[dict[str, Any]] = []
    closed: list[int] = []
    counts = {"added": 0, "changed": 0, "withdrawn": 0, "untouched": 0}
    for content in incoming:
        mark = fingerprint({name: value for name, value in content.items() if name not in unmarked})
        old = current.pop(content["key"], None)
        if old is not None and old[1] == mark:
            counts["untouched"] += 1
            continue
        counts["changed" if old is not None else "added"] += 1
        closed += [old[0]] if old is not None else []
        added.append({**content, "fingerprint": mark, "recorded_at": now, "run_id": run_id})
    if withdraw:
        closed += [row_id for row_id, _ in current.values()]
        counts["withdrawn"] = len(current)
    close_facts(session, model, closed, run_id=run_id, now=now)  # before the successors claim the keys
    if added:
        session.execute(insert(model), added)
    return Changes(**counts)


def close_facts(session: Session, model: type[FactT], ids: Sequence[int], *, run_id: int, now: datetime) -> None:
    """Supersede rows by id; they stay readable for whoever looks from an earlier moment."""
    for start in range(0, len(ids), CLOSE_CHUNK):
        chosen = col(model.id).in_(ids[start : start + CLOSE_CHUNK])
        session.execute(update(model).where(chosen).values(superseded_at=now, superseded_by=run_id))


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be part of a fact")
