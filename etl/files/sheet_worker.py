"""The child process that opens a received file: `python -m etl.files.sheet_worker`, file on stdin, frames on stdout.

It limits its own memory and processor time before it looks at the file. It gets no path and no name, opens
nothing by a name found inside, and runs no formula and no macro. A frame is four bytes of length and
one JSON list: book, sheet, rows, hidden, end or refused.
"""

from __future__ import annotations

import json
import re
import resource
import struct
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, time, timedelta
from io import SEEK_END
from typing import Any, BinaryIO

from python_calamine import CalamineWorkbook, PasswordError, SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from etl.files.csv_text import MAX_CELL, csv_rows
from etl.files.file_kinds import (
    FileFormat,
    RefusalError,
    broken_refusal,
    memory_refusal,
    password_refusal,
    recognise,
    refusal,
)
from etl.files.hidden_parts import HiddenLines
from etl.files.ods_slices import ods_sheets
from etl.files.percent_cells import marked_fraction
from etl.files.process_limits import end_with
from etl.files.slices import Merged, Rows, SlicedSheet, rows_of, sliced_rows
from etl.files.xlsx_slices import SlicedXlsx
from etl.parsing.legacy_fonts import legacy_encoding, legacy_problem
from etl.parsing.parsed import Problem, cell_name
from etl.parsing.text import nfc

ROWS_PER_FRAME = 500
TEXT_PER_FRAME = 1_000_000
MAX_ROW_TEXT = 8_000_000
MAX_CELLS = 500  # a row; the widest table known has 60
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
Frame = list[Any]
Sheets = Iterator[tuple[Frame, Rows, HiddenLines]]


def main(arguments: list[str]) -> None:
    """Read stdin and write frames; every failure that Python can catch becomes a "refused" frame."""
    parent, memory, seconds, max_bytes, max_rows = (int(argument) for argument in arguments)
    end_with(parent)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    out = sys.stdout.buffer
    try:
        file = sys.stdin.buffer
        if file.seek(0, SEEK_END) > max_bytes:
            raise refusal("file.too_big", f"tệp lớn hơn {max_bytes // 1024**2} MB", "Chia tệp nhỏ hơn rồi nộp lại")
        file.seek(0)
        for frame in frames(file, max_rows):
            write_frame(out, frame)
    except RefusalError as stop:
        write_frame(out, refused_frame(stop))
    except MemoryError as error:
        write_frame(out, refused_frame(memory_refusal(repr(error))))
    except PasswordError:
        write_frame(out, refused_frame(password_refusal()))
    except BaseException as error:  # the Rust reader raises PanicException, which is no Exception
        write_frame(out, refused_frame(broken_refusal(error)))


def write_frame(out: BinaryIO, frame: Frame) -> None:
    """Write one frame; the reader at the other end stops us when it does not want more."""
    body = json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    out.write(struct.pack(">I", len(body)) + body)
    out.flush()


def refused_frame(stop: RefusalError) -> Frame:
    """A refusal as it travels to the parent."""
    problem = stop.problem
    return ["refused", problem.rule, problem.what, problem.remedy, stop.sheet, stop.cell, stop.cause[:2000]]


def frames(file: BinaryIO, max_rows: int) -> Iterator[Frame]:
    """Everything the file says, in order; the file must allow going back."""
    kind = recognise(file)
    yield ["book", kind.value]
    counted = 0
    for head, rows, hidden in _SHEETS[kind](file):
        yield head
        for frame in _row_frames(rows, hidden, sheet=head[1]):
            counted += len(frame[1])
            if counted > max_rows:
                raise refusal("file.too_many_rows", f"tệp có hơn {max_rows} dòng", "Chia tệp theo huyện hoặc theo xã")
            yield frame
        if hidden.found.is_any:
            found = hidden.found
            yield ["hidden", found.rows, found.ranges, found.columns, found.is_filtered]
    yield ["end"]


def _csv_sheet(file: BinaryIO) -> Sheets:
    yield ["sheet", "CSV", False, []], enumerate(csv_rows(file), start=1), HiddenLines()


def _xlsx_sheets(file: BinaryIO) -> Sheets:
    return _sliced(SlicedXlsx(file).sheets())


def _ods_sheets(file: BinaryIO) -> Sheets:
    _refuse_ods_errors(file)
    return _sliced(ods_sheets(file))


