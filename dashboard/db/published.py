"""Published values, read only as far as a page shows them: of one place, of one indicator, one by its key."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.db.cache import renewed
from dashboard.db.read_session import repository
from models.base.facts import Fact
from models.gaps.series import WHOLE_PERIODS
from models.places.place import Place
from models.targets.observation import Observation
from models.targets.reading import Moment, known_values, read_observations
from models.targets.touched import RunState, is_followed_in_order, run_state, touched_places

SHOWN = 500  # rows of a table on a page; whoever needs all takes the file
LARGE_PLACES = ("country", "province")
TOLD = ("key", *(name for name in Observation.model_fields if name not in Fact.model_fields))


def values_of_place(moment: Moment, place: str) -> list[Observation]:
    """Every value of a place."""
    with repository().session() as session:
        return read_observations(session, moment, col(Observation.place) == place)


def values_of_indicator(moment: Moment, indicator: str) -> tuple[list[Observation], int]:
    """The newest values of the country and its provinces, at most SHOWN, and how many there are of all places."""
    large = select(col(Place.slug)).where(col(Place.level).in_(LARGE_PLACES))
    newest = col(Observation.period_end).desc()
    statement = select(Observation).where(
        *known_values(moment), col(Observation.indicator) == indicator, col(Observation.place).in_(large)
    )
    with repository().session() as session:
        rows = list(session.scalars(statement.order_by(newest, col(Observation.key)).limit(SHOWN)))
        for row in rows:
            session.expunge(row)
    return rows, value_counts(moment).get(indicator, 0)


def value_counts(moment: Moment) -> dict[str, int]:
    """How many values each indicator has; after a run only its own values are counted.

    A frozen meeting looks at rows that no later run changes, so its counts are made for themselves.
    """

    def make(state: RunState) -> Counter[str]:
        if moment.recorded_at is not None:
            return _counted(session, *known_values(moment))
        of_then = (col(Observation.run_id) <= state.newest, _is_known(moment))
        counts = _counted(session, *of_then, col(Observation.superseded_at).is_(None))
        is_same = run_state(session) == state  # then nothing that counts was superseded meanwhile
        return counts if is_same else _counted(session, *of_then, _stands(state))

    def renew(counts: Counter[str], since: RunState, now: RunState) -> Counter[str] | None:
        if moment.recorded_at is not None or not is_followed_in_order(session, since, now):
            return None
        said = (_is_between(col(Observation.run_id), since, now), _stands(now))
        over = (_is_between(col(Observation.superseded_by), since, now), col(Observation.run_id) <= since.newest)
        made = Counter(counts)
        made.update(_counted(session, *said, _is_known(moment), by_run=True))
        made.subtract(_counted(session, *over, _is_known(moment), by_run=True))
        return +made

    with repository().session() as session:
        return renewed(session, ("value counts", moment), make, renew)


def _counted(session: Session, *chosen: ColumnElement[bool], by_run: bool = False) -> Counter[str]:
    code: Any = col(Observation.indicator)
    if by_run:  # as such, the index by indicator would be walked through for any run
        code = code.concat("")
    rows = session.execute(select(code, func.count()).where(*chosen).group_by(code))
    return Counter({indicator: number for indicator, number in rows})  # noqa: C416


def _stands(state: RunState) -> ColumnElement[bool]:
    """In force as of a state: what a run finishing meanwhile supersedes is counted with that run."""
    return col(Observation.superseded_at).is_(None) | (col(Observation.superseded_by) > state.newest)


def _is_between(run: Any, since: RunState, now: RunState) -> ColumnElement[bool]:
    return and_(run > since.newest, run <= now.newest)  # a range: named one by one, SQLite takes runs to be large


def _is_known(moment: Moment) -> ColumnElement[bool]:
    return col(Observation.known_on) <= moment.known_on


def value_by_key(moment: Moment, key: str) -> Observation | None:
    """One value, None when it is not known by then."""
    with repository().session() as session:
        return next(iter(read_observations(session, moment, col(Observation.key) == key)), None)


def comparable_values(moment: Moment) -> Sequence[Any]:
    """What sources may disagree about: whole periods and days of the country and its provinces, no plans.

    Rows with what an observation says (TOLD); after a run only the places that it touched are read again.
    """

    def make(_: RunState) -> dict[str, list[Any]]:
        return _comparable(session, moment)

    def renew(kept: dict[str, list[Any]], since: RunState, _: RunState) -> dict[str, list[Any]] | None:
        touched = touched_places(session, since)
        if touched is None:
            return None
        again = _comparable(session, moment, col(Observation.place).in_(touched)) if touched else {}
        return {place: rows for place, rows in kept.items() if place not in touched} | again

    with repository().session() as session:
        by_place = renewed(session, ("comparable values", moment), make, renew)
    return [row for rows in by_place.values() for row in rows]


def _comparable(session: Session, moment: Moment, *narrowed: ColumnElement[bool]) -> dict[str, list[Any]]:
    large = select(col(Place.slug)).where(col(Place.level).in_(LARGE_PLACES))
    statement = select(Observation).where(
        *known_values(moment),
        *narrowed,
        col(Observation.place).in_(large),
        col(Observation.period_kind).in_(sorted(WHOLE_PERIODS)),
        col(Observation.value_kind) != "plan",
    )
    columns = [getattr(Observation, name) for name in TOLD]
    found: dict[str, list[Any]] = defaultdict(list)
    for row in session.execute(statement.with_only_columns(*columns).order_by(col(Observation.key))):
        found[row.place].append(row)
    return dict(found)
