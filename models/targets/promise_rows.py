"""Flat rows of promises held against each other, of the step between horizons and of projections."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from models.base.row_text import picked
from models.targets.consistency import Consistency
from models.targets.later_step import Base, LaterStep
from models.targets.promise_checks import check_promises, measure_steps, project_view, series_of_steps
from models.targets.reading import (
    GapView,
    Moment,
    known_values,
    read_gaps,
    read_places,
    read_programmes,
    read_thresholds,
)
from models.targets.stored import read_points

Row = dict[str, Any]


def consistency_rows(session: Session, moment: Moment) -> list[Row]:
    """One row a reviewed relation of a programme and horizon; ranges have two ends."""
    names = _names(session)
    found = check_promises(read_thresholds(session, moment).content, _in_force(session, moment))
    return [_consistency(item, names) for item in found]


def _consistency(item: Consistency, names: dict[str, str]) -> Row:
    actual = item.actual
    return {
        "place": item.place,
        "place_name": names[item.place],
        **picked(item, "programme horizon"),
        "relation": item.rule.code,
        **picked(item.rule, "kind text whole parts"),
        "whole_goal": item.whole.goal,
        "part_goals": [_number(part.goal) for part in item.parts],
        "unit": item.rule.unit,
        **picked(item.computed, "low high", "computed_"),
        **picked(item.stated, "low high", "stated_"),
        **picked(item, "difference verdict"),
        "actual": actual.value if actual else None,
        "actual_whole": actual.whole.value if actual else None,
        "actual_part": actual.part.value if actual else None,
        "actual_on": actual.whole.period_end if actual else None,
        "clauses": list(dict.fromkeys(target.clause for target in (item.whole, *item.parts))),
        "source": item.rule.source,
    }


def step_rows(session: Session, moment: Moment) -> list[Row]:
    """One row a step from the nearer to the later horizon; where none can be told, `state` says why."""
    names = _names(session)
    content = read_thresholds(session, moment).content
    places = {row.place for row in read_programmes(session, moment).values()}
    points = read_points(session, series_of_steps(content, places), *known_values(moment))
    return [_step(item, names) for item in measure_steps(content, _in_force(session, moment), points, moment.as_of)]


def _step(item: LaterStep, names: dict[str, str]) -> Row:
    return {
        "place": item.place,
        "place_name": names[item.place],
        "programme": item.programme,
        "step": item.rule.code,
        "state": item.state.value,
        "horizon": item.later_target.horizon,
        "indicator": item.rule.later,
        "later_low": item.later_target.low,
        "counts": [target.indicator for target in item.nearer_targets],
        "missing": list(item.missing),
        "nearer_horizon": max(target.horizon for target in item.nearer_targets),
        **picked(item.nearer, "low high", "nearer_"),
        **picked(item, "goal years"),
        **picked(item.per_year, "low high", "per_year_"),
        "unit": item.rule.unit,
        **_base("base", item.base),
        **_base("other", item.other),
        "reason": item.rule.other_measure or None,
        "source": item.rule.source,
    }


def _base(name: str, base: Base | None) -> Row:
    return {
        f"{name}_value": base.point.value if base else None,
        f"{name}_on": base.point.period_end if base else None,
        f"{name}_goal": base.goal if base else None,
        **picked(base.per_year if base else None, "low high", f"{name}_per_year_"),
    }


def projection_rows(session: Session, moment: Moment) -> list[Row]:
    """One row a yearly step of a projected promise; the band is what happened, not a probability."""
    names, content = _names(session), read_thresholds(session, moment).content
    return [row for view in _in_force(session, moment) for row in _projected(view, names, content)]


def _projected(view: GapView, names: dict[str, str], content: dict[str, Any]) -> list[Row]:
    found = project_view(content, view)
    if found is None or view.gap.target is None:
        return []
    return [
        {
            "place": view.place,
            "place_name": names[view.place],
            **picked(view, "programme indicator"),
            "horizon": view.gap.target.horizon,
            "period_end": step.on,
            **picked(step, "value low high"),
            "unit": view.gap.target.unit,
        }
        | picked(found, "per_year slowest fastest points estimates")
        for step in found.steps
    ]


def _in_force(session: Session, moment: Moment) -> list[GapView]:
    views = read_gaps(session, moment)
    return [view for view in views if view.amended_on is None or view.amended_on > moment.as_of]


def _names(session: Session) -> dict[str, str]:
    return {slug: place.full_name for slug, place in read_places(session).items()}


def _number(value: float) -> str:
    """A figure as text, as CSV writes it: lists hold texts."""
    return repr(int(value)) if float(value).is_integer() else repr(value)
