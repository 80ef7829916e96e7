"""What the arithmetic refuses or leaves out: no number, no plan, nothing from before the programme."""

from dataclasses import replace
from datetime import date

import pytest

from models.gaps.gap import Comparator, Direction, Flag, PromiseKind, Status, TargetRecord, Thresholds, measure_gap
from models.gaps.series import Elsewhere, Point, Series, ValueKind, comparable_series

TODAY = date(2026, 11, 21)
THRESHOLDS = Thresholds("t", 0.95, 0.60, 0.05, 180, 395, 0.01, 4)
AT_LEAST_60 = TargetRecord(
    "p",
    "i",
    "published",
    2030,
    Comparator.AT_LEAST,
    PromiseKind.BY,
    60,
    None,
    "HTX",
    "II",
    "60",
    "c",
    date(2023, 3, 21),
)


def year(number: int, value: float) -> Point:
    return Point(date(number, 12, 31), value, period_kind="year")


def measure(target: TargetRecord, *points: Point, as_of: date = TODAY, direction: Direction = Direction.HIGHER):
    return measure_gap(target, Series(tuple(points)), as_of=as_of, direction=direction, thresholds=THRESHOLDS)


def test_a_point_without_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        Point(date(2025, 12, 31), float("nan"))


def test_a_plan_is_never_a_value() -> None:
    plan = Point(date(2025, 12, 31), 70, value_kind=ValueKind.PLAN)
    assert comparable_series([plan], definition="published", as_of=TODAY).points == ()


def test_a_year_dated_before_the_programme_proves_no_yearly_promise() -> None:
    target = replace(AT_LEAST_60, kind=PromiseKind.ANNUAL, low=21, issued_on=date(2023, 12, 20))
    before = Point(date(2023, 12, 14), 21, period_kind="year")
    assert measure(target, before, as_of=date(2024, 6, 1)).status is Status.SHORT_SERIES


def test_a_level_is_not_a_yearly_flow() -> None:
    target = replace(AT_LEAST_60, kind=PromiseKind.ANNUAL_AVERAGE, low=21)
    assert measure(target, Point(date(2025, 12, 31), 506)).status is Status.SHORT_SERIES


def test_too_many_a_year_is_behind_a_promise_of_at_most() -> None:
    target = replace(AT_LEAST_60, kind=PromiseKind.ANNUAL_AVERAGE, comparator=Comparator.AT_MOST, low=None, high=5)
    gap = measure(target, year(2023, 37), as_of=date(2024, 6, 1), direction=Direction.LOWER)
    assert (gap.status, gap.gap) == (Status.AT_RISK, -32)


@pytest.mark.parametrize(
    ("comparator", "direction"),
    [
        (Comparator.AT_LEAST, Direction.LOWER),
        (Comparator.MORE_THAN, Direction.LOWER),
        (Comparator.AT_MOST, Direction.HIGHER),
        (Comparator.LESS_THAN, Direction.HIGHER),
    ],
)
def test_words_that_contradict_the_direction_are_refused(comparator: Comparator, direction: Direction) -> None:
    with pytest.raises(ValueError, match="better"):
        measure(replace(AT_LEAST_60, comparator=comparator, high=60), year(2025, 3), direction=direction)


def test_more_than_55_is_not_reached_by_11_of_20() -> None:
    target = replace(AT_LEAST_60, comparator=Comparator.MORE_THAN, low=55)
    assert measure(target, year(2025, 11 / 20 * 100)).status is not Status.REACHED


def test_the_age_is_that_of_the_value_that_decided() -> None:
    gap = measure(AT_LEAST_60, year(2030, 61), year(2033, 70), as_of=date(2034, 1, 15))
    assert (gap.status, gap.age_days) == (Status.REACHED, 1111)
    assert Flag.STALE in gap.flags


def test_a_year_missing_before_the_horizon_is_no_waiting_for_the_final_value() -> None:
    target = replace(AT_LEAST_60, kind=PromiseKind.ANNUAL, horizon=2025)
    gap = measure(target, year(2023, 61), year(2025, 61))
    assert gap.status is Status.NO_DATA
    assert Flag.AWAITING_FINAL not in gap.flags


def test_what_is_dated_later_elsewhere_makes_nothing_incomparable() -> None:
    later = Elsewhere(Point(date(2027, 12, 31), 78.1), "other", "why", is_same_measure=True)
    gap = measure_gap(
        AT_LEAST_60, Series(elsewhere=(later,)), as_of=TODAY, direction=Direction.HIGHER, thresholds=THRESHOLDS
    )
    assert gap.status is Status.NO_DATA


def test_a_report_of_30_november_is_the_value_of_its_horizon() -> None:
    gap = measure(AT_LEAST_60, Point(date(2030, 11, 30), 61), as_of=date(2031, 2, 1))
    assert gap.status is Status.REACHED
