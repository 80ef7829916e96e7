"""Problems that the shapes and checks of data/ tell, in the words of the workbook: sheet, cell, headings, names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from etl.parsing.issues import Issue
from etl.parsing.parsed import Problem
from etl.programmes import sheets
from etl.programmes.catalogue import Catalogue
from etl.programmes.positions import BookPosition, position_of
from etl.tables.findings import Findings, Severity

RULE = "programme.content"
_TOKEN = re.compile(r"(?<![\w./-])[A-Za-z][A-Za-z0-9_]*(?:[.-][A-Za-z0-9_]+)*(?![\w/])")
_WORDS = {
    "null": "trống",
    "true": "có",
    "false": "không",
    "agencies.csv": f'trang "{sheets.AGENCIES}"',
    "indicators.yaml": f'trang "{sheets.INDICATORS}"',
    "provinces.csv": "danh mục địa bàn (người quản trị)",
    "programmes": "các chương trình",
    "heading": '"dòng tiêu đề" ở cột "Loại dòng"',
    "sections": 'một dòng loại "phần"',
    "month": "ngày cuối đúng hạn",
    "last_day": "ngày cuối đúng hạn",
    "reporting": '"Báo cáo năm"',
}
_VALUES: tuple[Mapping[str, str], ...] = (
    sheets.COMPARATORS, sheets.KINDS, sheets.DEADLINES, sheets.DIRECTIONS, sheets.INDICATOR_KINDS
)  # fmt: skip
_PLAIN = (("trường ", "ô "), (" - ô", " ô"))
SHORT = frozenset(("to", "day", "by"))  # too short to be told from words of a sentence


def tell_all(issues: Iterable[Issue], names: Catalogue, findings: Findings) -> None:
    """Let every problem stop the file at its cell; of several at one cell the first is told."""
    told: set[int] = set()
    for issue in sorted(issues, key=lambda issue: issue.line):
        at = position_of(issue.line)
        if at.column and issue.line in told:
            continue
        told.add(issue.line)
        words = _words(names, at)
        problem = Problem(RULE, _spoken(issue.what, words), _spoken(issue.remedy, words))
        findings.add(Severity.STOPS_FILE, problem, sheet=at.sheet, cell=at.cell)


def _words(names: Catalogue, at: BookPosition) -> dict[str, str]:
    """What codes and fields are called; a field of the same name is called as on the sheet of the problem."""
    found = dict(_WORDS)
    for values in _VALUES:
        found |= {code: f"“{word}”" for code, word in values.items()}
    for kind in (names.places, names.agencies, names.indicators):
        found |= kind.shown
    columns = sheets.DOCUMENT_LINES if at.sheet == sheets.DOCUMENT else sheets.TABLES[at.sheet]
    found |= {column.field: f"“{column.heading}”" for column in columns}
    found |= {column.field.split(".")[-1]: f"“{column.heading}”" for column in columns}
    return {word: said for word, said in found.items() if word not in SHORT}


def _spoken(text: str, words: Mapping[str, str]) -> str:
    said = _TOKEN.sub(lambda found: words.get(found.group(), found.group()), text)
    for old, new in _PLAIN:
        said = said.replace(old, new)
    return re.sub(r'"“([^”]*)”"', r'"\1"', said).replace("“", '"').replace("”", '"')
