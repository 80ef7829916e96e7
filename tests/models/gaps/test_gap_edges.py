"""Cases at the edges, worked out by hand: nothing divides by zero, and what is unknown never turns into a zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.gaps.answer import Flag, Gap, Status, worst_first
from models.gaps.gap import measure_gap
from models.gaps.projection import project_gap
from models.gaps.promise import Comparator, Direction, PromiseKind, TargetRecord, Thresholds
from models.gaps.series import Point, Qualifier, Series, ValueKind, comparable_series

SETTINGS = Thresholds("test", 0.95, 0.60, 0.05, 180, 395, 0.01, 4)
TODAY = date(2026, 11, 21)
HIGHER, LOWER = Direction.HIGHER, Direction.LOWER
PROMISE = TargetRecord(
    "place", "htx_count", "published", 2030, Comparator.AT_LEAST, PromiseKind.BY, 35, None, "HTX", "II", "w", "plan",
    date(2022, 6, 16),
)  # fmt: skip
NONE_LEFT = replace(PROMISE, comparator=Comparator.EQUAL, low=0, high=0)
YEARLY = replace(
    PROMISE, kind=PromiseKind.ANNUAL_AVERAGE, comparator=Comparator.ABOUT, low=21, issued_on=date(2023, 11, 2)
)


def at_end(year: int, value: float, **changes: object) -> Point:
    return replace(Point(date(year, 12, 31), value), **changes)


def whole(year: int, value: float, **changes: object) -> Point:
    return at_end(year, value, period_kind="year", period_start=date(year, 1, 1), **changes)


def measure(target: TargetRecord, *points: Point, as_of: date = TODAY, direction: Direction = HIGHER) -> Gap:
    return measure_gap(target, Series(points), as_of=as_of, direction=direction, thresholds=SETTINGS)


def line(*points: Point, as_of: date = TODAY) -> Series:
    return comparable_series(points, definition="published", as_of=as_of)


# --- zero and below -------------------------------------------------------------------------------


def test_a_goal_of_zero_has_no_percent_and_still_a_pace() -> None:
    gap = measure(NONE_LEFT, at_end(2022, 8), at_end(2024, 6), direction=LOWER)
    assert (gap.gap, gap.percent, gap.percent_of_distance) == (-6, None, pytest.approx(None))
    assert (gap.needed_per_year, gap.actual_per_year) == (pytest.approx(-1, rel=1e-3), pytest.approx(-1, rel=1e-2))
    assert gap.status is Status.ON_TRACK


def test_zero_weak_ones_are_reached_and_one_that_comes_back_is_not() -> None:
    reached = measure(NONE_LEFT, at_end(2023, 3), at_end(2024, 0), direction=LOWER)
    assert (reached.status, reached.gap, reached.needed_per_year) == (Status.REACHED, 0, 0)
    lost = measure(NONE_LEFT, at_end(2023, 3), at_end(2024, 0), at_end(2025, 1), direction=LOWER)
    assert (lost.status, lost.gap, lost.flags) == (Status.ON_TRACK, -1, ())  # the median of -3 and +1 still falls
    assert lost.ratio == pytest.approx(5, rel=1e-2) and lost.last_change_per_year == pytest.approx(1, rel=1e-2)


def test_a_baseline_that_equals_the_goal_leaves_no_distance_to_divide_by() -> None:
    gap = measure(PROMISE, at_end(2021, 35), at_end(2025, 30))
    assert (gap.baseline, gap.percent_of_distance) == (at_end(2021, 35), None)
    assert gap.status is Status.MOVING_AWAY


def test_a_negative_growth_is_a_value_like_any_other() -> None:
    every_year = replace(PROMISE, kind=PromiseKind.ANNUAL, low=5, unit="%/năm")
    gap = measure(every_year, whole(2024, 6), whole(2025, -3.5))
    assert (gap.status, gap.value, gap.gap, gap.percent) == (Status.MISSED, -3.5, -8.5, pytest.approx(-70))


def test_more_than_all_is_kept_as_published() -> None:
    gap = measure(replace(PROMISE, low=100, high=100, comparator=Comparator.EQUAL), at_end(2025, 103))
    assert (gap.status, gap.gap, gap.percent) == (Status.REACHED, 3, pytest.approx(103))


def test_a_year_without_new_ones_counts_and_a_year_without_a_value_does_not() -> None:
    none_founded = measure(YEARLY, whole(2024, 21), whole(2025, 0))
    assert (none_founded.value, none_founded.status) == (10.5, Status.AT_RISK)
    unknown = measure(YEARLY, whole(2023, 21), whole(2025, 21))
    assert (unknown.value, unknown.years_known, len(unknown.years)) == (21, 2, 3)
    assert unknown.needed_per_year is None  # what 2024 brought is not known, and not nothing


# --- reached and lost, touched, missing years -------------------------------------------------------


def test_a_promise_reached_and_lost_again_is_judged_by_its_latest_value() -> None:
    gap = measure(PROMISE, at_end(2023, 40), at_end(2024, 36), at_end(2025, 34))
    assert (gap.status, gap.gap) == (Status.MOVING_AWAY, -1)


def test_missing_middle_years_are_bridged_by_their_length_not_counted_as_steps() -> None:
    gap = measure(PROMISE, at_end(2022, 10), at_end(2025, 19))
    assert gap.actual_per_year == pytest.approx(3, rel=1e-3)


@pytest.mark.parametrize(("last", "status"), [(60.0, Status.ON_TRACK), (60.1, Status.REACHED)])
def test_a_goal_touched_is_not_passed(last: float, status: Status) -> None:
    above = replace(PROMISE, comparator=Comparator.MORE_THAN, low=60, unit="%")
    gap = measure(above, at_end(2024, 58), at_end(2025, last))
    assert (gap.status, gap.needed_per_year, gap.ratio) == (status, 0, None)


@pytest.mark.parametrize("points", [[at_end(2024, 20)], [at_end(2023, 10), at_end(2024, 20)]])
def test_once_the_horizon_has_passed_nothing_is_needed_a_year(points: list[Point]) -> None:
    gap = measure(PROMISE, *points, as_of=date(2031, 1, 15))
    assert (gap.status, Flag.AWAITING_FINAL in gap.flags) == (Status.NO_DATA, True)
    assert (gap.needed_per_year, gap.ratio, gap.years_left) == (None, None, 0)
    assert (gap.value, gap.gap) == (20, -15)


def test_an_estimate_for_the_horizon_gives_way_to_the_final_value_of_the_same_day() -> None:
    late = date(2031, 4, 1)
    estimate = at_end(2030, 36, value_kind=ValueKind.ESTIMATE, published_on=date(2030, 11, 30))
    final = at_end(2030, 34, published_on=date(2031, 2, 1), key="final")
    before = measure_gap(PROMISE, line(estimate, as_of=late), as_of=late, direction=HIGHER, thresholds=SETTINGS)
    after = measure_gap(PROMISE, line(estimate, final, as_of=late), as_of=late, direction=HIGHER, thresholds=SETTINGS)
    assert (before.status, Flag.ESTIMATE in before.flags) == (Status.REACHED, True)
    assert (after.status, Flag.ESTIMATE in after.flags) == (Status.MISSED, False)


# --- two values of one day ------------------------------------------------------------------------


def test_of_two_exact_values_of_one_day_the_later_published_stands_and_the_quarrel_is_said() -> None:
    first = at_end(2025, 334, published_on=date(2026, 1, 10), key="a")
    second = at_end(2025, 323, published_on=date(2026, 2, 10), key="b")
    series = line(second, first)
    assert ([point.value for point in series.points], series.disputed) == ([323], True)


def test_an_exact_value_of_one_day_beats_a_rounded_one_published_later() -> None:
    rounded = at_end(2025, 330, qualifier=Qualifier.APPROX, published_on=date(2026, 3, 1), key="a")
    exact = at_end(2025, 323, published_on=date(2026, 1, 1), key="b")
    series = line(exact, rounded)
    assert ([point.value for point in series.points], series.disputed) == ([323], False)


def test_at_least_so_many_quarrels_only_with_a_smaller_exact_value() -> None:
    at_least = at_end(2025, 33_000, qualifier=Qualifier.AT_LEAST, key="a")
    assert line(at_least, at_end(2025, 35_041, key="b")).disputed is False
    assert line(at_least, at_end(2025, 30_000, key="c")).disputed is True


# --- projections and order --------------------------------------------------------------------------


def test_a_projection_of_a_count_stops_at_zero_and_of_a_share_at_all() -> None:
    falling = measure(NONE_LEFT, *(at_end(2022 + n, 8 - 2 * n) for n in range(4)), direction=LOWER)
    projected = project_gap(falling, 4)
    assert projected is not None and (projected.end.value, projected.end.low) == (0, 0)
    share = replace(PROMISE, low=100, high=100, comparator=Comparator.EQUAL, unit="%")
    rising = project_gap(measure(share, *(at_end(2022 + n, 70 + 8 * n) for n in range(4))), 4)
    assert rising is not None and (rising.end.value, rising.end.high) == (100, 100)


def test_the_worst_stands_first_also_where_lower_is_better() -> None:
    ceiling = replace(PROMISE, comparator=Comparator.AT_MOST, low=None, high=10)
    far, near = (measure(ceiling, at_end(2025, value), direction=LOWER) for value in (40, 12))
    assert sorted([near, far], key=worst_first) == [far, near]
