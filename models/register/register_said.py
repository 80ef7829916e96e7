"""When something was last said of an organisation, and which rows of the register count at all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from models.base.facts import in_force
from models.register.organization import Organization, OrganizationDetail, OrganizationState


def on_register(recorded_at: datetime | None) -> tuple[ColumnElement[bool], ...]:
    """Leaves out organisations that were taken back; at an earlier instant the entries in force then decide."""
    return () if recorded_at is not None else (~col(Organization.is_withdrawn),)


def counts(owner: Any, demo: bool, recorded_at: datetime | None) -> ColumnElement[bool]:
    """Whether the organisation `owner` is of the invented ones, or of the others, and was not taken back.

    As a question a row: of a join SQLite would begin with the organisations, which takes ten times as long.
    """
    found = select(col(Organization.id)).where(col(Organization.id) == owner, col(Organization.is_demo) == demo)
    return found.where(*on_register(recorded_at)).exists()


def last_said(owner: Any, end: date, recorded_at: datetime | None) -> Any:
    """The latest day up to `end` on which the state of the organisation `owner` was given.

    An organisation that never had a state counts from the day its entry became known.
    """
    state, entry = OrganizationState, aliased(OrganizationDetail)
    stated = select(func.max(col(state.on))).where(col(state.organization_id) == owner, col(state.on) <= end)
    has_state = select(col(state.id)).where(col(state.organization_id) == owner).correlate_except(state).exists()
    known: Any = entry.known_on
    entered = select(func.max(known)).where(col(entry.organization_id) == owner, known <= end, ~has_state)
    if recorded_at is not None:
        entered = entered.where(col(entry.recorded_at) <= recorded_at)
    stated = stated.where(*in_force(state, recorded_at))
    return func.coalesce(stated.scalar_subquery(), entered.scalar_subquery())


def stated_in(year: int, chosen: Any, *, demo: bool, recorded_at: datetime | None = None) -> Select[Any]:
    """One of the chosen organisations about which something is said in the year itself; nothing where there is none."""
    last_on = last_said(col(Organization.id), date(year, 12, 31), recorded_at)
    return (
        select(col(Organization.id))
        .where(col(Organization.id).in_(chosen), last_on >= date(year, 1, 1))
        .where(col(Organization.is_demo) == demo, *on_register(recorded_at))
        .limit(1)
    )


def places_stated(
    year: int, *, demo: bool, recorded_at: datetime | None = None, within: Collection[str] | None = None
) -> Select[Any]:
    """The places of organisations about which something is said in the year itself, all or those `within`."""
    detail, state = OrganizationDetail, OrganizationState
    entry: Any = aliased(detail)
    owner, days = col(detail.organization_id), (date(year, 1, 1), date(year, 12, 31))
    its_states = select(col(state.id)).where(col(state.organization_id) == owner).correlate_except(state)
    stated = its_states.where(col(state.on).between(*days), *in_force(state, recorded_at))
    entered = select(entry.id).where(entry.organization_id == owner, entry.known_on.between(*days))
    entered = entered.where(~its_states.exists())
    if recorded_at is not None:
        entered = entered.where(entry.recorded_at <= recorded_at)
    found = select(col(detail.place)).where(*in_force(detail, recorded_at), counts(owner, demo, recorded_at))
    if within is not None:
        found = found.where(col(detail.place).in_(within))
    return found.where(or_(stated.exists(), entered.correlate(detail).exists())).distinct()
