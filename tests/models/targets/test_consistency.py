"""Promises held against each other: what adds up, what does not, and what remains to the later horizon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.gaps.answer import Gap, Status
from models.gaps.promise import Comparator, Direction, PromiseKind, TargetRecord
from models.gaps.series import Point, Series
from models.targets.consistency import ConsistencyRule, ConsistencyVerdict, RuleKind, check_all
from models.targets.later_step import StepRule, StepState, steps_of
from models.targets.promise_rows import consistency_rows, projection_rows, step_rows
from models.targets.reading import Moment
from models.targets.views import GapView

NOW = Moment(as_of=date(2026, 11, 21), known_on=date(2026, 11, 21))
SUM = ConsistencyRule("sum", RuleKind.SUM, "whole", ("a", "b"), "HTX", "t", "s")
AVERAGE = ConsistencyRule("average", RuleKind.AVERAGE, "members", ("whole",), "người", "t", "s")
WITHIN = ConsistencyRule("within", RuleKind.WITHIN, "whole", ("a",), "HTX", "t", "s")
DAY = date(2025, 12, 26)


def promise(indicator: str, low: float, **more: object) -> TargetRecord:
    made = TargetRecord(
        place="p", indicator=indicator, definition="published", horizon=2030, comparator=Comparator.AT_LEAST,
        kind=PromiseKind.BY, low=low, high=None, unit="HTX", clause=f"gạch {indicator}", wording="w", programme="x",
        issued_on=date(2023, 3, 21),
    )  # fmt: skip
    return replace(made, **more)


def view(target: TargetRecord, *points: Point, direction: Direction = Direction.HIGHER) -> GapView:
    gap = Gap(target=target, status=Status.NO_DATA, direction=direction, series=Series(points))
    return GapView(f"x/{target.indicator}/{target.horizon}", "p", "x", target.indicator, 1, gap)


def verdict(rule: ConsistencyRule, *targets: TargetRecord) -> tuple[ConsistencyVerdict, float | None]:
    (found,) = check_all([rule], [view(target) for target in targets], 0.05)
    return found.verdict, found.difference


def test_825_and_455_make_1280() -> None:
    assert verdict(SUM, promise("whole", 1280), promise("a", 825), promise("b", 455)) == (ConsistencyVerdict.AGREES, 0)


def test_parts_that_miss_their_whole_are_told_with_the_difference() -> None:
    assert verdict(SUM, promise("whole", 1290), promise("a", 825), promise("b", 455)) == (
        ConsistencyVerdict.DIFFERS,
        -10,
    )
    assert verdict(SUM, promise("whole", 1270), promise("a", 825), promise("b", 455)) == (
        ConsistencyVerdict.DIFFERS,
        10,
    )


def test_about_allows_its_tolerance_and_no_more() -> None:
    about = {"comparator": Comparator.ABOUT}
    assert (
        verdict(SUM, promise("whole", 1290, **about), promise("a", 825), promise("b", 455))[0]
        is ConsistencyVerdict.NEARLY
    )
    assert (
        verdict(SUM, promise("whole", 1400, **about), promise("a", 825), promise("b", 455))[0]
        is ConsistencyVerdict.DIFFERS
    )


def test_ranges_agree_while_they_overlap() -> None:
    whole = promise("whole", 180, high=200, comparator=Comparator.RANGE)
    part = promise("a", 100, high=150, comparator=Comparator.RANGE)
    assert verdict(SUM, whole, part, promise("b", 60)) == (ConsistencyVerdict.AGREES, 0)
    assert verdict(SUM, whole, part, promise("b", 110)) == (ConsistencyVerdict.DIFFERS, 10)


def test_a_part_above_its_whole_cannot_be_and_one_below_may() -> None:
    assert verdict(WITHIN, promise("whole", 100), promise("a", 120)) == (ConsistencyVerdict.DIFFERS, 20)
    assert verdict(WITHIN, promise("whole", 100), promise("a", 5)) == (ConsistencyVerdict.AGREES, 0)


def test_an_average_is_compared_only_with_values_of_one_day() -> None:
    members, count = promise("members", 334841), promise("whole", 1280)
    together = [view(members, Point(DAY, 252000)), view(count, Point(DAY, 1376))]
    (found,) = check_all([AVERAGE], together, 0.05)
    assert round(found.computed.low) == round(found.computed.high) == 262
    assert found.actual is not None and round(found.actual.value) == 183 and found.verdict is ConsistencyVerdict.TOLD
    apart = [view(members, Point(date(2024, 12, 31), 252000)), view(count, Point(DAY, 1376))]
    assert check_all([AVERAGE], apart, 0.05)[0].actual is None


def test_a_rule_speaks_only_where_every_promise_exists_at_one_horizon() -> None:
    later = promise("b", 455, horizon=2045)
    assert check_all([SUM], [view(promise("whole", 1280)), view(promise("a", 825)), view(later)], 0.05) == []


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=2), st.integers(-1000, 1000))
def test_the_difference_is_the_sum_minus_the_whole(parts: list[int], off: int) -> None:
    whole = sum(parts) + off
    _, difference = verdict(SUM, promise("whole", whole), promise("a", parts[0]), promise("b", parts[1]))
    assert difference == pytest.approx(-off)


# --- the step to the later horizon ---------------------------------------------------------------

STEP = StepRule("s", "share", (("members",), ("groups",)), "people", "others", "người", "", "", "")
SHARE = promise("share", 20, horizon=2045, unit="%")


def population(_place: str, indicator: str) -> Point | None:
    return {"people": Point(date(2024, 12, 31), 3764200), "others": Point(date(2025, 7, 1), 4324783)}.get(indicator)


def test_thanh_hoa_needs_27867_more_a_year_after_2030() -> None:
    (found,) = steps_of([STEP], [view(promise("members", 334841)), view(SHARE)], population)
    assert found.state is StepState.COMPUTED and found.years == 15 and found.missing == ("groups",)
    assert found.per_year is not None and found.per_year.low == pytest.approx((752840 - 334841) / 15)
    assert found.other is not None and round(found.other.per_year.low) == 35341


def test_without_a_population_the_step_is_not_made_up() -> None:
    (found,) = steps_of([STEP], [view(promise("members", 334841)), view(SHARE)], lambda _place, _code: None)
    assert found.state is StepState.NO_BASE and found.per_year is None and found.goal is None


def test_other_measures_are_named_and_never_subtracted() -> None:
    rule = replace(STEP, share_of=None, also_of=None, other_measure="hai cách đo")
    (found,) = steps_of([rule], [view(promise("members", 60)), view(SHARE)], population)
    assert found.state is StepState.OTHER_MEASURE and found.per_year is None


def test_one_measure_at_both_horizons_needs_no_rule() -> None:
    near, far = promise("whole", 1280), promise("whole", 2000, horizon=2045)
    (found,) = steps_of([], [view(near), view(far)], population)
    assert found.per_year is not None and found.per_year.low == pytest.approx(48)


def test_one_code_under_two_definitions_is_two_measures() -> None:
    near, far = promise("whole", 1280), promise("whole", 2000, horizon=2045, definition="active")
    assert steps_of([], [view(near), view(far)], population) == []


def test_what_falls_is_counted_downwards() -> None:
    near, far = promise("whole", 30), promise("whole", 0, horizon=2045, comparator=Comparator.EQUAL)
    (found,) = steps_of([], [view(near, direction=Direction.LOWER), view(far, direction=Direction.LOWER)], population)
    assert found.per_year is not None and found.per_year.low == pytest.approx(-2)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_step_times_its_years_leads_from_one_promise_to_the_other(near: int, far: int) -> None:
    (found,) = steps_of([], [view(promise("whole", near)), view(promise("whole", far, horizon=2045))], population)
    assert found.per_year is not None
    assert near + found.per_year.low * found.years == pytest.approx(max(near, far))


# --- the reviewed data ---------------------------------------------------------------------------


def test_the_reviewed_promises_say_what_they_say_of_each_other(loaded: Engine) -> None:
    with Session(loaded) as session:
        rows = {(row["place"], row["relation"]): row for row in consistency_rows(session, NOW)}
    assert all(row["verdict"] != "differs" for row in rows.values())
    sectors = rows["thanh-hoa", "htx_by_sector"]
    assert (sectors["part_goals"], sectors["whole_goal"], sectors["verdict"]) == (["825", "455"], 1280, "agrees")
    members = rows["thanh-hoa", "members_per_htx"]
    assert (round(members["computed_low"]), round(members["actual"]), members["actual_on"]) == (262, 183, DAY)
    ranged = rows["ninh-thuan", "members_per_htx"]
    assert (round(ranged["computed_low"]), round(ranged["computed_high"])) == (105, 122)


def test_the_reviewed_steps_are_told_or_refused_with_a_reason(loaded: Engine) -> None:
    with Session(loaded) as session:
        rows = {(row["place"], row["step"]): row for row in step_rows(session, NOW)}
    assert round(rows["thanh-hoa", "members_to_population"]["per_year_low"]) == 27867
    ranged = rows["ninh-thuan", "members_to_population"]
    assert (round(ranged["per_year_low"]), round(ranged["per_year_high"])) == (5582, 5782)
    assert rows["dong-nai-truoc-2025-07", "members_to_population"]["state"] == "no_base"
    assert all(row["reason"] for row in rows.values() if row["state"] == "other_measure")


def test_the_one_reviewed_projection_is_that_of_the_nations_unions(loaded: Engine) -> None:
    with Session(loaded) as session:
        rows = projection_rows(session, NOW)
    assert {(row["place"], row["indicator"], row["points"], row["estimates"]) for row in rows} == {
        ("viet-nam", "lhhtx_count", 4, 1)
    }
    assert [row["period_end"].year for row in rows] == [2025, 2026, 2027, 2028, 2029, 2030]
