"""Two lists of organisations of one place against each other, by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.data.snapshot import door
from dashboard.work_values import Comparison, ListRef, Named
from models.organization import Organization, OrganizationState
from models.register_groups import OPERATING


def compare_lists(place: str, first: date | None, second: date | None) -> Comparison:
    """Two lists of a place, by default the newest two; what both say alike is only counted."""
    with door().session() as session:
        lists = _lists(session, place)
        by_day = {ref.on: ref for ref in lists}
        newest = [ref.on for ref in lists[:2]]
        later = second if second in by_day else (newest[0] if newest else None)
        earlier = first if first in by_day else (newest[1] if len(newest) > 1 else None)
        if earlier is None or later is None or earlier == later:
            return Comparison(None, by_day.get(later) if later else None, lists)
        here, there = _states(session, place, earlier), _states(session, place, later)
        names = _names(session, place)
    same, only_here, only_there, other = part_lists(here, there)
    make = [
        tuple(sorted((_named(i, names, here, there) for i in ids), key=lambda n: n.name))
        for ids in (only_here, only_there, other)
    ]
    return Comparison(by_day[earlier], by_day[later], lists, len(same), *make)


def part_lists(here: Mapping[int, str], there: Mapping[int, str]) -> tuple[set[int], set[int], set[int], set[int]]:
    """Ids in both with the same state, only in the first, only in the second, in both with another state."""
    both = here.keys() & there.keys()
    same = {row for row in both if here[row] == there[row]}
    return same, set(here.keys() - both), set(there.keys() - both), both - same


def _lists(session: Session, place: str) -> tuple[ListRef, ...]:
    state = OrganizationState
    statement = (
        select(col(state.on), func.count())
        .join(Organization, col(Organization.id) == col(state.organization_id))
        .where(*_of_place(place))
        .group_by(col(state.on))
        .order_by(col(state.on).desc())
    )
    return tuple(ListRef(on, count) for on, count in session.execute(statement))


def _states(session: Session, place: str, on: date) -> dict[int, str]:
    state = OrganizationState
    statement = (
        select(col(state.organization_id), col(state.state))
        .join(Organization, col(Organization.id) == col(state.organization_id))
        .where(*_of_place(place), col(state.on) == on)
    )
    return {row_id: said for row_id, said in session.execute(statement)}  # noqa: C416


def _names(session: Session, place: str) -> dict[int, tuple[str, str, str]]:
    row = Organization
    statement = select(col(row.id), col(row.name), col(row.tax_code), col(row.commune_name))
    return {
        row_id: (name, code or "", commune or "")
        for row_id, name, code, commune in session.execute(statement.where(col(row.place) == place))
    }


def _of_place(place: str) -> tuple[Any, ...]:
    state = OrganizationState
    return (
        col(state.superseded_at).is_(None),
        col(state.field) == OPERATING,
        col(Organization.place) == place,
        ~col(Organization.is_withdrawn),
        col(Organization.is_demo) == door().settings.is_demo,
    )


def _named(
    row_id: int, names: Mapping[int, tuple[str, str, str]], here: Mapping[int, str], there: Mapping[int, str]
) -> Named:
    return Named(row_id, *names[row_id], here.get(row_id, ""), there.get(row_id, ""))
