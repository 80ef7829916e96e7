"""The columns of a yearly report and of a director as they stand in lists of organisations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from etl.importers.draft import Content, Context
from etl.parsing.parsed import Problem
from etl.tables.cells import CellReader
from etl.tables.table_rows import estimated_columns
from models.register.organization import YearReport

COUNTS = tuple(name for name in YearReport.model_fields if name.endswith("_count"))
MONEY = tuple(name for name in YearReport.model_fields if name.endswith("_mn"))
MARKS = tuple(name for name in YearReport.model_fields if name.startswith("has_"))
LINKAGE = ("linkage_form", "linkage_partner_kind", "linkage_valid_from", "linkage_valid_to")
OTHERS = (
    *LINKAGE,
    *("director_is_female", "director_sex", "director_name", "director_birth_year", "director_education"),
    "representative_name",
)
PARTS = (
    ("female_member_count", "member_count"),
    ("official_member_count", "member_count"),
    ("member_worker_count", "worker_count"),
    ("manager_trained_count", "manager_count"),
    ("manager_degree_count", "manager_count"),
)
NOT_NEGATIVE = ("charter_capital_mn", "working_capital_mn", "revenue_mn", "member_revenue_mn", "worker_income_mn")
FORMS = range(1, 8)
_READ: tuple[tuple[tuple[str, ...], Callable[[CellReader, str], Any]], ...] = (
    (COUNTS, CellReader.count),
    (MONEY, CellReader.million),
    (MARKS, CellReader.yes_no),
)


def report_fields(reader: CellReader, context: Context) -> Content:
    """What the line says of the year; columns that are not there are not in the result."""
    found: Content = {name: read(reader, name) for names, read in _READ for name in names if reader.has(name)}
    found |= _linkage(reader, context)
    if (is_female := director_is_female(reader, context)) is not None:
        found["is_director_female"] = is_female
    _check(reader, found)
    return {name: value for name, value in found.items() if value is not None}


def _linkage(reader: CellReader, context: Context) -> Content:
    found: Content = {}
    if reader.has("linkage_form"):
        form = reader.number("linkage_form")
        if form is not None and form not in FORMS:
            problem = Problem("linkage.form", "hình thức liên kết phải từ 1 đến 7", "Ghi số của hình thức liên kết")
            reader.refuse("linkage_form", problem)
        found["linkage_form"] = int(form) if form is not None and form in FORMS else None
    if reader.has("linkage_partner_kind"):
        words = context.words["linkage_partner_kind"]
        found["linkage_partner_kind"] = reader.code("linkage_partner_kind", words, "loại đối tác")
    for name, is_first in (("linkage_valid_from", True), ("linkage_valid_to", False)):
        if (day := reader.date(name)) is not None:
            found[name] = day.first if is_first else day.last
    return found


def director_is_female(reader: CellReader, context: Context) -> bool | None:
    """Whether the director is a woman, from a mark or from the word of the sex."""
    if reader.has("director_is_female"):
        return reader.yes_no("director_is_female")
    code = reader.code("director_sex", context.words["sex"], "giới tính") if reader.has("director_sex") else None
    return None if code is None else code == "female"


def director(reader: CellReader, context: Context) -> Content:
    """Name, sex, birth year and education of the director; nothing else of a person is ever kept."""
    found: Content = {
        "name": reader.text("director_name") or None,
        "is_female": director_is_female(reader, context),
        "education": reader.text("director_education") or None,
    }
    if (born := reader.date("director_birth_year")) is not None:
        found["birth_year"] = born.year
    return {name: value for name, value in found.items() if value is not None}


def _check(reader: CellReader, found: Content) -> None:
    """Leave unknown what contradicts itself: of a part above its whole nobody knows which of the two is wrong."""
    for part, whole in PARTS:
        if (found.get(part) or 0) > (found.get(whole) or float("inf")):
            what = "số của một phần lớn hơn tổng số"
            for name in (part, whole):
                reader.refuse(name, Problem("report.part_above_whole", what, "Kiểm tra lại hai ô của dòng này"))
                found[name] = None
    for name in NOT_NEGATIVE:
        if (found.get(name) or 0) < 0:
            reader.refuse(name, Problem("number.negative", "số tiền này không thể âm", "Sửa lại ô này"))
            found[name] = None


def is_estimate(reader: CellReader) -> bool:
    """Whether a footnote calls figures of the report estimates."""
    estimated = estimated_columns(reader.table.header, reader.table.notes)
    return any(column.index in estimated and column.name in (*COUNTS, *MONEY) for column in reader.table.header.columns)
