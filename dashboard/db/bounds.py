"""The bounds of a session: a viewer of some places reads rows of these places only, whatever the query asks.

Every mapped class has its criterion here; a class without one gives nothing, and a test names it. Statements that
do not read mapped classes are refused in a bounded session, so that none can slip past.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import g, has_request_context
from sqlalchemy import ColumnElement, event, exists, false, literal, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlmodel import col

from models import registry as tables
from models.accounts.changing import ChangeSession
from models.accounts.rights import Viewer
from models.places.place import COUNTRY

Places = frozenset[str]
Criterion = Callable[[Any], ColumnElement[bool]]
Bound = Callable[[Places], Criterion]
WHOLE = "whole"  # execution option: the statement names no row that a reader sees, or is bounded by its author


def seen_places() -> Places | None:
    """The places whose rows this request may read; None = all, as on the command line. Unknown viewers read none."""
    if not has_request_context():
        return None
    viewer: Viewer | None = g.get("viewer")
    return viewer.places if viewer is not None else frozenset()


def is_seen(place: str | None) -> bool:
    """Whether what is about this place may be shown; None is about all places."""
    places = seen_places()
    return places is None or (place is not None and place in places)


class BoundSession(Session):
    """A session that reads only what its viewer may see; `places` None is everything."""

    def __init__(self, engine: Any, places: Places | None) -> None:
        super().__init__(engine, info={"places": places})


class WritingSession(ChangeSession):
    """A session for one change: it reads everything, and adds rows only of the places where this request may."""


class OutOfBoundsError(RuntimeError):
    """A row of a place where this request may change nothing was about to be written; a mistake of ours."""


@event.listens_for(BoundSession, "do_orm_execute")
def _keep_within(state: ORMExecuteState) -> None:
    places: Places | None = state.session.info["places"]
    if places is None or state.is_column_load or state.execution_options.get(WHOLE):
        return
    if not state.is_select:
        raise OutOfBoundsError("a bounded session only reads")
    if not state.is_orm_statement:
        raise OutOfBoundsError("a bounded session reads mapped classes only")
    state.statement = state.statement.options(*criteria(places))


@event.listens_for(BoundSession, "before_flush")
def _never_write(session: Session, *_: object) -> None:
    if has_request_context():
        raise OutOfBoundsError("a session for reading does not write: ask the repository for a writing one")


@event.listens_for(WritingSession, "before_flush")
def _write_within(session: Session, *_: object) -> None:
    if not has_request_context():
        return
    places: Places | None = g.get("changing_places", frozenset())
    for row in session.new:
        if isinstance(row, tables.TrailEntry):
            continue  # it says of which place the request was, whatever was written
        place = getattr(row, "place", COUNTRY) or COUNTRY
        if hasattr(row, "place") and places is not None and place not in places:
            raise OutOfBoundsError(f"a row of {place} in a request that may not change it")


@lru_cache(maxsize=64)
def criteria(places: Places) -> tuple[Any, ...]:
    """The bounds of every table for these places."""
    return tuple(
        with_loader_criteria(mapped, bound(places), include_aliases=True)
        for mapped in tables.mapped_classes()
        if (bound := bound_of(mapped)) is not None
    )


def bound_of(mapped: type[Any]) -> Bound | None:
    """How a table is bounded; None where it is open to every reader, nothing where nobody said."""
    if mapped in OPEN:
        return None
    if mapped in BOUNDS:
        return BOUNDS[mapped]
    return _by_place if hasattr(mapped, "place") else _nothing


def is_said(mapped: type[Any]) -> bool:
    """Whether somebody decided how this table is bounded."""
    return mapped in OPEN or mapped in BOUNDS or hasattr(mapped, "place")


# Each criterion is a lambda whose only free variable is `places`: SQLAlchemy keeps its SQL and binds the places anew.
def _by_place(places: Places) -> Criterion:
    return lambda row: row.place.in_(places)


def _by_slug(places: Places) -> Criterion:
    return lambda row: row.slug.in_(places)


def _by_both_ends(places: Places) -> Criterion:
    return lambda row: row.predecessor.in_(places) & row.successor.in_(places)


def _by_place_or_none(places: Places) -> Criterion:
    return lambda row: row.place.in_(places) | row.place.is_(None)


def _by_organization(places: Places) -> Criterion:
    return lambda row: row.organization_id.in_(
        select(col(tables.Organization.id)).where(col(tables.Organization.place).in_(places))
    )


def _by_task(places: Places) -> Criterion:
    return lambda row: row.task.in_(select(col(tables.Task.key)).where(col(tables.Task.place).in_(places)))


def _by_programme(places: Places) -> Criterion:
    return lambda row: row.programme.in_(
        select(col(tables.Programme.slug)).where(col(tables.Programme.place).in_(places))
    )


def _by_meeting(places: Places) -> Criterion:
    return lambda row: row.meeting_id.in_(select(col(tables.Meeting.id)).where(col(tables.Meeting.place).in_(places)))


def _by_address(places: Places) -> Criterion:
    return lambda row: exists().where(
        col(tables.Place.slug).in_(places),
        row.address.like(literal("/tinh/") + col(tables.Place.slug) + literal("#%")),
    )


def _nothing(_places: Places) -> Criterion:
    return lambda _row: false()


# Names and rules that are the same everywhere, and tables with a guard of their own: accounts (sign-in and
# administration), the trail (dashboard.access.trail) and jobs (dashboard.reports.data.papers ask for the job's places).
OPEN: frozenset[type[Any]] = frozenset(
    {
        tables.Agency,
        tables.AgencySuccession,
        tables.CommuneSuccession,
        tables.Indicator,
        tables.ThresholdSet,
        tables.Account,
        tables.AccountGrant,
        tables.AccountSession,
        tables.AccessToken,
        tables.RecoveryCode,
        tables.FailedSignIn,
        tables.TrailEntry,
        tables.Job,
        tables.SentForm,
    }
)
BOUNDS: dict[type[Any], Bound] = {
    tables.Place: _by_slug,
    tables.PlaceSuccession: _by_both_ends,
    tables.QualitativePromise: _by_programme,
    tables.AgendaItem: _by_meeting,
    tables.Run: _by_place_or_none,
    tables.KeptAnswer: _by_place_or_none,
    tables.Remark: _by_address,
    tables.TaskReport: _by_task,
    tables.TaskTrigger: _by_task,
    tables.TaskProduct: _by_task,
    tables.OrganizationDetail: _by_organization,
    tables.OrganizationState: _by_organization,
    tables.OrganizationPerson: _by_organization,
    tables.YearReport: _by_organization,
    tables.Rating: _by_organization,
    tables.WorklistStep: _by_organization,
    tables.RunOrganization: _by_organization,
    tables.UnreadValue: _by_organization,
    # received files and what reference rows said before: opened only by functions that ask first
    tables.SourceFile: _nothing,
    tables.ReferenceChange: _nothing,
    tables.PairDecision: _nothing,
}
