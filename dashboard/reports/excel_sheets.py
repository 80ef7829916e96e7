"""The sheets of the workbook that are only read: cut-offs, relations between promises, remarks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.reports.values import PaperContent
from dashboard.ui import words
from models.gaps.answer import Status
from models.gaps.gap_level import DAYS_PER_YEAR, FINAL_VALUE_FROM_MONTH
from models.gaps.promise import Thresholds


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
