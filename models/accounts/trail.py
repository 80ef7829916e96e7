"""The trail: who did what, when and where. Entries are only ever added, and each names the one before it.

Triggers refuse changes in both databases (migration 0006); on PostgreSQL the web's role lacks the right as well.
What an entry may say and what it never says: docs/decisions/0016-the-trail-is-append-only.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import JSON, Select, select, text
from sqlalchemy.orm import Session
from sqlmodel import Field, SQLModel, col

from models.base.database import Turn
from models.base.day_limits import FIRST_DAY, LAST_DAY
from models.base.day_text import LOCAL
from models.base.fitting import NUL, NUL_SIGN
from models.base.text import fold
from models.base.utc import UtcDateTime

COMMAND_LINE = "dòng lệnh"
FIRST = ""  # what the first entry names as the one before it
CHUNK = 1000


class TrailEntry(SQLModel, table=True):
    """One thing done. `previous` is the SHA-256 of the entry before; `place` None = not about one place.

    No foreign keys: an entry outlives accounts. `address_mark` groups entries of one network address without
    storing it. `roles` are the words of the actor's roles at that time.
    """

    __tablename__ = "trail"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    actor_id: int | None = None
    actor_name: str
    is_verified: bool
    roles: str
    action: str
    subject: str
    place: str | None = Field(default=None, index=True)
    details: dict[str, Any] = Field(sa_type=JSON)
    address_mark: str
    request_id: str
    actor_norm: str
    search_norm: str
    previous: str


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be noted; `details` holds plain JSON values."""

    action: str
    actor_name: str
    actor_id: int | None = None
    is_verified: bool = False
    roles: str = ""
    subject: str = ""
    place: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    address_mark: str = ""
    request_id: str = ""

    def telling(self, **more: Any) -> Deed:
        """The same with more details; what is None or empty is not told."""
        told = {name: value for name, value in more.items() if value not in (None, "", [])}
        return replace(self, details={**self.details, **told})


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What to look for: `places` None is every entry, else only entries of these places.

    Days are local and inclusive; `actor` and `words` are found without accents, every word of them.
    """

    first_day: date | None = None
    last_day: date | None = None
    actor: str = ""
    action: str = ""
    place: str = ""
    words: str = ""
    places: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Some entries, newest first, and whether there are newer and older ones."""

    entries: tuple[TrailEntry, ...]
    has_newer: bool
    has_older: bool


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What walking the chain found; `broken_at` is the first entry that does not name the one before it."""

    count: int
    last_id: int | None
    last_digest: str
    broken_at: int | None


def add_entry(session: Session, deed: Deed, *, at: datetime | None = None) -> None:
    """Add an entry to a change that holds its turn, as the last thing before its commit (changing.py)."""
    _hold(session)
    last = session.scalars(select(TrailEntry).order_by(col(TrailEntry.id).desc()).limit(1)).first()
    names = {name: getattr(deed, name) for name in Deed.__slots__ if name != "details"}
    said = [deed.actor_name, deed.subject, *map(str, deed.details.values())]
    session.add(
        TrailEntry(
            **names,
            at=at or datetime.now(UTC),
            details=dict(deed.details),
            actor_norm=fold(deed.actor_name),
            search_norm=fold(" ".join(said)),
            previous=digest(last) if last else FIRST,
        )
    )


def digest(entry: TrailEntry) -> str:
    """The SHA-256 of everything an entry says, its own link included."""
    return _digest_of(entry.model_dump() | {"at": entry.at.astimezone(UTC).isoformat()})


def _digest_of(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _digest_before_moving(entry: TrailEntry) -> str:
    """The digest of an entry that held NUL in SQLite, where the entry after it was written (models/base/fitting.py)."""
    content = entry.model_dump() | {"at": entry.at.astimezone(UTC).isoformat()}
    texts = {name: value.replace(NUL_SIGN, NUL) for name, value in content.items() if isinstance(value, str)}
    return _digest_of(content | texts)


def check_chain(session: Session) -> ChainReport:
    """Walk the whole trail and see that every entry names the one before it."""
    count, last, expected = 0, None, FIRST
    before: TrailEntry | None = None
    for entry in each_entry(session, TrailFilter(), oldest_first=True):
        if entry.previous != expected and not (before and entry.previous == _digest_before_moving(before)):
            return ChainReport(count, last, expected, entry.id)
        count, last, expected, before = count + 1, entry.id, digest(entry), entry
    return ChainReport(count, last, expected, None)


def read_trail(
    session: Session, chosen: TrailFilter, *, before: int | None = None, after: int | None = None, limit: int = 50
) -> TrailPage:
    """One page by key, newest first: entries older than `before`, or the next newer ones than `after`."""
    statement = _filtered(chosen)
    key = col(TrailEntry.id)
    if after is not None:
        found = list(session.scalars(statement.where(key > after).order_by(key).limit(limit + 1)))
        entries, has_newer = tuple(reversed(found[:limit])), len(found) > limit
        return TrailPage(entries, has_newer, has_older=_any(session, statement.where(key <= after)))
    older = statement if before is None else statement.where(key < before)
    found = list(session.scalars(older.order_by(key.desc()).limit(limit + 1)))
    has_newer = before is not None and _any(session, statement.where(key >= before))
    return TrailPage(tuple(found[:limit]), has_newer, has_older=len(found) > limit)


def each_entry(session: Session, chosen: TrailFilter, *, oldest_first: bool = False) -> Iterator[TrailEntry]:
    """Every entry that fits, some at a time, newest first unless asked otherwise."""
    key, statement, last = col(TrailEntry.id), _filtered(chosen), None
    while True:
        rest = statement if last is None else statement.where(key > last if oldest_first else key < last)
        found = session.scalars(rest.order_by(key if oldest_first else key.desc()).limit(CHUNK)).all()
        if not found:
            return
        last = found[-1].id
        yield from found
        session.expunge_all()


def _filtered(chosen: TrailFilter) -> Select[TrailEntry]:
    statement = select(TrailEntry)
    for column, value in ((TrailEntry.action, chosen.action), (TrailEntry.place, chosen.place)):
        statement = statement.where(col(column) == value) if value else statement
    if chosen.places is not None:
        statement = statement.where(col(TrailEntry.place).in_(sorted(chosen.places)))
    if chosen.first_day:
        statement = statement.where(col(TrailEntry.at) >= _midnight(chosen.first_day))
    if chosen.last_day:
        statement = statement.where(col(TrailEntry.at) < _midnight(chosen.last_day) + timedelta(days=1))
    for column, words in ((TrailEntry.actor_norm, chosen.actor), (TrailEntry.search_norm, chosen.words)):
        for word in fold(words).split():
            statement = statement.where(col(column).contains(word, autoescape=True))
    return statement


def _midnight(day: date) -> datetime:
    """The start of a local day; days that no entry can be of are held at the first or the last one."""
    return datetime.combine(max(FIRST_DAY, min(day, LAST_DAY)), time(), LOCAL)


def _any(session: Session, statement: Select[TrailEntry]) -> bool:
    return session.scalars(statement.limit(1)).first() is not None


def _hold(session: Session) -> None:
    """Let one writer at a time read the last entry and add the next; SQLite lets in one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": Turn.TRAIL.value})
