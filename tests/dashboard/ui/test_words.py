"""Numbers, dates and codes in Vietnamese: no digit lost, nothing shown as zero, every code has its word."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.ui import words
from models.gaps.answer import Flag, Status
from models.gaps.promise import Comparator, PromiseKind, TargetRecord
from models.gaps.series import Exclusion, Point, Qualifier, ValueKind
from models.tasks.periods import DEADLINE_WORDS
from models.tasks.task_state import DeadlineKind, TaskState

VALUES = st.floats(-1e12, 1e12, allow_nan=False).map(lambda value: round(value, 2))
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def read(text: str) -> float:
    """A Vietnamese number back as a float."""
    return float(text.replace(".", "").replace(",", ".").replace(words.MINUS, "-"))


@given(VALUES)
def test_a_number_can_be_read_back_to_the_hundredth(value: float) -> None:
    assert read(words.number(value)) == pytest.approx(value, abs=0.005001, rel=1e-12)


@given(VALUES)
def test_groups_of_three_are_parted_by_dots_and_the_fraction_by_one_comma(value: float) -> None:
    assert re.fullmatch(rf"{words.MINUS}?\d{{1,3}}(\.\d{{3}})*(,\d{{1,2}})?", words.number(value))


@given(VALUES, st.integers(0, 4))
def test_asked_for_decimals_are_given(value: float, decimals: int) -> None:
    text = words.number(value, decimals)
    assert len(text.partition(",")[2]) == decimals
    assert read(text) == pytest.approx(value, abs=0.51 * 10**-decimals, rel=1e-12)


@given(VALUES)
def test_nothing_is_never_minus_nothing(value: float) -> None:
    for text in (words.number(value), words.number(value, 0), words.signed(value, 1), words.percent(value)):
        if not text.strip("0,.%" + words.MINUS + "+"):
            assert text[0] == "0"


@given(VALUES)
def test_a_change_shows_its_direction(value: float) -> None:
    assume(abs(value) >= 0.005)
    assert words.signed(value)[0] == ("+" if value > 0 else words.MINUS)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234.5, "1.234,5"), (82841, "82.841"), (-82841, "−82.841"), (0, "0"), (-0.001, "0"), (None, "–"),
        (999.999, "1.000"), (0.05, "0,05"), (1e6, "1.000.000"), (75.26, "75,26"),
    ],
)  # fmt: skip
def test_numbers_are_written_the_vietnamese_way(value: float | None, text: str) -> None:
    assert words.number(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(16525.2, "+16.525"), (7.95, "+8,0"), (0, "0"), (-0.4, "−0,4"), (None, "–")]
)
def test_a_pace_has_one_decimal_while_it_is_small(value: float | None, text: str) -> None:
    assert words.pace(value) == text


def test_a_small_pace_does_not_look_like_none() -> None:
    """One union in 25 years is little, but it is not "0,0"."""
    assert read(words.pace(0.04)) > 0


@given(DAYS)
def test_a_day_can_be_read_back(day: date) -> None:
    assert re.fullmatch(r"\d\d/(0[12]|[3-9]|1[012])/\d{4}", words.day(day))
    assert datetime.strptime(words.day(day), "%d/%m/%Y").date() == day


def test_a_day_that_is_not_known_is_a_dash() -> None:
    assert words.day(None) == words.NONE == words.percent(None) == words.signed(None) == words.years_left(None)


def point(kind: str, start: date | None, end: date) -> Point:
    return Point(end, 1.0, period_kind=kind, period_start=start)


@given(DAYS)
def test_a_value_at_a_day_shows_that_day(day: date) -> None:
    assert words.when(point("point", None, day)) == words.when(point("point", day, day)) == words.day(day)


@given(st.integers(1990, 2100))
def test_a_years_value_shows_the_year(year: int) -> None:
    assert words.when(point("year", date(year, 1, 1), date(year, 12, 31))) == f"năm {year}"
    assert words.when(point("half_year", date(year, 1, 1), date(year, 6, 30))) == f"6 tháng đầu năm {year}"
    assert words.when(point("half_year", date(year, 7, 1), date(year, 12, 31))) == f"6 tháng cuối năm {year}"
    assert words.when(point("years", date(year, 1, 1), date(year + 4, 12, 31))) == f"{year}–{year + 4}"


@given(st.integers(1990, 2100), st.integers(2, 12))
def test_the_first_months_of_a_year_are_counted(year: int, last: int) -> None:
    text = words.when(point("months", date(year, 1, 1), date(year, last, 28)))
    assert text == f"{last} tháng đầu năm {year}"


def test_months_from_the_middle_of_a_year_are_not_taken_for_the_first_ones() -> None:
    first = words.when(point("months", date(2024, 1, 1), date(2024, 3, 31)))
    later = words.when(point("months", date(2024, 7, 1), date(2024, 9, 30)))
    assert first != later


def test_how_exactly_a_value_was_said_stands_before_it() -> None:
    day = date(2025, 12, 26)
    assert words.value_text(Point(day, 252000, qualifier=Qualifier.APPROX)) == "≈ 252.000"
    assert words.value_text(Point(day, 4000, qualifier=Qualifier.AT_LEAST)) == "≥ 4.000"
    assert words.value_text(Point(day, 89, value_kind=ValueKind.ESTIMATE)) == "ước 89"
    assert words.value_text(Point(day, 89)) == "89"


TABLES: list[tuple[type[StrEnum], dict[StrEnum, str]]] = [
    (Status, words.STATUS_WORDS), (Status, words.STATUS_COUNTED), (Status, words.STATUS_MEANINGS),
    (Flag, words.FLAG_WORDS), (Flag, words.FLAG_MEANINGS), (Comparator, words.COMPARATOR_WORDS),
    (PromiseKind, words.KIND_WORDS), (TaskState, words.TASK_STATE_WORDS), (DeadlineKind, DEADLINE_WORDS),
    (Exclusion, words.EXCLUSION_WORDS),
]  # fmt: skip


@pytest.mark.parametrize(("codes", "table"), TABLES)
def test_every_code_has_a_word_of_its_own(codes: type[StrEnum], table: dict[StrEnum, str]) -> None:
    assert set(table) == set(codes)
    assert len(set(table.values())) == len(table)


def test_a_result_that_rests_on_an_estimate_says_so() -> None:
    assert words.status_text(Status.REACHED, (Flag.ESTIMATE,)) == "Ước đạt"
    assert words.status_text(Status.ON_TRACK, (Flag.ESTIMATE,)) == "Đúng tiến độ"


def target(comparator: Comparator, low: float | None, high: float | None, unit: str = "HTX") -> TargetRecord:
    return TargetRecord(
        place="x",
        indicator="htx_count",
        definition="published",
        horizon=2030,
        comparator=comparator,
        kind=PromiseKind.BY,
        low=low,
        high=high,
        unit=unit,
        clause="II",
        wording="x",
        programme="p",
        issued_on=date(2023, 1, 1),
    )


@pytest.mark.parametrize(
    ("comparator", "low", "high", "sign", "phrase"),
    [
        (Comparator.AT_LEAST, 1280, None, "≥ 1.280", "ít nhất 1.280 HTX"),
        (Comparator.MORE_THAN, 60, None, "> 60", "trên 60 HTX"),
        (Comparator.ABOUT, 636, None, "≈ 636", "khoảng 636 HTX"),
        (Comparator.RANGE, 180, 200, "180–200", "180 đến 200 HTX"),
        (Comparator.EQUAL, 5, 5, "5", "bằng 5 HTX"),
        (Comparator.AT_MOST, None, 3, "≤ 3", "không quá 3 HTX"),
        (Comparator.LESS_THAN, None, 3, "< 3", "dưới 3 HTX"),
    ],
)
def test_a_promise_keeps_its_strength_word(
    comparator: Comparator, low: float | None, high: float | None, sign: str, phrase: str
) -> None:
    assert words.goal_text(target(comparator, low, high)) == sign
    assert words.goal_phrase(target(comparator, low, high)) == phrase


def test_a_share_has_its_sign_at_the_number() -> None:
    assert words.goal_phrase(target(Comparator.MORE_THAN, 60, None, "%")) == "trên 60%"
    assert words.goal_text(target(Comparator.MORE_THAN, 60, None, "%"), unit=True) == "> 60%"


def test_quarters_are_roman() -> None:
    assert [words.quarter(number) for number in (1, 2, 3, 4)] == ["Quý I", "Quý II", "Quý III", "Quý IV"]
