"""What changed since the last meeting: every cause is told, and the parts add up exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.gaps.answer import Gap, Status
from models.gaps.gap import measure_gap
from models.gaps.promise import Comparator, Direction, PromiseKind, TargetRecord, Thresholds
from models.gaps.series import Point, Series
from models.targets.changes import Cause, Change, compare, compare_all

LAST_MEETING = date(2026, 6, 30)
THIS_MEETING = date(2026, 11, 21)
LIMITS = Thresholds("t", 0.95, 0.6, 0.05, 180, 395, 0.01, 4)
PROMISE = TargetRecord(
    place="thanh-hoa",
    indicator="htx_count",
    definition="registered",
    horizon=2030,
    comparator=Comparator.AT_LEAST,
    kind=PromiseKind.BY,
    low=1280,
    high=None,
    unit="HTX",
    clause="1",
    wording="w",
    programme="p",
    issued_on=date(2023, 3, 21),
)


def point(day: date, value: float, **more: str) -> Point:
    return Point(day, value, **{"definition": "registered", "key": f"k{day}", **more})  # type: ignore[arg-type]


def measured(*points: Point, promise: TargetRecord = PROMISE, as_of: date = THIS_MEETING) -> Gap:
    ordered = tuple(sorted(points, key=lambda p: p.period_end))
    return measure_gap(promise, Series(ordered), as_of=as_of, direction=Direction.HIGHER, thresholds=LIMITS)


def change(before: Gap, now: Gap) -> Change:
    found = compare("key", before, now, known_by=LAST_MEETING)
    assert found is not None
    return found


OLD = point(date(2025, 12, 31), 1200)


def test_nothing_moved_is_no_change() -> None:
    assert compare("key", measured(OLD), measured(OLD), known_by=LAST_MEETING) is None


def test_a_value_of_a_later_day_is_a_real_change() -> None:
    found = change(measured(OLD), measured(OLD, point(date(2026, 9, 30), 1230)))
    assert found.cause is Cause.REAL and [(p.cause, p.amount) for p in found.parts] == [(Cause.REAL, 30)]


def test_a_value_of_a_day_before_the_last_meeting_is_a_late_report() -> None:
    found = change(measured(OLD), measured(OLD, point(date(2026, 3, 31), 1230)))
    assert [(p.cause, p.amount) for p in found.parts] == [(Cause.REPORT, 30)]


def test_the_same_record_with_another_value_is_a_corrected_report() -> None:
    found = change(measured(OLD), measured(replace(OLD, value=1190)))
    assert [(p.cause, p.amount) for p in found.parts] == [(Cause.REPORT, -10)]


def test_another_record_of_the_same_day_that_now_counts_is_a_reclassification() -> None:
    found = change(measured(OLD), measured(replace(OLD, value=1190, key="other")))
    assert found.cause is Cause.RECLASSIFIED
    found = change(measured(OLD), measured(replace(OLD, value=1190, official_because="quyết định")))
    assert found.cause is Cause.RECLASSIFIED


def test_another_definition_is_told_whatever_the_value_does() -> None:
    other = replace(PROMISE, definition="active")
    now = measured(replace(OLD, definition="active", value=900), promise=other)
    assert change(measured(OLD), now).cause is Cause.DEFINITION
    assert change(measured(OLD), measured(replace(OLD, definition="active", value=900))).cause is Cause.DEFINITION


def test_a_place_that_ended_is_told_as_territory() -> None:
    merged = replace(PROMISE, place_ended_on=date(2026, 7, 1))
    assert change(measured(OLD), measured(replace(OLD, value=10), promise=merged)).cause is Cause.TERRITORY


def test_a_correction_a_late_report_and_growth_are_told_apart() -> None:
    now = measured(replace(OLD, value=1190), point(date(2026, 3, 31), 1215), point(date(2026, 9, 30), 1230))
    found = change(measured(OLD), now)
    assert [(p.cause, p.amount) for p in found.parts] == [
        (Cause.REPORT, -10), (Cause.REPORT, 25), (Cause.REAL, 15),
    ]  # fmt: skip
    assert found.amount == 30


def test_a_first_value_has_no_amount_but_a_cause() -> None:
    found = change(measured(), measured(OLD))
    assert found.amount is None and found.parts == () and found.cause is Cause.REPORT
    assert change(measured(), measured(point(date(2026, 9, 30), 1))).cause is Cause.REAL


def test_time_that_passes_changes_a_status_for_real() -> None:
    found = change(measured(OLD), measured(OLD, as_of=date(2031, 2, 1)))
    assert found.now.status is Status.NO_DATA and found.cause is Cause.REAL and found.parts == ()


def test_an_older_value_that_came_in_late_may_change_the_status_alone() -> None:
    found = change(measured(OLD), measured(point(date(2023, 12, 31), 1000), OLD))
    assert found.status_changed and found.amount == 0 and found.cause is Cause.REPORT


def test_promises_that_stand_at_one_moment_only_are_left_out() -> None:
    now = {"a": measured(replace(OLD, value=1)), "b": measured(OLD), "new": measured(OLD)}
    found = compare_all({"a": measured(OLD), "b": measured(OLD), "gone": measured()}, now, known_by=LAST_MEETING)
    assert [item.key for item in found] == ["a"]


days = st.dates(date(2019, 1, 1), date(2026, 11, 21))
values = st.floats(0, 1e7, allow_nan=False)
made_points = st.lists(
    st.builds(
        Point, days, values, definition=st.sampled_from(["registered", "active"]), key=st.sampled_from(["", "a", "b"])
    ),
    max_size=6,
    unique_by=lambda p: p.period_end,
)
promises = st.builds(
    lambda kind, definition, ended: replace(PROMISE, kind=kind, definition=definition, place_ended_on=ended),
    st.sampled_from(list(PromiseKind)),
    st.sampled_from(["registered", "active"]),
    st.sampled_from([None, date(2025, 7, 1)]),
)


@given(made_points, made_points, promises, promises)
def test_the_parts_add_up_exactly_to_the_change(
    old: list[Point], new: list[Point], was: TargetRecord, now: TargetRecord
) -> None:
    before, after = measured(*old, promise=was), measured(*new, promise=now)
    found = compare("key", before, after, known_by=LAST_MEETING)
    if found is None:
        assert before.value == after.value and before.status is after.status
        return
    assert found.cause in Cause
    if found.amount is None:
        assert found.parts == ()
    else:
        assert sum((part.amount for part in found.parts), Fraction(0)) == found.amount
        assert found.parts or found.status_changed
    assert all(part.amount for part in found.parts)


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_has_a_stable_code(cause: Cause) -> None:
    assert cause.value == cause.name.lower()
