"""The promises as a workbook whose formulas live: change a figure and gap, pace and status follow.

Sheets: "Cam kết" (one row a promise, inputs white, formulas shaded), "Chuỗi" (the comparable points and
their yearly changes), "Ngưỡng" (the cut-offs and the words of each status), "Ghi chú".
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.reports.excel_sheets import RegisterList, limits_sheet, notes_sheet, register_sheets, relations_sheet
from dashboard.reports.formulas import CODES, FORMULAS, INPUTS, column_of
from dashboard.reports.values import PaperContent, PaperRow
from models.gaps.answer import Gap
from models.gaps.promise import PromiseKind, TargetRecord, Thresholds

FIRST_ROW = 4  # zero-based row of the first promise on "Cam kết"
SHADE = {"bg_color": "#F4F1E6"}
# folded away: needed to compute, not to read
HELPERS = (
    "comparator", "kind", "direction", "issued_on", "held", "elsewhere",
    "horizon_end", "years_left", "past", "final", "met",
)  # fmt: skip
A3, ROW_HEIGHT = 8, 47  # three lines of text
HINT = (
    "Ô nền vàng nhạt là công thức: sửa số ở ô trắng thì kết quả tính lại. "
    "Các cột kỹ thuật đang gập: bấm dấu + phía trên để mở."
)
SERIES_SHEET, LIMITS_SHEET, MAIN_SHEET, NOTES_SHEET = "Chuỗi", "Ngưỡng", "Cam kết", "Ghi chú"
RELATIONS_SHEET = "Đối chiếu"


def workbook(
    papers: Sequence[PaperContent], thresholds: Thresholds, as_of: date, register: RegisterList | None = None
) -> bytes:
    """One workbook of all given programmes, with the register of their place; text never becomes a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "dd/mm/yyyy"}
    )
    formats = _formats(book)
    main, series = book.add_worksheet(MAIN_SHEET), book.add_worksheet(SERIES_SHEET)
    limits, notes = book.add_worksheet(LIMITS_SHEET), book.add_worksheet(NOTES_SHEET)
    limits_sheet(limits, thresholds, as_of, formats)
    rows = [(paper, row) for paper in papers for row in paper.rows]
    ranges = _series(series, rows, formats)
    _promises(main, rows, ranges, formats, papers)
    relations_sheet(book.add_worksheet(RELATIONS_SHEET), papers, formats)
    if register is not None:
        register_sheets(book, register, formats)
    notes_sheet(notes, papers, formats)
    book.close()
    return out.getvalue()


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    base = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
    return {
        "title": book.add_format({**base, "bold": True, "font_size": 14}),
        "head": book.add_format({**base, "bold": True, "text_wrap": True, "bg_color": "#E3EEF4", "border": 1}),
        "text": book.add_format({**base, "text_wrap": True}),
        "line": book.add_format(base),
        "number": book.add_format({**base, "num_format": "#,##0"}),
        "fraction": book.add_format({**base, "num_format": "#,##0.0##"}),
        "date": book.add_format({**base, "num_format": "dd/mm/yyyy"}),
        "plain": book.add_format({**base, **SHADE}),
        "tenth": book.add_format({**base, **SHADE, "num_format": "#,##0.0"}),
        "hundredth": book.add_format({**base, **SHADE, "num_format": "0.00"}),
        "day": book.add_format({**base, **SHADE, "num_format": "dd/mm/yyyy"}),
        "word": book.add_format({**base, **SHADE, "bold": True, "text_wrap": True}),
    }


def _series(
    sheet: Worksheet, rows: Sequence[tuple[PaperContent, PaperRow]], formats: dict[str, Format]
) -> list[tuple[int, int]]:
    """Write the points used for the pace; gives for each promise the first and last row (zero-based) of its points."""
    heads = ("Địa bàn", "Chỉ tiêu", "Năm mốc", "Ngày", "Giá trị", "Thay đổi quy về một năm", "Đơn vị công bố")
    for index, head in enumerate(heads):
        sheet.write(0, index, head, formats["head"])
    ranges, line = [], 1
    for paper, row in rows:
        first = line
        for index, point in enumerate(row.gap.pace_points):
            sheet.write(line, 0, paper.place.full_name, formats["text"])
            sheet.write(line, 1, row.name, formats["text"])
            sheet.write(line, 2, row.horizon, formats["text"])
            sheet.write(line, 3, point.period_end, formats["date"])
            sheet.write(line, 4, point.value, formats[_number_form(point.value)])
            if index:
                year = f"(D{line + 1}-D{line})/'{LIMITS_SHEET}'!$B$6"
                sheet.write_formula(line, 5, f"=(E{line + 1}-E{line})/({year})", formats["tenth"])
            sheet.write(line, 6, point.publisher, formats["text"])
            line += 1
        ranges.append((first, line - 1))
    sheet.set_column(0, 1, 28)
    sheet.set_column(2, 5, 14)
    sheet.set_column(6, 6, 50)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    return ranges


