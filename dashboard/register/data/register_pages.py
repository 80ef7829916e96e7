"""The register page by page, found by key: every page costs what the first one does, the last one too."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.register.address import ListPosition, RegisterFilter
from dashboard.register.data.register_picture import ids_by_name
from dashboard.register.data.register_query import conditions
from models.register.organization import Organization

PAGE_ROWS = 25
KEY = (col(Organization.name_norm), col(Organization.id))


@dataclass(frozen=True, slots=True)
class PageIds:
    """The ids of one page in the order of names, and whether there are rows before and after it."""

    ids: tuple[int, ...]
    has_before: bool
    has_after: bool


def page_ids(session: Session, chosen: RegisterFilter, place: ListPosition) -> PageIds:
    """One page of PAGE_ROWS rows; an unknown row to go on from gives the first page.

    What a search found was counted already, so its page is cut from it; without words the rows are asked for by key.
    """
    if chosen.text:
        return _cut(ids_by_name(session, chosen), place)
    start = _key_of(session, place.row) if place.row else None
    if place.is_last or (place.is_backward and start):
        found = _ids(session, chosen, start, is_backward=True)
        ids = tuple(reversed(found[:PAGE_ROWS]))
        return PageIds(ids, has_before=len(found) > PAGE_ROWS, has_after=start is not None)
    found = _ids(session, chosen, start, is_backward=False)
    return PageIds(tuple(found[:PAGE_ROWS]), has_before=start is not None, has_after=len(found) > PAGE_ROWS)


def _cut(ids: array[int], place: ListPosition) -> PageIds:
    start = ids.index(place.row) if place.row is not None and place.row in ids else None
    if place.is_last or (place.is_backward and start is not None):
        end = len(ids) if start is None or place.is_last else start
        first = max(0, end - PAGE_ROWS)
    else:
        first = 0 if start is None else start + 1
        end = min(len(ids), first + PAGE_ROWS)
    return PageIds(tuple(ids[first:end]), has_before=first > 0, has_after=end < len(ids))


def _ids(session: Session, chosen: RegisterFilter, start: tuple[str, int] | None, *, is_backward: bool) -> list[int]:
    """The next ids after, or before, a row, one more than a page."""
    statement = select(col(Organization.id)).where(*conditions(chosen))
    if start is not None:
        statement = statement.where(tuple_(*KEY) < start if is_backward else tuple_(*KEY) > start)
    order = [column.desc() if is_backward else column.asc() for column in KEY]
    return [ident for ident in session.scalars(statement.order_by(*order).limit(PAGE_ROWS + 1)) if ident is not None]


def _key_of(session: Session, row: int) -> tuple[str, int] | None:
    name = session.scalars(select(col(Organization.name_norm)).where(col(Organization.id) == row)).one_or_none()
    return None if name is None else (name, row)
