"""The sentences of a document with where they stand: offsets, clause, and the year their promises are for. Pure.

Paper wraps lines and pages: a line that begins with a small letter goes on with the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\n]+")
_END = re.compile(r"(?<=[.!?])\s+")
_HEADING = (
    re.compile(r"\W*(?P<number>[IVX]{1,5})\s*[./)]\s*\S"),
    re.compile(r"\W*(?P<number>\d{1,2}(?:\.\d{1,2})*)\s*[.)]\s*\S"),
    re.compile(r"\W*(?P<number>[a-zđ])\s*\)\s*\S"),
)
_HORIZON = re.compile(
    r"(?:đến|tới|vào|trong)\s+(?:hết\s+|cuối\s+)?năm\s+(?P<year>20[2-9]\d)|(?:đến|tới)\s+(?P<short>20[2-9]\d)", re.I
)
_HORIZON_LINE = re.compile(
    r"(?:mục tiêu\s+)?(?:cụ thể\s+)?(?:phấn đấu\s+|tầm nhìn\s+)?(?:đến|tới)\s+(?:hết\s+)?(?:năm\s+)?(20[2-9]\d)", re.I
)
_BULLET = re.compile(r"\s*[-–+•*]\s+")
_AIMS = re.compile(r"mục tiêu|chỉ tiêu|tầm nhìn", re.I)
LONGEST_HEADING = 90


@dataclass(frozen=True, slots=True)
class DocumentSentence:
    """One sentence: `text` is `document[start:end]`; `horizon` is the year of its heading, None without one.

    `is_aim` is false in parts that set tasks, where a figure in a title of another document is no promise.
    """

    text: str
    start: int
    end: int
    clause: str
    horizon: int | None
    is_aim: bool


def horizons(text: str) -> list[tuple[int, int]]:
    """(offset, year) of every "đến năm 2030" in a text."""
    return [(found.start(), int(found["year"] or found["short"])) for found in _HORIZON.finditer(text)]


def sentences(document: str) -> Iterator[DocumentSentence]:
    """Every sentence outside tables, in printed order."""
    place = _Place()
    for first, last in _blocks(document):
        text = document[first:last]
        if "\t" in text:
            continue
        place.enter(text)
        for start, end in _parts(text):
            place.count(text[start:end])
            yield DocumentSentence(
                text[start:end], first + start, first + end, place.clause(), place.horizon, place.is_aim
            )


def _blocks(document: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each line with the lines that go on with it."""
    start = end = -1
    for line in _LINE.finditer(document):
        text = line.group().lstrip()
        if end >= 0 and text[:1].islower() and "\t" not in line.group() and not _HEADING[2].match(text):
            end = line.end()
            continue
        if end >= 0:
            yield start, end
        start, end = line.span()
    if end >= 0:
        yield start, end


def _parts(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _END.finditer(text):
        if text[found.end() : found.end() + 1].isupper() and not _HEADING[1].fullmatch(
            text[start : found.start()] + "x"
        ):
            yield start, found.start()
            start = found.end()
    yield start, len(text)


class _Place:
    """Where the reading is: the numbers of the headings above, the horizon, and how many bullets or sentences came."""

    def __init__(self) -> None:
        self.numbers: list[str] = ["", "", ""]
        self.horizon: int | None = None
        self.is_aim = True
        self.is_bullet = False
        self.counted = 0

    def enter(self, text: str) -> None:
        """Take a line: a heading changes the numbers, a line that names a year the horizon, a bullet is counted."""
        is_short = len(text) <= LONGEST_HEADING
        level = next((at for at, rule in enumerate(_HEADING) if rule.match(text)), None)
        if level is not None:
            found = _HEADING[level].match(text)
            self.numbers[level:] = [found["number"] if found else "", *[""] * (len(self.numbers) - level - 1)]
            self.counted = 0
        if level == 0 or (is_short and text.isupper()):
            self.is_aim, self.horizon = bool(_AIMS.search(text)), None
        named = _HORIZON_LINE.match(self._without_number(text))
        if named and is_short and not re.search(r"\d", self._without_number(text)[named.end() :]):
            self.horizon, self.is_aim, self.counted = int(named[1]), True, 0
        elif level == 1 and is_short:
            self.horizon = None
        self.is_bullet = bool(_BULLET.match(text))
        if self.is_bullet:
            self.counted += 1

    def count(self, text: str) -> None:
        """Count a sentence that stands in no list."""
        if not self.is_bullet and not _HORIZON_LINE.fullmatch(self._without_number(text)):
            self.counted += 1

    def clause(self) -> str:
        """As "II.2.a, 2030, gạch 1"; "-" where nothing is numbered."""
        number = ".".join(part for part in self.numbers if part)
        item = f"{'gạch' if self.is_bullet else 'câu'} {self.counted}" if self.counted else ""
        return ", ".join(part for part in (number, str(self.horizon or ""), item) if part) or "-"

    @staticmethod
    def _without_number(text: str) -> str:
        for rule in _HEADING:
            found = rule.match(text)
            if found:
                return text[found.end() - 1 :].strip(" :*")
        return text.strip(" :*-–")
