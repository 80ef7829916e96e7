"""The sheets of the workbook that are only read: cut-offs, relations of promises, remarks, the register of a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.register import words as register
from dashboard.register.address import RegisterFilter
from dashboard.register.data.organizations import build_counts
from dashboard.register.data.register_rows import LIST_HEADER, list_rows
from dashboard.register.values import Cube
from dashboard.reports.values import PaperContent
from dashboard.ui import words
from dashboard.ui.list_file import Value
from models.gaps.answer import Status
from models.gaps.gap_level import DAYS_PER_YEAR, FINAL_VALUE_FROM_MONTH
from models.gaps.promise import Thresholds
from models.places.place import COUNTRY


def limits_sheet(sheet: Worksheet, t: Thresholds, as_of: date, formats: dict[str, Format]) -> None:
    """The cut-offs that the formulas read, and the words of each status."""
    sheet.write(0, 0, f"Ngưỡng phiên bản {t.version}", formats["title"])
    values: tuple[tuple[str, Any, str], ...] = (
        ("Ngày tính", as_of, "date"),
        ("Đúng tiến độ từ tỷ số", t.on_track_ratio, "fraction"),
        ("Chậm từ tỷ số", t.slow_ratio, "fraction"),
        ("Dung sai của “khoảng”", t.about_tolerance, "fraction"),
        ("Số ngày một năm", DAYS_PER_YEAR, "fraction"),
    )
    for index, (label, value, kind) in enumerate(values, start=1):
        sheet.write(index, 0, label, formats["text"])
        sheet.write(index, 1, value, formats[kind])
    for index, status in enumerate(Status, start=8):
        sheet.write(index, 0, words.STATUS_WORDS[status], formats["text"])
        sheet.write(index, 1, words.STATUS_MEANINGS[status], formats["text"])
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def relations_sheet(sheet: Worksheet, papers: Sequence[PaperContent], formats: dict[str, Format]) -> None:
    """Promises held against each other, the step to the later horizon, and projections, as sentences."""
    sheet.write_row(0, 0, ("Địa bàn", "Kết luận", "Phép tính", "Lưu ý, điều khoản"), formats["head"])
    told = [
        (paper.place.full_name, one.finding, one.arithmetic, " ".join((*one.cautions, one.source)))
        for paper in papers
        for one in (*paper.relations, *paper.steps)
    ]
    told += [
        (paper.place.full_name, row.projected, row.name, row.source)
        for paper in papers
        for row in paper.rows
        if row.projected
    ]
    for line, texts in enumerate(told, start=1):
        for column, text in enumerate(texts):
            sheet.write_string(line, column, text, formats["text"])
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 3, 56)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def notes_sheet(sheet: Worksheet, papers: Sequence[PaperContent], formats: dict[str, Format]) -> None:
    """How the columns are to be read, and of which decisions the promises are."""
    lines = [
        "Chênh lệch = thực tế − mức cam kết; chỉ tiêu càng thấp càng tốt thì ngược lại. Số âm là còn thiếu.",
        "Cần mỗi năm = (mức cam kết − thực tế) / số năm từ ngày số liệu đến 31/12 năm mốc (số ngày / 365,25).",
        "Đang đạt mỗi năm = trung vị các thay đổi quy về một năm ở trang Chuỗi.",
        f"Sau năm mốc chỉ số liệu từ tháng {FINAL_VALUE_FROM_MONTH} của năm mốc được dùng.",
        "Thiếu số liệu không được coi là bằng 0.",
        *[
            f"{paper.place.full_name}: {paper.programme.title}, {paper.programme.number or 'không rõ số'}."
            for paper in papers
        ],
    ]
    for index, text in enumerate(lines):
        sheet.write(index, 0, text, formats["text"])
    sheet.set_column(0, 0, 120)


SUMMARY_SHEET, LIST_SHEET = "Sổ đăng ký", "Danh sách tổ chức"
MOST_ROWS = 50_000  # a workbook with more is no paper; the whole list is taken from the register's own page
WIDE, NARROW = 44, 16


@dataclass(frozen=True, slots=True)
class RegisterList:
    """What the register says of one place on the day the paper is made; `rows` empty where they are too many."""

    on: date
    cube: Cube
    total: int
    rows: tuple[Sequence[Value], ...]

    @property
    def notes(self) -> list[str]:
        """What must stand above both sheets."""
        day = f"Sổ đăng ký như hệ thống có ngày {words.day(self.on)}, không theo ngày biết đến của các cam kết."
        return ([f"MÔ PHỎNG. {register.DEMO}"] if self.cube.holds_demo else []) + [day]


def register_list(slug: str, names: Mapping[str, str], on: date) -> RegisterList:
    """The register of a place, of all places for the nation."""
    chosen = RegisterFilter(place="" if slug == COUNTRY else slug)
    cube = build_counts(chosen)
    here = cube if slug == COUNTRY else cube.within(slug)
    total = here.total(chosen)
    rows = tuple(list_rows(chosen, dict(names))) if total <= MOST_ROWS and slug != COUNTRY else ()
    return RegisterList(on, here, total, rows)


def register_sheets(book: xlsxwriter.Workbook, found: RegisterList, formats: Mapping[str, Format]) -> None:
    """Both sheets; an empty register is said in words, not shown as zeros."""
    _summary(book.add_worksheet(SUMMARY_SHEET), found, formats)
    if found.rows:
        _list(book.add_worksheet(LIST_SHEET), found, formats)


def _summary(sheet: Worksheet, found: RegisterList, formats: Mapping[str, Format]) -> None:
    line = _notes(sheet, found, formats)
    sheet.set_column(0, 0, WIDE)
    if not found.total:
        sheet.write_string(line, 0, "Sổ đăng ký chưa có tổ chức nào của địa bàn này.", formats["line"])
        return
    states = [code for code in register.OPERATING_WORDS if found.cube.by("operating", RegisterFilter())[code]]
    heads = ["Loại hình", *(register.word(register.OPERATING_WORDS, code) for code in states), "Tổng số"]
    sheet.write_row(line, 0, heads, formats["head"])
    sheet.set_column(1, len(heads) - 1, NARROW)
    kinds = found.cube.by("kind", RegisterFilter())
    for offset, kind in enumerate((code for code in register.KIND_WORDS if kinds[code]), start=1):
        counts = found.cube.by("operating", RegisterFilter(kind=kind))
        sheet.write_string(line + offset, 0, register.word(register.KIND_WORDS, kind), formats["line"])
        for column, count in enumerate([*(counts[code] for code in states), kinds[kind]], start=1):
            sheet.write_number(line + offset, column, count, formats["number"])
    if not found.rows:
        text = "Danh sách từng tổ chức: tải ở trang Sổ đăng ký."
        sheet.write_string(line + len(kinds) + 2, 0, text, formats["line"])


def _list(sheet: Worksheet, found: RegisterList, formats: Mapping[str, Format]) -> None:
    line = _notes(sheet, found, formats)
    sheet.write_row(line, 0, LIST_HEADER, formats["head"])
    sheet.freeze_panes(line + 1, 3)
    for index, name in enumerate(LIST_HEADER):
        sheet.set_column(index, index, WIDE if name.startswith("Tên") else NARROW)
    for number, row in enumerate(found.rows, start=line + 1):
        for index, value in enumerate(row):
            _cell(sheet, number, index, value, formats)
    sheet.autofilter(line, 0, line + len(found.rows), len(LIST_HEADER) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(line)


def _notes(sheet: Worksheet, found: RegisterList, formats: Mapping[str, Format]) -> int:
    for line, text in enumerate(found.notes):
        sheet.write_string(line, 0, text, formats["title"] if line == 0 else formats["line"])
    return len(found.notes) + 1


def _cell(sheet: Worksheet, line: int, index: int, value: Value, formats: Mapping[str, Format]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write(line, index, value, formats["date"])
    elif isinstance(value, int | float) and not isinstance(value, bool):
        is_year = LIST_HEADER[index].startswith("Năm")
        sheet.write_number(line, index, value, formats["line" if is_year else "number"])
    else:
        sheet.write_string(line, index, str(value), formats["line"])
