"""The reviewed spellings of headings and words: data/columns, read once a folder."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from etl.parsing.issues import LoadError
from etl.parsing.text import folded_key, name_key
from etl.tables.heading_words import HeadingWords, Spelling
from models.base.text import fold

FOLDER = "columns"
HEADING_COLUMNS = ("name", "spelling", "unit")
WORD_COLUMNS = ("field", "code", "spelling")
LABEL_COLUMNS = ("section", "label", "indicator", "definition")
SUBJECTS = "table_subjects"  # labels of tables laid across
PERSONAL = "personal_"
_PERSONAL = re.compile(
    r"\b(?:dien thoai|di dong|s?dt|email|e mail|zalo|cccd|cmnd|can cuoc|dinh danh|ngay sinh|dan toc|ho khau"
    r"|thuong tru)\b"
)
NAMES = frozenset(
    ("name", "director_name", "representative_name", "director_education", "union_name", "commune", "district", "actor")
)
NUMBERED = frozenset(  # columns of codes, numbers and addresses of documents, which hold no person's number
    ("tax_code", "legacy_number", "vsic_code", "document_number", "code", "old_code", "new_code", "row_number", "key")
) | frozenset(("province_code", "new_province_code", "task", "programme", "section", "number", "source_url"))
PERSONS = frozenset(("director_name", "representative_name"))
YEARLY = frozenset(("year_report", "rating"))  # files of columns whose heading may add a year
YEARLY_NAMES = frozenset(("operating_state",))
LARGEST_CACHE = 10_000


@dataclass(frozen=True, slots=True)
class Label:
    """What one row of a provincial table means."""

    section: str
    label: str
    indicator: str
    definition: str


@dataclass(slots=True)
class Words:
    """Reviewed words for coded values of one field: "Đang hoạt động" is active."""

    codes: dict[str, str] = field(default_factory=dict)
    folded: dict[str, str | None] = field(default_factory=dict)
    spellings: list[str] = field(default_factory=list)
    _first: dict[str, str] = field(default_factory=dict, repr=False)
    _found: dict[str, str | None] = field(default_factory=dict, repr=False)

    def add(self, code: str, spelling: str) -> None:
        """Accept one more spelling; without accents it counts only while it fits one code."""
        self.codes.setdefault(name_key(spelling), code)
        known = self.folded.setdefault(folded_key(spelling), code)
        if known != code:
            self.folded[folded_key(spelling)] = None
        self._first.setdefault(code, spelling)
        self.spellings.append(spelling)

    def find(self, text: str) -> str | None:
        """The code of a spelling, None when nobody reviewed it."""
        if text not in self._found:
            if len(self._found) > LARGEST_CACHE:
                self._found.clear()
            self._found[text] = self.codes.get(name_key(text)) or self.folded.get(folded_key(text))
        return self._found[text]

    def first(self, code: str) -> str:
        """The spelling to show for a code."""
        return self._first.get(code, code)


def read_headings(data_dir: Path, *names: str) -> HeadingWords:
    """The headings of one or several reviewed files; raises LoadError when a file is missing or wrong."""
    return _headings(data_dir, names)


@lru_cache(maxsize=32)
def _headings(data_dir: Path, names: tuple[str, ...]) -> HeadingWords:
    spellings = [
        Spelling(row["name"], row["spelling"], row["unit"], name in YEARLY or row["name"] in YEARLY_NAMES)
        for name in names
        for row in table(data_dir, name, HEADING_COLUMNS)
    ]
    try:
        return HeadingWords(spellings)
    except ValueError as error:
        raise LoadError(f"data/{FOLDER}: {error}. Giữ cách viết này ở một cột") from error


@lru_cache(maxsize=8)
def read_words(data_dir: Path) -> dict[str, Words]:
    """The reviewed words by field; raises LoadError when the file is missing or wrong."""
    found: dict[str, Words] = defaultdict(Words)
    for row in table(data_dir, "words", WORD_COLUMNS):
        found[row["field"]].add(row["code"], row["spelling"])
    return found


def read_labels(data_dir: Path) -> list[Label]:
    """The row labels of the provincial table; raises LoadError when the file is missing or wrong."""
    return [Label(**row) for row in table(data_dir, "report_form", LABEL_COLUMNS)]


def table(data_dir: Path, name: str, columns: Iterable[str]) -> list[dict[str, str]]:
    """The rows of one reviewed file; raises LoadError naming the file."""
    path = data_dir / FOLDER / f"{name}.csv"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if reader.fieldnames != list(columns):
                raise LoadError(f"{FOLDER}/{name}.csv phải có các cột {', '.join(columns)}. Sửa dòng đầu của tệp")
            return list(reader)
    except FileNotFoundError as error:
        raise LoadError(f"Thiếu {FOLDER}/{name}.csv trong thư mục dữ liệu. Đặt lại tệp (DATA_DIR)") from error


def is_personal_heading(heading: str) -> bool:
    """Whether a heading says that its column reaches or identifies persons."""
    return _PERSONAL.search(plain_heading(heading)) is not None


def plain_heading(heading: str) -> str:
    """A heading as its words without accents or marks."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(heading)))
