"""The sheets of new indicators and of agencies: names that a programme brings, and spellings of known ones."""

from __future__ import annotations

import re
from typing import Any

from etl.facts.rows.places import slug_of
from etl.facts.schema import AgencyRow, IndicatorEntry
from etl.facts.shape import Located
from etl.programmes import sheets
from etl.programmes.book_in import BookLine, BookLines, fields_of
from etl.programmes.catalogue import Catalogue
from etl.programmes.lines_checked import checked
from models.base.text import fold

DEFINITION = {
    "code": "published",
    "name": "Theo nguồn công bố",
    "text": "Giữ đúng nghĩa của nguồn công bố; nguồn không nêu cách hiểu thứ hai.",
}
DEFAULTS: dict[str, Any] = {
    "definition": "Theo văn bản của chương trình; cách tính chưa mô tả thêm.",
    "group": "so_luong",
    "aggregation": "none",
    "formula": None,
    "numerator": None,
    "denominator": None,
    "rhythm": None,
    "owner": None,
    "legal_source": None,
    "definitions": [DEFINITION],
    "related": [],
}
COUNTED = ("stock", "flow")


def new_indicators(book: BookLines, names: Catalogue, own: frozenset[str]) -> list[Located[IndicatorEntry]]:
    """The indicators of the sheet; a name that the reviewed files have already is told."""
    found = []
    for line in book.lines.get(sheets.INDICATORS, []):
        told = fields_of(line, sheets.INDICATOR_COLUMNS, names, book.tell)
        code = told.get("code") or indicator_code(told.get("name", ""))
        known = names.indicators.find(told.get("name", "")) or (code if code in names.entries else None)
        if known is not None and known not in own:
            what = f'chỉ tiêu "{told.get("name", code)}" đã có trong danh mục'
            book.tell(line.at("name"), what, "Xóa dòng này; ghi tên đó ở cột Chỉ tiêu của trang Cam kết có số")
            continue
        decimals = 0 if told.get("kind") in COUNTED else 1
        content = DEFAULTS | {"code": code, "decimals": decimals, "short_name": told.get("name")} | told
        entry = checked(IndicatorEntry, content, line, book)
        if entry is not None:
            names.add_indicator(entry.value)
            found.append(entry)
    return found


def indicator_code(name: str) -> str:
    """The code of an indicator from its name; empty where the name has no letter."""
    return re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_").lstrip("0123456789_")


def new_agencies(book: BookLines, names: Catalogue, own: frozenset[str]) -> list[Located[AgencyRow]]:
    """The agencies of the sheet that no list has; a line beside a known agency only adds a spelling."""
    found = []
    for line in book.lines.get(sheets.AGENCIES, []):
        told = fields_of(line, sheets.AGENCY_COLUMNS, names, book.tell)
        printed = told.pop("printed", "")
        if not printed:
            book.tell(line.at("printed"), 'ô "Tên trong văn bản" để trống', "Ghi tên như in, hoặc xóa dòng")
        elif told.get("agency"):
            _add_spelling(line, printed, told["agency"], book, names)
        elif "agency" not in line.cells and (row := _new_agency(line, printed, told, book, names, own)):
            names.add_agency(row.value)
            found.append(row)
    return found


def _add_spelling(line: BookLine, printed: str, code: str, book: BookLines, names: Catalogue) -> None:
    means = names.agencies.find(printed)
    if means is not None and means != code:
        what = f'"{printed}" là tên của cơ quan khác trong danh mục ({names.agencies.name(means)})'
        book.tell(line.at("agency"), what, "Chọn đúng cơ quan đó, hoặc sửa tên như in")
    names.agencies.add(code, names.agencies.name(code), printed)


def _new_agency(
    line: BookLine, printed: str, told: dict[str, Any], book: BookLines, names: Catalogue, own: frozenset[str]
) -> Located[AgencyRow] | None:
    code = names.agencies.find(printed) or slug_of(printed)
    if code in names.agencies.shown and code not in own:
        if "level" in told or "kind" in told:
            what = f'cơ quan "{printed}" đã có trong danh mục'
            book.tell(line.at("printed"), what, "Xóa Cấp và Loại ở dòng này, hoặc ghi tên khác")
        return None
    if "level" not in told and "kind" not in told:
        what = f'không có cơ quan "{printed}" trong danh mục'
        remedy = "Chọn cơ quan ở cột Cơ quan trong danh mục; nếu là cơ quan mới thì ghi Cấp và Loại"
        book.tell(line.at("agency"), what, remedy)
        return None
    return checked(AgencyRow, {"code": code, "name": printed, "short_name": printed} | told, line, book)
