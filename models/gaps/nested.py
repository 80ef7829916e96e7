"""The two readings of "trong đó": a share of the group named before it, or of all. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from models.gaps.answer import Gap, share_of_all
from models.gaps.gap import measure_gap
from models.gaps.promise import Thresholds
from models.gaps.series import Series


def measured_of_all(nested: Gap, group: Gap, *, as_of: date, thresholds: Thresholds) -> Gap:
    """The gap of a nested share read as a share of all: each value times the group's own share on the same day.

    A day without a value of the group has none in this reading: nothing is carried over from another day.
    """
    shares = {point.period_end: point.value for point in group.series.points}
    points = tuple(
        replace(point, value=share_of_all(point.value, shares[point.period_end]))
        for point in nested.series.points
        if point.period_end in shares
    )
    line: Series = replace(nested.series, points=points)
    return measure_gap(nested.target, line, as_of=as_of, direction=nested.direction, thresholds=thresholds)
