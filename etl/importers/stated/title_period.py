"""What the titles of a table say of its figures: a part of the year, an estimate, a plan, a smaller area.

A value that is taken for the whole year, for a result or for the whole province although the title says otherwise
is wrong in silence; so a title that the columns do not answer stops the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from etl.parsing.parsed import Problem
from etl.parsing.text import clean
from etl.tables.headings import HeadedColumn
from models.base.text import fold

_DOCUMENT_DAY = re.compile(r"\bngay\s+\d{1,2}\s+thang\s+\d{1,2}\s+nam\s+\d{4}")
_PART = re.compile(
    r"\b(?:(?:0?[1-9]|1[01]|ba|sau|chin)\s*thang\b(?!\s*\d)"
    r"|thang\s*(?:0?[1-9]|1[01])\b(?=\s*(?:[/.-]|nam))"
    r"|(?:0?[1-9]|1[01])\s*t\b(?=\W*(?:dau nam|cuoi nam|nam|20\d\d))"
    r"|quy\s*(?:i{1,3}|iv|[1-4])\b"
    r"|nua\s+(?:dau\s+|cuoi\s+)?nam\b|ban nien\b)"
)
_UP_TO = re.compile(
    r"\bden\s+(?:het\s+|thoi diem\s+)*(?:ngay\s+)?(?:(\d{1,2})\s*[/.-]\s*)?(?:thang\s*)?(\d{1,2})\s*[/.-]\s*20\d\d"
)
HALF_YEAR = re.compile(r"\b0?6\s*t|\bsau thang|nua dau|30\s*[/.-]\s*0?6")
_REMEDIES = {
    "": 'Nộp số 3 tháng, 9 tháng, tháng hoặc quý theo mẫu "Số liệu công bố", có ghi loại kỳ',
    "half_year": 'Ghi tiêu đề cột như "Thực hiện 6 tháng năm 2023"',
    "estimate": 'Ghi tiêu đề cột như "Ước thực hiện năm 2023"',
    "plan": 'Ghi tiêu đề cột như "Kế hoạch năm 2023"',
}
_ESTIMATE = re.compile(r"\buoc\b|(?<!ho )\bso bo\b")
_PLAN = re.compile(
    r"(?<!thuc hien )(?<!so voi )(?<!hoan thanh )(?<!ket qua )(?<!tien do )(?<!theo )(?<!tai chinh - )"
    r"\b(?:ke hoach|du kien|du bao)\b"
    r"(?!\s*(?:so\b\s*:?\s*[0-9./…_-]|va dau tu|- dau tu|\d+/))"  # "Kế hoạch số 12/KH" is a document
)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_DECEMBER = 12
_LAST_DAY = 31
_AREA = re.compile(
    r"(?<!các )(?<!cấp )(?<!theo )(?<!từng )(?<!mỗi )(?<!và )(?<!, )"
    r"\b(?:huyện|quận|thị xã|thị trấn|phường|(?<!hợp tác )(?<!thị )xã(?! hội\b| viên\b))\s+"
    r"(?!(?:thị|thành|và|trong|trên|năm|có|không|đã|theo|xã|phường)\b)\w"
)
_CITY = re.compile(
    r"(?<!, )(?<!và )(?<!các )\b(?:thành phố|tp\.?)\s+"
    r"(?!(?:trực|thuộc|năm|và|trên|trong|của)\b)([^,;()\-–\n]+)"
)


def part_of_year(text: str) -> str:
    """The words of a title that speak of a part of a year ("6 tháng", "quý III", "đến 30/6/2023"); empty without."""
    plain = _DOCUMENT_DAY.sub(" ", fold(clean(text)))
    if (found := _PART.search(plain)) is not None:
        return clean(found.group())
    for found in _UP_TO.finditer(plain):
        is_whole = int(found[2]) == _DECEMBER and int(found[1] or _LAST_DAY) == _LAST_DAY
        if not is_whole:
            return clean(found.group())
    return ""


def says_estimate(text: str) -> bool:
    """Whether a title calls its figures estimates."""
    return _ESTIMATE.search(fold(clean(text))) is not None


def says_plan(text: str) -> bool:
    """Whether a title calls its figures a plan; a plan carried out, or a document's name, is none."""
    return _PLAN.search(fold(clean(text))) is not None


def area_named(texts: Iterable[str], provinces: Iterable[str]) -> str:
    """The title that speaks of a district, commune or city inside a province; empty without one."""
    names = tuple(fold(name) for name in provinces)
    for text in texts:
        low = clean(text).lower()
        if _AREA.search(low) or any(not fold(city[1]).strip().startswith(names) for city in _CITY.finditer(low)):
            return text
    return ""


def yearly_problems(texts: Iterable[str]) -> Iterator[Problem]:
    """Why figures under these titles are no results of a whole year, for tables without columns by year."""
    for text in texts:
        told = _whole_told(text)
        if told:
            what = f'tiêu đề "{text[:80]}" nói {told}, còn báo cáo năm chỉ nhận kết quả thực hiện của cả năm'
            yield Problem("file.not_a_year", what, "Nộp số thực hiện cả năm, hoặc sửa tiêu đề nếu đã là số cả năm")


def _whole_told(text: str) -> str:
    if part_of_year(text):
        return "về một phần của năm"
    if says_estimate(text):
        return "về số ước"
    return "về số kế hoạch" if says_plan(text) else ""


def form_problems(texts: Iterable[str], columns: Sequence[HeadedColumn]) -> Iterator[Problem]:
    """Why the columns of a form contradict its titles: part of a year, estimate or plan under a heading of results."""
    for text in texts:
        years = {int(year) for year in _YEAR.findall(text)}
        spoken = [column for column in columns if column.year is not None and (not years or column.year in years)]
        meant = ", ".join(f'"{column.heading}"' for column in spoken if column.name == "actual")
        for told, fitting in _told(text):
            if meant and not any(column.name == fitting for column in spoken):
                what = f'tiêu đề "{text[:80]}" nói {told}, còn cột {meant} là kết quả thực hiện cả năm'
                yield Problem("form.not_a_year", what, _REMEDIES[fitting])


def _told(text: str) -> Iterator[tuple[str, str]]:
    """What a title says, with the column that answers it."""
    if part := part_of_year(text):
        yield "về một phần của năm", "half_year" if HALF_YEAR.search(part) else ""
    if says_estimate(text):
        yield "về số ước", "estimate"
    if says_plan(text):
        yield "về số kế hoạch", "plan"
