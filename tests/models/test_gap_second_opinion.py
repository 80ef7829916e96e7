"""A second, independent reading of the method, held against models.gap on random promises.

`second_opinion` was written from the written method alone, in exact fractions, and shares nothing with
models.gap but its dataclasses. Where the method leaves a choice open the reading taken stands in a comment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.gap import Comparator, Direction, Flag, Gap, Kind, Status, TargetRecord, Thresholds, measure_gap
from models.series import Point, Series, ValueKind

YEAR = Fraction("365.25")
SETTINGS = Thresholds("test", 0.95, 0.60, 0.05, 180, 395, 0.01, 4)
FIGURES = ("gap", "percent", "needed", "actual", "ratio")


@dataclass(frozen=True)
class Opinion:
    """The answer of the second reading; figures are exact fractions or None when not known."""

    status: Status
    flags: frozenset[Flag] = frozenset()
    gap: Fraction | None = None
    percent: Fraction | None = None
    needed: Fraction | None = None
    actual: Fraction | None = None
    ratio: Fraction | None = None


def exact(number: float) -> Fraction:
    """The decimal a person wrote down, not its nearest binary neighbour."""
    return Fraction(str(number))


def goal_of(target: TargetRecord) -> Fraction:
    figure = target.high if target.comparator in (Comparator.AT_MOST, Comparator.LESS_THAN) else target.low
    assert figure is not None
    return exact(figure)


def fulfils(target: TargetRecord, value: Fraction, sign: int) -> bool:
    goal, slack = goal_of(target), abs(goal_of(target)) * exact(SETTINGS.about_tolerance)
    if target.comparator in (Comparator.MORE_THAN, Comparator.LESS_THAN):
        return sign * (value - goal) > 0
    if target.comparator is Comparator.ABOUT:
        return sign * (value - goal) >= -slack
    return sign * (value - goal) >= 0


def second_opinion(target: TargetRecord | None, points: list[Point], as_of: date, direction: Direction) -> Opinion:
    """Status and figures straight from the written method."""
    if target is None:
        return Opinion(Status.NO_TARGET)
    known = sorted((p for p in points if p.period_end <= as_of), key=lambda p: p.period_end)
    sign = 1 if direction is Direction.HIGHER else -1
    passed = as_of > date(target.horizon, 12, 31)
    ended = frozenset({Flag.TERRITORY_ENDED} if target.place_ended_on and target.place_ended_on <= as_of else ())
    if not known:
        return Opinion(Status.NO_DATA, ended | ({Flag.AWAITING_FINAL} if passed else set()))
    flags = ended | evidence_flags(target, known[-1], as_of)
    if target.kind is Kind.ANNUAL:
        return annual(target, known, as_of, sign, flags)
    if target.kind is Kind.ANNUAL_AVERAGE:
        return average(target, known, as_of, sign, flags)
    return level(target, known, as_of, sign, flags)


def evidence_flags(target: TargetRecord, latest: Point, as_of: date) -> frozenset[Flag]:
    found = set()
    if (as_of - latest.period_end).days > 365 + 30:
        found.add(Flag.STALE)
    if latest.value_kind is ValueKind.ESTIMATE:
        found.add(Flag.ESTIMATE)
    if latest.period_end < target.issued_on:
        found.add(Flag.BEFORE_PROGRAMME)
    return frozenset(found)


def changes_per_year(known: list[Point]) -> list[Fraction]:
    thinned = [known[-1]]
    for point in known[-2::-1]:
        if (thinned[0].period_end - point.period_end).days > 180:
            thinned.insert(0, point)
    pairs = zip(thinned, thinned[1:], strict=False)
    return [(exact(b.value) - exact(a.value)) * YEAR / (b.period_end - a.period_end).days for a, b in pairs]


def middle(numbers: list[Fraction]) -> Fraction:
    ordered, half = sorted(numbers), len(numbers) // 2
    return ordered[half] if len(numbers) % 2 else (ordered[half - 1] + ordered[half]) / 2


def level(target: TargetRecord, known: list[Point], as_of: date, sign: int, flags: frozenset[Flag]) -> Opinion:
    goal, value, last = goal_of(target), exact(known[-1].value), known[-1].period_end
    horizon = date(target.horizon, 12, 31)
    changes = changes_per_year(known)
    missing = sign * (goal - value)
    left = Fraction((horizon - last).days) / YEAR
    needed = None if left <= 0 else (goal - value) / left if missing > 0 else Fraction(0)
    actual = middle(changes) if changes else None
    ratio = actual / needed if actual is not None and needed else None
    if target.comparator is Comparator.RANGE and target.high is not None and value > exact(target.high) and sign > 0:
        flags |= {Flag.ABOVE_RANGE}
    status, more = level_status(target, known, as_of, sign, ratio, changes)
    percent = value / goal * 100 if goal else None
    return Opinion(status, flags | more, sign * (value - goal), percent, needed, actual, ratio)


def level_status(
    target: TargetRecord, known: list[Point], as_of: date, sign: int, ratio: Fraction | None, changes: list[Fraction]
) -> tuple[Status, set[Flag]]:
    horizon = date(target.horizon, 12, 31)
    # the reporting year ends on 14/12, so a value of December is the value for the year
    final = [p for p in known if date(target.horizon, 12, 1) <= p.period_end <= horizon]
    if as_of > horizon and not final:
        return Status.NO_DATA, {Flag.AWAITING_FINAL}
    held = final[-1] if final else known[-1]
    falling = bool(changes) and sign * changes[-1] < 0
    if held.period_end >= target.issued_on and fulfils(target, exact(held.value), sign):
        return Status.REACHED, {Flag.SLIPPING} if falling else set()
    if final:
        return Status.MISSED, set()
    if not changes:
        return Status.SHORT_SERIES, set()
    if ratio is None:
        return (Status.MOVING_AWAY if falling else Status.ON_TRACK), set()
    return by_ratio(ratio), set()


def by_ratio(ratio: Fraction) -> Status:
    if ratio >= exact(SETTINGS.on_track_ratio):
        return Status.ON_TRACK
    if ratio >= exact(SETTINGS.slow_ratio):
        return Status.SLOW
    return Status.AT_RISK if ratio >= 0 else Status.MOVING_AWAY


def closed_years(target: TargetRecord, known: list[Point], as_of: date) -> dict[int, Fraction]:
    """The value of each closed year since the programme; a part of a year is not a year."""
    whole = [p for p in known if p.period_kind in ("year", "point") and p.period_end >= target.issued_on]
    values = {p.period_end.year: exact(p.value) for p in whole}
    return {y: v for y, v in values.items() if date(y, 12, 31) <= as_of and y <= target.horizon}


def annual(target: TargetRecord, known: list[Point], as_of: date, sign: int, flags: frozenset[Flag]) -> Opinion:
    values = closed_years(target, known, as_of)
    goal, value = goal_of(target), exact(known[-1].value)
    shown = (sign * (value - goal), value / goal * 100 if goal else None)
    if as_of > date(target.horizon, 12, 31):
        if target.horizon not in values:
            return Opinion(Status.NO_DATA, flags | {Flag.AWAITING_FINAL}, *shown)
        every = range(target.issued_on.year, target.horizon + 1)
        if not all(fulfils(target, v, sign) for v in values.values()):
            return Opinion(Status.MISSED, flags, *shown)
        return Opinion(Status.REACHED if all(y in values for y in every) else Status.NO_DATA, flags, *shown)
    if not values:
        return Opinion(Status.SHORT_SERIES, flags, *shown)
    status = Status.ON_TRACK if fulfils(target, values[max(values)], sign) else Status.MISSED
    return Opinion(status, flags, *shown)


def average(target: TargetRecord, known: list[Point], as_of: date, sign: int, flags: frozenset[Flag]) -> Opinion:
    values = closed_years(target, known, as_of)
    goal = goal_of(target)
    passed = as_of > date(target.horizon, 12, 31)
    if passed and target.horizon not in values:
        return Opinion(Status.NO_DATA, flags | {Flag.AWAITING_FINAL})
    if not values:
        return Opinion(Status.SHORT_SERIES, flags)
    mean = sum(values.values(), Fraction(0)) / len(values)
    left = target.horizon - max(values)
    needed = (goal * (len(values) + left) - sum(values.values())) / left if left else None
    ratio = mean / goal if goal else None
    if passed:
        status = Status.REACHED if fulfils(target, mean, sign) else Status.MISSED
    else:
        status = by_ratio(ratio) if ratio is not None else Status.SHORT_SERIES
    return Opinion(status, flags, sign * (mean - goal), ratio * 100 if ratio is not None else None, needed, mean, ratio)
