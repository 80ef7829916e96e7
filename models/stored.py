"""Stored rows as plain records, and published values read as points, whole series at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from operator import attrgetter
from sys import intern
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.observation import Observation
from models.programme import Programme, Target
from models.promise import Comparator, Kind, TargetRecord
from models.series import Point, Qualifier, ValueKind
from models.views import PlaceView

Key = tuple[str, str]


CHUNK = 100  # places asked for in one statement
ROWS = 1000  # read into memory at a time
POINT_COLUMNS: tuple[Any, ...] = (
    Observation.period_end,
    Observation.value,
    Observation.period_kind,
    Observation.value_kind,
    Observation.qualifier,
    Observation.definition,
    Observation.publisher,
    Observation.period_start,
    Observation.published_on,
    Observation.known_on,
    Observation.source_title,
    Observation.source_url,
    Observation.note,
    Observation.key,
)
VALUE_KINDS = {kind.value: kind for kind in ValueKind}
QUALIFIERS = {kind.value: kind for kind in Qualifier}


def read_points(session: Session, series: Collection[Key], *known: ColumnElement[bool]) -> dict[Key, list[Point]]:
    """The values of these series (place, indicator) under the conditions `known`, in the order of their keys.

    Columns, not rows of the table class: of tens of thousands of values that takes a third of the time. Asked for
    by "this place and these indicators or ...": of pairs, both databases read the whole table.
    """
    codes: dict[str, list[str]] = {}
    for place, indicator in sorted(series):
        codes.setdefault(place, []).append(indicator)
    places = list(codes)
    found: dict[Key, list[Point]] = {}
    statement = select(col(Observation.place), col(Observation.indicator), *POINT_COLUMNS).where(*known)
    for start in range(0, len(places), CHUNK):
        chosen = [_of_place(place, codes[place]) for place in places[start : start + CHUNK]]
        rows = session.execute(statement.where(or_(*chosen)).execution_options(yield_per=ROWS))
        for place, indicator, day, value, period, kind, qualifier, *rest in rows:
            point = Point(day, value, intern(period), VALUE_KINDS[kind], QUALIFIERS[qualifier], *map(_shared, rest))
            found.setdefault((place, indicator), []).append(point)
    return {key: sorted(points, key=_key_of) for key, points in found.items()}


def _shared(value: Any) -> Any:
    """The same publishers and titles come with thousands of values: each is kept in memory once."""
    return intern(value) if type(value) is str else value


def _of_place(place: str, codes: Sequence[str]) -> ColumnElement[bool]:
    return and_(col(Observation.place) == place, col(Observation.indicator).in_(codes))


_key_of = attrgetter("key")


def point_of(row: Observation) -> Point:
    """One stored value as a plain point."""
    return Point(
        period_end=row.period_end,
        value=row.value,
        period_kind=row.period_kind,
        value_kind=ValueKind(row.value_kind),
        qualifier=Qualifier(row.qualifier),
        definition=row.definition,
        publisher=row.publisher,
        period_start=row.period_start,
        published_on=row.published_on,
        known_on=row.known_on,
        source_title=row.source_title,
        source_url=row.source_url,
        note=row.note,
        key=row.key,
    )


def target_record(row: Target, programme: Programme, place: PlaceView) -> TargetRecord:
    """One stored promise as a plain record, with the programme's issue date and the place's end."""
    return TargetRecord(
        place=row.place,
        indicator=row.indicator,
        definition=row.definition,
        horizon=row.horizon,
        comparator=Comparator(row.comparator),
        kind=Kind(row.kind),
        low=row.low,
        high=row.high,
        unit=row.unit,
        clause=row.clause,
        wording=row.wording,
        programme=row.programme,
        issued_on=programme.issued_on,
        place_ended_on=place.valid_to,
        nested_in=row.nested_in,
        note=row.note,
    )
