"""Some rows of a sheet at a time, each slice read by calamine as a small workbook of its own.

So what a cell means stays calamine's to say, and memory holds one slice, however long the sheet is.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, SheetMetadata

from etl.files.file_kinds import refusal
from etl.files.formula_gaps import MAX_GAPS, Gaps
from etl.files.hidden_parts import HiddenLines

Merged = list[tuple[tuple[int, int], tuple[int, int]]] | None
Rows = Iterable[tuple[int, list[Any]]]


@dataclass(frozen=True, slots=True)
class Slice:
    """Some rows of a sheet. `first` is the number, in the whole sheet, of what calamine takes for row 1."""

    sheet: CalamineSheet
    first: int = 1
    gaps: Gaps = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SlicedSheet:
    """One sheet; its slices can be gone through once, before the next sheet is asked for; `hidden` fills meanwhile."""

    about: SheetMetadata
    merged: Merged
    slices: Iterator[Slice]
    hidden: HiddenLines


def small_workbook(parts: Iterable[tuple[str, bytes]]) -> CalamineWorkbook:
    """Calamine's view of a workbook that consists of these parts."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts:
            archive.writestr(name, content)
    packed.seek(0)
    return CalamineWorkbook.from_filelike(packed)


def rows_of(sheet: CalamineSheet, rows: Rows) -> Rows:
    """Rows with their number and cells from column A."""
    offset = [""] * sheet.start[1] if sheet.start else []
    for number, row in rows:
        yield number, offset + row if offset else row


def sliced_rows(slices: Iterable[Slice]) -> Rows:
    """The rows of all slices, gaps of formulas put in; raises RefusalError when there are more than MAX_GAPS."""
    count = 0
    for part in slices:
        count += sum(map(len, part.gaps.values()))
        if count > MAX_GAPS:
            remedy = "Sửa công thức, hoặc chép giá trị đè lên công thức rồi lưu lại bằng Excel"
            raise refusal("file.formula_errors", f"hơn {MAX_GAPS} ô công thức không có kết quả", remedy)
        yield from _with_all_gaps(part)


def _with_all_gaps(part: Slice) -> Rows:
    start = part.first + (part.sheet.start[0] if part.sheet.start else 0)
    rows = dict(rows_of(part.sheet, enumerate(part.sheet.to_python(), start=start)))
    for number in sorted(rows.keys() | part.gaps.keys()) if part.gaps else rows:
        cells = rows.get(number, [])
        yield number, _with_gaps(cells, part.gaps[number]) if number in part.gaps else cells


def _with_gaps(cells: list[Any], gaps: dict[int, str]) -> list[Any]:
    filled = [*cells, *[""] * (max(gaps) + 1 - len(cells))]
    for column, code in gaps.items():
        if filled[column] == "":
            filled[column] = {"e": code}
    return filled
