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
    re.compile(r"\W*(?P<number>[IVX]{1,5})(?:\s*[./)]\s*|[-–]\s+)\S"),
    re.compile(r"\W*(?P<number>\d{1,2}(?:\.\d{1,2})*)(?:\s*[.)]\s*|[-–]\s+)\S"),
    re.compile(r"\W*(?P<number>[a-zđ])\s*\)\s*\S"),
)
_HORIZON = re.compile(
    r"(?:(?:đến|tới|vào|trong)\s+(?:hết\s+|cuối\s+)?|(?:^|[;:(]\s*|[-–+•]\s+)(?:hết\s+|cuối\s+)?)năm\s+(?P<year>20[2-9]\d)"
    r"|(?:đến|tới)\s+(?P<short>20[2-9]\d)",
    re.I,
)
_PERIOD = re.compile(r"giai đoạn\s+(?:từ\s+)?20\d\d\s*(?:-|–|đến)\s*(20[2-9]\d)", re.I)
_HORIZON_LINE = re.compile(
    r"(?:(?:các\s+)?(?:mục tiêu|chỉ tiêu)\s+)?(?:cụ thể\s+)?(?:phấn đấu\s+|tầm nhìn\s+)?"
    r"(?:(?:(?:đến|tới)\s+)?(?:hết\s+|cuối\s+)?(?:năm\s+)?|giai đoạn\s+20\d\d\s*[-–]\s*)(20[2-9]\d)",
    re.I,
)
_CLAUSE_END = re.compile(r"(?:^|[;:,(])\s*$")
_ARTICLE = re.compile(r"\W*Điều\s+(?P<number>\d{1,2})\s*[.:]")
_NO_AIMS = re.compile(r"tổ chức thực hiện|nhiệm vụ|giải pháp|kinh phí|hiệu lực|thực trạng|kết quả", re.I)
_BULLET = re.compile(r"\s*[-–+•*]\s+")
_AIMS = re.compile(r"mục tiêu|chỉ tiêu|tầm nhìn", re.I)
LONGEST_HEADING = 90
DEEPEST = 9


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
    """(offset, year) of every "đến năm 2030", and of "giai đoạn 2026-2030" where it begins a clause or stands alone."""
    named = [(found.start(), int(found["year"] or found["short"])) for found in _HORIZON.finditer(text)]
    periods = [(found.start(), int(found[1])) for found in _PERIOD.finditer(text)]
    if not named:
        return periods
    return sorted([*named, *(period for period in periods if _CLAUSE_END.search(text[: period[0]]))])


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
        self.article = ""
        self.numbers: list[str] = ["", "", ""]
        self.depth = 0  # of the heading above: the more dots, the deeper; letters are deeper than figures
        self.horizon: int | None = None
        self.horizon_depth = 0
        self.is_aim = True
        self.is_bullet = False
        self.counted = 0

    def enter(self, text: str) -> None:
        """Take a line: a heading changes the numbers, a line that names a year the horizon, a bullet is counted."""
        is_short = len(text) <= LONGEST_HEADING
        level = next((at for at, rule in enumerate(_HEADING) if rule.match(text)), None)
        if article := _ARTICLE.match(text):
            self._begin_article(article["number"], text)
        if level is not None:
            self._number(level, text)
        if level == 0 or (is_short and text.isupper()):
            self.article, self.is_aim, self.horizon = "", bool(_AIMS.search(text)), None
        bare = self._without_number(text)
        named = _HORIZON_LINE.match(bare)
        is_alone = named and is_short and not re.search(r"\d", bare[named.end() :])
        if named and (is_alone or (level and bare[named.end() : named.end() + 1] in (":", ","))):
            self.horizon, self.horizon_depth, self.is_aim = int(named[1]), self.depth, True
            self.counted = 0
        elif level and self.depth <= self.horizon_depth:
            self.horizon = None
        self.is_bullet = bool(_BULLET.match(text))
        if self.is_bullet:
            self.counted += 1

    def _begin_article(self, number: str, text: str) -> None:
        self.article, self.numbers, self.depth, self.horizon, self.counted = f"Điều {number}", ["", "", ""], 0, None, 0
        self.is_aim = not _NO_AIMS.search(text[:LONGEST_HEADING])

    def _number(self, level: int, text: str) -> None:
        found = _HEADING[level].match(text)
        number = found["number"] if found else ""
        self.numbers[level:] = [number, *[""] * (len(self.numbers) - level - 1)]
        self.depth = (0, 1 + number.count("."), DEEPEST)[level]
        self.counted = 0

    def count(self, text: str) -> None:
        """Count a sentence that stands in no list."""
        if not self.is_bullet and not _HORIZON_LINE.fullmatch(self._without_number(text)):
            self.counted += 1

    def clause(self) -> str:
        """As "II.2.a, 2030, gạch 1"; "-" where nothing is numbered."""
        number = ".".join(part for part in (self.article, *self.numbers) if part)
        item = f"{'gạch' if self.is_bullet else 'câu'} {self.counted}" if self.counted else ""
        return ", ".join(part for part in (number, str(self.horizon or ""), item) if part) or "-"

    @staticmethod
    def _without_number(text: str) -> str:
        for rule in _HEADING:
            found = rule.match(text)
            if found:
                return text[found.end() - 1 :].strip(" :*")
        return text.strip(" :*-–")
