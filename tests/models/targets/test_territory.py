"""Merged places: what may be added, what must be recomputed, and what only stands side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.gaps.series import Point, Qualifier, ValueKind
from models.targets.territory import MergedLine, merged_counts

MERGED_ON = date(2025, 7, 1)
END_2023 = date(2023, 12, 31)
counts = st.integers(min_value=0, max_value=10_000).map(float)


def point(value: float, day: date = END_2023, definition: str = "registered", **more: object) -> Point:
    return replace(Point(day, value, definition=definition, period_start=day), **more)


def line(*own: Point, kind: str = "stock", aggregation: str = "sum", **parts: list[Point]) -> MergedLine:
    return merged_counts(own, parts, merged_on=MERGED_ON, kind=kind, aggregation=aggregation)


def test_before_the_merger_the_parts_are_added_and_after_it_the_place_speaks_for_itself() -> None:
    found = line(point(850, date(2025, 12, 31)), point(999, date(2024, 12, 31)), a=[point(439)], b=[point(300)])
    assert [(p.period_end, p.value) for p in found.points] == [(END_2023, 739), (date(2025, 12, 31), 850)]


def test_nothing_is_added_when_one_part_is_silent() -> None:
    found = line(a=[point(439)], b=[point(300, date(2022, 12, 31))])
    assert found.points == ()
    assert found.reason == "parts_missing"
    assert {item.missing for item in found.incomplete} == {("a",), ("b",)}


def test_other_definitions_are_not_added() -> None:
    assert line(a=[point(439)], b=[point(300, definition="registered_with_credit_funds")]).points == ()


def test_values_of_unstated_definition_are_not_added() -> None:
    assert line(a=[point(439, definition="unstated")], b=[point(300, definition="unstated")]).points == ()


@pytest.mark.parametrize(
    ("kind", "aggregation"), [("share", "weighted_mean"), ("growth", "none"), ("amount", "sum"), ("stock", "none")]
)
def test_shares_growths_and_money_are_never_added(kind: str, aggregation: str) -> None:
    found = line(point(70, date(2025, 12, 31)), kind=kind, aggregation=aggregation, a=[point(60)], b=[point(40)])
    assert [p.value for p in found.points] == [70]
    assert found.reason == "not_countable"


def test_flows_of_different_periods_are_not_added() -> None:
    half = point(5, period_kind="half_year", period_start=date(2023, 7, 1))
    year = point(9, period_kind="year", period_start=date(2023, 1, 1))
    assert line(kind="flow", a=[half], b=[year]).points == ()
    assert line(kind="flow", a=[year], b=[year]).points[0].value == 18


def test_a_sum_with_an_estimate_or_a_rounded_part_says_so() -> None:
    found = line(a=[point(1, value_kind=ValueKind.ESTIMATE)], b=[point(2, qualifier=Qualifier.APPROX)]).points[0]
    assert (found.value_kind, found.qualifier) == (ValueKind.ESTIMATE, Qualifier.APPROX)


def test_plans_are_not_values() -> None:
    assert line(a=[point(1, value_kind=ValueKind.PLAN)], b=[point(2)]).points == ()


def test_of_two_values_of_a_part_the_actual_counts() -> None:
    estimate = point(500, value_kind=ValueKind.ESTIMATE)
    assert line(a=[estimate, point(439)], b=[point(1)]).points[0].value == 440


def test_two_definitions_that_both_add_up_leave_the_date_out() -> None:
    other = "active"
    found = line(a=[point(4), point(3, definition=other)], b=[point(2), point(1, definition=other)])
    assert found.points == ()


@given(st.lists(counts, min_size=2, max_size=4))
def test_the_sum_is_the_sum_whatever_the_order_of_parts(values: list[float]) -> None:
    results = {
        line(**{f"p{place}": [point(value)] for place, value in order}).points[0].value
        for order in permutations(enumerate(values))
    }
    assert results == {sum(values)}


@given(st.lists(counts, min_size=2, max_size=5), st.data())
def test_taking_any_part_away_takes_the_sum_away(values: list[float], data: st.DataObject) -> None:
    lost = data.draw(st.integers(0, len(values) - 1))
    parts = {f"p{i}": [] if i == lost else [point(value)] for i, value in enumerate(values)}
    assert line(**parts).points == ()


@given(st.dates(date(2015, 1, 1), date(2030, 12, 31)), counts)
def test_values_of_parts_after_the_merger_are_never_used(day: date, value: float) -> None:
    found = line(a=[point(value, day)], b=[point(value, day)])
    assert bool(found.points) == (day < MERGED_ON)
