"""How far a place is from one promise, with every input that decided the status.

Pure arithmetic: no database, no clock, no words. The method is described for readers in
docs/method.md; the thresholds come from data/thresholds.yaml and are passed in.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from models.gaps.answer import WORST_FIRST, Flag, Gap, Status, YearResult, share_of_all, worst_first
from models.gaps.gap_level import actual_pace, is_adverse, measure_level
from models.gaps.gap_years import measure_annual, measure_average
from models.gaps.promise import Comparator, Direction, PromiseKind, TargetRecord, Thresholds, check_promise, is_met
from models.gaps.series import Series, ValueKind, pace_points

__all__ = [
    "WORST_FIRST",
    "Comparator",
    "Direction",
    "Flag",
    "Gap",
    "PromiseKind",
    "Status",
    "TargetRecord",
    "Thresholds",
    "YearResult",
    "is_met",
    "measure_gap",
    "share_of_all",
    "worst_first",
]


def measure_gap(
    target: TargetRecord | None,
    series: Series,
    *,
    as_of: date,
    direction: Direction,
    thresholds: Thresholds,
) -> Gap:
    """Compare the latest comparable value with the promise; what is missing is said, never counted as zero.

    `series` must hold only values known to the reader; those dated after `as_of` are ignored here.
    Raises ValueError when the promise itself is malformed.
    """
    if target is not None:
        check_promise(target, direction)
    series = series.until(as_of)
    latest = series.points[-1] if series.points else None
    gap = Gap(
        target=target,
        status=Status.NO_TARGET,
        direction=direction,
        latest=latest,
        value=latest.value if latest else None,
        as_of=as_of,
        thresholds_version=thresholds.version,
        series=series,
        age_days=(as_of - latest.period_end).days if latest else None,
    )
    if target is None:
        return replace(
            gap,
            actual_per_year=actual_pace(pace_points(series.points, thresholds.merge_days)),
            flags=_flags(gap, thresholds),
        )
    if target.kind is PromiseKind.BY:
        gap = measure_level(gap, target, thresholds)
    elif target.kind is PromiseKind.ANNUAL:
        gap = measure_annual(gap, target, thresholds)
    else:
        gap = measure_average(gap, target, thresholds)
    flags = _flags(gap, thresholds)
    return replace(gap, flags=flags) if flags else gap


def _flags(gap: Gap, t: Thresholds) -> tuple[Flag, ...]:
    return _flags_of_value(gap, t) + (_flags_of_promise(gap, gap.target) if gap.target else ())


def _flags_of_value(gap: Gap, t: Thresholds) -> tuple[Flag, ...]:
    found = {
        Flag.SLIPPING: gap.status is Status.REACHED and is_adverse(gap.last_change_per_year, gap.direction),
        Flag.STALE: gap.age_days is not None and gap.age_days > t.stale_days,
        Flag.ESTIMATE: gap.latest is not None and gap.latest.value_kind is ValueKind.ESTIMATE,
        Flag.DISPUTED: gap.series.disputed,
        Flag.OFFICIAL: gap.latest is not None and bool(gap.latest.official_because),
    }
    return tuple(flag for flag, holds in found.items() if holds)


def _flags_of_promise(gap: Gap, target: TargetRecord) -> tuple[Flag, ...]:
    as_of, latest = gap.as_of or date.min, gap.latest
    found = {
        Flag.TERRITORY_ENDED: target.place_ended_on is not None and target.place_ended_on < as_of,
        Flag.AWAITING_FINAL: gap.status is Status.NO_DATA and as_of > target.horizon_end and not _is_final_in(gap),
        Flag.BEFORE_PROGRAMME: latest is not None and latest.period_end < target.issued_on,
        Flag.ABOVE_RANGE: target.comparator is Comparator.RANGE
        and None not in (gap.gap, target.high)
        and (gap.value or 0) > (target.high or 0),
    }
    return tuple(flag for flag, holds in found.items() if holds)


def _is_final_in(gap: Gap) -> bool:
    """For promises of years: the horizon's own year has its value, an earlier one is missing."""
    return bool(gap.years) and gap.years[-1].point is not None
