"""Writes a draft: new organisations, then their facts merged with what is known, all under one run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session
from sqlmodel import col

from etl.draft import NOT_PART_OF_THE_FACT, Content, Draft, OrganizationRow
from etl.importers import communes
from etl.reference import Writing
from models.commune import SpellingDecision
from models.facts import Changes, Fact, apply_facts
from models.organization import Organization, OrganizationDetail, PairDecision, Rating

FACT_COLUMNS = frozenset(Fact.model_fields)
CHUNK = 5000
KEPT_CHANGES = 2000
WHOLE = (Rating,)  # class and points are said together: half of an older rating must not survive


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that a load changes; `old` is empty for something said for the first time."""

    name: str
    sheet: str
    row: int
    table: str
    field: str
    old: str
    new: str


@dataclass(slots=True)
class Written:
    """What a load did: rows by fate, changes by table, changed values (the first of very many)."""

    new: int = 0
    changed: int = 0
    untouched: int = 0
    tables: dict[str, Changes] = field(default_factory=dict)
    changes: list[FieldChange] = field(default_factory=list)
    change_count: int = 0
    new_names: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether the database already said all of it."""
        return self.new == 0 and all(changes.is_empty for changes in self.tables.values())


def write_draft(writing: Writing, draft: Draft) -> Written:
    """Write everything the draft holds; raises what the database raises on a broken constraint."""
    written = Written()
    fresh = _add_organizations(writing, draft.rows)
    found = _facts_of_rows(writing.session, draft, fresh, written)
    draft.rows.clear()
    for model in list(found):
        written.tables[str(model.__tablename__)] = _apply(writing, model, found.pop(model))
    for model, contents in draft.facts.items():
        if model is not PairDecision:  # decisions about pairs are no rows of the file
            _note_plain(writing.session, model, contents, written)
        written.tables[str(model.__tablename__)] = _apply(writing, model, contents)
    if draft.communes or draft.successions:
        _note_communes(written, communes.write(writing, draft))
    _add_spellings(writing, draft.spellings)
    return written


def _note_communes(written: Written, tables: dict[str, Changes]) -> None:
    """Communes and successions count as rows; one line of a conversion table brings two communes and their link."""
    written.tables |= tables
    for changes in tables.values():
        written.new += changes.added
        written.changed += changes.changed
        written.untouched += changes.untouched


def _apply(writing: Writing, model: type[Fact], contents: list[Content]) -> Changes:
    return apply_facts(
        writing.session,
        model,
        contents,
        run_id=writing.run_id,
        now=writing.now,
        unmarked=NOT_PART_OF_THE_FACT,
        withdraw=False,
    )


def _add_organizations(writing: Writing, rows: Sequence[OrganizationRow]) -> set[int]:
    """Insert the unknown organisations and give their rows the new ids."""
    unknown = [row for row in rows if row.organization_id is None]
    ids = _new_ids(writing.session, len(unknown))
    for row, row_id in zip(unknown, ids, strict=True):
        row.organization_id = row_id
    contents = [{**row.identity, "id": row.organization_id, "run_id": writing.run_id} for row in unknown]
    if contents:
        writing.session.execute(insert(Organization), contents)
    return set(ids)


def _new_ids(session: Session, count: int) -> list[int]:
    """Ids nobody has: asking the database for each row on its own takes longer than the insert itself.

    SQLite gives one writer at a time, and this run's own row has been written; PostgreSQL has its sequence.
    """
    if session.get_bind().dialect.name == "sqlite":
        last = session.scalars(select(func.max(col(Organization.id)))).one() or 0
        return list(range(last + 1, last + 1 + count))
    statement = text("SELECT nextval(pg_get_serial_sequence('organization', 'id')) FROM generate_series(1, :count)")
    return list(session.execute(statement, {"count": count}).scalars())


def _facts_of_rows(
    session: Session, draft: Draft, fresh: set[int], written: Written
) -> dict[type[Fact], list[Content]]:
    rows = draft.rows
    models = list(dict.fromkeys(model for row in rows for model, _suffix, _content in row.facts))
    known = [row.organization_id for row in rows if row.organization_id not in fresh]
    later = _spoken_of_later(session, known, draft.on)
    stored = {model: _current(session, model, known) for model in models}
    blanks = {model: _blank(model) for model in models}
    found: dict[type[Fact], list[Content]] = defaultdict(list)
    for row in rows:
        is_changed = False
        is_back = any(m is OrganizationDetail and f"{row.organization_id}" not in stored[m] for m, _, _ in row.facts)
        for model, suffix, said in row.facts:
            key = f"{row.organization_id}{suffix}"
            before = stored[model].get(key)
            base = blanks[model] if before is None or model in WHOLE else before
            news = _said(said)
            if model is OrganizationDetail and row.organization_id in later:
                news = {name: value for name, value in news.items() if base.get(name) is None}
            content = {**base, **news, "key": key, "organization_id": row.organization_id}
            found[model].append(content)
            if row.organization_id not in fresh and not is_back:
                is_changed |= _note(written, row, model, before, content)
        _count(written, row, is_new=row.organization_id in fresh or is_back, is_changed=is_changed)
    return found


def _spoken_of_later(session: Session, ids: Sequence[int | None], on: date | None) -> set[int | None]:
    """Organisations of which a list of a later day is known: an older list only fills their gaps."""
    if on is None:
        return set()
    found: set[int | None] = set()
    is_later = (col(Organization.operating_state_on) > on) | (col(Organization.legal_status_on) > on)
    for start in range(0, len(ids), CHUNK):
        chosen = col(Organization.id).in_(ids[start : start + CHUNK])
        found |= set(session.scalars(select(col(Organization.id)).where(chosen, is_later)))
    return found


def _said(content: Content) -> Content:
    """What is really said: a blank cell leaves standing what an earlier list said."""
    return {name: value for name, value in content.items() if value is not None}


def _count(written: Written, row: OrganizationRow, *, is_new: bool, is_changed: bool) -> None:
    if is_new:
        written.new += 1
        if len(written.new_names) < KEPT_CHANGES:
            written.new_names.append(row.name)
    elif is_changed:
        written.changed += 1
    else:
        written.untouched += 1


def _note(written: Written, row: OrganizationRow, model: type[Fact], before: Content | None, content: Content) -> bool:
    """Note the values that differ; tells whether any does."""
    old = before or {}
    differing = [
        name
        for name, value in content.items()
        if name not in NOT_PART_OF_THE_FACT and name not in ("key", "organization_id") and old.get(name) != value
    ]
    written.change_count += len(differing)
    for name in differing[: max(0, KEPT_CHANGES - len(written.changes))]:
        change = FieldChange(
            row.name, row.sheet, row.number, str(model.__tablename__), name, plain(old.get(name)), plain(content[name])
        )
        written.changes.append(change)
    return bool(differing)


def _note_plain(session: Session, model: type[Fact], contents: list[Content], written: Written) -> None:
    """Count and note values that belong to no organisation (published figures)."""
    keys = [content["key"] for content in contents]
    stored = _by_key(session, model, keys)
    for number, content in enumerate(contents, start=1):
        before = stored.get(content["key"])
        row = OrganizationRow("", number, str(content.get("indicator", content["key"])), 0, {})
        skipped = {"run_id", "id"}
        said = {name: value for name, value in content.items() if name not in skipped}
        is_changed = before is not None and _note(written, row, model, before, said)
        _count(written, row, is_new=before is None, is_changed=is_changed)


def _current(session: Session, model: type[Fact], ids: Sequence[int | None]) -> dict[str, Content]:
    found: dict[str, Content] = {}
    columns = [column for column in model.__table__.columns if column.name not in FACT_COLUMNS - {"key"}]  # type: ignore[attr-defined]
    for start in range(0, len(ids), CHUNK):
        chosen = model.__table__.c.organization_id.in_(ids[start : start + CHUNK])  # type: ignore[attr-defined]
        statement = select(*columns).where(chosen, col(model.superseded_at).is_(None))
        found |= {row["key"]: dict(row) for row in session.execute(statement).mappings()}
    return found


def _by_key(session: Session, model: type[Fact], keys: Sequence[str]) -> dict[str, Content]:
    found: dict[str, Content] = {}
    columns = [column for column in model.__table__.columns if column.name not in FACT_COLUMNS - {"key"}]  # type: ignore[attr-defined]
    for start in range(0, len(keys), CHUNK):
        chosen = col(model.key).in_(keys[start : start + CHUNK])
        statement = select(*columns).where(chosen, col(model.superseded_at).is_(None))
        found |= {row["key"]: dict(row) for row in session.execute(statement).mappings()}
    return found


def _blank(model: type[Fact]) -> Content:
    """Every column of the table that a fact may leave open, with the table's default."""
    fields = {name: info for name, info in model.model_fields.items() if name not in FACT_COLUMNS}
    return {name: None if info.is_required() else info.default for name, info in fields.items()}


def _add_spellings(writing: Writing, spellings: Iterable[Content]) -> None:
    for content in spellings:
        key = tuple(content[name] for name in ("kind", "place", "spelling"))
        if writing.session.get(SpellingDecision, key) is None:
            writing.session.add(SpellingDecision(**content, run_id=writing.run_id))
    writing.session.flush()


def plain(value: Any) -> str:
    """A stored value as an officer reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return f"{value:.12g}".replace(".", ",")
    return str(value)
