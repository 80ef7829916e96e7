"""Checks of the reviewed lists by which received workbooks are read: headings, words, labels, rating schemes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from etl.facts.facts_reader import Facts
from etl.facts.rating_schemes import read_schemes
from etl.importers.register_row import CODES
from etl.loading.recipe import KINDS
from etl.parsing.issues import Issue, LoadError
from etl.parsing.text import folded_key
from etl.tables.columns import FOLDER, LABEL_COLUMNS, read_headings, read_words, table


def check(folder: Path, facts: Facts) -> list[Issue]:
    """Every problem of these lists; a list that cannot be read at all is one problem."""
    found: list[Issue] = []
    for kind in KINDS.values():
        found += _readable(lambda kind=kind: read_headings(folder, *kind.headings))
    found += _readable(lambda: read_words(folder))
    found += _readable(lambda: read_schemes(folder))
    problems = _readable(lambda: table(folder, "report_form", LABEL_COLUMNS))
    found += problems or list(_check_labels(folder, facts))
    found += [] if _readable(lambda: read_words(folder)) else list(_check_codes(folder))
    return sorted(set(found))


def _readable(act: object) -> list[Issue]:
    try:
        act()  # type: ignore[operator]
    except LoadError as error:
        what, _mark, remedy = str(error).partition(". ")
        return [Issue(FOLDER, 1, what, remedy or "Sửa tệp")]
    return []


def _check_labels(folder: Path, facts: Facts) -> Iterator[Issue]:
    name, seen = f"{FOLDER}/report_form.csv", set()
    definitions = {row.value.code: {d.code for d in row.value.definitions} for row in facts.indicators}
    for line, row in enumerate(table(folder, "report_form", LABEL_COLUMNS), start=2):
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
