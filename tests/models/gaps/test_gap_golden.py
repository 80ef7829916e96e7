"""Cases worked out by hand: published figures, the horizon, every year, the mean of years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.gaps.answer import Flag, Gap, Status, share_of_all
from models.gaps.gap import measure_gap
from models.gaps.promise import Comparator, Direction, PromiseKind, TargetRecord, Thresholds
from models.gaps.series import UNSTATED, Elsewhere, Judgement, Point, Series, ValueKind, comparable_series

SETTINGS = Thresholds("test", 0.95, 0.60, 0.05, 180, 395, 0.01, 4)
TODAY = date(2026, 11, 21)
HIGHER, LOWER = Direction.HIGHER, Direction.LOWER
BY = (2030, Comparator.AT_LEAST, PromiseKind.BY, 35, None)
PROMISE = TargetRecord("place", "htx_count", "published", *BY, "HTX", "II.2", "35 HTX", "plan", date(2022, 6, 16))
YEARS = 1 / 365.25  # one day in years


def on(year: int, month: int, day: int, value: float, **changes: object) -> Point:
    return replace(Point(date(year, month, day), value), **changes)


def at_end(year: int, value: float, **changes: object) -> Point:
    return on(year, 12, 31, value, **changes)


def measure(target: TargetRecord | None, *points: Point, as_of: date = TODAY, direction: Direction = HIGHER) -> Gap:
    return measure_gap(target, Series(points), as_of=as_of, direction=direction, thresholds=SETTINGS)


# --- published figures --------------------------------------------------------------------------


def test_thanh_hoa_has_more_than_1280_cooperatives() -> None:
    target = replace(PROMISE, low=1280, issued_on=date(2023, 3, 21))
    gap = measure(target, on(2025, 12, 26, 1376))
    assert (gap.status, gap.gap, gap.flags, gap.age_days) == (Status.REACHED, 96, (), 330)
    assert gap.percent == pytest.approx(107.5)


def test_thanh_hoa_lacks_82841_members_and_one_value_makes_no_pace() -> None:
    target = replace(PROMISE, low=334_841, issued_on=date(2023, 3, 21))
    gap = measure(target, on(2025, 12, 26, 252_000))
    assert (gap.status, gap.gap, gap.actual_per_year, gap.ratio) == (Status.SHORT_SERIES, -82_841, None, None)
    assert gap.percent == pytest.approx(252_000 / 334_841 * 100) == pytest.approx(75.3, abs=0.05)
    assert gap.needed_per_year == pytest.approx(82_841 / (1831 * YEARS)) == pytest.approx(16_525, abs=0.5)


def test_thanh_hoa_lacks_two_unions() -> None:
    target = replace(PROMISE, comparator=Comparator.EQUAL, low=5, high=5, issued_on=date(2023, 3, 21))
    gap = measure(target, on(2025, 12, 26, 3))
    assert (gap.status, gap.gap, gap.percent) == (Status.SHORT_SERIES, -2, pytest.approx(60))


def test_ninh_thuan_runs_ahead_of_the_pace_for_180_cooperatives() -> None:
    target = replace(PROMISE, comparator=Comparator.RANGE, low=180, high=200, issued_on=date(2023, 2, 28))
    target = replace(target, place_ended_on=date(2025, 6, 30))
    values = [on(2020, 7, 4, 84), at_end(2020, 89, value_kind=ValueKind.ESTIMATE), on(2024, 10, 31, 131)]
    values = [replace(value, definition=UNSTATED, key=str(value.value)) for value in values]
    judgement = Judgement(frozenset({UNSTATED}), "one way of counting")
    series = comparable_series(values, definition=UNSTATED, as_of=TODAY, judgement=judgement)
    gap = measure_gap(target, series, as_of=TODAY, direction=HIGHER, thresholds=SETTINGS)
    assert [point.value for point in gap.pace_points] == [89, 131]  # 84 is 180 days older than 89
    assert (gap.status, gap.gap, set(gap.flags)) == (Status.ON_TRACK, -49, {Flag.STALE, Flag.TERRITORY_ENDED})
    assert gap.needed_per_year == pytest.approx(49 / (2252 * YEARS)) == pytest.approx(7.9, abs=0.05)
    assert gap.actual_per_year == pytest.approx((131 - 89) / (1400 * YEARS)) == pytest.approx(11.0, abs=0.05)
    assert gap.ratio == pytest.approx(42 / 1400 * 2252 / 49)
    assert gap.percent_of_distance == pytest.approx((131 - 89) / (180 - 89) * 100)
    assert gap.percent_of_time == pytest.approx(611 / 2863 * 100)


def test_dong_nai_keeps_the_pace_for_about_636_cooperatives() -> None:
    target = replace(PROMISE, comparator=Comparator.ABOUT, low=636, issued_on=date(2023, 11, 2))
    target = replace(target, place_ended_on=date(2025, 6, 30))
    gap = measure(target, on(2019, 6, 30, 399), on(2024, 6, 30, 506))
    assert (gap.status, gap.gap, set(gap.flags)) == (Status.ON_TRACK, -130, {Flag.STALE, Flag.TERRITORY_ENDED})
    assert gap.needed_per_year == pytest.approx(130 / (2375 * YEARS)) == pytest.approx(20.0, abs=0.05)
    assert gap.actual_per_year == pytest.approx(107 / (1827 * YEARS)) == pytest.approx(21.4, abs=0.05)


def test_dong_nai_with_one_union_for_five_years_is_at_risk_of_missing_two() -> None:
    target = replace(PROMISE, comparator=Comparator.ABOUT, low=2, issued_on=date(2023, 11, 2))
    gap = measure(target, on(2019, 6, 30, 1), on(2024, 6, 30, 1))
    assert (gap.status, gap.ratio, gap.actual_per_year) == (Status.AT_RISK, 0, 0)


def test_ninh_thuan_has_no_value_of_weak_cooperatives() -> None:
    gap = measure(replace(PROMISE, comparator=Comparator.EQUAL, low=0, high=0), direction=LOWER)
    assert (gap.status, gap.gap, gap.value, gap.flags) == (Status.NO_DATA, None, None, ())


def test_gia_lai_without_a_promise_still_shows_its_trend() -> None:
    gap = measure(None, at_end(2022, 388), at_end(2023, 439), on(2025, 5, 29, 488))
    assert (gap.status, gap.goal, gap.percent) == (Status.NO_TARGET, None, None)
    assert gap.actual_per_year == pytest.approx((51 / (365 * YEARS) + 49 / (515 * YEARS)) / 2)


def test_four_weak_cooperatives_in_four_years_are_on_track_for_none_in_four_more() -> None:
    target = replace(PROMISE, comparator=Comparator.EQUAL, low=0, high=0)
    gap = measure(target, at_end(2022, 8), at_end(2026, 4), as_of=date(2027, 1, 31), direction=LOWER)
    assert (gap.status, gap.gap, gap.percent) == (Status.ON_TRACK, -4, None)
    assert (gap.needed_per_year, gap.actual_per_year, gap.ratio) == (-1.0, -1.0, 1.0)


def test_twelve_in_four_years_is_at_risk_of_missing_35_in_eight() -> None:
    gap = measure(PROMISE, at_end(2022, 0), at_end(2026, 12), as_of=date(2027, 1, 31))
    assert (gap.status, gap.needed_per_year, gap.actual_per_year) == (Status.AT_RISK, 5.75, 3.0)
    assert gap.ratio == pytest.approx(3 / 5.75)


# --- comparators ----------------------------------------------------------------------------------


def test_about_65_is_met_at_61_75_while_gap_and_pace_run_to_65() -> None:
    gap = measure(replace(PROMISE, comparator=Comparator.ABOUT, low=65), at_end(2025, 61.75))
    assert (gap.status, gap.goal, gap.floor, gap.gap) == (Status.REACHED, 65, pytest.approx(61.75), -3.25)
    assert gap.needed_per_year == pytest.approx(3.25 / (1826 * YEARS))


def test_more_than_60_percent_is_not_reached_at_exactly_60() -> None:
    target = replace(PROMISE, comparator=Comparator.MORE_THAN, low=60)
    rising = measure(target, at_end(2023, 55), at_end(2025, 60.0))
    assert (rising.status, rising.gap, rising.needed_per_year, rising.ratio) == (Status.ON_TRACK, 0, 0, None)
    assert measure(target, at_end(2023, 60.0), at_end(2025, 60.0)).status is Status.ON_TRACK
    assert measure(target, at_end(2023, 64), at_end(2025, 60.0)).status is Status.MOVING_AWAY
    assert measure(target, at_end(2025, 60.0)).status is Status.SHORT_SERIES


def test_less_than_10_is_not_reached_at_exactly_10() -> None:
    target = replace(PROMISE, comparator=Comparator.LESS_THAN, low=None, high=10)
    assert measure(target, at_end(2023, 12), at_end(2025, 10), direction=LOWER).status is Status.ON_TRACK
    assert measure(target, at_end(2023, 8), at_end(2025, 10), direction=LOWER).status is Status.MOVING_AWAY


def test_a_nested_share_has_a_second_reading() -> None:
    assert share_of_all(50, 60) == 30  # half of the 60% that are good or fair is 30% of all


# --- evidence -----------------------------------------------------------------------------------


def test_without_comparable_values_the_status_says_whether_there_are_others() -> None:
    assert measure(PROMISE).status is Status.NO_DATA
    for same_measure, status in ((True, Status.NOT_COMPARABLE), (False, Status.NO_DATA)):
        other = Series(elsewhere=(Elsewhere(at_end(2025, 40), "b", "other_area", same_measure),))
        gap = measure_gap(PROMISE, other, as_of=TODAY, direction=HIGHER, thresholds=SETTINGS)
        assert (gap.status, gap.value, gap.gap) == (status, None, None)


def test_a_value_older_than_the_programme_never_makes_reached() -> None:
    gap = measure(PROMISE, on(2022, 6, 15, 99))
    assert (gap.status, gap.flags) == (Status.SHORT_SERIES, (Flag.STALE, Flag.BEFORE_PROGRAMME))
    assert (gap.baseline, gap.percent_of_time) == (gap.latest, 0)
    on_the_day = measure(PROMISE, on(2022, 6, 16, 99))
    assert (on_the_day.status, on_the_day.baseline) == (Status.REACHED, None)
    served = measure(PROMISE, at_end(2020, 5), at_end(2025, 20))  # 15 in five years, 15 in five more
    assert (served.baseline, served.status, served.flags) == (at_end(2020, 5), Status.ON_TRACK, ())
    assert served.percent_of_distance == pytest.approx(50)


# --- the horizon ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "status"), [(35, Status.REACHED), (34, Status.MISSED)])
def test_after_the_horizon_only_its_own_value_counts(value: float, status: Status) -> None:
    late = date(2031, 3, 1)
    assert measure(PROMISE, at_end(2029, 99), on(2030, 12, 14, value), as_of=late).status is status
    gap = measure(PROMISE, at_end(2030, value), on(2031, 2, 1, 70 - value), as_of=late)
    assert (gap.status, gap.value, gap.needed_per_year) == (status, value, None)
    assert measure(PROMISE, on(2030, 12, 14, 69 - value), at_end(2030, value), as_of=late).value == value
    assert measure(PROMISE, at_end(2030, value), as_of=date(2030, 12, 31)).status is status


def test_after_the_horizon_without_its_value_the_answer_is_awaited_not_guessed() -> None:
    for points in ([], [on(2030, 6, 30, 99)], [on(2031, 6, 30, 99)]):
        gap = measure(PROMISE, *points, as_of=date(2031, 7, 1))
        assert gap.status is Status.NO_DATA
        assert Flag.AWAITING_FINAL in gap.flags
    assert measure(PROMISE, on(2030, 6, 30, 99), as_of=date(2030, 12, 31)).status is Status.REACHED


def test_a_reached_estimate_and_a_dispute_are_said_beside_the_status() -> None:
    series = Series((at_end(2025, 40, value_kind=ValueKind.ESTIMATE),), disputed=True)
    gap = measure_gap(PROMISE, series, as_of=TODAY, direction=HIGHER, thresholds=SETTINGS)
    assert (gap.status, gap.flags) == (Status.REACHED, (Flag.ESTIMATE, Flag.DISPUTED))


# --- every year, and the mean of years ------------------------------------------------------------------

EVERY_YEAR = replace(PROMISE, kind=PromiseKind.ANNUAL, comparator=Comparator.MORE_THAN, low=60, horizon=2025)


def test_an_annual_promise_is_judged_by_its_latest_closed_year() -> None:
    broken, held, open_year = at_end(2022, 60.0), at_end(2023, 61), on(2024, 12, 14, 0)
    gap = measure(EVERY_YEAR, broken, held, open_year, as_of=date(2024, 12, 30))
    assert (gap.status, gap.years_held, gap.years_known, gap.value) == (Status.ON_TRACK, 1, 2, 61)
    assert (gap.needed_per_year, gap.actual_per_year, gap.ratio) == (None, None, None)
    assert measure(EVERY_YEAR, held, open_year, as_of=date(2024, 12, 31)).status is Status.MISSED
    assert measure(EVERY_YEAR, on(2023, 6, 30, 99, period_kind="half_year")).status is Status.NO_DATA


def test_an_annual_promise_is_reached_only_after_the_horizon_with_every_year() -> None:
    years = [at_end(year, 61) for year in range(2022, 2026)]
    assert measure(EVERY_YEAR, *years, as_of=date(2025, 12, 31)).status is Status.ON_TRACK
    gap = measure(EVERY_YEAR, *years)
    assert (gap.status, gap.years_held, len(gap.years)) == (Status.REACHED, 4, 4)
    assert measure(EVERY_YEAR, years[0], *years[2:]).status is Status.NO_DATA
    assert measure(EVERY_YEAR, at_end(2022, 60.0), *years[1:]).status is Status.MISSED
    assert measure(EVERY_YEAR, *years[:3]).flags == (Flag.STALE, Flag.AWAITING_FINAL)


MEAN = replace(
    PROMISE, kind=PromiseKind.ANNUAL_AVERAGE, comparator=Comparator.ABOUT, low=21, issued_on=date(2023, 11, 2)
)


def flow(year: int, value: float) -> Point:
    return at_end(year, value, period_kind="year", period_start=date(year, 1, 1))


def test_a_half_year_is_not_a_year_of_flow() -> None:
    gap = measure(MEAN, on(2024, 6, 30, 11, period_kind="half_year"))
    assert (gap.status, gap.gap, gap.ratio, gap.needed_per_year) == (Status.SHORT_SERIES, None, None, None)


def test_the_mean_of_closed_years_is_held_against_the_promise() -> None:
    gap = measure(MEAN, flow(2023, 19), flow(2024, 20), flow(2025, 18), flow(2026, 99))
    assert (gap.status, gap.value, gap.gap, gap.years_known) == (Status.SLOW, 19, -2, 3)
    assert gap.ratio == pytest.approx(19 / 21)
    assert gap.needed_per_year == pytest.approx((21 * 8 - 57) / 5)  # eight years promised, five remain
    assert measure(MEAN, flow(2023, 19), flow(2025, 20)).needed_per_year is None  # 2024 is not known


@pytest.mark.parametrize(("value", "status"), [(19.95, Status.REACHED), (19.9, Status.MISSED)])
def test_after_the_horizon_the_mean_of_all_years_decides(value: float, status: Status) -> None:
    target, years = replace(MEAN, horizon=2025), [flow(year, value) for year in (2023, 2024, 2025)]
    assert measure(target, *years).status is status
    assert measure(target, *years[:2]).flags == (Flag.STALE, Flag.AWAITING_FINAL)
