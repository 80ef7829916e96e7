"""Of every instance exactly one thing is said, and nobody is accused without a report."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.tasks.task_rules import Answer, Duty, Instance, Trigger, count_states, instances, rates, state_of
from models.tasks.task_state import DATED, RECURRING, DeadlineKind, ReportOutcome, TaskState

ISSUED, TODAY = date(2023, 3, 21), date(2026, 11, 21)
REPORTING = {"month": 12, "last_day": 14}
DONE, UNDER_WAY, NOT_DONE = ReportOutcome.DONE, ReportOutcome.UNDER_WAY, ReportOutcome.NOT_DONE


def once(due_on: date | None = date(2025, 12, 31), kind: DeadlineKind = DeadlineKind.PERIOD, **more: object) -> Duty:
    return Duty(kind, ISSUED, due_on, **more)  # type: ignore[arg-type]


def state(duty: Duty, *answers: Answer, as_of: date = TODAY, trigger: Trigger | None = None) -> TaskState:
    (item,) = instances(duty, as_of.year, trigger)
    return state_of(duty, item, answers, as_of, trigger)


def test_a_yearly_task_has_one_instance_a_year_due_on_the_provinces_own_day() -> None:
    duty = Duty(DeadlineKind.YEARLY, ISSUED, reporting=REPORTING)
    assert instances(duty, 2026) == [Instance(year, date(year, 12, 14)) for year in (2023, 2024, 2025, 2026)]


def test_a_yearly_task_without_a_reporting_day_ends_with_the_year() -> None:
    assert instances(Duty(DeadlineKind.PLAN, ISSUED), 2024)[-1] == Instance(2024, date(2024, 12, 31))


def test_a_yearly_task_begins_the_year_after_when_the_day_had_passed_at_issue() -> None:
    duty = Duty(DeadlineKind.YEARLY, date(2023, 12, 20), reporting=REPORTING)
    assert [item.year for item in instances(duty, 2025)] == [2024, 2025]


def test_a_task_is_open_on_its_last_day_and_unreported_the_day_after() -> None:
    duty = once()
    assert state(duty, as_of=date(2025, 12, 31)) is TaskState.OPEN
    assert state(duty, as_of=date(2026, 1, 1)) is TaskState.NO_REPORT


def test_overdue_needs_a_report_made_after_the_last_day() -> None:
    before, after = Answer(UNDER_WAY, date(2025, 12, 31)), Answer(UNDER_WAY, date(2026, 1, 1))
    assert state(once(), before) is TaskState.NO_REPORT
    assert state(once(), before, after) is TaskState.OVERDUE
    assert state(once(), Answer(NOT_DONE, date(2026, 2, 1))) is TaskState.OVERDUE


def test_a_report_made_after_the_day_one_looks_at_is_not_known_yet() -> None:
    late = Answer(NOT_DONE, date(2026, 2, 1))
    assert state(once(), late, as_of=date(2026, 1, 31)) is TaskState.NO_REPORT


def test_done_on_the_last_day_is_on_time_and_one_day_later_is_late() -> None:
    assert state(once(), Answer(DONE, TODAY, date(2025, 12, 31))) is TaskState.DONE_ON_TIME
    assert state(once(), Answer(DONE, TODAY, date(2026, 1, 1))) is TaskState.DONE_LATE


def test_a_later_report_that_it_is_not_done_after_all_counts() -> None:
    done = Answer(DONE, date(2026, 2, 1), date(2025, 12, 1))
    assert state(once(), done, Answer(NOT_DONE, date(2026, 3, 1))) is TaskState.OVERDUE


def test_a_task_born_late_is_never_late_or_overdue() -> None:
    duty = once(date(2022, 12, 31), DeadlineKind.QUARTER)
    assert duty.is_born_late
    assert state(duty) is TaskState.NO_REPORT
    assert state(duty, Answer(NOT_DONE, TODAY)) is TaskState.UNCLEAR
    assert state(duty, Answer(DONE, TODAY, TODAY)) is TaskState.DONE_ON_TIME


def test_a_conditional_task_waits_whatever_years_are_printed() -> None:
    duty = Duty(DeadlineKind.CONDITIONAL, ISSUED, deadline_text="2022-2023")
    assert state(duty) is TaskState.WAITING
    assert state(duty, Answer(NOT_DONE, TODAY)) is TaskState.WAITING
    assert state(duty, trigger=Trigger(date(2027, 1, 1))) is TaskState.WAITING


def test_after_its_trigger_a_conditional_task_is_due_by_the_day_then_set_or_the_printed_years() -> None:
    duty = Duty(DeadlineKind.CONDITIONAL, ISSUED, deadline_text="2022-2023")
    assert instances(duty, 2026, Trigger(date(2023, 5, 1)))[0].due_on == date(2023, 12, 31)
    assert instances(duty, 2026, Trigger(date(2023, 5, 1), date(2024, 6, 30)))[0].due_on == date(2024, 6, 30)
    assert state(duty, trigger=Trigger(date(2024, 5, 1))) is TaskState.UNCLEAR


def test_a_continuous_task_stays_continuous_whatever_is_reported() -> None:
    duty = Duty(DeadlineKind.CONTINUOUS, ISSUED)
    assert state(duty, Answer(DONE, TODAY, TODAY)) is TaskState.CONTINUOUS


@pytest.mark.parametrize("kind", [DeadlineKind.NONE, DeadlineKind.UNREADABLE])
def test_a_task_without_a_deadline_is_unclear_until_it_is_done(kind: DeadlineKind) -> None:
    assert state(once(None, kind)) is TaskState.UNCLEAR
    assert state(once(None, kind), Answer(NOT_DONE, TODAY)) is TaskState.UNCLEAR
    assert state(once(None, kind), Answer(DONE, TODAY, TODAY)) is TaskState.DONE_ON_TIME


def test_what_nobody_reported_about_stands_in_neither_share() -> None:
    past, ahead = date(2025, 12, 31), date(2027, 12, 31)
    items = [
        (TaskState.DONE_ON_TIME, past),
        (TaskState.DONE_ON_TIME, ahead),
        (TaskState.OVERDUE, past),
        (TaskState.NO_REPORT, past),
        (TaskState.OPEN, ahead),
        (TaskState.CONTINUOUS, None),
    ]
    shares = rates(items, TODAY)
    assert (shares.done, shares.reported, shares.due_done, shares.due, shares.unreported) == (2, 5, 1, 2, 1)
    assert (shares.of_all, shares.of_due) == (40.0, 50.0)


def test_a_share_of_nothing_is_no_share() -> None:
    shares = rates([(TaskState.NO_REPORT, date(2025, 1, 1))], TODAY)
    assert shares.of_all is None and shares.of_due is None


DAYS = st.dates(date(2019, 1, 1), date(2032, 12, 31))
DUTIES = st.builds(
    lambda kind, issued, due, text, in_document: Duty(
        kind, issued, due if kind in DATED else None, text, reporting=REPORTING, is_done_in_document=in_document
    ),
    st.sampled_from(DeadlineKind),
    DAYS,
    DAYS,
    st.sampled_from(["", "2022-2023", "Theo quy định"]),
    st.booleans(),
)
ANSWERS = st.lists(st.builds(Answer, st.sampled_from(ReportOutcome), DAYS, DAYS), max_size=4).map(
    lambda answers: sorted(answers, key=lambda answer: answer.reported_on)
)
TRIGGERS = st.none() | st.builds(Trigger, DAYS, st.none() | DAYS)


@given(DUTIES, ANSWERS, DAYS, TRIGGERS)
def test_an_accusation_always_rests_on_a_report_after_the_last_day(
    duty: Duty, answers: list[Answer], as_of: date, trigger: Trigger | None
) -> None:
    for item in instances(duty, as_of.year, trigger):
        found = state_of(duty, item, answers, as_of, trigger)
        if found is TaskState.OVERDUE:
            assert item.due_on is not None and item.due_on < as_of
            assert any(answer.reported_on > item.due_on and answer.reported_on <= as_of for answer in answers)
            assert not duty.is_born_late and not duty.is_done_in_document
        if duty.kind is DeadlineKind.CONDITIONAL and (trigger is None or trigger.happened_on > as_of):
            assert found in (TaskState.WAITING, TaskState.DONE_ON_TIME, TaskState.DONE_LATE)


@given(DUTIES, DAYS)
def test_without_reports_only_the_honest_states_occur(duty: Duty, as_of: date) -> None:
    for item in instances(duty, as_of.year):
        found = state_of(duty, item, [], as_of)
        assert found not in (TaskState.OVERDUE, TaskState.DONE_LATE)
        assert (found is TaskState.DONE_ON_TIME) <= duty.is_done_in_document


@given(st.lists(st.tuples(DUTIES, ANSWERS, TRIGGERS), max_size=12), DAYS)
def test_states_never_overlap_and_counts_add_up(
    tasks: list[tuple[Duty, list[Answer], Trigger | None]], as_of: date
) -> None:
    told = [
        (state_of(duty, item, answers, as_of, trigger), item.due_on)
        for duty, answers, trigger in tasks
        for item in instances(duty, as_of.year, trigger)
    ]
    counts = dict(count_states(found for found, _ in told))
    assert sum(counts.values()) == len(told)
    shares = rates(told, as_of)
    assert shares.reported + shares.unreported == len(told)
    assert shares.unreported == counts.get(TaskState.NO_REPORT, 0)
    assert shares.done == counts.get(TaskState.DONE_ON_TIME, 0) + counts.get(TaskState.DONE_LATE, 0)
    assert shares.due_done <= shares.due <= shares.reported and shares.due_done <= shares.done


@given(DUTIES, st.integers(2019, 2032), st.integers(0, 5))
def test_looking_further_only_adds_later_instances(duty: Duty, year: int, more: int) -> None:
    near, far = instances(duty, year), instances(duty, year + more)
    assert far[: len(near)] == near
    if duty.kind not in RECURRING:
        assert near == far
    assert all(item.due_on and item.due_on > duty.issued_on for item in far if item.year)


@given(DUTIES, ANSWERS, DAYS)
def test_an_open_task_changes_only_to_unreported_when_its_day_passes(
    duty: Duty, answers: list[Answer], as_of: date
) -> None:
    for item in instances(duty, as_of.year):
        if item.due_on and state_of(duty, item, answers, item.due_on) is TaskState.OPEN:
            known = [answer for answer in answers if answer.reported_on <= item.due_on]
            assert state_of(duty, item, known, item.due_on + timedelta(days=1)) is TaskState.NO_REPORT
