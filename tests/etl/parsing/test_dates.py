"""Dates as offices write them; what is not written stays unknown."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from etl.parsing.parse import Cell, PlainDate, parse_date, swapped_day_and_month

DAY = PlainDate(2026, 2, 5)


@pytest.mark.parametrize(
    "cell",
    [
        *("05/02/2026", "5/2/2026", "5-2-2026", "05.02.2026", "05 / 02 / 2026", "2026-02-05", "2026/02/05"),
        *("ngày 05 tháng 02 năm 2026", "Gia Lai, ngày 05 tháng 02 năm 2026", "05 THÁNG 02 NĂM 2026"),
        *("5/2/2026 00:00:00", "2026-02-05T00:00:00", "'05/02/2026"),
        *(date(2026, 2, 5), datetime(2026, 2, 5, 7, 30), 46058, 46058.75),
    ],
)
def test_days_as_offices_write_them(cell: Cell) -> None:
    parsed = parse_date(cell)
    assert parsed.value == DAY and parsed.remark is None


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2015", date(2015, 1, 1), date(2015, 12, 31)),
        (2015, date(2015, 1, 1), date(2015, 12, 31)),
        ("năm 2015", date(2015, 1, 1), date(2015, 12, 31)),
        ("02/2016", date(2016, 2, 1), date(2016, 2, 29)),
        ("tháng 02 năm 2016", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
    ],
)
def test_month_and_day_that_are_not_written_stay_unknown(cell: Cell, first: date, last: date) -> None:
    value = parse_date(cell).value
    assert value is not None and value.day is None and (value.first, value.last) == (first, last)


@pytest.mark.parametrize("cell", [None, "", "-", "chưa rõ"])
def test_no_date_is_missing(cell: Cell) -> None:
    assert parse_date(cell).is_missing


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("31/02/2020", "date.not_in_calendar"),
        ("12/25/2020", "date.not_in_calendar"),
        ("0/0/2020", "date.not_in_calendar"),
        ("05/02/15", "date.short_year"),
        ("05/02/0215", "date.out_of_range"),
        ("00:00:00", "date.unreadable"),
        ("đầu năm 2015", "date.unreadable"),
        (3000, "date.unreadable"),
        (-5, "date.unreadable"),
        (float("nan"), "date.unreadable"),
        (True, "date.unreadable"),
    ],
)
def test_dates_that_are_none_are_refused(cell: Cell, rule: str) -> None:
    problem = parse_date(cell).problem
    assert problem is not None and problem.rule == rule


def test_a_serial_kept_as_text_is_taken_with_a_remark() -> None:
    parsed = parse_date("46058")
    assert parsed.value == DAY and parsed.remark and parsed.remark.rule == "date.serial_text"


def test_a_column_half_exchanged_by_excel_is_remarked() -> None:
    cells: list[Cell] = ["13/04/2015", "25/12/2016", "30/06/2017", date(2015, 8, 3), date(2015, 8, 4), date(2015, 8, 5)]
    problem = swapped_day_and_month(cells)
    assert problem is not None and problem.rule == "date.swapped"
    assert swapped_day_and_month([*cells, "03/04/2015"]) is None
    assert swapped_day_and_month(cells[:4]) is None
