"""Stored rows as plain records, and published values read as points, whole series at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.gaps.promise import Comparator, PromiseKind, TargetRecord
from models.gaps.series import Point, Qualifier, ValueKind
from models.places.place_life import PlaceView
from models.targets.observation import Observation
from models.targets.programme import Programme, Target

Key = tuple[str, str]


CHUNK = 25  # places asked for in one statement; of 100 SQLite's own program for it takes 10 MB
ROWS = 1000  # read into memory at a time
POINT_COLUMNS: tuple[Any, ...] = (
    Observation.key,
    Observation.value,
    Observation.value_kind,
    Observation.qualifier,
    Observation.period_end,
    Observation.period_kind,
    Observation.definition,
    Observation.publisher,
    Observation.period_start,
    Observation.published_on,
    Observation.known_on,
    Observation.source_title,
    Observation.source_url,
    Observation.note,
)
TARGET_COLUMNS = [item.name for item in fields(TargetRecord) if item.name in Target.model_fields]
VALUE_KINDS = {kind.value: kind for kind in ValueKind}
QUALIFIERS = {kind.value: kind for kind in Qualifier}


def read_points(session: Session, series: Collection[Key], *known: ColumnElement[bool]) -> dict[Key, list[Point]]:
    """The values of these series (place, indicator) under the conditions `known`, in the order of their keys."""
    found: dict[Key, list[Point]] = {}
    shared: dict[Any, Any] = {}
    for place, indicator, *row in _rows(session, series, *known):
        found.setdefault((place, indicator), []).append(_point(row, shared))
    return {key: sorted(points, key=_key_of) for key, points in found.items()}


def read_newest(
    session: Session, series: Collection[Key], as_of: date, *known: ColumnElement[bool]
) -> dict[Key, Point]:
    """What `newest_points` gives of these series; the database looks for it, older values are not sent."""
    found: dict[Key, Any] = {}
    for row in _rows(session, series, *known, col(Observation.period_end) <= as_of, newest=True):
        best = found.setdefault((row.place, row.indicator), row)
        if row.key < best.key:  # of one day the first, in an order that no database's language changes
            found[row.place, row.indicator] = row
    shared: dict[Any, Any] = {}
    return {key: _point(row[2:], shared) for key, row in found.items()}


def _rows(
    session: Session, series: Collection[Key], *known: ColumnElement[bool], newest: bool = False
) -> Iterator[Any]:
    """Columns, not rows of the table class: of tens of thousands of values that takes a third of the time.

    Asked for by "this place and these indicators or ...": of pairs, both databases read the whole table.
    """
    codes: dict[str, list[str]] = {}
    for place, indicator in sorted(series):
        codes.setdefault(place, []).append(indicator)
    places = list(codes)
    statement = select(col(Observation.place), col(Observation.indicator), *POINT_COLUMNS)
    for start in range(0, len(places), CHUNK):
        chosen = (*known, or_(*[_of_place(place, codes[place]) for place in places[start : start + CHUNK]]))
        asked = (col(Observation.id).in_(_newest(*chosen)),) if newest else chosen
        yield from session.execute(statement.where(*asked).execution_options(yield_per=ROWS))


def _newest(*chosen: ColumnElement[bool]) -> Select[Any]:
    """The ids of the values of the newest day of each series."""
    series, day = (col(Observation.place), col(Observation.indicator)), col(Observation.period_end).desc()
    rank = func.rank().over(partition_by=series, order_by=day).label("rank")
    ranked = select(col(Observation.id), rank).where(*chosen).subquery()
    return select(ranked.c.id).where(ranked.c.rank == 1)


def _point(row: Sequence[Any], shared: dict[Any, Any]) -> Point:
    """A row of POINT_COLUMNS; the same days, publishers and titles come with thousands of values and are kept once."""
    key, value, kind, qualifier, *rest = row
    told: list[Any] = [*map(shared.setdefault, rest, rest), key]
    return Point(told[0], value, told[1], VALUE_KINDS[kind], QUALIFIERS[qualifier], *told[2:])


def newest_points(series: Mapping[Key, Sequence[Point]], as_of: date) -> dict[Key, Point]:
    """The newest value of each series up to the day, the first of them by key; series without one are left out."""
    found = {}
    for key, points in series.items():
        known = [point for point in points if point.period_end <= as_of]
        if known:
            found[key] = max(known, key=_day_of)
    return found


def _of_place(place: str, codes: Sequence[str]) -> ColumnElement[bool]:
    return and_(col(Observation.place) == place, col(Observation.indicator).in_(codes))


_key_of, _day_of = attrgetter("key"), attrgetter("period_end")


def point_of(row: Observation) -> Point:
    """One stored value as a plain point."""
    return _point([getattr(row, column.key) for column in POINT_COLUMNS], {})


def target_record(row: Target, programme: Programme, place: PlaceView) -> TargetRecord:
    """One stored promise as a plain record, with the programme's issue date and the place's end."""
    said = {name: getattr(row, name) for name in TARGET_COLUMNS}
    said |= {"comparator": Comparator(row.comparator), "kind": PromiseKind(row.kind)}
    return TargetRecord(**said, issued_on=programme.issued_on, place_ended_on=place.valid_to)
