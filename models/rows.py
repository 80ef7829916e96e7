"""Flat rows of what is true, one function a table: the command line, the API and the papers all use these.

Empty means unknown. Shares run from 0 to 100. models/base/row_text.py writes them as CSV and JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session
from sqlmodel import col

from models.gaps.gap import Gap
from models.gaps.promise import TargetRecord
from models.gaps.series import Point
from models.targets.indicator import Indicator
from models.targets.observation import Observation
from models.targets.promise_rows import consistency_rows, projection_rows, step_rows
from models.targets.reading import (
    GapView,
    Moment,
    PlaceView,
    read_gaps,
    read_indicators,
    read_observations,
    read_places,
    read_programmes,
)
from models.targets.views import Names
from models.tasks.task_rows import (
    duty_rows,
    explanation_rows,
    petition_rows,
    printed_task_rows,
    product_rows,
    task_rows,
)

Row = dict[str, Any]
ROWS_AT_ONCE = 2000


def place_rows(session: Session, moment: Moment) -> list[Row]:
    """One row a place; `predecessors` and `successors` are slugs."""
    return [
        {
            "place": place.slug,
            "place_name": place.full_name,
            "name": place.name,
            "level": place.level,
            "code": place.code,
            "place_type": place.place_type,
            "valid_from": place.valid_from,
            "valid_to": place.valid_to,
            "predecessors": list(place.predecessors),
            "successors": list(place.successors),
            "legal_basis": place.legal_basis,
        }
        for place in read_places(session).values()
    ]


def programme_rows(session: Session, moment: Moment) -> list[Row]:
    """One row a decision; number and day may be unknown (`issued_precision` says what is)."""
    places = read_places(session)
    return [
        {
            "programme": row.slug,
            "place": row.place,
            "place_name": places[row.place].full_name,
            "title": row.title,
            "number": row.number,
            "issued_on": row.issued_on,
            "issued_precision": row.issued_precision,
            "issuer": row.issuer_text,
            "implements": [document["number"] for document in row.implements],
            "replaces": [document["number"] for document in row.replaces],
            "reporting": (row.reporting or {}).get("text"),
            "checked": row.checked,
            "is_annex_entered": row.is_annex_entered,
            "is_body_entered": row.is_body_entered,
            "remark": row.remark,
        }
        for row in read_programmes(session, moment).values()
    ]


def target_rows(session: Session, moment: Moment) -> list[Row]:
    """One row a typed promise, amended ones included (`amended_on`)."""
    names = _read_names(session, moment)
    return [
        _target_columns(names, view, view.gap.target)
        | {"definition": view.gap.target.definition, "note": view.gap.target.note}
        for view in read_gaps(session, moment)
        if view.gap.target is not None
    ]


def gap_rows(
    session: Session, moment: Moment, kept: Sequence[GapView] | None = None, names: Names | None = None
) -> list[Row]:
    """One row a promise with every input of its status (no_target without one).

    `kept` are gaps measured already and `names` are those read already: there are thousands of places.
    """
    names = names or _read_names(session, moment)
    return [
        _target_columns(names, view, view.gap.target) | gap_columns(view.gap)
        for view in (read_gaps(session, moment) if kept is None else kept)
        if view.amended_on is None or view.amended_on > moment.as_of
    ]


def observation_rows(session: Session, moment: Moment, only: Mapping[str, str] | None = None) -> list[Row]:
    """One row a published value with its dates, definition and source; `only` narrows by `place` and `indicator`."""
    places, indicators = read_places(session), read_indicators(session)
    return [_observation_row(row, places, indicators) for row in read_observations(session, moment, *_narrowed(only))]


def each_observation_row(
    open_session: Callable[[], Session], moment: Moment, only: Mapping[str, str] | None = None
) -> Iterator[Row]:
    """The same rows some at a time by key, each time in a session of its own: memory does not grow with them."""
    with open_session() as session:
        places, indicators = read_places(session), read_indicators(session)
    last = ""
    while True:
        with open_session() as session:
            after = (*_narrowed(only), col(Observation.key) > last)
            found = read_observations(session, moment, *after, limit=ROWS_AT_ONCE)
        yield from (_observation_row(row, places, indicators) for row in found)
        if len(found) < ROWS_AT_ONCE:
            return
        last = found[-1].key


def _narrowed(only: Mapping[str, str] | None) -> list[ColumnElement[bool]]:
    columns = {"place": col(Observation.place), "indicator": col(Observation.indicator)}
    return [column == value for name, column in columns.items() if (value := (only or {}).get(name))]


def _observation_row(row: Observation, places: Mapping[str, PlaceView], indicators: Mapping[str, Indicator]) -> Row:
    return {
        "key": row.key,
        "place": row.place,
        "place_name": places[row.place].full_name,
        "indicator": row.indicator,
        "indicator_name": indicators[row.indicator].name,
        "definition": row.definition,
        "period_start": row.period_start,
        "period_end": row.period_end,
        "period_kind": row.period_kind,
        "value": row.value,
        "unit": row.unit,
        "value_kind": row.value_kind,
        "qualifier": row.qualifier,
        "publisher": row.publisher,
        "published_on": row.published_on,
        "known_on": row.known_on,
        "known_on_is_load_date": row.known_on_is_load_date,
        "recorded_at": row.recorded_at.isoformat(),
        "source_title": row.source_title,
        "source_url": row.source_url,
        "note": row.note,
    }


def gap_columns(gap: Gap) -> Row:
    """The measured part of a gap row; `definition` is the value's, or the promise's while there is no value."""
    latest = gap.latest
    target_definition = gap.target.definition if gap.target else None
    return {
        "status": gap.status.value,
        "flags": [flag.value for flag in gap.flags],
        "value": gap.value,
        "period_end": latest.period_end if latest else None,
        "definition": latest.definition if latest else target_definition,
        "target_definition": target_definition,
        "gap": gap.gap,
        "percent": gap.percent,
        "percent_of_distance": gap.percent_of_distance,
        "percent_of_time": gap.percent_of_time,
        "years_left": gap.years_left,
        "needed_per_year": gap.needed_per_year,
        "actual_per_year": gap.actual_per_year,
        "ratio": gap.ratio,
        "goal": gap.goal,
        "floor": gap.floor,
        "baseline": gap.baseline.value if gap.baseline else None,
        "baseline_on": gap.baseline.period_end if gap.baseline else None,
        "points": len(gap.series.points),
        "years_held": gap.years_held if gap.years else None,
        "years_known": gap.years_known if gap.years else None,
        "age_days": gap.age_days,
        **_evidence(latest),
        "thresholds": gap.thresholds_version,
        "as_of": gap.as_of,
    }


def _evidence(point: Point | None) -> Row:
    return {
        "value_kind": point.value_kind.value if point else None,
        "qualifier": point.qualifier.value if point else None,
        "publisher": point.publisher if point else None,
        "known_on": point.known_on if point else None,
        "source_title": point.source_title if point else None,
        "source_url": point.source_url if point else None,
    }


def _target_columns(names: Names, view: GapView, target: TargetRecord | None) -> Row:
    indicator = names.indicators[view.indicator]
    return {
        "place": view.place,
        "place_name": names.places[view.place].full_name,
        "programme": view.programme,
        "indicator": view.indicator,
        "indicator_name": indicator.name,
        "horizon": target.horizon if target else None,
        "comparator": target.comparator.value if target else None,
        "kind": target.kind.value if target else None,
        "low": target.low if target else None,
        "high": target.high if target else None,
        "unit": target.unit if target else indicator.unit,
        "clause": target.clause if target else None,
        "wording": target.wording if target else None,
        "nested_in": target.nested_in if target else None,
        "issued_on": names.programmes[view.programme].issued_on,
        "checked": names.programmes[view.programme].checked,
        "amended_on": view.amended_on,
        "amended_by": view.amended_by,
    }


def _read_names(session: Session, moment: Moment) -> Names:
    return Names(read_places(session), read_indicators(session), read_programmes(session, moment))


EXPORTS: dict[str, Callable[[Session, Moment], list[Row]]] = {
    "places": place_rows,
    "programmes": programme_rows,
    "targets": target_rows,
    "gaps": gap_rows,
    "tasks": task_rows,
    "duties": duty_rows,
    "task_products": product_rows,
    "explanations": explanation_rows,
    "petitions": petition_rows,
    "observations": observation_rows,
    "consistency": consistency_rows,
    "steps": step_rows,
    "projections": projection_rows,
}


# what a table gives while nobody asks for a day: the annex rows as printed instead of their yearly instances
WITHOUT_A_DAY: dict[str, Callable[[Session, Moment], list[Row]]] = {"tasks": printed_task_rows}


def export_rows(
    table: str, session: Session, moment: Moment, *, is_day_asked: bool, only: Mapping[str, str] | None = None
) -> list[Row]:
    """The rows of one of EXPORTS; `is_day_asked` tells whether the reader named the day to look from.

    `only` may narrow what is read of the values; all of a country's are too many to read for a few.
    """
    if table == "observations":
        return observation_rows(session, moment, only)
    chosen = EXPORTS if is_day_asked else {**EXPORTS, **WITHOUT_A_DAY}
    return chosen[table](session, moment)
