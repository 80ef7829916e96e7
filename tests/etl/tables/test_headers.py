"""Header rows found, columns mapped by reviewed spellings, units and years read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.files.readers import Row
from etl.parsing.parsed import Cell
from etl.parsing.units import COUNT, UnitMeasure, read_unit
from etl.tables.heading_words import split_heading
from etl.tables.headings import Header, HeadingWords, Spelling, find_header

FirstSheet = Callable[[Path], tuple[list[Row], Any]]
MILLION = read_unit("triệu đồng")


def _rows(*rows: tuple[Cell, ...]) -> list[Row]:
    return [Row(number, cells) for number, cells in enumerate(rows, start=1)]


def _names(header: Header) -> dict[str, int]:
    return {column.name: column.index for column in header.columns}


def _rules(header: Header) -> list[tuple[str, str]]:
    return [(found.problem.rule, found.cell) for found in header.problems]


def test_title_rows_above_the_header_are_kept_as_titles(
    good: Path, first_sheet: FirstSheet, register_words: HeadingWords
) -> None:
    rows, merged = first_sheet(good / "titles_above.xlsx")
    header = find_header(rows, register_words, required=["name", "tax_code"], merged=merged)
    assert header.rows == (6,) and not header.problems
    assert header.titles[0] == "UBND TỈNH GIA LAI (SỐ LIỆU MÔ PHỎNG)"
    assert header.index_of("charter_capital_vnd") == 6


def test_a_two_row_header_with_merged_cells_is_read(
    good: Path, first_sheet: FirstSheet, register_words: HeadingWords
) -> None:
    rows, merged = first_sheet(good / "two_row_header.xlsx")
    header = find_header(rows, register_words, required=["name"], merged=merged)
    assert header.rows == (2, 3) and not header.problems
    assert [(column.index, column.name, column.year) for column in header.columns] == [
        *((0, "ordinal", None), (1, "name", None), (2, "tax_code", None)),
        *((3, "member_count", None), (4, "female_member_count", None)),
        *((6, "htx_count", 2022), (7, "htx_count", 2023)),
    ]
    assert [column.heading for column in header.surplus] == ["Số thành viên Dân tộc thiểu số"]


def test_a_two_row_header_is_read_without_merge_information(register_words: HeadingWords) -> None:
    rows = _rows(("TT", "Tên HTX", "Số thành viên", None), (None, None, "Tổng số", "Nữ"), (1, "HTX A", 20, 8))
    header = find_header(rows, register_words)
    assert header.rows == (1, 2)
    assert _names(header) == {"ordinal": 0, "name": 1, "member_count": 2, "female_member_count": 3}


def test_units_in_a_row_of_their_own_belong_to_the_header(register_words: HeadingWords) -> None:
    rows = _rows(("Tên HTX", "Vốn điều lệ"), (None, "(tỷ đồng)"), ("HTX A", 2))
    header = find_header(rows, register_words)
    assert header.rows == (1, 2) and header.columns[1].unit == read_unit("tỷ đồng")


def test_the_first_row_of_figures_is_not_taken_for_a_header(register_words: HeadingWords) -> None:
    rows = _rows(("Tên HTX", "Mã số HTX"), ("HTX A", "0100047516"), ("HTX B", "0658948114"))
    assert find_header(rows, register_words).rows == (1,)


@pytest.mark.parametrize("heading", ["TÊN HTX", "Tên  Hợp tác xã", "ten htx", "Tên hợp tác xã:", "Tên HTX (*)"])
def test_spellings_match_through_case_accents_and_long_forms(register_words: HeadingWords, heading: str) -> None:
    header = find_header(_rows((heading, "Mã số HTX"), ("HTX A", "1")), register_words)
    assert header.index_of("name") == 0


def test_a_heading_nobody_reviewed_is_left_out(
    bad: Path, first_sheet: FirstSheet, register_words: HeadingWords
) -> None:
    rows, merged = first_sheet(bad / "surplus_columns.xlsx")
    header = find_header(rows, register_words, merged=merged)
    assert not header.problems and [column.heading for column in header.surplus] == ["Mã số HTX cũ", "Số CCCD"]


def test_a_missing_column_stops_the_sheet_and_names_the_likely_one(
    bad: Path, first_sheet: FirstSheet, register_words: HeadingWords
) -> None:
    rows, _merged = first_sheet(bad / "missing_column.xlsx")
    header = find_header(rows, register_words, required=["name", "member_count"])
    assert _rules(header) == [("header.missing_column", "")]
    assert 'thiếu cột "Số thành viên". Có phải cột "Số t.viên"?' in header.problems[0].problem.what


def test_two_headings_of_one_meaning_stop_the_sheet(
    bad: Path, first_sheet: FirstSheet, register_words: HeadingWords
) -> None:
    rows, _merged = first_sheet(bad / "duplicate_headers.xlsx")
    assert _rules(find_header(rows, register_words)) == [("header.duplicate", "C1")]


@pytest.mark.parametrize("name", ["empty.xlsx", "only_title.xlsx"])
def test_a_sheet_without_a_table_says_which_columns_it_needs(
    bad: Path, first_sheet: FirstSheet, register_words: HeadingWords, name: str
) -> None:
    header = find_header(first_sheet(bad / name)[0], register_words, required=["name"])
    assert header.rows == () and _rules(header) == [("header.not_found", "")]
    assert '"Tên HTX"' in header.problems[0].problem.remedy


def test_the_unit_of_the_heading_goes_before_that_of_the_table_and_the_reviewed_one(
    register_words: HeadingWords,
) -> None:
    rows = _rows(("Đơn vị tính: tỷ đồng",), ("Tên HTX", "Số thành viên", "Vốn điều lệ (triệu đồng)"), ("HTX A", 1, 2))
    assert [column.unit for column in find_header(rows, register_words).columns] == [None, COUNT, MILLION]
    rows = _rows(("Đơn vị tính: tỷ đồng",), ("Tên HTX", "Số thành viên", "Vốn điều lệ"), ("HTX A", 1, 2))
    units = [column.unit for column in find_header(rows, register_words).columns]
    assert units == [None, COUNT, read_unit("tỷ đồng")]
    rows = _rows(("Tên HTX", "Vốn điều lệ"), ("HTX A", 2))
    assert find_header(rows, register_words).columns[1].unit == MILLION


def test_money_over_a_column_of_counts_stops_the_sheet(register_words: HeadingWords) -> None:
    header = find_header(_rows(("Tên HTX", "Số thành viên (triệu đồng)"), ("HTX A", 2)), register_words)
    assert _rules(header) == [("header.wrong_unit", "B1")]


def test_years_are_taken_from_the_headings_of_the_provincial_table(good: Path, first_sheet: FirstSheet) -> None:
    words = HeadingWords(
        [
            *(Spelling("label", "Chỉ tiêu"), Spelling("unit", "ĐVT"), Spelling("ordinal", "TT")),
            *(Spelling("actual", "Thực hiện năm {năm}"), Spelling("plan", "Kế hoạch năm {năm}")),
        ]
    )
    rows, merged = first_sheet(good / "bieu-1-gia-lai-2023.xlsx")
    header = find_header(rows, words, required=["label"], merged=merged)
    assert header.rows == (5,) and not header.problems and not header.surplus
    assert [(column.name, column.year) for column in header.columns[3:]] == [
        ("actual", 2022),
        ("plan", 2023),
        ("actual", 2023),
    ]


def test_one_spelling_for_two_names_is_a_mistake_of_the_reviewed_file() -> None:
    with pytest.raises(ValueError, match="other"):
        HeadingWords([Spelling("name", "Tên HTX"), Spelling("other", "TÊN Hợp tác xã")])


def test_spellings_that_differ_by_accents_only_need_their_accents() -> None:
    words = HeadingWords([Spelling("male", "Nam giới"), Spelling("year", "Năm giới")])
    assert words.find(split_heading("Năm giới")) == (Spelling("year", "Năm giới"), None)
    assert words.find(split_heading("NAM GIOI")) is None


@pytest.mark.parametrize(
    ("heading", "bare", "mark"),
    [
        ("Vốn điều lệ (triệu đồng)", "Vốn điều lệ", ""),
        ("Doanh thu, trđ", "Doanh thu", ""),
        ("Doanh thu\n(ĐVT: Tr. đồng/năm) (*)", "Doanh thu", "*"),
        ("Lợi nhuận [triệu đồng] **", "Lợi nhuận", "**"),
    ],
)
def test_headings_are_taken_apart_into_words_unit_and_mark(heading: str, bare: str, mark: str) -> None:
    found = split_heading(heading)
    assert found.bare == bare and found.mark == mark and found.unit is not None
    assert found.unit.measure == UnitMeasure.MONEY and found.unit.factor == 10**6
