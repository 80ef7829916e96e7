"""Which day a list speaks of: its title, a note below it; never the date of a document that it merely quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from etl.tables.findings import Findings
from etl.tables.tables import Table
from models.base.text import fold

_DAY = r"[0-9]{1,2}\s*[/.-]\s*[0-9]{1,2}\s*[/.-]\s*(?:19|20)[0-9]{2}|\S+ thang \S+ nam (?:19|20)[0-9]{2}"
_KIND = (
    r"(?:cong van|bao cao|nghi quyet|quyet dinh|ke hoach|thong tu|nghi dinh|to trinh|van ban|chi thi|thong bao"
    r"|chuong trinh|cong dien|de an|ket luan|huong dan|bien ban|phieu|giay moi|luat)"
)
_NUMBER = r"(?:so\s*:?\s*)?[0-9.…]*\s*[/-]\s*(?:[0-9]{4}/)?[a-z][a-z0-9&/-]*"
_BETWEEN = r"(?:(?!\b(?:den|tinh|tai|cuoi|trong|het|nam)\b)[^;()|]){0,80}?"
_QUOTED = re.compile(
    rf"\b{_KIND}\b{_BETWEEN}\b{_NUMBER}(?:{_BETWEEN}\bngay (?:{_DAY})|,? nam (?:19|20)[0-9]{{2}}\b)?"
    rf"|\b(?:theo|kem|thuc hien|can cu|ban hanh|tai) {_KIND}\b{_BETWEEN}\bngay (?:{_DAY})"
    r"|\bluat (?:htx|hop tac xa|cac to chuc tin dung|doanh nghiep)?\s*(?:nam )?(?:19|20)[0-9]{2}\b"
)
_PLACE_AND_DAY = re.compile(r"[^,:;()0-9]{2,40},\s*ngay\b.{0,20}\bthang\b.{0,20}\bnam [0-9]{4}\.?")
_DATE = re.compile(r"(?<![0-9/.-])([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})\s*[/.-]\s*((?:19|20)[0-9]{2})(?![0-9])")
_LONG_DATE = re.compile(r"\bngay ([0-9]{1,2}) thang ([0-9]{1,2}) nam ((?:19|20)[0-9]{2})\b")
_UP_TO = re.compile(r"\b(?:den|tai|thoi diem)(?: het)?(?: ngay)?\s*$")
_YEAR = re.compile(r"\bnam ((?:19|20)[0-9]{2})\b")
_STATED_BELOW = re.compile(r"\b(?:so lieu|tinh|cap nhat|co|danh sach)\b.*\b(?:den|tai|thoi diem)\b")


def date_of(tables: Iterable[Table], year: int, findings: Findings) -> date:
    """The day the list speaks of, else the end of the year of the load; another year stops the file.

    A table is of the first of January as the end of the year before ("có đến ngày 01/01/2025" is the end of 2024).
    """
    texts = [without_quotations(text) for table in tables for text in _texts(table)]
    days = [day for text in texts for day in _days(text)]
    years = {day.year for day in days} or {int(said) for text in texts for said in _YEAR.findall(text)}
    if years and year not in years:
        what = f"tiêu đề hoặc ghi chú của bảng nói về năm {max(years)}, lượt nạp chọn năm {year}"
        findings.stop_file("file.other_year", what, "Chọn đúng năm, hoặc sửa tiêu đề bảng")
    return next((day for day in days if day.year == year), date(year, 12, 31))


def _texts(table: Table) -> Iterator[str]:
    """The titles, and what a line below the table says of the day its figures are of."""
    yield from table.header.titles
    below = (*table.notes, *(text for _number, text in table.groups))
    yield from (text for text in below if _STATED_BELOW.search(fold(text)))


def without_quotations(text: str) -> str:
    """The folded text without numbers and dates of quoted documents and without the day of its issue."""
    folded = fold(text)
    return "" if _PLACE_AND_DAY.fullmatch(folded) else _QUOTED.sub(" ", folded)


def _days(text: str) -> Iterator[date]:
    for found in (*_DATE.finditer(text), *_LONG_DATE.finditer(text)):
        try:
            day = date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            continue
        is_end = (day.day, day.month) == (1, 1) and _UP_TO.search(text[: found.start()]) is not None
        yield day - timedelta(days=1) if is_end else day
