"""The register by filters: counts from one cube a data version, pages found by key, blocks for the grid."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.db.cache import remembered
from dashboard.db.read_session import repository
from dashboard.register.address import ListPosition, RegisterFilter
from dashboard.register.data.register_picture import counts_of, ids_by_name
from dashboard.register.data.register_query import conditions
from dashboard.register.values import Cube, OrganizationLine, RegisterPage
from models.register.organization import Organization

PAGE_ROWS = 25
KeyValues = tuple[str, str, int]
KEY = (col(Organization.name_sort), col(Organization.name_norm), col(Organization.id))


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


def _ids(session: Session, chosen: RegisterFilter, start: KeyValues | None, *, is_backward: bool) -> list[int]:
    """The next ids after, or before, a row, one more than a page."""
    statement = select(col(Organization.id)).where(*conditions(chosen))
    if start is not None:
        statement = statement.where(tuple_(*KEY) < start if is_backward else tuple_(*KEY) > start)
    order = [column.desc() if is_backward else column.asc() for column in KEY]
    return [ident for ident in session.scalars(statement.order_by(*order).limit(PAGE_ROWS + 1)) if ident is not None]


def _key_of(session: Session, row: int) -> KeyValues | None:
    key = select(col(Organization.name_sort), col(Organization.name_norm)).where(col(Organization.id) == row)
    found = session.execute(key).one_or_none()
    return None if found is None else (*found, row)


BLOCK_ROWS = 100
EXPORT_CHUNK = 5000
SORTS: dict[str, Any] = {
    "name": Organization.name_sort,
    "founded_on": Organization.founded_on,
    "member_count": Organization.member_count,
    "operating_state_on": Organization.operating_state_on,
}
LINE_COLUMNS = [getattr(Organization, item.name) for item in fields(OrganizationLine)]


def build_register(chosen: RegisterFilter, place: ListPosition) -> RegisterPage:
    """One page by name at the place of the list, with all counts."""
    with repository().session() as session:
        whole = counts_of(session, RegisterFilter())
        cube = counts_of(session, chosen)
        found = page_ids(session, chosen, place)
        lines = lines_of(session, found.ids)
    return RegisterPage(
        chosen=chosen,
        whole=whole,
        cube=cube,
        lines=tuple(lines),
        has_before=found.has_before,
        has_after=found.has_after,
    )


def build_block(chosen: RegisterFilter, first: int, sort: str, descending: bool) -> tuple[list[OrganizationLine], int]:
    """The rows first..first+BLOCK_ROWS of the sorted list for the grid, and how many there are in all."""
    with repository().session() as session:
        ids = _sorted_ids(session, chosen, sort if sort in SORTS else "name", descending)
        return lines_of(session, ids[first : first + BLOCK_ROWS]), len(ids)


def first_lines(chosen: RegisterFilter, most: int) -> tuple[list[OrganizationLine], int]:
    """The first few by name, and how many there are in all."""
    with repository().session() as session:
        ids = ids_by_name(session, chosen)
        return lines_of(session, ids[:most]), len(ids)


def _sorted_ids(session: Session, chosen: RegisterFilter, sort: str, descending: bool) -> array[int]:
    """Every matching id in order, four bytes each: one search, then any block of it without asking again."""
    if sort == "name" and not descending:
        return ids_by_name(session, chosen)

    def find() -> array[int]:
        column = col(SORTS[sort])
        order = column.desc() if descending else column.asc()
        order = order if sort == "name" else order.nulls_last()  # names are never empty
        statement = select(col(Organization.id)).where(*conditions(chosen)).order_by(order, col(Organization.id))
        return array("i", session.scalars(statement))

    return remembered(session, ("ids", chosen, sort, descending), find)


def build_counts(chosen: RegisterFilter) -> Cube:
    """The counts for search words as they are typed."""
    with repository().session() as session:
        return counts_of(session, chosen)


def holds_demo() -> bool:
    """Whether the register holds invented rows; every page and paper of it must say so."""
    return build_counts(RegisterFilter()).holds_demo


def every_row(chosen: RegisterFilter, names: Sequence[str]) -> Iterator[Sequence[Any]]:
    """These columns of all matching rows by name, a chunk at a time: memory stays flat for the largest export."""
    order = KEY
    columns = [getattr(Organization, name) for name in names]
    with repository().session() as session:
        statement = select(*order, *columns).where(*conditions(chosen)).order_by(*order).limit(EXPORT_CHUNK)
        after = None
        while rows := session.execute(statement if after is None else statement.where(tuple_(*order) > after)).all():
            yield from (row[len(order) :] for row in rows)
            after = rows[-1][: len(order)]


def lines_of(session: Session, ids: Sequence[int | None]) -> list[OrganizationLine]:
    """The organisations with these ids, in this order."""
    found: dict[int, OrganizationLine] = {}
    for start in range(0, len(ids), 500):
        statement = select(*LINE_COLUMNS).where(col(Organization.id).in_(ids[start : start + 500]))
        found |= {row.id: OrganizationLine(*row) for row in session.execute(statement)}
    return [found[ident] for ident in ids if ident in found]
