"""Published values, read only as far as a page shows them: of one place, of one indicator, one by its key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.data.register_memory import remembered
from dashboard.data.snapshot import door
from models.observation import Observation
from models.place import Place
from models.reading import Moment, known_values, read_observations
from models.series import WHOLE_PERIODS

SHOWN = 500  # rows of a table on a page; whoever needs all takes the file
LARGE_PLACES = ("country", "province")
T = TypeVar("T")


def values_of_place(moment: Moment, place: str) -> list[Observation]:
    """Every value of a place."""
    with door().session() as session:
        return read_observations(session, moment, col(Observation.place) == place)


def values_of_indicator(moment: Moment, indicator: str) -> tuple[list[Observation], int]:
    """The newest values of the country and its provinces, at most SHOWN, and how many there are of all places."""
    large = select(col(Place.slug)).where(col(Place.level).in_(LARGE_PLACES))
    newest = col(Observation.period_end).desc()
    statement = select(Observation).where(
        *known_values(moment), col(Observation.indicator) == indicator, col(Observation.place).in_(large)
    )
    with door().session() as session:
        rows = list(session.scalars(statement.order_by(newest, col(Observation.key)).limit(SHOWN)))
        for row in rows:
            session.expunge(row)
    return rows, value_counts(moment).get(indicator, 0)


def value_counts(moment: Moment) -> dict[str, int]:
    """How many values each indicator has; counted once while the data version stands."""

    def count(session: Session) -> dict[str, int]:
        code = col(Observation.indicator)
        rows = session.execute(select(code, func.count(code)).where(*known_values(moment)).group_by(code))
        return {indicator: number for indicator, number in rows}  # noqa: C416

    return _once(("value counts", moment), count)


def value_by_key(moment: Moment, key: str) -> Observation | None:
    """One value, None when it is not known by then."""
    with door().session() as session:
        return next(iter(read_observations(session, moment, col(Observation.key) == key)), None)


def comparable_values(moment: Moment) -> Sequence[Any]:
    """What sources may disagree about: whole periods and days of the country and its provinces, no plans.

    Rows with the columns of an observation; read once while the data version stands.
    """

    def read(session: Session) -> Sequence[Any]:
        large = select(col(Place.slug)).where(col(Place.level).in_(LARGE_PLACES))
        statement = select(Observation).where(
            *known_values(moment),
            col(Observation.place).in_(large),
            col(Observation.period_kind).in_(sorted(WHOLE_PERIODS)),
            col(Observation.value_kind) != "plan",
        )
        columns = [getattr(Observation, name) for name in Observation.model_fields]
        return session.execute(statement.with_only_columns(*columns).order_by(col(Observation.key))).all()

    return _once(("comparable values", moment), read)


def _once(name: tuple[Any, ...], read: Callable[[Session], T]) -> T:
    with door().session() as session:
        return remembered(session, name, lambda: read(session))
