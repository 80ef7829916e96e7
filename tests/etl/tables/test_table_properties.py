"""No sheet, however odd, makes the search for its table raise."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.files.readers import MergedRange, Row
from etl.parsing.parsed import Cell, CellError
from etl.tables.headings import HeadingWords, find_header
from etl.tables.table_rows import RowSorter, estimated_columns, surplus_cells, with_merged_labels

WORDS = ["Tên HTX", "Mã số HTX", "Số thành viên", "Nữ", "Tổng cộng", "I", "(1)", "Ghi chú: số ước tính", "2022"]
CELLS: st.SearchStrategy[Cell] = st.one_of(
    *(st.sampled_from(WORDS), st.none(), st.text(max_size=5), st.floats(), st.dates(), st.just(CellError("#REF!")))
)
SHEETS = st.lists(st.tuples(st.integers(1, 3), st.lists(CELLS, max_size=6)), max_size=8)
CORNERS = st.tuples(st.integers(0, 6), st.integers(0, 6))
MERGED = st.lists(st.tuples(CORNERS, CORNERS), max_size=3)


@settings(max_examples=150, deadline=None)
@given(sheet=SHEETS, merged=MERGED)
def test_no_sheet_makes_the_search_for_its_header_raise(
    register_words: HeadingWords, sheet: list[tuple[int, list[Cell]]], merged: list[MergedRange]
) -> None:
    rows, number = [], 0
    for step, cells in sheet:
        number += step
        rows.append(Row(number, tuple(cells)))
    header = find_header(rows, register_words, required=["name"], merged=merged)
    assert bool(header.rows) or [found.problem.rule for found in header.problems] == ["header.not_found"]
    sorter = RowSorter(header)
    for row in with_merged_labels(rows, merged, {1, 2}):
        sorter.kind(row)
        surplus_cells(header, row)
    estimated_columns(header, ["(*) số ước tính"])
