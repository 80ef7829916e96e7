"""Promises that speak of years: every closed year, or the mean of yearly flows. See models.gaps.gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from models.gaps.answer import Gap, Status, YearResult
from models.gaps.gap_level import FINAL_VALUE_FROM_MONTH, age_in_days, level_figures, status_of_ratio, without_values
from models.gaps.promise import Direction, PromiseKind, TargetRecord, Thresholds, is_met, lowest_accepted
from models.gaps.series import Point, Series


def measure_annual(gap: Gap, target: TargetRecord, t: Thresholds) -> Gap:
    """Judge a promise that must hold in every closed year since the programme."""
    years = _year_results(gap, target, t)
    known = [year for year in years if year.point is not None]
    gap = replace(gap, goal=target.goal, floor=lowest_accepted(target, t.about_tolerance), years=years)
    if not known or known[-1].point is None:
        return replace(gap, status=_without_years(gap, target))
    figures = level_figures(gap, target, known[-1].point)
    return replace(gap, status=_annual_status(gap, target, known), **figures)


def _annual_status(gap: Gap, target: TargetRecord, known: Sequence[YearResult]) -> Status:
    if gap.as_of is not None and gap.as_of > target.horizon_end:
        if any(year.held is False for year in known):
            return Status.MISSED
        return Status.REACHED if len(known) == len(gap.years) else Status.NO_DATA
    return Status.ON_TRACK if known[-1].held else Status.MISSED


def _year_results(gap: Gap, target: TargetRecord, t: Thresholds) -> tuple[YearResult, ...]:
    values = _values_by_year(gap.series, target)
    return tuple(
        YearResult(
            year,
            point := values.get(year),
            None
            if point is None
            else is_met(target, point.value, direction=gap.direction, about_tolerance=t.about_tolerance),
        )
        for year in _closed_years(target, gap.as_of)
    )


def _closed_years(target: TargetRecord, as_of: date | None) -> range:
    """Years that ended after the programme was issued, up to the horizon."""
    if as_of is None:
        return range(0)
    last = as_of.year if as_of == date(as_of.year, 12, 31) else as_of.year - 1
    return range(target.issued_on.year, min(last, target.horizon) + 1)


def _values_by_year(series: Series, target: TargetRecord) -> dict[int, Point]:
    """One value a year, dated after the programme: a whole year's, or a level from the year's last weeks.

    A half-year is not a year, and a level is not a yearly flow.
    """
    return {
        point.period_end.year: point
        for point in series.points
        if point.period_end >= target.issued_on and _speaks_of_a_year(point, target)
    }


def _speaks_of_a_year(point: Point, target: TargetRecord) -> bool:
    if point.period_kind == "point":
        return target.kind is PromiseKind.ANNUAL and point.period_end.month >= FINAL_VALUE_FROM_MONTH
    return point.period_kind == "year"


# --- the mean of yearly flows -----------------------------------------------------------------


def measure_average(gap: Gap, target: TargetRecord, t: Thresholds) -> Gap:
    """Hold the mean of the closed years' flows against the promised mean.

    `needed_per_year` is what each remaining year must bring, None while a closed year has no value.
    """
    promised = target.goal
    years = _closed_years(target, gap.as_of)
    values = _values_by_year(gap.series, target)
    results = tuple(YearResult(year, values.get(year), None) for year in years)
    flows = [result.point for result in results if result.point is not None]
    gap = replace(gap, goal=promised, floor=lowest_accepted(target, t.about_tolerance), years=results)
    if not flows:
        return replace(gap, status=_without_years(gap, target))
    mean = sum(point.value for point in flows) / len(flows)
    lower = gap.direction is Direction.LOWER
    ratio = _ratio(promised, mean) if lower else _ratio(mean, promised)
    remaining = target.horizon - target.issued_on.year + 1 - len(years)
    total = promised * (remaining + len(years))
    complete = len(flows) == len(years)
    gap = replace(
        gap,
        latest=flows[-1],
        value=mean,
        age_days=age_in_days(gap, flows[-1]),
        gap=promised - mean if lower else mean - promised,
        percent=mean / promised * 100 if promised else None,
        ratio=ratio,
        actual_per_year=mean,
        needed_per_year=(total - sum(p.value for p in flows)) / remaining if complete and remaining > 0 else None,
    )
    if gap.as_of is not None and gap.as_of > target.horizon_end:
        if not complete:
            return replace(gap, status=Status.NO_DATA)
        met = is_met(target, mean, direction=gap.direction, about_tolerance=t.about_tolerance)
        return replace(gap, status=Status.REACHED if met else Status.MISSED)
    return replace(gap, status=status_of_ratio(ratio, t) if ratio is not None else Status.ON_TRACK)


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _without_years(gap: Gap, target: TargetRecord) -> Status:
    if gap.latest is not None and gap.as_of is not None and gap.as_of <= target.horizon_end:
        return Status.SHORT_SERIES
    return without_values(gap, target)
