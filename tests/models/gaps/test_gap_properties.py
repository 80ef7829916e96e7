"""What holds for whole families of promises: each comparator, cut-off and flag at its boundary, and any values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.gaps.answer import WORST_FIRST, Flag, Gap, Status, worst_first
from models.gaps.gap import measure_gap
from models.gaps.promise import Comparator, Direction, PromiseKind, TargetRecord, Thresholds, is_met
from models.gaps.series import Point, Series, ValueKind

SETTINGS = Thresholds("test", 0.95, 0.60, 0.05, 180, 395, 0.01, 4)
TODAY = date(2026, 11, 21)
YEARS = 1 / 365.25  # one day in years
HIGHER, LOWER = Direction.HIGHER, Direction.LOWER
BY = (2030, Comparator.AT_LEAST, PromiseKind.BY, 35, None)
PROMISE = TargetRecord("place", "htx_count", "published", *BY, "HTX", "II.2", "35 HTX", "plan", date(2022, 6, 16))
CASES = settings(max_examples=300, deadline=None, database=None, derandomize=True)


def on(year: int, month: int, day: int, value: float) -> Point:
    return Point(date(year, month, day), value)


def at_end(year: int, value: float) -> Point:
    return on(year, 12, 31, value)


def measure(target: TargetRecord | None, line: Sequence[Point], day: date = TODAY, way: Direction = HIGHER) -> Gap:
    return measure_gap(target, Series(tuple(line)), as_of=day, direction=way, thresholds=SETTINGS)


# --- boundaries -------------------------------------------------------------------------------------

MET = [
    (Comparator.AT_LEAST, 35, None, HIGHER, 34.9, 35),
    (Comparator.AT_LEAST, 57, None, HIGHER, 56.9, 0.57 * 100),  # 56,99999999999999 on a binary machine
    (Comparator.MORE_THAN, 60, None, HIGHER, 60.0, 60.1),
    (Comparator.RANGE, 180, 200, HIGHER, 179, 180),
    (Comparator.RANGE, 180, 200, HIGHER, 179, 999),
    (Comparator.ABOUT, 65, None, HIGHER, 61.7, 61.75),
    (Comparator.EQUAL, 100, 100, HIGHER, 99.9, 100),
    (Comparator.EQUAL, 0, 0, LOWER, 1, 0),
    (Comparator.LESS_THAN, None, 10, LOWER, 10, 9.9),
    (Comparator.AT_MOST, None, 10, LOWER, 10.1, 10),
]


@pytest.mark.parametrize(("comparator", "low", "high", "direction", "short", "enough"), MET)
def test_each_comparator_is_met_from_its_own_figure(
    comparator: Comparator, low: float | None, high: float | None, direction: Direction, short: float, enough: float
) -> None:
    target = replace(PROMISE, comparator=comparator, low=low, high=high)
    assert not is_met(target, short, direction=direction, about_tolerance=0.05)
    assert is_met(target, enough, direction=direction, about_tolerance=0.05)
    assert measure(target, [at_end(2025, short)], way=direction).status is Status.SHORT_SERIES
    assert measure(target, [at_end(2025, enough)], way=direction).status is Status.REACHED


# Four years done, four left: ratio = (latest - first) / (goal - latest).
PACES = [
    (0, 50.7, 24.7, Status.ON_TRACK),  # 24,7 / 26 is 0,95, a little less on a binary machine
    (0, 194.9, 94.9, Status.SLOW),  # 94,9 / 100
    (0, 8.8, 3.3, Status.SLOW),  # 3,3 / 5,5 is 0,60
    (0, 159.9, 59.9, Status.AT_RISK),  # 59,9 / 100
    (60, 160, 60, Status.AT_RISK),  # 0 / 100
    (60.1, 160, 60, Status.MOVING_AWAY),  # -0,1 / 100
]


@pytest.mark.parametrize(("first", "goal", "latest", "status"), PACES)
def test_the_pace_decides_at_95_and_60_percent(first: float, goal: float, latest: float, status: Status) -> None:
    gap = measure(replace(PROMISE, low=goal), [at_end(2022, first), at_end(2026, latest)], date(2027, 1, 31))
    assert gap.status is status
    assert gap.ratio == pytest.approx((latest - first) / (goal - latest))


def test_the_pace_is_the_median_of_the_changes_a_year() -> None:
    points = [at_end(2022, 0), at_end(2023, 10), on(2024, 7, 1, 90), at_end(2025, 40)]
    changes = [10 / (365 * YEARS), 80 / (183 * YEARS), -50 / (548 * YEARS)]
    assert measure(PROMISE, points).actual_per_year == pytest.approx(sorted(changes)[1])
    assert measure(PROMISE, points[:3]).actual_per_year == pytest.approx(sum(changes[:2]) / 2)


RANGE = replace(PROMISE, comparator=Comparator.RANGE, low=180, high=200)
FLAGS = [
    (Flag.SLIPPING, PROMISE, [at_end(2024, 50), at_end(2025, 49)], [at_end(2024, 50), at_end(2025, 50)]),
    (Flag.STALE, PROMISE, [on(2025, 10, 21, 1)], [on(2025, 10, 22, 1)]),  # 396 and 395 days
    (Flag.ESTIMATE, PROMISE, [replace(at_end(2025, 40), value_kind=ValueKind.ESTIMATE)], [at_end(2025, 40)]),
    (Flag.BEFORE_PROGRAMME, PROMISE, [on(2022, 6, 15, 1)], [on(2022, 6, 16, 1)]),
    (Flag.ABOVE_RANGE, RANGE, [at_end(2025, 201)], [at_end(2025, 200)]),
    (Flag.TERRITORY_ENDED, replace(PROMISE, place_ended_on=date(2026, 11, 20)), [at_end(2025, 1)], None),
    (Flag.AWAITING_FINAL, replace(PROMISE, horizon=2025), [on(2025, 10, 31, 40)], [on(2025, 11, 1, 40)]),
]


@pytest.mark.parametrize(("flag", "target", "raising", "silent"), FLAGS)
def test_each_flag_is_raised_at_its_own_boundary(
    flag: Flag, target: TargetRecord, raising: list[Point], silent: list[Point] | None
) -> None:
    assert flag in measure(target, raising).flags
    quiet = target if silent is not None else replace(target, place_ended_on=TODAY)
    assert flag not in measure(quiet, silent or raising).flags


def test_worst_first_means_the_worse_status_then_the_smaller_percent() -> None:
    behind, ahead, done = (measure(PROMISE, [at_end(2025, value)]) for value in (7, 34, 35))
    unknown, missed = measure(PROMISE, []), measure(PROMISE, [at_end(2030, 34)], date(2031, 1, 1))
    unsized = measure(replace(PROMISE, comparator=Comparator.MORE_THAN, low=0), [at_end(2025, 0)])  # no percent of 0
    anyhow = [done, unsized, ahead, unknown, missed, behind]
    assert sorted(anyhow, key=worst_first) == [missed, behind, ahead, unsized, unknown, done]


# --- any values -------------------------------------------------------------------------------------

RISING = st.sampled_from([Comparator.AT_LEAST, Comparator.MORE_THAN, Comparator.RANGE, Comparator.ABOUT])
FALLING = st.sampled_from([Comparator.AT_MOST, Comparator.LESS_THAN, Comparator.EQUAL])
KINDS = st.sampled_from([PromiseKind.BY, PromiseKind.BY, PromiseKind.ANNUAL, PromiseKind.ANNUAL_AVERAGE])
NUMBERS = st.integers(0, 2000).map(lambda number: number / 10)
DAYS = st.dates(date(2018, 1, 1), date(2033, 12, 31)) | st.integers(2018, 2033).map(lambda year: date(year, 12, 31))


@st.composite
def promises(draw: st.DrawFn, numbers: st.SearchStrategy[float] = NUMBERS) -> tuple[TargetRecord, Direction]:
    """A promise of any kind whose comparator goes the same way as its direction."""
    direction, goal = draw(st.sampled_from(Direction)), draw(numbers)
    comparator = draw(RISING if direction is HIGHER else FALLING)
    low = None if comparator in (Comparator.AT_MOST, Comparator.LESS_THAN) else goal
    high = goal if direction is LOWER else goal * 1.1 if comparator is Comparator.RANGE else None
    horizon, issued = draw(st.sampled_from([2025, 2030])), draw(st.dates(date(2020, 1, 1), date(2025, 12, 31)))
    target = replace(PROMISE, comparator=comparator, kind=draw(KINDS), low=low, high=high)
    return replace(target, horizon=horizon, issued_on=issued), direction


@st.composite
def lines(draw: st.DrawFn, numbers: st.SearchStrategy[float] = NUMBERS, most: int = 7) -> list[Point]:
    days = draw(st.lists(DAYS, max_size=most, unique=True))
    kinds = st.sampled_from(["point", "year", "half_year"])
    return [Point(day, draw(numbers), period_kind=draw(kinds)) for day in sorted(days)]


FINITE = st.floats(allow_nan=False, allow_infinity=False)
FIGURES = ["value", "gap", "percent", "percent_of_distance", "percent_of_time", "years_left"]
FIGURES += ["needed_per_year", "actual_per_year", "last_change_per_year", "ratio"]


@CASES
@given(st.data())
def test_no_finite_value_or_date_makes_the_arithmetic_fail(data: st.DataObject) -> None:
    comparator, kind = data.draw(st.sampled_from(Comparator)), data.draw(KINDS)
    low, horizon, issued = data.draw(FINITE), data.draw(st.integers(1, 9999)), data.draw(st.dates())
    target = replace(PROMISE, comparator=comparator, kind=kind, low=low, high=low, horizon=horizon, issued_on=issued)
    days = sorted(data.draw(st.lists(st.dates(), max_size=6, unique=True)))
    points = [Point(day, data.draw(FINITE), period_kind=data.draw(st.sampled_from(["point", "year"]))) for day in days]
    lower = comparator in (Comparator.LESS_THAN, Comparator.AT_MOST)
    gap = measure(target, points, data.draw(st.dates()), Direction.LOWER if lower else Direction.HIGHER)
    assert gap.status in set(Status) - {Status.NO_TARGET}
    assert measure(None, points).status is Status.NO_TARGET


@CASES
@given(promises(), lines(), DAYS)
def test_figures_are_finite_or_not_known(promise: tuple[TargetRecord, Direction], line: list[Point], day: date) -> None:
    gap = measure(promise[0], line, day, promise[1])
    assert all(figure is None or math.isfinite(figure) for figure in (getattr(gap, name) for name in FIGURES))


@CASES
@given(promises(), lines(), DAYS, st.integers(1, 500).map(lambda number: number / 10))
def test_a_better_latest_value_never_gives_a_worse_status(
    promise: tuple[TargetRecord, Direction], line: list[Point], day: date, more: float
) -> None:
    target, direction = promise
    assume(target.kind is not PromiseKind.ANNUAL_AVERAGE or direction is HIGHER)
    known = [point for point in line if point.period_end <= day]
    assume(known)
    better = known[-1].value + more if direction is HIGHER else known[-1].value - more
    # A goal touched but not met is judged by the last change alone, not by the median: no order is promised there.
    assume(better != target.goal)
    before = measure(target, known, day, direction)
    after = measure(target, [*known[:-1], replace(known[-1], value=better)], day, direction)
    assert WORST_FIRST.index(after.status) >= WORST_FIRST.index(before.status)
    assert (after.gap is None) == (before.gap is None) and (after.gap or 0) >= (before.gap or 0)
    if target.kind is PromiseKind.BY and day <= target.horizon_end:
        assert after.gap == pytest.approx((before.gap or 0) + more)


@CASES
@given(promises(), lines(st.integers(0, 300).map(float)), DAYS)
def test_above_the_range_is_never_red(promise: tuple[TargetRecord, Direction], line: list[Point], day: date) -> None:
    target = replace(promise[0], comparator=Comparator.RANGE, low=180, high=200)
    above = [replace(point, value=point.value + 200.1) for point in line]
    gap = measure(target, above, day)
    assert gap.status in (Status.REACHED, Status.ON_TRACK, Status.SHORT_SERIES, Status.NO_DATA)
    assert gap.status is not Status.REACHED or Flag.ABOVE_RANGE in gap.flags


@CASES
@given(promises(), lines(), DAYS)
def test_counting_in_thousands_changes_no_status_percent_or_ratio(
    promise: tuple[TargetRecord, Direction], line: list[Point], day: date
) -> None:
    target, direction = promise
    low, high = (None if figure is None else figure * 1000 for figure in (target.low, target.high))
    scaled = replace(target, low=low, high=high)
    small = measure(target, line, day, direction)
    large = measure(scaled, [replace(point, value=point.value * 1000) for point in line], day, direction)
    assert (small.status, small.flags) == (large.status, large.flags)
    for name in ("percent", "percent_of_distance", "ratio"):
        expected = getattr(small, name)
        assert getattr(large, name) == (None if expected is None else pytest.approx(expected, rel=1e-9, abs=1e-9))


@CASES
@given(promises(), lines(), DAYS)
def test_values_dated_after_the_day_of_measuring_change_nothing(
    promise: tuple[TargetRecord, Direction], line: list[Point], day: date
) -> None:
    known = [point for point in line if point.period_end <= day]
    assert measure(promise[0], line, day, promise[1]) == measure(promise[0], known, day, promise[1])


@CASES
@given(promises(), lines(), st.dates(date(2024, 1, 1), date(2030, 12, 30)))
def test_before_the_horizon_exactly_one_status_has_its_reason(
    promise: tuple[TargetRecord, Direction], line: list[Point], day: date
) -> None:
    target, direction = replace(promise[0], kind=PromiseKind.BY, horizon=2030), promise[1]
    gap = measure(target, line, day, direction)
    assume(gap.latest is not None and gap.latest.period_end >= target.issued_on and gap.value is not None)
    met = is_met(target, gap.value or 0, direction=direction, about_tolerance=0.05)
    is_paced = not met and len(gap.pace_points) > 1
    change = (gap.last_change_per_year or 0) * (1 if direction is HIGHER else -1)
    ratio = (1.0 if change >= 0 else -1.0) if gap.ratio is None else round(gap.ratio, 9)
    reasons = {
        Status.REACHED: met,
        Status.SHORT_SERIES: not met and not is_paced,
        Status.ON_TRACK: is_paced and ratio >= 0.95,
        Status.SLOW: is_paced and 0.60 <= ratio < 0.95,
        Status.AT_RISK: is_paced and 0 <= ratio < 0.60,
        Status.MOVING_AWAY: is_paced and ratio < 0,
    }
    assert [status for status, holds in reasons.items() if holds] == [gap.status]
