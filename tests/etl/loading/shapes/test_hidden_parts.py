"""Rows, columns and sheets that a workbook hides are read or not as before, and told once, before everything else."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from etl.files import xml_stream
from etl.files.hidden_parts import MOST_RANGES
from etl.files.readers import open_workbook
from etl.loading.preview import preview_lines
from tests.etl.loading.desk import GOOD, HEAD, Desk

ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    "<table:table table:name='HTX'><table:table-column/>"
    "<table:table-column table:visibility='collapse' table:number-columns-repeated='2'/>{rows}</table:table>"
    "</office:spreadsheet></office:body></office:document-content>"
)


def _book(path: Path, hide: dict[int, dict[str, Any]], rows: int = 40, *, is_filtered: bool = False) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("HTX")
        sheet.write(0, 0, "DANH SÁCH HỢP TÁC XÃ")
        sheet.write_row(2, 0, HEAD)
        for number in range(1, rows + 1):
            sheet.write_row(2 + number, 0, [number, f"HTX Ẩn {number}", "", "Xã A", "đang hoạt động", 10 + number])
        for row, options in hide.items():
            sheet.set_row(row - 1, None, None, {"hidden": True, **options})
        if is_filtered:
            sheet.autofilter(2, 0, 2 + rows, 5)
            sheet.filter_column_list(3, ["Xã B"])
        sheet.set_column(5, 5, None, None, {"hidden": True})
        other = book.add_worksheet("Danh sách cũ")
        other.write_column(0, 0, ["Tên HTX", "HTX Cũ"])
        other.hide()
        book.add_worksheet("Trống").hide()
    return path


def _ods(rows: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive, zipfile.ZipFile(GOOD / "register.ods") as other:
        for name in ("mimetype", "META-INF/manifest.xml"):
            archive.writestr(name, other.read(name))
        archive.writestr("content.xml", ODS.format(rows=rows))
    return out.getvalue()


def _hidden(path: Path) -> tuple[int, list[tuple[int, int]], list[int], bool]:
    with open_workbook(path) as book:
        for sheet in book.sheets():
            assert list(sheet.rows)
            return sheet.hidden.rows, sheet.hidden.ranges, sheet.hidden.columns, sheet.hidden.is_filtered
    raise AssertionError


@pytest.mark.parametrize("chunk", [60, 1 << 19])
def test_an_xlsx_tells_rows_hidden_by_hand_and_by_a_filter(
    tmp_path: Path, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml_stream, "CHUNK", chunk)
    by_hand = _book(tmp_path / "a.xlsx", {number: {} for number in (*range(12, 21), 25)})
    assert _hidden(by_hand) == (10, [(12, 20), (25, 25)], [5], False)
    filtered = _book(tmp_path / "b.xlsx", {number: {} for number in range(4, 44)}, is_filtered=True)
    assert _hidden(filtered) == (40, [(4, 43)], [5], True)


def test_an_ods_tells_hidden_rows_also_where_one_stands_for_several(tmp_path: Path) -> None:
    cell = "<table:table-cell office:value-type='string'><text:p>HTX</text:p></table:table-cell>"
    rows = [
        f"<table:table-row>{cell}</table:table-row>",
        f"<table:table-row table:visibility='filter' table:number-rows-repeated='3'>{cell}</table:table-row>",
        f"<table:table-row>{cell}</table:table-row>",
        "<table:table-row-group>",
        f"<table:table-row table:visibility='collapse'>{cell}</table:table-row></table:table-row-group>",
        "<table:table-row table:visibility='filter' table:number-rows-repeated='1048000'>",
        "<table:table-cell/></table:table-row>",
    ]
    path = tmp_path / "a.ods"
    path.write_bytes(_ods("".join(rows)))
    assert _hidden(path) == (4, [(2, 4), (6, 6)], [1, 2], True)


def test_every_second_row_hidden_is_counted_and_the_first_are_named(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", {number: {} for number in range(4, 1004, 2)}, rows=1000)
    count, ranges, _columns, _is_filtered = _hidden(path)
    assert (count, len(ranges)) == (500, MOST_RANGES)


def test_hidden_rows_columns_and_sheets_are_told_before_everything_else(desk: Desk) -> None:
    path = _book(desk.folder / "a.xlsx", {number: {} for number in (3, *range(12, 21), 25)}, is_filtered=True)
    outcome = desk.load(path, commit=False, leave_out=True)
    first = list(preview_lines(outcome))[:3]
    assert 'tệp có 10 dòng đang ẩn (do lọc), vẫn được đọc: trang "HTX" dòng 12-20, 25.' in " ".join(first)
    assert 'tệp có 1 cột đang ẩn, vẫn được đọc: trang "HTX" cột "Số thành viên" (F).' in " ".join(first)
    assert 'trang ẩn "Danh sách cũ" có 2 dòng, không được đọc.' in " ".join(first)
    assert outcome.written.new + outcome.left_out == 40
    assert not any('"Trống"' in finding.what for finding in outcome.findings)


def test_nothing_is_told_where_nothing_is_hidden(desk: Desk) -> None:
    outcome = desk.load(desk.register(("HTX Hiện", "", "Xã A", "đang hoạt động", 12)), commit=False, leave_out=True)
    assert not any(finding.rule.endswith(".hidden") for finding in outcome.findings)
