"""Which values may stand in one line, and what is said about those that may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.gaps.series import (
    UNSTATED,
    Elsewhere,
    Exclusion,
    Judgement,
    Point,
    Qualifier,
    Series,
    ValueKind,
    comparable_series,
    is_disputed,
    pace_points,
)

TODAY = date(2026, 11, 21)
CASES = settings(max_examples=300, deadline=None, database=None, derandomize=True)


def at_end(year: int, value: float, **changes: object) -> Point:
    return replace(Point(date(year, 12, 31), value, key=f"{year}/{value}"), **changes)


def line(*points: Point, definition: str = "published", judgement: Judgement | None = None, **more: object) -> Series:
    as_of = more.pop("as_of", TODAY)
    assert isinstance(as_of, date)
    return comparable_series(points, definition=definition, as_of=as_of, judgement=judgement, **more)  # type: ignore[arg-type]


def values(series: Series) -> list[float]:
    return [point.value for point in series.points]


# --- definitions ------------------------------------------------------------------------------------


def test_values_of_another_definition_never_join_a_stated_one() -> None:
    registered, active = at_end(2023, 388), at_end(2024, 318, definition="active")
    series = line(registered, active)
    assert series.points == (registered,)
    assert series.excluded == ((active, Exclusion.OTHER_DEFINITION),)


def test_where_only_other_definitions_exist_they_are_named_not_used() -> None:
    active = at_end(2024, 318, definition="active")
    related = Elsewhere(at_end(2024, 162), "htx_nso_count", "counted by the statistics office")
    series = line(active, elsewhere=[related])
    assert series.points == ()
    assert series.elsewhere == (Elsewhere(active, "", Exclusion.OTHER_DEFINITION, is_same_measure=True), related)


def test_a_promise_of_unstated_definition_takes_the_definition_of_the_newest_value() -> None:
    old, new = at_end(2023, 388, definition="active"), at_end(2024, 439)
    assert line(old, new, definition=UNSTATED).points == (new,)
    assert line(old, new, definition=UNSTATED, as_of=date(2024, 6, 30)).points == (old,)


def test_values_of_unstated_definition_join_only_by_a_recorded_judgement() -> None:
    points = [at_end(year, value, definition=UNSTATED) for year, value in ((2022, 84), (2023, 89), (2024, 131))]
    alone = line(*points, definition=UNSTATED)
    assert (values(alone), alone.joined) == ([131], "")
    assert [why for _, why in alone.excluded] == [Exclusion.UNSTATED_DEFINITION] * 2
    joined = line(*points, definition=UNSTATED, judgement=Judgement(frozenset({UNSTATED}), "one way of counting"))
    assert (values(joined), joined.joined, joined.excluded) == ([84, 89, 131], "one way of counting", ())


def test_a_judgement_joins_only_the_definitions_it_names() -> None:
    judgement = Judgement(frozenset({UNSTATED, "with_funds"}), "six funds of 488")
    points = [at_end(2022, 388, definition=UNSTATED), at_end(2023, 318, definition="active")]
    points.append(at_end(2024, 488, definition="with_funds"))
    assert values(line(*points, definition="with_funds", judgement=judgement)) == [388, 488]
    other = line(*points, definition="active", judgement=judgement)
    assert (values(other), other.joined) == ([318], "")


# --- breaks, parts of years, merging ------------------------------------------------------------------


def test_nothing_joins_across_a_recorded_break() -> None:
    points = [at_end(2021, 10), at_end(2022, 11), at_end(2023, 5), at_end(2024, 6)]
    series = line(*points, breaks=[date(2022, 1, 1), date(2023, 12, 31)])
    assert values(series) == [5, 6]  # the first day of the new meaning belongs to it
    assert [(point.value, why) for point, why in series.excluded] == [
        (10, Exclusion.BEFORE_BREAK),
        (11, Exclusion.BEFORE_BREAK),
    ]


def test_a_break_after_the_newest_value_or_in_the_future_separates_nothing() -> None:
    points = [at_end(2021, 10), at_end(2022, 11)]
    assert values(line(*points, breaks=[date(2023, 1, 1), date(2029, 1, 1)])) == [10, 11]


def test_parts_of_a_year_stand_only_where_there_is_nothing_better() -> None:
    half = Point(date(2024, 6, 30), 11, period_kind="half_year")
    year = at_end(2023, 25, period_kind="year")
    series = line(half, year)
    assert (series.points, series.excluded) == ((year,), ((half, Exclusion.PARTIAL_PERIOD),))
    assert line(half).points == (half,)


@pytest.mark.parametrize(("apart", "kept"), [(180, [2]), (181, [1, 2])])
def test_points_180_days_apart_or_less_merge_to_the_later(apart: int, kept: list[float]) -> None:
    points = [Point(TODAY - timedelta(apart), 1), Point(TODAY, 2)]
    assert [point.value for point in pace_points(points, 180)] == kept


def test_merging_goes_from_the_newest_value_back() -> None:
    points = [Point(TODAY - timedelta(days), days) for days in (300, 200, 100, 0)]
    assert [point.value for point in pace_points(points, 180)] == [200, 0]


# --- one date, several publishers ---------------------------------------------------------------------

BETTER = [
    ({"value_kind": ValueKind.ESTIMATE}, {"value_kind": ValueKind.ACTUAL, "qualifier": Qualifier.APPROX}),
    ({"qualifier": Qualifier.APPROX}, {"qualifier": Qualifier.EXACT}),
    ({"qualifier": Qualifier.AT_LEAST}, {"qualifier": Qualifier.APPROX}),
    ({}, {"published_on": date(2025, 1, 1)}),
    ({"published_on": date(2025, 1, 1)}, {"published_on": date(2025, 2, 1)}),
]


@pytest.mark.parametrize(("worse", "better"), BETTER)
def test_of_one_date_the_better_supported_value_stands(worse: dict[str, object], better: dict[str, object]) -> None:
    left, kept = at_end(2024, 90, **worse), at_end(2024, 100, **better)
    for order in ([left, kept], [kept, left]):
        series = line(*order)
        assert (series.points, series.excluded) == ((kept,), ((left, Exclusion.OTHER_SOURCE_SAME_DATE),))


EXACT, APPROX, AT_LEAST = Qualifier.EXACT, Qualifier.APPROX, Qualifier.AT_LEAST
PAIRS = [
    (1000, EXACT, 1010, EXACT, False),
    (1000, EXACT, 1011, EXACT, True),
    (1000, EXACT, 1030, APPROX, False),
    (1000, EXACT, 1100, APPROX, True),
    (26_000, AT_LEAST, 27_300, EXACT, False),
    (27_300, AT_LEAST, 26_000, EXACT, True),
    (0, EXACT, 0, EXACT, False),
    (0, EXACT, 1, EXACT, True),
]


@pytest.mark.parametrize(("first", "how", "second", "how_too", "disputed"), PAIRS)
def test_two_sources_dispute_only_when_both_cannot_be_true(
    first: float, how: Qualifier, second: float, how_too: Qualifier, disputed: bool
) -> None:
    pair = [at_end(2024, first, qualifier=how), at_end(2024, second, qualifier=how_too, key="other")]
    assert is_disputed(pair, 0.01, 0.05) is is_disputed(pair[::-1], 0.01, 0.05) is disputed
    assert line(*pair).disputed is disputed


@pytest.mark.parametrize("change", [{"definition": "active"}, {"value_kind": ValueKind.ESTIMATE}])
def test_another_definition_or_an_estimate_disputes_nothing(change: dict[str, object]) -> None:
    assert not is_disputed([at_end(2024, 100), at_end(2024, 200, **change)], 0.01, 0.05)
    assert not is_disputed([at_end(2024, 100), at_end(2023, 200)], 0.01, 0.05)


def test_until_leaves_out_what_was_not_yet_the_case() -> None:
    series = line(at_end(2023, 1), at_end(2024, 2), at_end(2025, 3))
    assert values(series.until(date(2024, 12, 31))) == [1, 2]
    assert series.until(TODAY) == series
    assert Series().until(TODAY) == Series()


# --- any values -----------------------------------------------------------------------------------------


@st.composite
def published(draw: st.DrawFn) -> list[Point]:
    """Values as a store holds them: any mixture, each with a key of its own."""
    count = draw(st.integers(0, 9))
    return [
        Point(
            draw(st.dates(date(2022, 1, 1), date(2022, 3, 1)) | st.dates(date(2015, 1, 1), date(2028, 1, 1))),
            draw(st.integers(0, 50)),
            period_kind=draw(st.sampled_from(["point", "point", "year", "half_year"])),
            value_kind=draw(st.sampled_from([ValueKind.ACTUAL, ValueKind.ESTIMATE])),
            qualifier=draw(st.sampled_from(Qualifier)),
            definition=draw(st.sampled_from(["published", "active", UNSTATED])),
            published_on=draw(st.none() | st.dates(date(2022, 1, 1), date(2022, 2, 1))),
            key=str(number),
        )
        for number in range(count)
    ]


DEFINITIONS = st.sampled_from(["published", UNSTATED])
JUDGEMENTS = st.none() | st.just(Judgement(frozenset({UNSTATED, "active"}), "same count"))
BREAKS = st.lists(st.dates(date(2016, 1, 1), date(2028, 1, 1)), max_size=2)


@CASES
@given(st.data(), published(), DEFINITIONS, JUDGEMENTS, BREAKS)
def test_the_order_of_input_does_not_matter(
    data: st.DataObject, points: list[Point], definition: str, judgement: Judgement | None, breaks: list[date]
) -> None:
    shuffled = data.draw(st.permutations(points))
    one = line(*points, definition=definition, judgement=judgement, breaks=breaks)
    assert one == line(*shuffled, definition=definition, judgement=judgement, breaks=breaks[::-1])


@CASES
@given(published(), DEFINITIONS, JUDGEMENTS, BREAKS)
def test_every_value_known_by_then_is_used_or_left_out_with_a_reason(
    points: list[Point], definition: str, judgement: Judgement | None, breaks: list[date]
) -> None:
    series = line(*points, definition=definition, judgement=judgement, breaks=breaks)
    known = [point.key for point in points if point.period_end <= TODAY]
    assert sorted([p.key for p in series.points] + [p.key for p, _ in series.excluded]) == sorted(known)
    days = [point.period_end for point in series.points]
    assert days == sorted(set(days))
    assert series == line(
        *(p for p in points if p.key in known), definition=definition, judgement=judgement, breaks=breaks
    )


@CASES
@given(st.lists(st.dates(date(2015, 1, 1), TODAY), min_size=1, unique=True), st.integers(0, 400))
def test_merging_never_drops_the_latest_point_and_leaves_no_two_close(days: list[date], merge_days: int) -> None:
    points = [Point(day, 1) for day in sorted(days)]
    kept = pace_points(points, merge_days)
    assert kept[-1] is points[-1]
    assert all((b.period_end - a.period_end).days > merge_days for a, b in pairwise(kept))
    assert pace_points(kept, merge_days) == kept