def _promises(
    sheet: Worksheet,
    rows: Sequence[tuple[PaperContent, PaperRow]],
    ranges: Sequence[tuple[int, int]],
    formats: dict[str, Format],
    papers: Sequence[PaperContent],
) -> None:
    stamp = papers[0] if papers else None
    sheet.write(0, 0, "Cam kết và thực tế", formats["title"])
    if stamp:
        sheet.write(1, 0, f"Số liệu biết đến {stamp.known_on}; mã số liệu {stamp.snapshot_id}", formats["line"])
    sheet.write(2, 0, HINT, formats["line"])
    for index, (head, _) in enumerate((*INPUTS, *[(f.head, "") for f in FORMULAS])):
        sheet.write(FIRST_ROW - 1, index, head, formats["head"])
    for offset, ((paper, row), (first, last)) in enumerate(zip(rows, ranges, strict=True)):
        _line(sheet, FIRST_ROW + offset, paper, row, (first, last), formats)
    _shape(sheet, len(rows))


def _line(
    sheet: Worksheet,
    line: int,
    paper: PaperContent,
    row: PaperRow,
    points: tuple[int, int],
    formats: dict[str, Format],
) -> None:
    for index, (value, kind) in enumerate(_inputs(paper, row)):
        if value is None:
            sheet.write_blank(line, index, None, formats[kind])
        else:
            sheet.write(line, index, value, formats[_number_form(value) if kind == "number" else kind])
    for formula in FORMULAS:
        text = formula.text(line + 1, points[0] + 1, points[1] + 1)
        sheet.write_formula(line, column_of(formula.name), text, formats[formula.form], formula.value(row))


def _number_form(value: float) -> str:
    return "number" if float(value).is_integer() else "fraction"


def _shape(sheet: Worksheet, count: int) -> None:
    columns = len(INPUTS) + len(FORMULAS)
    for line in range(FIRST_ROW - 1, FIRST_ROW + count):
        sheet.set_row(line, ROW_HEIGHT)
    sheet.set_column(0, 1, 30)
    sheet.set_column(0, 0, 16)
    sheet.set_column(2, columns, 11)
    for name in ("clause", "source", "flags", "status"):
        sheet.set_column(column_of(name), column_of(name), 26)
    for name in HELPERS:
        sheet.set_column(column_of(name), column_of(name), 13, None, {"level": 1, "hidden": True})
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.autofilter(FIRST_ROW - 1, 0, FIRST_ROW + max(0, count - 1), columns - 1)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST_ROW - 1)


def _inputs(paper: PaperContent, row: PaperRow) -> list[tuple[Any, str]]:
    gap, target = row.gap, row.gap.target
    if target is None:
        raise ValueError(f"{row.key} has no promise")
    latest = gap.latest
    return [
        (paper.place.full_name, "text"),
        (row.name, "text"),
        (target.unit, "text"),
        (target.horizon, "text"),
        (CODES[target.comparator], "text"),
        (CODES[target.kind], "text"),
        (CODES[gap.direction], "text"),
        (target.low, "number"),
        (target.high, "number"),
        (target.issued_on, "date"),
        (gap.value, "number"),
        (latest.period_end if latest else None, "date"),
        (CODES.get(_held(gap, target) or ""), "text"),
        (1 if any(item.is_same_measure for item in gap.series.elsewhere) else 0, "text"),
        (row.clause, "text"),
        (row.source, "text"),
        (row.flags or None, "text"),
    ]


def _held(gap: Gap, target: TargetRecord) -> str | None:
    """For promises of years: how the closed years stand, an input because the years are not in one cell."""
    if target.kind is PromiseKind.BY or not gap.years_known:
        return None
    if target.kind is PromiseKind.ANNUAL_AVERAGE:
        return "average" if gap.years_known == len(gap.years) else "open"
    known = [year.held for year in gap.years if year.point is not None]
    if gap.as_of is None or gap.as_of <= target.horizon_end:
        return "held" if known[-1] else "broken"
    if not all(known):
        return "broken"
    return "held" if len(known) == len(gap.years) else "open"
