"""Promises of a level at the horizon: gap, distance and pace. Pure arithmetic, see models.gaps.gap."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any

from models.gaps.answer import Gap, Status
from models.gaps.promise import Direction, TargetRecord, Thresholds, is_met, lowest_accepted
from models.gaps.series import Point, Series, pace_points

DAYS_PER_YEAR = 365.25
Figures = dict[str, Any]  # parts of a gap by name: a gap is copied once for all of them, a copy costs 11 µs
FINAL_VALUE_FROM_MONTH = 11  # provinces report by 30/11 or 14/12, calendar years end on 31/12


def measure_level(gap: Gap, target: TargetRecord, t: Thresholds) -> Gap:
    """Judge a level promised for the horizon by its latest value and its pace."""
    latest, floor = gap.latest, lowest_accepted(target, t.about_tolerance)
    if latest is None:
        return replace(gap, goal=target.goal, floor=floor, status=without_values(gap, target))
    figures = level_figures(gap, target, latest) | _pace_figures(gap, target, latest, t)
    gap = replace(gap, goal=target.goal, floor=floor, **figures)
    if gap.as_of is not None and (gap.as_of > target.horizon_end or latest.period_end >= target.horizon_end):
        return _judge_final(gap, target, t)
    return replace(gap, status=_level_status(gap, target, latest, t))


def _level_status(gap: Gap, target: TargetRecord, latest: Point, t: Thresholds) -> Status:
    if latest.period_end < target.issued_on:
        return Status.SHORT_SERIES
    if is_met(target, latest.value, direction=gap.direction, about_tolerance=t.about_tolerance):
        return Status.REACHED
    if len(gap.pace_points) < 2:
        return Status.SHORT_SERIES
    if gap.ratio is None:  # the goal is touched but not met: nothing more is needed but to pass it
        return Status.MOVING_AWAY if is_adverse(gap.last_change_per_year, gap.direction) else Status.ON_TRACK
    return status_of_ratio(gap.ratio, t)


def _judge_final(gap: Gap, target: TargetRecord, t: Thresholds) -> Gap:
    """After the horizon only the value of the horizon itself counts, and no year is left to need anything of."""
    first_day = date(target.horizon, FINAL_VALUE_FROM_MONTH, 1)
    finals = [p for p in gap.series.points if first_day <= p.period_end <= target.horizon_end]
    gap = replace(gap, needed_per_year=None, ratio=None, years_left=0.0)
    if not finals:
        return replace(gap, status=Status.NO_DATA)
    final = finals[-1]
    met = is_met(target, final.value, direction=gap.direction, about_tolerance=t.about_tolerance)
    return replace(gap, status=Status.REACHED if met else Status.MISSED, **level_figures(gap, target, final))


def level_figures(gap: Gap, target: TargetRecord, latest: Point) -> Figures:
    """The parts of a gap that `latest` alone tells: the value, gap, percent of target, of the way and of the time."""
    goal, baseline = target.goal, _baseline(gap.series, target)
    span = (target.horizon_end - target.issued_on).days
    distance = _distance(goal, baseline, gap.direction)
    passed = max(0, (latest.period_end - target.issued_on).days)
    return {
        "latest": latest,
        "value": latest.value,
        "age_days": age_in_days(gap, latest),
        "gap": goal - latest.value if gap.direction is Direction.LOWER else latest.value - goal,
        "percent": latest.value / goal * 100 if goal else None,
        "baseline": baseline,
        "percent_of_distance": (latest.value - baseline.value) / distance * 100 if baseline and distance else None,
        "percent_of_time": passed / span * 100 if span > 0 else None,
    }


def _pace_figures(gap: Gap, target: TargetRecord, latest: Point, t: Thresholds) -> Figures:
    years_left = (target.horizon_end - latest.period_end).days / DAYS_PER_YEAR
    points = pace_points(gap.series.points, t.merge_days)
    changes = annual_changes(points)
    actual = median(changes) if changes else None
    needed = _needed_pace(target.goal - latest.value, years_left, gap.direction)
    return {
        "years_left": max(0.0, years_left),
        "pace_points": points,
        "needed_per_year": needed,
        "actual_per_year": actual,
        "last_change_per_year": changes[-1] if changes else None,
        "ratio": actual / needed if actual is not None and needed else None,
    }


def _distance(goal: float, baseline: Point | None, direction: Direction) -> float:
    """The way from the baseline to the goal; 0 when there is none to go."""
    if baseline is None:
        return 0.0
    way = goal - baseline.value
    return max(0.0, way) if direction is Direction.HIGHER else min(0.0, way)


def age_in_days(gap: Gap, point: Point) -> int | None:
    """How old a value is on the day gaps are measured."""
    return (gap.as_of - point.period_end).days if gap.as_of else None


def _needed_pace(missing: float, years_left: float, direction: Direction) -> float | None:
    """The yearly change that closes `missing`; 0 when the goal is touched, None when no time is left."""
    missing = max(0.0, missing) if direction is Direction.HIGHER else min(0.0, missing)
    if missing == 0:
        return 0.0
    return missing / years_left if years_left > 0 else None


def actual_pace(points: tuple[Point, ...]) -> float | None:
    """The median of the annualised changes between consecutive points; None below two points."""
    changes = annual_changes(points)
    return median(changes) if changes else None


def annual_changes(points: tuple[Point, ...]) -> list[float]:
    """The changes between consecutive points, each as if it had gone on for a year."""
    return [
        (later.value - earlier.value) / ((later.period_end - earlier.period_end).days / DAYS_PER_YEAR)
        for earlier, later in pairwise(points)
    ]


def status_of_ratio(ratio: float, t: Thresholds) -> Status:
    """The word for actual pace over needed pace."""
    ratio = round(ratio, 9)
    if ratio < 0:
        return Status.MOVING_AWAY
    if ratio < t.slow_ratio:
        return Status.AT_RISK
    return Status.SLOW if ratio < t.on_track_ratio else Status.ON_TRACK


def without_values(gap: Gap, target: TargetRecord) -> Status:
    """The status of a promise about which no value is comparable."""
    if gap.as_of is not None and gap.as_of > target.horizon_end:
        return Status.NO_DATA
    is_comparable = not any(item.is_same_measure for item in gap.series.elsewhere)
    return Status.NO_DATA if is_comparable else Status.NOT_COMPARABLE


def _baseline(series: Series, target: TargetRecord) -> Point | None:
    before = [point for point in series.points if point.period_end < target.issued_on]
    return before[-1] if before else None


def is_adverse(change: float | None, direction: Direction) -> bool:
    """Whether a yearly change goes the wrong way; an unknown change does not."""
    if change is None:
        return False
    return change < 0 if direction is Direction.HIGHER else change > 0