def _sliced(sheets: Iterable[SlicedSheet]) -> Sheets:
    for sheet in sheets:
        yield _head(sheet.about, sheet.merged), sliced_rows(sheet.slices), sheet.hidden


def _xls_sheets(file: BinaryIO) -> Sheets:
    """All at once: the format ends at 65,536 rows; its reader does not tell what is hidden."""
    with CalamineWorkbook.from_filelike(file) as book:
        for index, about in enumerate(book.sheets_metadata):
            if about.typ == SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_index(index)
                rows = rows_of(sheet, enumerate(sheet.iter_rows(), start=1))
                yield _head(about, sheet.merged_cell_ranges), rows, HiddenLines()


def _head(about: SheetMetadata, merged: Merged) -> Frame:
    return ["sheet", _tidy(about.name)[:60], about.visible != SheetVisibleEnum.Visible, merged]


def _refuse_ods_errors(file: BinaryIO) -> None:
    with zipfile.ZipFile(file) as archive, archive.open("content.xml") as stream:
        tail = b""
        while block := stream.read(1 << 20):
            if b'value-type="error"' in tail + block:
                remedy = "Sửa công thức, hoặc lưu lại dạng .xlsx để biết đúng ô nào lỗi"
                raise refusal("file.formula_errors", "bảng tính có ô công thức lỗi", remedy)
            tail = block[-32:]
    file.seek(0)


def _row_frames(rows: Rows, hidden: HiddenLines, *, sheet: str) -> Iterator[Frame]:
    """Blank rows are left out; a frame stays small whatever the cells hold."""
    chunk: list[Frame] = []
    size = 0
    for number, row in rows:
        cells, length = _plain_cells(row, sheet, number)
        if cells:
            chunk.append([number, cells])
            size += length
            hidden.read(number)
        if len(chunk) >= ROWS_PER_FRAME or size > TEXT_PER_FRAME:
            yield ["rows", chunk]
            chunk, size = [], 0
    if chunk:
        yield ["rows", chunk]


def _plain_cells(row: list[Any], sheet: str, number: int) -> tuple[list[Any], int]:
    """JSON values without trailing blanks, and the length of their text; refused where there are too many."""
    _drop_trailing_blanks(row)
    length = 0
    for column, value in enumerate(row):
        if isinstance(value, str):
            length += len(value)
            row[column] = None if not value or value.isspace() else _text(value, sheet, number, column)
        elif isinstance(value, date):
            row[column] = {"d": value.isoformat()}
        elif isinstance(value, time | timedelta):
            row[column] = str(value)
    _drop_trailing_blanks(row)
    if len(row) > MAX_CELLS:
        raise _too_wide(sheet, number)
    if length > MAX_ROW_TEXT:
        raise memory_refusal(f"row {number} holds {length} characters")
    return row, length


def _drop_trailing_blanks(row: list[Any]) -> None:
    while row and (row[-1] is None or row[-1] == ""):
        row.pop()


def _too_wide(sheet: str, number: int) -> RefusalError:
    what = f"dòng có hơn {MAX_CELLS} ô"
    remedy = "Kiểm tra dấu phân cách của tệp CSV, hoặc chép riêng bảng số liệu sang tệp mới rồi nộp lại"
    problem = Problem("file.too_many_columns", what, remedy)
    return RefusalError(problem, sheet=sheet, cell=cell_name(number, MAX_CELLS))


def _text(value: str, sheet: str, number: int, column: int) -> str | dict[str, str]:
    if not value.isascii():
        if fraction := marked_fraction(value):
            return {"p": fraction}
        if encoding := legacy_encoding(value):
            raise RefusalError(legacy_problem(encoding), sheet=sheet, cell=cell_name(number, column))
        value = nfc(value)
    return value if value.isprintable() else _tidy(value)


def _tidy(value: str) -> str:
    """Names and texts without control characters; line breaks stay, an old font's soft hyphen is long refused."""
    return _CONTROL.sub(" ", nfc(value))[:MAX_CELL]


_SHEETS: dict[FileFormat, Callable[[BinaryIO], Sheets]] = {
    FileFormat.XLSX: _xlsx_sheets,
    FileFormat.XLS: _xls_sheets,
    FileFormat.ODS: _ods_sheets,
    FileFormat.CSV: _csv_sheet,
}

if __name__ == "__main__":
    main(sys.argv[1:])
