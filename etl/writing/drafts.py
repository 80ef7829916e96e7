"""Writes a draft: new organisations, then their facts merged with what is known, all under one run.

Rows are written a chunk at a time and forgotten, so memory here does not grow with the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from etl.facts.reference import Writing
from etl.importers import communes
from etl.importers.draft import ELSEWHERE, NOT_PART_OF_THE_FACT, Content, Draft, OrganizationRow
from etl.writing.changes_written import Written
from etl.writing.programme_written import TABLES, write_programme
from etl.writing.unread import close_read
from models.base.bulk import insert_rows
from models.base.facts import Fact, apply_facts
from models.base.named import RunOrganization
from models.base.source import ReferenceChange, Run
from models.places.commune import Commune, CommuneSuccession, SpellingDecision
from models.register.organization import (
    LISTED,
    Organization,
    OrganizationDetail,
    OrganizationState,
    PairDecision,
    Rating,
)
from models.register.register_groups import OPERATING
from models.register.unread import UnreadValue

FACT_COLUMNS = frozenset(Fact.model_fields)
CHUNK = 5000
WHOLE = (Rating,)  # class and points are said together: half of an older rating must not survive
COMMUNE = ("commune_name", "district_name")


def tables_of(draft: Draft) -> set[type[SQLModel]]:
    """Every table that `write_draft` and what follows it may write for this draft."""
    tables: set[type[SQLModel]] = {Run, *(model for model, contents in draft.facts.items() if contents)}
    if draft.rows:
        tables |= {Organization, RunOrganization, UnreadValue}
        tables |= {model for row in draft.rows for model, _suffix, _ in row.facts}
    if draft.communes or draft.successions:
        tables |= {Commune, CommuneSuccession, ReferenceChange}
    tables |= set(TABLES) if draft.programme else set()
    return tables | ({SpellingDecision} if draft.spellings else set())


def write_draft(writing: Writing, draft: Draft) -> Written:
    """Write everything the draft holds; raises what the database raises on a broken constraint."""
    written = Written(untouched=draft.seen[ELSEWHERE])
    for rows in draft.rows.chunks():
        fresh = _add_organizations(writing, rows)
        found = _facts_of_rows(writing.session, rows, draft.on, fresh, written)
        close_read(writing, rows, draft.on)
        for model in list(found):
            _apply(writing, model, found.pop(model), written)
        if draft.is_list:
            _add_names(writing, rows)
    for model, contents in draft.facts.items():
        if model is not PairDecision:  # decisions about pairs are no rows of the file
            _note_plain(writing.session, model, contents, written)
        _apply(writing, model, contents, written)
    if draft.communes or draft.successions:
        written.note_communes(communes.write(writing, draft))
    _add_spellings(writing, draft.spellings)
    if draft.programme:
        write_programme(writing, draft.programme, written)
    return written


def _apply(writing: Writing, model: type[Fact], contents: Iterable[Content], written: Written) -> None:
    run_id, now = writing.run_id, writing.now
    unmarked = NOT_PART_OF_THE_FACT
    changes = apply_facts(writing.session, model, contents, run_id=run_id, now=now, unmarked=unmarked, withdraw=False)
    written.add(model, changes)


def _add_names(writing: Writing, rows: Sequence[OrganizationRow]) -> None:
    """Keep which organisations this list names, and in which state."""
    named = [
        {"run_id": writing.run_id, "organization_id": row.organization_id, "stated_state": _stated(row)} for row in rows
    ]
    insert_rows(writing.session, RunOrganization, named)


def _stated(row: OrganizationRow) -> str | None:
    states = (said for model, _suffix, said in row.facts if model is OrganizationState)
    return next((said["state"] for said in states if said["field"] == OPERATING), None)


def _add_organizations(writing: Writing, rows: Sequence[OrganizationRow]) -> set[int]:
    """Insert the unknown organisations and give their rows the new ids."""
    unknown = [row for row in rows if row.organization_id is None]
    ids = _new_ids(writing.session, len(unknown))
    for row, row_id in zip(unknown, ids, strict=True):
        row.organization_id = row_id
    contents = [{**row.identity, "id": row.organization_id, "run_id": writing.run_id} for row in unknown]
    insert_rows(writing.session, Organization, contents)
    return set(ids)


def _new_ids(session: Session, count: int) -> list[int]:
    """Ids nobody has: asking the database for each row on its own takes longer than the insert itself.

    SQLite gives one writer at a time, and this run's own row has been written; PostgreSQL has its sequence.
    """
    if session.get_bind().dialect.name == "sqlite":
        last = session.scalars(select(func.max(col(Organization.id)))).one() or 0
        return list(range(last + 1, last + 1 + count))
    sequence = "pg_get_serial_sequence(current_schema() || '.organization', 'id')"
    statement = text(f"SELECT nextval({sequence}) FROM generate_series(1, :count)")  # noqa: S608  (no value in it)
    return list(session.execute(statement, {"count": count}).scalars())


def _facts_of_rows(
    session: Session, rows: Sequence[OrganizationRow], on: date | None, fresh: set[int], written: Written
) -> dict[type[Fact], list[Content]]:
    models = list(dict.fromkeys(model for row in rows for model, _suffix, _content in row.facts))
    known = [row.organization_id for row in rows if row.organization_id not in fresh]
    later = _spoken_of_later(session, known, on)
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
            news = _without_unknown_commune(_said(said), base)
            if model is OrganizationDetail and row.organization_id in later:
                news = {name: value for name, value in news.items() if base.get(name) is None}
            content = {**base, **news, "key": key, "organization_id": row.organization_id}
            found[model].append(content)
            is_told = model is not UnreadValue and said.get("field") != LISTED
            if row.organization_id not in fresh and not is_back and is_told:
                is_changed |= written.note(row, model, before, content)
        written.count(row, is_new=row.organization_id in fresh or is_back, is_changed=is_changed)
    return found


def _spoken_of_later(session: Session, ids: Sequence[int | None], on: date | None) -> set[int | None]:
    """Organisations of which a list of a later day is known: an older list only fills their gaps."""
    if on is None:
        return set()
    found: set[int | None] = set()
    owner = col(OrganizationState.organization_id)
    is_later = (col(OrganizationState.on) > on, col(OrganizationState.superseded_at).is_(None))
    for start in range(0, len(ids), CHUNK):
        chosen = owner.in_(ids[start : start + CHUNK])
        found |= set(session.scalars(select(owner).where(chosen, *is_later).distinct()))
    return found


def _said(content: Content) -> Content:
    """What is really said: a blank cell leaves standing what an earlier list said."""
    return {name: value for name, value in content.items() if value is not None}


def _without_unknown_commune(news: Content, base: Content) -> Content:
    """What a row says, without the words of a commune that nobody knows where the organisation's commune is known."""
    is_unknown = "commune_name" in news and "commune_code" not in news and base.get("commune_code")
    return {name: value for name, value in news.items() if name not in COMMUNE} if is_unknown else news


def _note_plain(session: Session, model: type[Fact], contents: Iterable[Content], written: Written) -> None:
    """Count and note values that belong to no organisation (published figures)."""
    numbered = enumerate(contents, start=1)
    while chunk := list(islice(numbered, CHUNK)):
        stored = _by_key(session, model, [content["key"] for _number, content in chunk])
        for number, content in chunk:
            before = stored.get(content["key"])
            row = OrganizationRow("", number, str(content.get("indicator", content["key"])), 0, {})
            said = {name: value for name, value in content.items() if name not in ("run_id", "id")}
            is_changed = before is not None and written.note(row, model, before, said)
            written.count(row, is_new=before is None, is_changed=is_changed)


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
