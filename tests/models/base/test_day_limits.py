"""Days and rhythms are bounded: what lies outside is held at the edge, refused when written, and breaks nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.accounts.trail import TrailFilter, read_trail
from models.base.calendar_text import DayEvent, calendar_text
from models.base.day_limits import FIRST_DAY, LAST_DAY, day_to_look_from, is_day_to_store, outside_words, year_of
from models.config.settings import read_settings
from models.tasks.deadline import read_deadline
from models.tasks.task_rules import LONGEST_RHYTHM, Duty, instances, years_to_report
from models.tasks.task_state import DeadlineKind
from tests.models.tasks.test_task_rules import REPORTING

TODAY = date(2026, 11, 21)


@given(st.dates())
def test_one_looks_from_a_day_between_the_first_one_and_today(asked: date) -> None:
    seen = day_to_look_from(asked, TODAY)
    assert FIRST_DAY <= seen <= TODAY
    assert seen == asked or asked > TODAY or asked < FIRST_DAY


@pytest.mark.parametrize("text", ["1899", "2101", "9999", "0000", "²026", "２０２６", "20260", "-206", "", "9" * 5000])
def test_a_year_outside_the_limits_is_none(text: str) -> None:
    assert year_of(text) is None
    assert year_of("2026") == 2026


def test_a_refused_day_is_told_with_the_limits() -> None:
    assert not is_day_to_store(date(9999, 12, 31)) and is_day_to_store(LAST_DAY) and is_day_to_store(FIRST_DAY)
    assert outside_words(date(202, 2, 1)) == "01/02/0202 ngoài khoảng 01/01/1900 đến 31/12/2100"


@given(st.dates(), st.integers(1, 9999))
def test_a_rhythm_fills_a_hundred_years_at_most_whatever_day_is_stored(issued_on: date, last_year: int) -> None:
    for kind in (DeadlineKind.YEARLY, DeadlineKind.CONTINUOUS):
        duty = Duty(kind, issued_on, reporting=REPORTING)
        years = years_to_report(duty, last_year)
        assert len(years) <= LONGEST_RHYTHM and years == sorted(years)
        assert all(year <= min(last_year, LAST_DAY.year) for year in years)
        assert kind is DeadlineKind.CONTINUOUS or len(instances(duty, last_year)) == len(years)


@pytest.mark.parametrize(
    "text", ["9999", "năm 0000", "quý IV/9999", "2023-9999", "tháng 12/0000", "trước ngày 01/01/0001",
             "trước ngày 31/12/9999", "trước ngày 15/12/0000"],
)  # fmt: skip
def test_a_printed_deadline_outside_the_limits_is_not_guessed(text: str) -> None:
    assert read_deadline(text) is None


def test_the_last_day_of_all_stands_in_a_calendar_without_an_end() -> None:
    text = calendar_text("Lịch", [DayEvent("a@b", date.max, "Hết hạn", "")], datetime(2026, 11, 21, tzinfo=UTC))
    assert "DTSTART;VALUE=DATE:99991231" in text and "DTEND" not in text


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_an_installation_is_not_pinned_to_a_day_outside_the_limits(day: str) -> None:
    with pytest.raises(ValueError, match="ngoài khoảng"):
        read_settings({"AS_OF": day})


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_trail_is_filtered_by_any_day(sqlite_engine: Engine, day: date) -> None:
    with Session(sqlite_engine) as session:
        for chosen in (TrailFilter(first_day=day), TrailFilter(last_day=day)):
            assert read_trail(session, chosen).entries == ()
