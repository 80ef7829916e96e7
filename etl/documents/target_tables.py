"""Promises of a table of targets: a row a measure, a column a year. Pure.

A row is read as the sentence it stands for ("Tỷ lệ HTX tốt, khá | % | > 65" as "> 65% HTX tốt, khá"), so that both mean
the same. Columns of what was reached are no promises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from etl.documents.figures_in_text import figures
from etl.documents.promises import DraftPromise, kind_of_words, promises_of
from etl.documents.sentences import DocumentSentence
from etl.documents.tables_in_text import TextCell, table_rows
from models.gaps.promise import Comparator, PromiseKind

_NAME = re.compile(r"chỉ tiêu|chỉ số|tiêu chí|nội dung|mục tiêu cụ thể", re.I)
_UNIT = re.compile(r"đơn vị(?: tính)?$|^đvt$", re.I)
_WHO = re.compile(r"chủ trì|phối hợp|cơ quan|đơn vị thực hiện", re.I)
_GOAL = re.compile(
    r"(?:mục tiêu|chỉ tiêu|kế hoạch|kh|phấn đấu|tầm nhìn)?\s*(?:(?:đến|tới|vào)\s+)?(?:(?:hết|cuối)\s+)?(?:năm\s+)?"
    r"(?:giai đoạn\s+)?(?:20\d\d\s*[-–]\s*)?(20[2-9]\d)",
    re.I,
)
_VALUE = re.compile(r"\D{0,20}\d[\d.,]*(?:\s*%)?(?:\s*[-–]\s*\d[\d.,]*)?(?:\s*%)?(?:\s+\D{0,20})?")
_MEASURE = re.compile(r"^(?:tổng )?(?:số lượng|số|tỷ lệ|tỉ lệ)\s+(?:các\s+)?", re.I)
LONGEST_NAME = 40  # of the heading of a column
_MONEY = re.compile(r"đồng", re.I)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column names the measure and which its unit (None where none does), and the years promised."""

    name: int
    unit: int | None
    years: tuple[tuple[int, int], ...]


def read_target_tables(document: str, issued_year: int | None = None) -> list[DraftPromise]:
    """Every promise of every table of targets, in printed order."""
    found: list[DraftPromise] = []
    heading: list[str] = []
    columns: _Columns | None = None
    for row in table_rows(document):
        texts = [cell.text for cell in row]
        if not any(texts):
            columns, heading = None, []
        elif entered := _columns(texts, heading, issued_year):
            columns, heading = entered, texts
        elif columns and len(row) > max(at for at, _ in columns.years):
            found += _promises(row, columns)
        else:
            columns, heading = None, texts
    return found


def _columns(texts: Sequence[str], above: Sequence[str], issued_year: int | None) -> _Columns | None:
    """The columns of a heading; its years may stand in the row below its names."""
    whole = [f"{up} {text}" for up, text in zip(above, texts, strict=True)] if len(above) == len(texts) else texts
    for said in (list(texts), list(whole)):
        years = [(at, int(year[1])) for at, text in enumerate(said) if (year := _GOAL.fullmatch(text))]
        goals = {at for at, _ in years}
        years = [(at, year) for at, year in years if issued_year is None or year >= issued_year]
        named = [
            at for at, text in enumerate(said) if at not in goals and _NAME.search(text) and len(text) <= LONGEST_NAME
        ]
        name = named[0] if named else None
        if name is not None and years and not any(_WHO.search(text) for text in said):
            unit = next((at for at, text in enumerate(said) if at != name and _UNIT.search(text)), None)
            return _Columns(name, unit, tuple(years))
    return None


def _promises(row: Sequence[TextCell], columns: _Columns) -> Iterator[DraftPromise]:
    name = row[columns.name].text
    unit = row[columns.unit].text if columns.unit is not None else ""
    shown = " | ".join(cell.text for cell in row)
    for at, year in columns.years:
        cell = row[at]
        text = _sentence(name, unit, cell.text)
        if not _VALUE.fullmatch(cell.text) or _GOAL.fullmatch(cell.text) or not name:
            continue
        sentence = DocumentSentence(text, cell.start, cell.end, f"bảng chỉ tiêu, {year}", year, is_aim=True)
        promise = next(iter(promises_of(sentence)), None) or _unknown(sentence, cell.text, unit)
        if promise is not None:
            kind = kind_of_words(name) or promise.kind
            yield replace(promise, kind=kind, wording=cell.printed, sentence=shown, start=cell.start, end=cell.end)


def _sentence(name: str, unit: str, value: str) -> str:
    if _MONEY.search(unit):
        return f"{name} {value} {unit}"
    percent = "%" if "%" in unit and "%" not in value else ""
    scale = " nghìn" if unit.lower().startswith("nghìn") else ""
    return f"{value}{percent}{scale} {_MEASURE.sub('', name)}"


def _unknown(sentence: DocumentSentence, value: str, unit: str) -> DraftPromise | None:
    """A figure of what no rule knows, for a person to name."""
    figure = next(iter(figures(value)), None)
    if figure is None or sentence.horizon is None:
        return None
    is_equal = figure.comparator in (None, Comparator.EQUAL)
    return DraftPromise(
        indicator=None,
        definition=None,
        horizon=sentence.horizon,
        comparator=figure.comparator or Comparator.EQUAL,
        kind=PromiseKind.BY,
        low=figure.low,
        high=figure.low if is_equal else figure.high,
        unit=unit,
        clause=sentence.clause,
        wording="",
        nested_in=None,
        sentence="",
        start=sentence.start,
        end=sentence.end,
    )
