"""Figures, totals, groups, repeated headers and footnotes told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.files.readers import Row
from etl.parsing.parse import parse_count
from etl.parsing.parsed import Cell
from etl.tables.headings import HeadedColumn, Header, HeadingWords, find_header
from etl.tables.table_rows import (
    RowKind,
    RowSorter,
    estimated_columns,
    says_invented,
    surplus_cells,
    with_merged_labels,
)

FirstSheet = Callable[[Path], tuple[list[Row], Any]]


def _kind(*cells: Cell) -> RowKind:
    header = Header((1,), (HeadedColumn(0, "TT", "ordinal"), HeadedColumn(1, "Tên HTX", "name")))
    sorter = RowSorter(header)
    sorter.kind(Row(2, (1, "HTX A", 20)))
    return sorter.kind(Row(3, cells))


def _sorted(rows: list[Row], header: Header) -> list[tuple[RowKind, Row]]:
    sorter = RowSorter(header)
    return [(sorter.kind(row), row) for row in rows if row.number > header.rows[-1]]


def test_pages_with_carried_sums_repeated_headers_and_signatures_are_told_apart(
    good: Path, first_sheet: FirstSheet, register_words: HeadingWords
) -> None:
    rows, _merged = first_sheet(good / "page_subtotals.xlsx")
    kinds = [kind.value for kind, _row in _sorted(rows, find_header(rows, register_words))]
    assert kinds == [
        *("numbering", "group", "data", "data", "subtotal", "header", "data", "data"),
        *("total", "note", "note", "note"),
    ]


def test_the_total_of_the_sample_register_is_told_from_its_439_rows(
    good: Path, first_sheet: FirstSheet, register_words: HeadingWords
) -> None:
    rows, merged = first_sheet(good / "so-dang-ky-gia-lai-2023-mo-phong.xlsx")
    header = find_header(rows, register_words, required=["name", "member_count"], merged=merged)
    members = header.index_of("member_count")
    assert members is not None and says_invented(header.titles)
    found = _sorted(rows, header)
    assert Counter(kind for kind, _row in found) == {RowKind.DATA: 439, RowKind.TOTAL: 1}
    values = [parse_count(row.cells[members]).value for kind, row in found if kind == RowKind.DATA]
    assert sum(value for value in values if value is not None) == 18778


@pytest.mark.parametrize(
    "label", ["Tổng cộng", "TỔNG CỘNG:", "Cộng", "Tổng số", "Tổng cộng: 439 HTX", "Toàn tỉnh", "Tổng cộng (I+II)"]
)
def test_grand_totals(label: str) -> None:
    assert _kind(None, label, 18778) == RowKind.TOTAL
    assert _kind(label, None, 18778) == RowKind.TOTAL


@pytest.mark.parametrize(
    "label", ["Cộng trang 1", "Cộng huyện Mang Yang", "Tổng cộng xã Ia Hrú", "Mang sang", "Chuyển trang sau", "Lũy kế"]
)
def test_subtotals(label: str) -> None:
    assert _kind(None, label, 41) == RowKind.SUBTOTAL


@pytest.mark.parametrize(
    "cells",
    [
        (12, "Cộng Hòa", 20),
        ("12", "Cộng", 20),
        (None, "Tổng số hợp tác xã", 439),
        (None, "Tổng số xã có HTX", 100),
        (None, "HTX Cộng Đồng"),
        (4, "HTX B"),
        (None, "Tổng đội Thanh niên xung phong", 20),
    ],
)
def test_rows_that_only_sound_like_totals_are_figures(cells: tuple[Cell, ...]) -> None:
    assert _kind(*cells) == RowKind.DATA


@pytest.mark.parametrize(
    "cells", [("I", "Huyện Mang Yang"), ("A.", "Hợp tác xã"), ("Huyện Mang Yang",), (None, "Xã Ia Hrú")]
)
def test_names_of_groups(cells: tuple[Cell, ...]) -> None:
    assert _kind(*cells) == RowKind.GROUP


@pytest.mark.parametrize(
    "cells",
    [
        ("Ghi chú: Số ước tính đến 31/12",),
        ("(*) Số liệu ước thực hiện",),
        ("(1) Không gồm quỹ tín dụng",),
        ("Nguồn: Liên minh HTX tỉnh",),
        (None, "Gia Lai, ngày 05 tháng 02 năm 2026"),
        ("NGƯỜI LẬP BIỂU", None, "THỦ TRƯỞNG ĐƠN VỊ"),
    ],
)
def test_footnotes_and_signatures(cells: tuple[Cell, ...]) -> None:
    assert _kind(*cells) == RowKind.NOTE


def test_a_group_after_a_sum_is_still_a_group() -> None:
    sorter = RowSorter(Header((1,), ()))
    first: list[tuple[Cell, ...]] = [(1, "HTX A", 2), ("Cộng", None, 2)]
    rows = [*first, ("Huyện Chư Sê",), (1, "HTX B", 2), ("II", "THT")]
    kinds = [sorter.kind(Row(number, cells)).value for number, cells in enumerate(rows, start=2)]
    assert kinds == ["data", "total", "group", "data", "group"]


def test_cells_without_a_heading_are_named(bad: Path, first_sheet: FirstSheet, register_words: HeadingWords) -> None:
    rows, _merged = first_sheet(bad / "ragged_rows.csv")
    header = find_header(rows, register_words)
    assert [surplus_cells(header, row) for row in rows[1:]] == [["C2", "D2"], [], []]


def _yearly(*columns: tuple[int | None, str]) -> Header:
    found = [
        HeadedColumn(index, str(year), "actual", year=year, mark=mark) for index, (year, mark) in enumerate(columns)
    ]
    return Header((1,), tuple(found))


def test_an_estimate_note_means_the_marked_column_else_its_year_else_the_latest() -> None:
    marked = _yearly((2022, "*"), (2023, ""))
    plain = _yearly((2022, ""), (2023, ""))
    assert estimated_columns(marked, ["(*) Số ước tính"]) == {0}
    assert estimated_columns(plain, ["Ghi chú: số ước tính năm 2022"]) == {0}
    assert estimated_columns(plain, ["Ghi chú: Số ước tính đến 31/12"]) == {1}
    assert estimated_columns(_yearly((None, ""), (None, "")), ["Số ước thực hiện"]) == {0, 1}
    assert estimated_columns(plain, ["Ghi chú: số liệu chính thức"]) == frozenset()


def test_a_label_merged_over_rows_is_repeated_and_a_figure_is_not(good: Path, first_sheet: FirstSheet) -> None:
    rows, merged = first_sheet(good / "merged_communes.xlsx")
    filled = list(with_merged_labels(rows, merged, {3}))
    assert [row.cells[3] for row in filled[1:]] == ["Xã Ia Hrú"] * 3 + ["Xã Nhơn Hòa"]
    assert list(with_merged_labels(rows, merged, {5})) == rows
