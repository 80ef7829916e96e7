"""Plain values from single cells: numbers, shares, dates, tax codes, yes/no. Nothing here raises on any text."""

from __future__ import annotations

from etl.parsing.parse_codes import check_digit, has_valid_check_digit, parse_tax_code, parse_yes_no
from etl.parsing.parse_dates import PlainDate, parse_date, swapped_day_and_month
from etl.parsing.parse_numbers import Marks, parse_count, parse_number, parse_share
from etl.parsing.parsed import Cell, CellError, Parsed, Problem
from etl.parsing.units import COUNT, PERCENT, Unit, UnitMeasure, read_unit

__all__ = [
    "COUNT",
    "PERCENT",
    "Cell",
    "CellError",
    "Marks",
    "Parsed",
    "PlainDate",
    "Problem",
    "Unit",
    "UnitMeasure",
    "check_digit",
    "has_valid_check_digit",
    "parse_count",
    "parse_date",
    "parse_number",
    "parse_share",
    "parse_tax_code",
    "parse_yes_no",
    "read_unit",
    "swapped_day_and_month",
]
