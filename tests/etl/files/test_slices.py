"""Long sheets are read a slice at a time: the same cells as all at once, in memory that does not grow with the file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook, SheetTypeEnum

from etl.files import xml_stream
from etl.files.file_kinds import FileFormat, RefusalError, recognise
from etl.files.ods_slices import ods_sheets
from etl.files.slices import sliced_rows
from etl.files.xlsx_slices import SlicedXlsx

FILES = Path(__file__).resolve().parents[2] / "files"
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
BROKEN = {"broken_inside", "far_cell", "no_bytes"}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)
Table = dict[int, list[Any]]
REGISTER = [["TT", "Tên"], *[[number, f"HTX số {number % 3}"] for number in range(1, 30)]]
NAMES = ["Hợp tác xã Đức Hòa", "a & b < c > \"d\" 'e'", "  giữ  chỗ trống ", "dòng 1\ndòng 2", "_x0041_", "HTX 🌾"]
UNHURRIED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
CELLS = st.one_of(
    st.none(),
    st.sampled_from(NAMES),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8),
    st.integers(-(10**9), 10**9),
    st.floats(-1e6, 1e6),
    st.booleans(),
    st.dates(date(1950, 1, 1), date(2049, 12, 31)),
    st.datetimes(datetime(1950, 1, 1), datetime(2049, 12, 31)).map(lambda moment: moment.replace(microsecond=0)),
    st.times().map(lambda moment: moment.replace(microsecond=0)),
)
TABLES = st.lists(st.lists(CELLS, max_size=6), max_size=12)


@pytest.fixture(autouse=True, params=[40, 700, 1 << 19], ids=["40 bytes", "700 bytes", "512 kB"])
def chunk(request: pytest.FixtureRequest) -> Iterator[None]:
    """A slice of a row or so, of some rows, and of the whole of a small sheet."""
    kept, xml_stream.CHUNK = xml_stream.CHUNK, request.param
    yield
    xml_stream.CHUNK = kept


def _whole(content: bytes, sheet: int) -> Table:
    """The rows that are not blank as calamine reads them all at once."""
    with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        found = book.get_sheet_by_index(sheet)
        left = [""] * found.start[1] if found.start else []
        return _told(enumerate((left + row for row in found.iter_rows()), start=1))


def _told(rows: Any) -> Table:
    trimmed = {}
    for number, row in rows:
        cells = list(row)
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            trimmed[number] = cells
    return trimmed


def _sliced(content: bytes) -> list[Table]:
    """The same in slices, without the gaps of formulas, which calamine does not know."""
    file = BytesIO(content)
    found = []
    for sheet in ods_sheets(file) if recognise(file) == FileFormat.ODS else SlicedXlsx(file).sheets():
        rows = list(sliced_rows(replace(part, gaps={}) for part in sheet.slices))
        assert [number for number, _row in rows] == sorted({number for number, _row in rows})
        found.append(_told(rows))
    return found


def _written(table: list[list[Any]], *, is_inline: bool = False) -> bytes:
    content = BytesIO()
    options = {"constant_memory": is_inline, "in_memory": not is_inline}
    with xlsxwriter.Workbook(content, {**options, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        formats = {
            kind: book.add_format({"num_format": form})
            for kind, form in ((date, "dd/mm/yyyy"), (datetime, "dd/mm/yyyy hh:mm:ss"), (time, "hh:mm:ss"))
        }
        sheet = book.add_worksheet()
        for number, row in enumerate(table):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell, formats.get(type(cell)))
    return content.getvalue()


def _open_document(table: list[tuple[list[Any], int]]) -> bytes:
    """Two sheets, of which the first has rows that stand for several, within a group and a heading."""
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    rows = [row.format(times, "".join(map(_cell, cells))) for cells, times in table]
    grouped = "".join(f"<table:table-row-group>{row}</table:table-row-group>" for row in rows[2:])
    content = (
        f"{_HEAD}<table:table table:name='Một'><table:table-column/><table:table-header-rows>{''.join(rows[:2])}"
        f"</table:table-header-rows>{grouped}</table:table><table:table table:name='Hai'>{''.join(rows)}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive, zipfile.ZipFile(FILES / "good" / "register.ods") as other:
        for name in ("mimetype", "META-INF/manifest.xml"):
            archive.writestr(name, other.read(name))
        archive.writestr("content.xml", content)
    return out.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    return "<table:table-cell/>"


def _changed(content: bytes, changes: dict[str, Callable[[bytes], bytes]]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, bytes)(old.read(name)))
    return out.getvalue()


WORKBOOKS = sorted([*FILES.glob("good/*.xls[xm]"), *FILES.glob("good/*.ods"), *FILES.glob("with_problems/*_*.xlsx")])


@pytest.mark.parametrize("path", [path for path in WORKBOOKS if path.stem not in BROKEN], ids=lambda path: path.name)
def test_every_file_of_the_corpus_reads_the_same_in_slices(path: Path) -> None:
    content = path.read_bytes()
    with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        sheets = [index for index, about in enumerate(book.sheets_metadata) if about.typ == SheetTypeEnum.WorkSheet]
    assert _sliced(content) == [_whole(content, index) for index in sheets]


@settings(max_examples=60, deadline=None, suppress_health_check=UNHURRIED)
@given(table=TABLES, is_inline=st.booleans())
def test_any_table_reads_the_same_in_slices(table: list[list[Any]], *, is_inline: bool) -> None:
    content = _written(table, is_inline=is_inline)
    assert _sliced(content) == [_whole(content, 0)]


@settings(max_examples=40, deadline=None, suppress_health_check=UNHURRIED)
@given(table=st.lists(st.tuples(st.lists(CELLS, max_size=5), st.integers(1, 4)), max_size=12))
def test_any_open_document_reads_the_same_in_slices(table: list[tuple[list[Any], int]]) -> None:
    content = _open_document(table)
    assert _sliced(content) == [_whole(content, 0), _whole(content, 1)]


def test_rows_without_numbers_are_counted_on() -> None:
    content = _changed(_written(REGISTER), {SHEET: lambda xml: re.sub(rb' r="[A-Z]*\d+"', b"", xml)})
    assert _sliced(content) == [_whole(_written(REGISTER), 0)]


def test_a_prefix_of_the_elements_and_single_quotes_change_nothing() -> None:
    def prefixed(xml: bytes) -> bytes:
        named = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", xml).replace(b" xmlns=", b" xmlns:x=")
        return named.replace(b' t="s"', b" t = 's'")

    content = _changed(_written(REGISTER), {SHEET: prefixed, STRINGS: prefixed})
    assert b"<x:si>" in zipfile.ZipFile(BytesIO(content)).read(STRINGS)
    assert _sliced(content) == [_whole(_written(REGISTER), 0)]


def test_rich_text_keeps_its_words_and_leaves_readings_out() -> None:
    rich = b"<si><r><t xml:space='preserve'>Nam </t></r><r><rPr><b/></rPr><t>Tam</t></r><rPh><t>x</t></rPh></si>"
    plain = _written([["Nam Tam"], ["b"]])
    content = _changed(plain, {STRINGS: lambda xml: re.sub(rb"<si>.*?</si>", rich, xml, count=1)})
    assert _sliced(content) == [_whole(content, 0)] == [{1: ["Nam Tam"], 2: ["b"]}]


def test_rows_out_of_order_are_refused() -> None:
    content = _changed(_written(REGISTER), {SHEET: lambda xml: xml.replace(b'<row r="3"', b'<row r="9"')})
    with pytest.raises(RefusalError) as stop:
        _sliced(content)
    assert stop.value.problem.rule == "file.broken"


def test_a_text_the_file_does_not_have_is_refused() -> None:
    content = _changed(_written([["a"]]), {SHEET: lambda xml: xml.replace(b"<v>0</v>", b"<v>1</v>")})
    with pytest.raises(RefusalError) as stop:
        _sliced(content)
    assert stop.value.problem.rule == "file.broken"


def test_a_sheet_that_ends_too_soon_is_not_taken_for_whole() -> None:
    content = _changed(_written(REGISTER), {SHEET: lambda xml: xml[: xml.index(b'<row r="4"')]})
    with pytest.raises(EOFError):
        _sliced(content)
