"""What promises say about each other and about the years ahead, from values already read: no session, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from models.gaps.projection import Projection, project_gap
from models.gaps.series import Point, ValueKind, preference
from models.targets.consistency import Consistency, check_all, rules_of
from models.targets.later_step import LaterStep, Population, step_rules_of, steps_of
from models.targets.views import GapView

Content = Mapping[str, Any]
Points = Mapping[tuple[str, str], Sequence[Point]]


def check_promises(content: Content, views: Sequence[GapView]) -> list[Consistency]:
    """Every reviewed relation that the promises in force allow."""
    return check_all(rules_of(content), views, float(content["about_tolerance"]["value"]))


def measure_steps(content: Content, views: Sequence[GapView], points: Points, as_of: date) -> list[LaterStep]:
    """Every step between horizons; populations are the newest known at the place itself, plans left out."""
    return steps_of(step_rules_of(content), views, _population(points, as_of))


def series_of_steps(content: Content, places: Iterable[str]) -> set[tuple[str, str]]:
    """The populations that steps of these places look at, as pairs of place and indicator."""
    rules = step_rules_of(content)
    codes = {code for rule in rules for code in (rule.share_of, rule.also_of) if code}
    return {(place, code) for place in places for code in codes}


def _population(points: Points, as_of: date) -> Population:
    def newest(place: str, indicator: str) -> Point | None:
        known = [
            point
            for point in points.get((place, indicator), ())
            if point.value_kind is not ValueKind.PLAN and point.period_end <= as_of and point.value > 0
        ]
        return max(known, key=preference, default=None)

    return newest


def project_view(content: Content, view: GapView) -> Projection | None:
    """The projection of one promise, with the least number of points that the method asks for."""
    return project_gap(view.gap, int(content["projection_min_points"]["value"]))
