"""What holds for whole families of promises: each comparator, cut-off and flag at its boundary, and any values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.answer import WORST_FIRST, Flag, Gap, Status, worst_first
from models.gap import measure_gap
from models.promise import Comparator, Direction, Kind, TargetRecord, Thresholds, is_met
from models.series import Point, Series, ValueKind

SETTINGS = Thresholds("test", 0.95, 0.60, 0.05, 180, 395, 0.01, 4)
TODAY = date(2026, 11, 21)
HIGHER, LOWER = Direction.HIGHER, Direction.LOWER
BY = (2030, Comparator.AT_LEAST, Kind.BY, 35, None)
PROMISE = TargetRecord("place", "htx_count", "published", *BY, "HTX", "II.2", "35 HTX", "plan", date(2022, 6, 16))
YEARS = 1 / 365.25  # one day in years
CASES = settings(max_examples=300, deadline=None, database=None, derandomize=True)


def on(year: int, month: int, day: int, value: float, **changes: object) -> Point:
    return replace(Point(date(year, month, day), value), **changes)


def at_end(year: int, value: float, **changes: object) -> Point:
    return on(year, 12, 31, value, **changes)


def measure(
    target: TargetRecord | None, points: Sequence[Point], as_of: date = TODAY, direction: Direction = HIGHER
) -> Gap:
    return measure_gap(target, Series(tuple(points)), as_of=as_of, direction=direction, thresholds=SETTINGS)


# --- boundaries -------------------------------------------------------------------------------------

MET = [
    (Comparator.AT_LEAST, 35, None, HIGHER, 34.9, 35),
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
    assert measure(target, [at_end(2025, short)], direction=direction).status is Status.SHORT_SERIES
    assert measure(target, [at_end(2025, enough)], direction=direction).status is Status.REACHED


# Four years done, four left: ratio = (latest - first) / (goal - latest).
PACES = [
    (0, 195, 95, Status.ON_TRACK),  # 95 / 100
    (0, 194.9, 94.9, Status.SLOW),  # 94,9 / 100
    (0, 160, 60, Status.SLOW),  # 60 / 100
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
    (Flag.ESTIMATE, PROMISE, [at_end(2025, 40, value_kind=ValueKind.ESTIMATE)], [at_end(2025, 40)]),
    (Flag.BEFORE_PROGRAMME, PROMISE, [on(2022, 6, 15, 1)], [on(2022, 6, 16, 1)]),
    (Flag.ABOVE_RANGE, RANGE, [at_end(2025, 201)], [at_end(2025, 200)]),
    (Flag.TERRITORY_ENDED, replace(PROMISE, place_ended_on=date(2026, 11, 20)), [at_end(2025, 1)], None),
    (Flag.AWAITING_FINAL, replace(PROMISE, horizon=2025), [on(2025, 11, 30, 40)], [on(2025, 12, 1, 40)]),
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
    assert sorted([done, unknown, ahead, behind, missed], key=worst_first) == [missed, behind, ahead, unknown, done]


# --- any values -------------------------------------------------------------------------------------

RISING = st.sampled_from([Comparator.AT_LEAST, Comparator.MORE_THAN, Comparator.RANGE, Comparator.ABOUT])
FALLING = st.sampled_from([Comparator.AT_MOST, Comparator.LESS_THAN, Comparator.EQUAL])
KINDS = st.sampled_from([Kind.BY, Kind.BY, Kind.ANNUAL, Kind.ANNUAL_AVERAGE])
NUMBERS = st.integers(0, 2000).map(lambda number: number / 10)
DAYS = st.dates(date(2018, 1, 1), date(2033, 12, 31)) | st.integers(2018, 2033).map(lambda year: date(year, 12, 31))


@st.composite
def promises(draw: st.DrawFn, numbers: st.SearchStrategy[float] = NUMBERS) -> tuple[TargetRecord, Direction]:
    """A promise of any kind whose comparator goes the same way as its direction."""
    direction, kind, goal = draw(st.sampled_from(Direction)), draw(KINDS), draw(numbers)
    comparator = draw(RISING if direction is HIGHER else FALLING)
    upper = comparator in (Comparator.AT_MOST, Comparator.LESS_THAN)
    high = goal if direction is LOWER else goal * 1.1 if comparator is Comparator.RANGE else None
    issued = draw(st.dates(date(2020, 1, 1), date(2025, 12, 31)))
    target = replace(PROMISE, comparator=comparator, kind=kind, low=None if upper else goal, high=high)
    return replace(target, horizon=draw(st.sampled_from([2025, 2030])), issued_on=issued), direction


@st.composite
def lines(draw: st.DrawFn, numbers: st.SearchStrategy[float] = NUMBERS, most: int = 7) -> list[Point]:
    days = draw(st.lists(DAYS, max_size=most, unique=True))
    kinds = st.sampled_from(["point", "year", "half_year"])
    return [Point(day, draw(numbers), period_kind=draw(kinds)) for day in sorted(days)]
