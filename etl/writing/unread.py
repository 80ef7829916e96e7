"""Closes unread values once the value is read: by a later list that says it, or by an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from etl.facts.reference import Writing
from etl.importers.draft import OrganizationRow
from etl.importers.lists.unread import DETAIL, REPORT, unread_suffix
from etl.importers.rating_fields import NAMES as RATING
from models.base.facts import Fact, close_facts
from models.register.organization import OrganizationDetail, OrganizationState, Rating, YearReport
from models.register.unread import UnreadValue

_DETAIL = {stored: name for name, stored in DETAIL.items()}
_REPORT, _RATING = {name: name for name in REPORT}, {name: name for name in RATING}
_NAMES: dict[type[Fact], dict[str, str]] = {OrganizationDetail: _DETAIL, YearReport: _REPORT, Rating: _RATING}


def close_read(writing: Writing, rows: Sequence[OrganizationRow], on: date | None) -> None:
    """Close the current unread values, of the day `on` or before, of which these rows say the value."""
    ids = [row.organization_id for row in rows]
    statement = select(col(UnreadValue.key), col(UnreadValue.id)).where(
        col(UnreadValue.organization_id).in_(ids), col(UnreadValue.superseded_at).is_(None)
    )
    if on is not None:
        statement = statement.where(col(UnreadValue.on) <= on)
    current = {key: row_id for key, row_id in writing.session.execute(statement) if row_id is not None}
    if current:
        closed = [current[key] for row in rows for key in _read(row) if key in current]
        close_facts(writing.session, UnreadValue, closed, run_id=writing.run_id, now=writing.now)


def _read(row: OrganizationRow) -> Iterator[str]:
    """The keys that unread values of what the row says would have."""
    for model, _suffix, said in row.facts:
        if model is OrganizationState:
            yield f"{row.organization_id}{unread_suffix(said['field'], said['on'].isoformat())}"
        year = str(said["year"]) if model is not OrganizationDetail and "year" in said else ""
        for stored, name in _NAMES.get(model, {}).items():
            if said.get(stored) is not None:
                yield f"{row.organization_id}{unread_suffix(name, year)}"
