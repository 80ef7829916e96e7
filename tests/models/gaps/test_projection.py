"""A projection repeats what happened, says so from four points on, and never reaches the far horizon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.gaps.answer import Gap, Status
from models.gaps.gap import measure_gap
from models.gaps.projection import FURTHEST_YEARS, project, project_gap
from models.gaps.promise import Comparator, Direction, PromiseKind, TargetRecord, Thresholds
from models.gaps.series import Point, Series, ValueKind

LIMITS = Thresholds("t", 0.95, 0.6, 0.05, 180, 395, 0.01, 4)
HORIZON = date(2030, 12, 31)


def target(**changes: object) -> TargetRecord:
    made = TargetRecord(
        place="p", indicator="lhhtx_count", definition="published", horizon=2030, comparator=Comparator.ABOUT,
        kind=PromiseKind.BY, low=340, high=None, unit="LHHTX", clause="1", wording="w", programme="x",
        issued_on=date(2022, 6, 16),
    )  # fmt: skip
    return replace(made, **changes)


def yearly(*values: float, first: int = 2021) -> tuple[Point, ...]:
    return tuple(Point(date(first + index, 12, 31), value) for index, value in enumerate(values))


def measured(points: tuple[Point, ...], promise: TargetRecord | None = None) -> Gap:
    return measure_gap(
        promise or target(), Series(points), as_of=date(2026, 11, 21), direction=Direction.HIGHER, thresholds=LIMITS
    )


# the four values of the nation: 31/12/2020, 31/12/2022 (an estimate), 31/12/2024, 12/12/2025
UNIONS = (
    Point(date(2020, 12, 31), 100),
    Point(date(2022, 12, 31), 125, value_kind=ValueKind.ESTIMATE),
    Point(date(2024, 12, 31), 152),
    Point(date(2025, 12, 12), 164),
)


def test_the_unions_of_the_nation_end_near_228_if_the_pace_repeats_itself() -> None:
    found = project_gap(measured(UNIONS), 4)
    assert found is not None
    assert found.per_year == pytest.approx(12.6676, abs=1e-4)
    assert (found.points, found.estimates) == (4, 1)
    assert found.end.on == HORIZON
    assert found.end.value == pytest.approx(164 + 12.66763 * 1845 / 365.25, abs=1e-3)
    assert found.end.low == pytest.approx(226.38, abs=0.01) and found.end.high == pytest.approx(232.312, abs=0.01)


def test_a_steady_series_has_a_band_of_no_width() -> None:
    days = [date(2022, 1, 1) + timedelta(days=365 * n) for n in range(4)]
    found = project([Point(day, 10 + 5 * n) for n, day in enumerate(days)], HORIZON)
    assert found is not None
    assert found.end.low == pytest.approx(found.end.value) == pytest.approx(found.end.high)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_below_four_points_there_is_no_projection(count: int) -> None:
    assert project_gap(measured(yearly(*range(1, count + 1), first=2022)), 4) is None


def test_there_is_none_to_2045() -> None:
    gap = measured(UNIONS, target(horizon=2045))
    assert gap.needed_per_year and project_gap(gap, 4) is None


@pytest.mark.parametrize("kind", [PromiseKind.ANNUAL, PromiseKind.ANNUAL_AVERAGE])
def test_a_promise_of_years_has_none(kind: PromiseKind) -> None:
    assert project_gap(measured(yearly(1, 2, 3, 4), target(kind=kind)), 4) is None


def test_after_the_horizon_nothing_is_projected() -> None:
    late = measure_gap(
        target(), Series(yearly(1, 2, 3, 4)), as_of=date(2031, 2, 1), direction=Direction.HIGHER, thresholds=LIMITS
    )
    assert late.status is Status.NO_DATA and project_gap(late, 4) is None


def test_points_of_one_half_year_count_once() -> None:
    close = (*yearly(10, 20, 30, first=2022), Point(date(2025, 3, 1), 31))
    assert len(measured(close).pace_points) == 3 and project_gap(measured(close), 4) is None


series = st.lists(st.tuples(st.integers(181, 900), st.floats(0, 1e6, allow_nan=False)), min_size=2, max_size=9).map(
    lambda steps: _points(steps)
)


def _points(steps: list[tuple[int, float]]) -> tuple[Point, ...]:
    day, found = date(2000, 1, 1), []
    for gap_days, value in steps:
        day += timedelta(days=gap_days)
        found.append(Point(day, value))
    return tuple(found)


@given(series, st.integers(1, int(FURTHEST_YEARS * 365)))
def test_the_band_holds_the_line_and_only_widens(points: tuple[Point, ...], ahead: int) -> None:
    found = project(points, points[-1].period_end + timedelta(days=ahead))
    assert found is not None
    slack = 1e-6 * (1 + max(abs(point.value) for point in points))
    widths = [step.high - step.low for step in found.steps]
    assert all(step.low - slack <= step.value <= step.high + slack for step in found.steps)
    assert all(later >= earlier - slack for earlier, later in pairwise(widths))
    assert found.slowest <= found.per_year <= found.fastest


@given(series, st.floats(-1000, 1000, allow_nan=False))
def test_lifting_every_value_lifts_the_whole_projection(points: tuple[Point, ...], lift: float) -> None:
    until = points[-1].period_end + timedelta(days=1000)
    plain = project(points, until)
    lifted = project([replace(point, value=point.value + lift) for point in points], until)
    assert plain is not None and lifted is not None
    for before, after in zip(plain.steps, lifted.steps, strict=True):
        assert after.value - before.value == pytest.approx(lift, abs=1e-3)
        assert after.low - before.low == pytest.approx(lift, abs=1e-3)
        assert after.high - before.high == pytest.approx(lift, abs=1e-3)


@given(series)
def test_a_day_that_is_not_ahead_or_too_far_gives_none(points: tuple[Point, ...]) -> None:
    latest = points[-1].period_end
    assert project(points, latest) is None and project(points, latest - timedelta(days=1)) is None
    assert project(points, latest + timedelta(days=int(FURTHEST_YEARS * 366))) is None
