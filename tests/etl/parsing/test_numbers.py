"""Numbers, shares and units as offices write them; doubt is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from etl.parsing.parse import (
    COUNT,
    Cell,
    CellError,
    Marks,
    UnitMeasure,
    parse_count,
    parse_number,
    parse_share,
    read_unit,
)
from etl.parsing.parse_numbers import data_number, is_data_number, marks_of, readings
from etl.parsing.parsed import Percent
from etl.parsing.units import Unit

MILLION = read_unit("triệu đồng")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1.234,5", "1234.5"),
        ("02", "2"),
        ("1.234.567,89", "1234567.89"),
        ("1 234 567", "1234567"),
        ("0,125", "0.125"),
        ("12,5", "12.5"),
        ("−5", "-5"),
        ("'02", "2"),
        ("12 tr.đ", "12000000"),
        ("12 Trđ", "12000000"),
        ("12 triệu đồng", "12000000"),
        ("1,5 tỷ đồng", "1500000000"),
        ("34,3 %", "34.3"),
        ("439 HTX", "439"),
        (82.4, "82.4"),
        (0.1 + 0.2, "0.3"),
        (439.0, "439"),
        (7, "7"),
        (0, "0"),
        ("0", "0"),
    ],
)
def test_numbers_as_offices_write_them(cell: Cell, value: str) -> None:
    parsed = parse_number(cell)
    assert parsed.value == Decimal(value) and parsed.problem is None and parsed.remark is None


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "–", "—", "...", "…", "chưa có số liệu", "N/A"])
def test_blank_and_dash_are_missing_and_not_zero(cell: Cell) -> None:
    parsed = parse_number(cell)
    assert parsed.is_missing and parsed.value is None


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("36,508", "number.ambiguous"),
        ("1234.567", "number.ambiguous"),
        ("42.000", "number.ambiguous"),
        ("-1.234", "number.ambiguous"),
        ("5.935 nghìn", "number.ambiguous"),
        ("1.000 đồng", "number.ambiguous"),
        ("12,34,5", "number.malformed"),
        ("1.23.456", "number.malformed"),
        ("(5)", "number.bracketed"),
        ("1e5", "number.scientific"),
        ("3,13E+09", "number.scientific"),
        ("NaN", "number.not_a_number"),
        ("inf", "number.not_a_number"),
        (float("nan"), "number.not_a_number"),
        (float("inf"), "number.not_a_number"),
        (True, "number.not_a_number"),
        (date(2026, 2, 1), "number.not_a_number"),
        ("khoảng 252.000", "number.approximate"),
        ("180-200", "number.unknown_words"),
        ("7 con", "number.unknown_words"),
        ("٣", "number.not_a_number"),
        ("1" * 50, "number.too_large"),
        (1e300, "number.too_large"),
        (CellError("#REF!"), "cell.formula_error"),
        (CellError(""), "cell.formula_error"),
    ],
)
def test_what_cannot_be_read_in_one_way_is_refused(cell: Cell, rule: str) -> None:
    parsed = parse_number(cell)
    assert parsed.value is None and parsed.problem is not None and parsed.problem.rule == rule
    assert parsed.problem.remedy and not parsed.problem.what.endswith(".")


def test_a_number_with_two_readings_is_refused_with_both() -> None:
    problem = parse_number("42.000").problem
    assert problem and problem.what == '"42.000" có thể là 42000 hoặc 42,000'


def test_a_count_is_whole_which_leaves_one_reading_unless_both_are_whole() -> None:
    assert parse_count("18.778").value == 18778
    problems = [parse_count(text).problem for text in ("42.000", "36,508", "1234.567")]
    assert [problem and problem.rule for problem in problems] == ["number.ambiguous"] * 3


@pytest.mark.parametrize(
    ("texts", "marks"),
    [
        ([("42.000", True), ("18.778", True)], Marks.VIETNAMESE),
        ([("42.000", False), ("12,5", False)], Marks.VIETNAMESE),
        ([("42.000", False), ("1.234.567", False)], Marks.VIETNAMESE),
        ([("42.000", False), ("12.5", False)], Marks.ENGLISH),
        ([("1,234,567.8", False)], Marks.ENGLISH),
        ([("42.000", True), ("7.000", True), ("15", True)], Marks.UNDECLARED),
        ([("12,5", False), ("12.5", False)], Marks.UNDECLARED),
        ([("18.778", False)], Marks.UNDECLARED),
        ([("1234.567", True), ("36,508", True)], Marks.UNDECLARED),
        ([("chưa có", True), ("1.2.3", True)], Marks.UNDECLARED),
    ],
)
def test_other_values_of_a_table_say_which_marks_it_uses(texts: list[tuple[str, bool]], marks: Marks) -> None:
    assert marks_of(texts) is marks


def test_declared_marks_decide_the_ambiguous_number() -> None:
    assert parse_number("36,508", marks=Marks.ENGLISH).value == 36508
    assert parse_number("36,508", marks=Marks.VIETNAMESE).value == Decimal("36.508")
    assert parse_number("18.778", marks=Marks.ENGLISH).value == Decimal("18.778")


def test_the_other_marks_are_refused_once_declared() -> None:
    assert parse_number("1,234.5", marks=Marks.VIETNAMESE).problem is not None
    assert parse_number("1.234,5", marks=Marks.ENGLISH).problem is not None


@pytest.mark.parametrize(("cell", "value"), [("1,234,567", "1234567"), ("1,234.5", "1234.5"), ("2.5", "2.5")])
def test_unambiguous_english_marks_are_taken_with_a_remark(cell: str, value: str) -> None:
    parsed = parse_number(cell)
    assert parsed.value == Decimal(value) and parsed.remark and parsed.remark.rule == "number.english_marks"


def test_column_unit_turns_million_into_đồng() -> None:
    assert parse_number("2.805", unit=read_unit("Tr. đồng/năm"), marks=Marks.VIETNAMESE).value == 2_805_000_000
    assert parse_number(1577.0, unit=MILLION).value == 1_577_000_000


def test_unit_in_the_cell_goes_before_the_column_and_is_remarked() -> None:
    parsed = parse_number("1,5 tỷ", unit=MILLION)
    assert parsed.value == 1_500_000_000 and parsed.remark and parsed.remark.rule == "number.own_unit"


@pytest.mark.parametrize("cell", ["12 tr.đ", "34 %"])
def test_money_or_percent_in_a_count_column_is_refused(cell: str) -> None:
    problem = parse_number(cell, unit=COUNT).problem
    assert problem and problem.rule == "number.wrong_unit"


@pytest.mark.parametrize(("cell", "rule"), [("-3", "number.negative"), (18.778, "number.not_whole")])
def test_counts_are_whole_and_not_negative(cell: Cell, rule: str) -> None:
    problem = parse_count(cell).problem
    assert problem and problem.rule == rule


@pytest.mark.parametrize(("cell", "value"), [("34,3 %", "34.3"), ("0,5%", "0.5"), (62.5, "62.5"), (0, "0")])
def test_shares_run_from_0_to_100(cell: Cell, value: str) -> None:
    assert parse_share(cell).value == Decimal(value)


@pytest.mark.parametrize("cell", [0.343, 1, "0,343"])
def test_a_fraction_that_may_be_a_percent_is_refused(cell: Cell) -> None:
    problem = parse_share(cell).problem
    assert problem and problem.rule == "share.fraction"


def test_a_cell_that_shows_a_percentage_is_read_as_it_shows() -> None:
    cell = Percent(Decimal("0.412") * 100)
    assert str(cell) == "41,2 %" and parse_share(cell).value == Decimal("41.2")
    assert parse_share(Percent(Decimal("0.5"))).value == Decimal("0.5")
    problem = parse_share(0.412).problem
    assert problem and '"0,412" có thể là 0,412 % hoặc 41,2 %' in problem.what


@pytest.mark.parametrize("unit", [None, COUNT, MILLION])
def test_a_percentage_in_a_column_of_anything_else_is_refused(unit: Unit | None) -> None:
    problem = parse_number(Percent(Decimal("41.2")), unit=unit).problem
    assert problem and problem.rule == "number.wrong_unit"


def test_growth_may_be_negative_and_above_100_but_not_a_bare_fraction() -> None:
    assert parse_share(-3.5, is_part=False).value == Decimal("-3.5")
    assert parse_share(250, is_part=False).value == 250
    problem = parse_share(-0.035, is_part=False).problem
    assert problem and problem.rule == "share.fraction"


def test_100_percent_is_a_share_and_101_is_not() -> None:
    assert parse_share(100).value == 100
    problem = parse_share(101).problem
    assert problem and problem.rule == "share.out_of_range"


@pytest.mark.parametrize(
    ("text", "measure", "factor"),
    [
        ("Tr. đồng/năm", UnitMeasure.MONEY, 10**6),
        ("Trđ/năm", UnitMeasure.MONEY, 10**6),
        ("TRIỆU ĐỒNG", UnitMeasure.MONEY, 10**6),
        ("tỉ đồng", UnitMeasure.MONEY, 10**9),
        ("1.000 đồng", UnitMeasure.MONEY, 10**3),
        ("triệu đồng/HTX/năm", UnitMeasure.MONEY, 10**6),
        ("nghìn người", UnitMeasure.COUNT, 10**3),
        ("HTX", UnitMeasure.COUNT, 1),
        ("%", UnitMeasure.PERCENT, 1),
        ("ngàn", UnitMeasure.SCALE, 10**3),
    ],
)
def test_units_as_headers_write_them(text: str, measure: UnitMeasure, factor: int) -> None:
    unit = read_unit(text)
    assert unit is not None and (unit.measure, unit.factor) == (measure, factor)


@pytest.mark.parametrize("text", ["triệu đồng/tháng", "USD", "kg", "", "đến 31/12"])
def test_a_unit_we_do_not_know_is_none(text: str) -> None:
    assert read_unit(text) is None


@pytest.mark.parametrize(
    ("digits", "values"),
    [
        ("42.000", ["42000", "42"]),
        ("1,500", ["1.5", "1500"]),
        ("1234.567", ["1234567", "1234.567"]),
        ("0.125", ["0.125"]),
        ("34.1250", ["34.125"]),
        ("1.234,5", ["1234.5"]),
        ("1,234.5", ["1234.5"]),
        ("1.234.567", ["1234567"]),
        ("1280", ["1280"]),
        ("1.23.456", []),
        ("abc", []),
    ],
)
def test_every_reading_of_digits_with_marks(digits: str, values: list[str]) -> None:
    assert list(readings(digits)) == [Decimal(value) for value in values]


def test_what_data_must_write_instead_is_itself_in_one_reading() -> None:
    for text in ("42.000", "34.125", "1234.567", "0.5", "1280"):
        for value in readings(text):
            written = data_number(value)
            assert is_data_number(written) and Decimal(written) == value


@pytest.mark.parametrize("cell", [5_000_000_000, "5.000.000.000", "2.147.483.648", 2**31])
def test_a_count_that_no_database_keeps_is_refused_at_its_cell(cell: Cell) -> None:
    parsed = parse_count(cell)
    assert parsed.problem is not None and parsed.problem.rule == "number.too_large"
    assert parse_count(2**31 - 1).value == 2**31 - 1
