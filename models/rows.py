"""Flat rows of what is true, one function a table: the command line, the API and the papers all use these.

Empty means unknown. Shares run from 0 to 100. models/base/row_text.py writes them as CSV and JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base.row_text import picked
from models.gaps.gap import Gap
from models.gaps.promise import TargetRecord
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
from models.tasks.ordered_documents import document_rows
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
        {"place": place.slug, "place_name": place.full_name}
        | picked(place, "name level code place_type valid_from valid_to predecessors successors legal_basis")
        for place in read_places(session).values()
    ]


def programme_rows(session: Session, moment: Moment) -> list[Row]:
    """One row a decision; number and day may be unknown (`issued_precision` says what is)."""
    places = read_places(session)
    return [
        {"programme": row.slug, "place": row.place, "place_name": places[row.place].full_name}
        | picked(row, "title number issued_on issued_precision")
        | {
            "issuer": row.issuer_text,
            "implements": [document["number"] for document in row.implements],
            "replaces": [document["number"] for document in row.replaces],
            "reporting": (row.reporting or {}).get("text"),
        }
        | picked(row, "checked is_annex_entered is_body_entered remark")
        for row in read_programmes(session, moment).values()
    ]


def target_rows(session: Session, moment: Moment) -> list[Row]:
    """One row a typed promise, amended ones included (`amended_on`)."""
    names = _read_names(session, moment)
    return [
        _target_columns(names, view, view.gap.target) | picked(view.gap.target, "definition note")
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


def observation_rows(
    session: Session, moment: Moment, only: Mapping[str, str | Collection[str]] | None = None
) -> list[Row]:
    """One row a published value with its dates, definition and source; `only` narrows by `place` and `indicator`.

    A narrowing is one code or several.
    """
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


def _narrowed(only: Mapping[str, str | Collection[str]] | None) -> list[ColumnElement[bool]]:
    columns = {"place": col(Observation.place), "indicator": col(Observation.indicator)}
    return [
        column == value if isinstance(value, str) else column.in_(sorted(value))
        for name, column in columns.items()
        if (value := (only or {}).get(name))
    ]


def _observation_row(row: Observation, places: Mapping[str, PlaceView], indicators: Mapping[str, Indicator]) -> Row:
    return {
        **picked(row, "key place"),
        "place_name": places[row.place].full_name,
        "indicator": row.indicator,
        "indicator_name": indicators[row.indicator].name,
        **picked(row, "definition period_start period_end period_kind value unit value_kind qualifier publisher"),
        **picked(row, "published_on known_on known_on_is_load_date"),
        "recorded_at": row.recorded_at.isoformat(),
        **picked(row, "source_title source_url note"),
    }


def gap_columns(gap: Gap) -> Row:
    """The measured part of a gap row; `definition` is the value's, or the promise's while there is no value."""
    latest = gap.latest
    target_definition = gap.target.definition if gap.target else None
    return {
        **picked(gap, "status flags value"),
        "period_end": latest.period_end if latest else None,
        "definition": latest.definition if latest else target_definition,
        "target_definition": target_definition,
        **picked(gap, "gap percent percent_of_distance percent_of_time years_left needed_per_year actual_per_year"),
        **picked(gap, "ratio goal floor"),
        "baseline": gap.baseline.value if gap.baseline else None,
        "baseline_on": gap.baseline.period_end if gap.baseline else None,
        "points": len(gap.series.points),
        **picked(gap if gap.years else None, "years_held years_known"),
        "age_days": gap.age_days,
        **picked(latest, "value_kind qualifier publisher known_on source_title source_url"),
        "thresholds": gap.thresholds_version,
        "as_of": gap.as_of,
    }


def _target_columns(names: Names, view: GapView, target: TargetRecord | None) -> Row:
    indicator = names.indicators[view.indicator]
    return {
        "place": view.place,
        "place_name": names.places[view.place].full_name,
        "programme": view.programme,
        "indicator": view.indicator,
        "indicator_name": indicator.name,
        **picked(target, "horizon comparator kind low high"),
        "unit": target.unit if target else indicator.unit,
        **picked(target, "clause wording nested_in"),
        **picked(names.programmes[view.programme], "issued_on checked"),
        **picked(view, "amended_on amended_by"),
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
    "documents": document_rows,
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
