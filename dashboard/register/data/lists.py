"""Two lists of organisations of one place against each other, by name.

A list is what one load named, with the state it gave; loads of before names were kept are told by their day alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from dashboard.db.read_session import repository
from models.base.named import RunOrganization
from models.base.source import Run
from models.base.vietnamese_order import vietnamese_key
from models.register.organization import Organization, OrganizationState
from models.register.register_groups import OPERATING


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two lists by name. Of those in `same`, `unstated` have a state in one list only."""

    first: ListRef | None
    second: ListRef | None
    lists: tuple[ListRef, ...]
    same: tuple[ListedOrganization, ...] = ()
    only_first: tuple[ListedOrganization, ...] = ()
    only_second: tuple[ListedOrganization, ...] = ()
    other_state: tuple[ListedOrganization, ...] = ()
    unstated: int = 0


@dataclass(frozen=True, slots=True)
class ListRef:
    """One list of organisations of a place: what one load named, or (no `run`) everything said about one day."""

    key: str
    on: date
    count: int
    label: str = ""
    run: int | None = None


@dataclass(frozen=True, slots=True)
class ListedOrganization:
    """One organisation in two lists; a state is empty where the list does not name it, or gives none."""

    id: int
    name: str
    code: str
    commune: str
    first: str
    second: str


CHUNK = 5000


def compare_lists(place: str, first: str, second: str) -> Comparison:
    """Two lists of a place by key (a load's number) or ISO day; by default the newest two."""
    with repository().session() as session:
        lists = _lists(session, place)
        later = _chosen(lists, second) or (lists[0] if lists else None)
        earlier = _chosen(lists, first) or next((ref for ref in lists if ref != later), None)
        if earlier is None or later is None or earlier == later:
            return Comparison(None, later, lists)
        here, there = _states(session, place, earlier), _states(session, place, later)
        same, only_here, only_there, other = part_lists(here, there)
        parts = (same, only_here, only_there, other)
        names = _names(session, sorted({row for part in parts for row in part}))
    in_both, in_first, in_second, apart = (_named(part, names, here, there) for part in parts)
    unstated = sum(here[row] != there[row] for row in same)
    return Comparison(earlier, later, lists, in_both, in_first, in_second, apart, unstated)


def part_lists(here: Mapping[int, str], there: Mapping[int, str]) -> tuple[set[int], set[int], set[int], set[int]]:
    """Ids in both with no two states apart, only in the first, only in the second, in both with another state.

    A list that gives no state (empty text) contradicts none.
    """
    both = here.keys() & there.keys()
    other = {row for row in both if here[row] and there[row] and here[row] != there[row]}
    return both - other, set(here.keys() - both), set(there.keys() - both), other


def _chosen(lists: tuple[ListRef, ...], asked: str) -> ListRef | None:
    return next((ref for ref in lists if asked in (ref.key, ref.on.isoformat())), None)


def _lists(session: Session, place: str) -> tuple[ListRef, ...]:
    """The newest first; by day alone where no load of that day kept its names."""
    runs = _runs(session, place)
    known = {ref.on for ref in runs}
    state = OrganizationState
    statement = (
        select(col(state.on), func.count())
        .join(Organization, col(Organization.id) == col(state.organization_id))
        .where(*_of_place(place))
        .group_by(col(state.on))
    )
    days = [ListRef(on.isoformat(), on, count) for on, count in session.execute(statement) if on not in known]
    return tuple(sorted([*runs, *days], key=lambda ref: (ref.on, ref.run or 0), reverse=True))


def _runs(session: Session, place: str) -> list[ListRef]:
    undoing = aliased(Run)
    counted = (
        select(col(RunOrganization.run_id).label("run_id"), func.count().label("named"))
        .group_by(col(RunOrganization.run_id))
        .subquery()
    )
    statement = (
        select(col(Run.id), col(Run.source), col(Run.summary), counted.c.named)
        .join(counted, counted.c.run_id == col(Run.id))
        .outerjoin(undoing, col(undoing.undoes) == col(Run.id))
        .where(col(Run.place) == place, col(Run.status) == "done", col(undoing.id).is_(None))
        .where(col(Run.is_demo) == repository().settings.is_demo)
    )
    return [
        ListRef(str(run_id), date.fromisoformat(summary["on"]), named, source, run_id)
        for run_id, source, summary, named in session.execute(statement)
        if summary.get("on")
    ]


def _states(session: Session, place: str, ref: ListRef) -> dict[int, str]:
    """What a list says of each organisation it names; empty where it gives no state."""
    if ref.run is not None:
        named = RunOrganization
        statement: Select[int, str | None] | Select[int, str] = (
            select(col(named.organization_id), col(named.stated_state))
            .join(Organization, col(Organization.id) == col(named.organization_id))
            .where(col(named.run_id) == ref.run, ~col(Organization.is_withdrawn))
        )
    else:
        state = OrganizationState
        statement = (
            select(col(state.organization_id), col(state.state))
            .join(Organization, col(Organization.id) == col(state.organization_id))
            .where(*_of_place(place), col(state.on) == ref.on)
        )
    return {row_id: said or "" for row_id, said in session.execute(statement)}


def _names(session: Session, ids: list[int]) -> dict[int, tuple[str, str, str]]:
    row = Organization
    found: dict[int, tuple[str, str, str]] = {}
    for start in range(0, len(ids), CHUNK):
        statement = select(col(row.id), col(row.name), col(row.tax_code), col(row.commune_name))
        for row_id, name, code, commune in session.execute(
            statement.where(col(row.id).in_(ids[start : start + CHUNK]))
        ):
            found[row_id or 0] = (name, code or "", commune or "")
    return found


def _of_place(place: str) -> tuple[ColumnElement[bool], ...]:
    state = OrganizationState
    return (
        col(state.superseded_at).is_(None),
        col(state.field) == OPERATING,
        col(Organization.place) == place,
        ~col(Organization.is_withdrawn),
        col(Organization.is_demo) == repository().settings.is_demo,
    )


def _named(
    ids: set[int], names: Mapping[int, tuple[str, str, str]], here: Mapping[int, str], there: Mapping[int, str]
) -> tuple[ListedOrganization, ...]:
    rows = (ListedOrganization(row, *names[row], here.get(row, ""), there.get(row, "")) for row in ids)
    return tuple(sorted(rows, key=lambda row: (vietnamese_key(row.name), row.id)))
