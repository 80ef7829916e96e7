"""What holds for every cell: parsers never raise, and read back what was written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from etl.parsing.legacy_fonts import legacy_encoding
from etl.parsing.parse import (
    Marks,
    Parsed,
    PlainDate,
    check_digit,
    parse_count,
    parse_date,
    parse_number,
    parse_share,
    parse_tax_code,
    parse_yes_no,
    read_unit,
)
from etl.parsing.parsed import text_of
from etl.tables.heading_words import split_heading
from etl.tables.headings import HeadingWords, Spelling

PARSERS: list[Callable[[Any], Parsed[Any]]] = [
    *(parse_number, parse_count, parse_share, parse_date, parse_tax_code, parse_yes_no),
]
CELLS = st.one_of(st.none(), st.text(), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes())
LIKELY = st.text(alphabet="0123456789.,-/% eE()+đtrnghìn'\u00a0")
DECIMALS = st.decimals(min_value=-(10**11), max_value=10**11, places=2)


@pytest.mark.parametrize("parse", PARSERS)
@given(cell=st.one_of(CELLS, LIKELY))
def test_no_cell_makes_a_parser_raise(parse: Callable[[Any], Parsed[Any]], cell: Any) -> None:
    parsed = parse(cell)
    assert parsed.value is None or parsed.problem is None
    assert parsed.problem is None or (parsed.problem.what and parsed.problem.remedy)


@given(st.text())
def test_no_text_makes_units_headings_or_fonts_raise(text: str) -> None:
    read_unit(text)
    legacy_encoding(text)
    HeadingWords([Spelling("name", "Tên HTX")]).find(split_heading(text))


def _written(value: Decimal, thousands: str, decimals: str) -> str:
    whole, _, rest = f"{abs(value):,f}".partition(".")
    sign = "-" if value < 0 else ""
    return sign + whole.replace(",", thousands) + (decimals + rest if rest else "")


@given(DECIMALS)
def test_a_number_written_the_vietnamese_way_is_read_back(value: Decimal) -> None:
    parsed = parse_number(_written(value, ".", ","))
    assert parsed.value == value and parsed.remark is None


@given(DECIMALS)
def test_a_number_written_with_spaces_is_read_back(value: Decimal) -> None:
    assert parse_number(_written(value, "\u00a0", ",")).value == value


@given(DECIMALS)
def test_a_number_written_the_english_way_is_read_back_once_declared(value: Decimal) -> None:
    assert parse_number(_written(value, ",", "."), marks=Marks.ENGLISH).value == value


@given(st.integers(min_value=1, max_value=999), st.integers(min_value=0, max_value=999))
def test_a_lone_comma_before_three_digits_is_always_refused(head: int, tail: int) -> None:
    problem = parse_number(f"{head},{tail:03d}").problem
    assert problem is not None and problem.rule == "number.ambiguous"


@given(DECIMALS)
def test_a_number_cell_and_the_same_number_as_text_agree(value: Decimal) -> None:
    assert parse_number(float(value)).value == parse_number(_written(value, ".", ",")).value


@given(st.dates(min_value=date(1910, 1, 1), max_value=date(2100, 12, 31)))
def test_a_date_is_read_back_from_every_way_of_writing_it(day: date) -> None:
    wanted = PlainDate(day.year, day.month, day.day)
    serial = (day - date(1899, 12, 30)).days
    texts = [f"{day:%d/%m/%Y}", f"ngày {day:%d} tháng {day:%m} năm {day:%Y}", day.isoformat()]
    assert [parse_date(cell).value for cell in (*texts, day, serial)] == [wanted] * 5


@given(st.from_regex("[0-9]{9}", fullmatch=True))
def test_a_code_with_its_check_digit_is_read_without_remark_and_with_another_flagged(nine: str) -> None:
    digit = check_digit(nine)
    assume(digit is not None)
    code = f"{nine}{digit}"
    assert parse_tax_code(code).value == code and parse_tax_code(code).remark is None
    wrong = f"{nine}{(digit or 0) ^ 1}"
    assert len(wrong) > 10 or parse_tax_code(wrong).remark is not None


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_whole_number_as_text_has_no_decimal_point(value: int) -> None:
    assert text_of(float(value)) == str(value) or value == 0
