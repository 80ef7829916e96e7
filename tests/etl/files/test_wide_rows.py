"""How many cells a row may have: a million of them in one line cost minutes behind the reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.files.readers import FileRefusedError, Row, open_workbook

FirstSheet = Callable[[Path], tuple[list[Row], Any]]


@pytest.mark.parametrize("cells", [501, 1_000_000])
def test_a_row_of_too_many_cells_is_refused_with_its_place(tmp_path: Path, cells: int) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("TT;Tên\n" + ";".join(["1"] * cells) + "\n", encoding="utf-8")
    with pytest.raises(FileRefusedError) as caught, open_workbook(path) as book:
        for sheet in book.sheets():
            list(sheet.rows)
    refused = caught.value
    assert refused.problem.rule == "file.too_many_columns"
    assert str(refused).startswith('trang "CSV", ô SG2: dòng có hơn 500 ô. Kiểm tra dấu phân cách')


def test_blanks_far_to_the_right_are_no_cells(tmp_path: Path, first_sheet: FirstSheet) -> None:
    path = tmp_path / "blank.csv"
    path.write_text("TT;Tên" + "; " * 2000 + "\n1;HTX\n", encoding="utf-8")
    rows, _merged = first_sheet(path)
    assert [row.cells for row in rows] == [("TT", "Tên"), ("1", "HTX")]
