"""Where every organisation of the register stands, in four bytes each: a search then only looks through the names.

Reading the rows of thousands of hits to count them, or to leave out those taken back, cost several times the search.
"""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass
from sys import intern
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.db.cache import remembered
from dashboard.register.address import RegisterFilter
from dashboard.register.data.register_query import (
    COLUMNS,
    ROW_ID,
    commune_conditions,
    flag_conditions,
    in_register,
    text_conditions,
)
from dashboard.register.values import Cube
from dashboard.register.words import UNKNOWN
from models.register.organization import Organization

NOT_THERE = -1
CHUNK = 500  # rows in memory at a time while the picture is made


@dataclass(frozen=True, slots=True)
class Picture:
    """`groups` are the combinations of facets (and is_demo) that occur; `group_of` tells by id which one it is."""

    groups: tuple[tuple[Any, ...], ...]
    group_of: array[int]

    def counted(self, ids: array[int] | None = None) -> Cube:
        """How many of these organisations (None: of all) are in each combination."""
        found = Counter(self.group_of if ids is None else map(self.group_of.__getitem__, ids))
        found.pop(NOT_THERE, None)
        return Cube(tuple(map(self.groups.__getitem__, found)), array("i", found.values()))

    def narrowed(self, ids: array[int], chosen: RegisterFilter) -> array[int]:
        """Those of the ids that have the facets chosen, in the same order."""
        facets = [(index, wanted) for index, name in enumerate(COLUMNS) if (wanted := getattr(chosen, name))]
        if not facets:
            return ids
        asked = {
            number for number, group in enumerate(self.groups) if all(group[index] == code for index, code in facets)
        }
        return array("i", (ident for ident in ids if self.group_of[ident] in asked))


def picture_of(session: Session) -> Picture:
    """The picture of the register that this session may read, made once a data version."""
    return remembered(session, ("picture",), lambda: _read(session))


def counts_of(session: Session, chosen: RegisterFilter) -> Cube:
    """The counts of what matches the words, the flag and the commune."""
    name = ("cube", chosen.text, chosen.flag, chosen.commune)
    if any(name[1:]):
        return remembered(session, name, lambda: picture_of(session).counted(_found(session, chosen)))
    return remembered(session, name, lambda: picture_of(session).counted())


def ids_by_name(session: Session, chosen: RegisterFilter) -> array[int]:
    """Every matching id in the order of names, four bytes each."""
    return picture_of(session).narrowed(_found(session, chosen), chosen)


def _found(session: Session, chosen: RegisterFilter) -> array[int]:
    """The ids that match the words, the flag and the commune, by name; one search for rows and counts alike."""

    def find() -> array[int]:
        narrowing = [
            *text_conditions(chosen.text),
            *flag_conditions(chosen.flag),
            *commune_conditions(chosen.commune),
        ]
        order = (col(Organization.name_sort), col(Organization.name_norm), col(Organization.id))
        group_of = picture_of(session).group_of
        every = session.scalars(select(ROW_ID).where(*narrowing).order_by(*order))
        return array("i", (ident for ident in every if ident < len(group_of) and group_of[ident] != NOT_THERE))

    return remembered(session, ("found", chosen.text, chosen.flag, chosen.commune), find)


def _read(session: Session) -> Picture:
    columns = [ROW_ID, *(col(column) for column in COLUMNS.values()), col(Organization.is_demo)]
    rows = session.execute(select(*columns).where(in_register()).execution_options(yield_per=CHUNK))
    numbers: dict[tuple[Any, ...], int] = {}
    group_of = array("i")
    for ident, *codes, is_demo in rows:
        if ident >= len(group_of):
            group_of.extend([NOT_THERE] * (ident + 1 - len(group_of)))
        group = (*(intern(code or UNKNOWN) for code in codes), bool(is_demo))
        group_of[ident] = numbers.setdefault(group, len(numbers))
    return Picture(tuple(numbers), group_of)
