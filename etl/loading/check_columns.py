"""Checks of the reviewed lists by which received workbooks are read: headings, words, labels, rating schemes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from etl.facts.facts_reader import Facts
from etl.facts.rating_schemes import read_schemes
from etl.importers.rating_fields import NAMES as RATINGS
from etl.importers.register_row import CODES
from etl.importers.report_fields import COUNTS, MARKS, MONEY, OTHERS
from etl.loading.recipe import KINDS
from etl.parsing.issues import Issue, LoadError
from etl.parsing.text import folded_key, name_key, nearest
from etl.parsing.units import UnitMeasure, read_unit, thing_of
from etl.tables.columns import (
    FOLDER,
    HEADING_COLUMNS,
    LABEL_COLUMNS,
    SUBJECTS,
    WORD_COLUMNS,
    read_headings,
    read_words,
    table,
)

FIELDS = {
    "year_report": frozenset((*COUNTS, *MONEY, *MARKS, *OTHERS)),
    "rating": frozenset(RATINGS),
}


def check(folder: Path, facts: Facts) -> list[Issue]:
    """Every problem of these lists; a list that cannot be read at all is one problem."""
    found: list[Issue] = []
    for kind in KINDS.values():
        found += _readable(lambda kind=kind: read_headings(folder, *kind.headings))
    found += _readable(lambda: read_words(folder))
    found += _readable(lambda: read_schemes(folder))
    for name in ("report_form", SUBJECTS):
        problems = _readable(lambda name=name: table(folder, name, LABEL_COLUMNS))
        found += problems or list(_check_labels(folder, name, facts))
    found += [] if _readable(lambda: read_words(folder)) else [*_check_codes(folder), *_check_words(folder)]
    for name in FIELDS:
        found += (
            [] if _readable(lambda name=name: table(folder, name, HEADING_COLUMNS)) else _check_fields(folder, name)
        )
    return sorted(set(found))


def _check_fields(folder: Path, name: str) -> Iterator[Issue]:
    """A heading of a field that nothing reads would lose its column; a unit of another measure would stop it."""
    file = f"{FOLDER}/{name}.csv"
    for line, row in enumerate(table(folder, name, HEADING_COLUMNS), start=2):
        field, unit = row["name"], row["unit"]
        if field not in FIELDS[name]:
            like = nearest(field, FIELDS[name], limit=1, cutoff=0.6)
            remedy = f'Nếu là "{like[0]}" thì ghi như vậy' if like else f"Chọn: {', '.join(sorted(FIELDS[name]))}"
            yield Issue(file, line, f'không có trường "{field}"', remedy)
        elif problem := _unit_problem(field, unit):
            yield Issue(file, line, f'trường "{field}" có đơn vị "{unit}"', problem)


def _unit_problem(field: str, text: str) -> str:
    measure = UnitMeasure.MONEY if field in MONEY else UnitMeasure.COUNT if field in COUNTS else None
    unit = read_unit(text)
    if measure is None:
        return "Để trống đơn vị" if text else ""
    remedy = "triệu đồng" if measure is UnitMeasure.MONEY else "người hoặc sản phẩm"
    if unit is None or unit.measure is not measure:
        return f"Ghi đơn vị của trường này, ví dụ {remedy}"
    if measure is UnitMeasure.COUNT:
        word, thing = ("sản phẩm", "sanpham") if field.startswith("ocop_") else ("người", "nguoi")
        return "" if thing_of(text) == thing else f"Ghi đơn vị của trường này: {word}"
    return ""


def _check_words(folder: Path) -> Iterator[Issue]:
    """One spelling of a field stands for one code."""
    first: dict[tuple[str, str], tuple[str, int]] = {}
    for line, row in enumerate(table(folder, "words", WORD_COLUMNS), start=2):
        key = (row["field"], name_key(row["spelling"]))
        code, above = first.setdefault(key, (row["code"], line))
        if code != row["code"]:
            what = f'"{row["spelling"]}" là "{row["code"]}", dòng {above} ghi là "{code}"'
            yield Issue(f"{FOLDER}/words.csv", line, what, "Giữ cách viết này ở một mã")


def _readable(act: object) -> list[Issue]:
    try:
        act()  # type: ignore[operator]
    except LoadError as error:
        what, _mark, remedy = str(error).partition(". ")
        return [Issue(FOLDER, 1, what, remedy or "Sửa tệp")]
    return []


def _check_labels(folder: Path, list_name: str, facts: Facts) -> Iterator[Issue]:
    name, seen = f"{FOLDER}/{list_name}.csv", set()
    definitions = {row.value.code: {d.code for d in row.value.definitions} for row in facts.indicators}
    for line, row in enumerate(table(folder, list_name, LABEL_COLUMNS), start=2):
        if row["indicator"] not in definitions:
            yield Issue(name, line, f'không có chỉ tiêu "{row["indicator"]}"', "Sửa mã theo indicators.yaml")
        elif row["definition"] not in definitions[row["indicator"]]:
            yield Issue(name, line, f'chỉ tiêu không có cách hiểu "{row["definition"]}"', "Sửa theo indicators.yaml")
        key = (folded_key(row["section"]), folded_key(row["label"]))
        if key in seen:
            yield Issue(name, line, f'nhãn "{row["label"]}" đã có trong mục này', "Xóa dòng lặp")
        seen.add(key)


def _check_codes(folder: Path) -> Iterator[Issue]:
    known = {field: set(words.codes.values()) for field, words in read_words(folder).items()}
    for field, codes in CODES.items():
        for code in sorted(known.get(field, set()) - codes):
            yield Issue(
                f"{FOLDER}/words.csv", 1, f'"{field}" không có mã "{code}"', f"Chọn: {', '.join(sorted(codes))}"
            )
