"""What the rows of a table laid across are: totals, places, years, kinds; and the lines over parts of the table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from etl.importers.cross.subjects import FigureSubject, Subjects
from etl.importers.cross.times import FigureTime, time_of_heading
from etl.importers.stated.form_sections import KINDS, kinds_in
from etl.parsing.text import clean, folded_key
from etl.parsing.units import read_unit
from etl.tables.heading_words import HeadingWords
from etl.tables.reading.cross_table import is_blank, is_number, year_of
from etl.tables.shape.bilingual import is_english, vietnamese
from etl.tables.tables import DataRow
from models.base.text import fold

_TOTAL = re.compile(r"(?:(?:tong(?: so| cong)?|cong)(?: toan)?(?: tinh| thanh pho)?|(?:ca|toan) (?:tinh|thanh pho))")
_COUNTRY = re.compile(r"(?:tong so )?(?:ca nuoc|toan quoc|viet nam)")
_SMALLER = re.compile(
    r"(?:huyen|quan|thi xa|thi tran|thanh pho|tp|tx|h|xa|phuong|dac khu|vung|mien|khu vuc|cac tinh)\b.*"
)
_REGION = re.compile(r"(?:dong bang|trung du|mien nui|bac trung bo|duyen hai|tay nguyen|dong nam bo|bac bo|nam bo)\b.*")
_STRUCTURE = re.compile(r"%|\b(?:co cau|chi so|toc do|tang truong|index|ty trong|so voi|so sanh)\b")
_NEUTRAL = re.compile(r"(?:trong do|chia ra|phan theo|chia theo|theo|gom|bao gom)\b.*|[ivx0-9. )]*")
_UNIT = re.compile(r"\(?(?:đơn vị tính|đơn vị|đvt)\s*:?\s*(.+)", re.IGNORECASE)
_ORDINAL = re.compile(
    r"^(?:[0-9]{1,3}(?:\.[0-9]{1,2})*[.)]?|(?:[IVX]{1,5}|[a-z])[.)])\s+(?=\D)|^[-+•*]\s*|^[Tt]rong đó\s*:?\s*"
)
_BELOW = re.compile(r"\s*(?:[-+•*]|[0-9]+\.[0-9]|trong đó\b)", re.IGNORECASE)
KIND = re.compile(r"^(?:tỉnh|thành phố|tp\.?)\s+", re.IGNORECASE)


class RowRole(StrEnum):
    """What a row's label is."""

    TOTAL = "total"
    COUNTRY = "country"
    PLACE = "place"
    YEAR = "year"
    KIND = "kind"
    PART = "part"


@dataclass(frozen=True, slots=True)
class TablePart:
    """The part of a table that rows stand in: what a line over them says.

    `left_out`: why none of it is taken; `area`: it is of an area within the table's, so its totals are none of ours.
    """

    number: int = 0
    subject: FigureSubject | None = None
    time: FigureTime | None = None
    unit: str = ""
    left_out: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class RowMeaning:
    """One row of figures; `is_below`: its sign or words put it under the row before it."""

    line: DataRow
    label: str
    role: RowRole
    part: TablePart
    time: FigureTime | None = None
    is_below: bool = False


@dataclass(slots=True)
class RowReader:
    """Goes down a table. `base` is what its title is about; `is_place` knows the names of provinces."""

    words: HeadingWords
    subjects: Subjects
    base: FigureSubject | None
    first_value: int
    is_place: Callable[[str], bool]
    found: list[RowMeaning] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    _part: TablePart = field(default_factory=TablePart)

    def read(self, lines: Sequence[DataRow], asked: Mapping[str, FigureSubject | None]) -> None:
        """Read the rows; `asked` are the answers about lines over parts that nobody reviewed."""
        for line in lines:
            if any(is_number(cell) for cell in line.cells[self.first_value :]):
                label = self._label(line)
                bare = _ORDINAL.sub("", label)
                time = _time(bare, self.words)
                role = self._role(bare)
                if self._part.area and role in (RowRole.TOTAL, RowRole.KIND):
                    role, bare = RowRole.PART, f"{bare} ({self._part.area})"
                self.found.append(RowMeaning(line, bare, role, self._part, time, _is_below(label)))
            elif text := _band(line):
                self._part = replace(self._band(text, asked), number=line.number)
        if any(row.role is RowRole.PART for row in self.found):
            self.found = [self._as_area(row) for row in self.found]

    def _as_area(self, row: RowMeaning) -> RowMeaning:
        """Among rows of districts a name that is no indicator is of one too, written without its kind."""
        is_kind = row.role is RowRole.KIND and not row.is_below
        is_area = is_kind and self.subjects.narrowed(row.part.subject or self.base, [row.label]) is None
        return replace(row, role=RowRole.PART) if is_area else row

    def _label(self, line: DataRow) -> str:
        cells = [cell for cell in line.cells[: self.first_value] if not is_blank(cell)]
        texts = [text for cell in cells if isinstance(cell, str) and not is_number(cell) and (text := vietnamese(cell))]
        years = [str(year) for cell in cells if (year := year_of(cell))]
        return next((text for text in reversed(texts) if not is_english(text)), years[0] if years else "")

    def _role(self, label: str) -> RowRole:
        key = folded_key(label)
        if year_of(label) or _time(label, self.words):
            return RowRole.YEAR
        if _COUNTRY.fullmatch(key):
            return RowRole.COUNTRY
        if _TOTAL.fullmatch(key):
            return RowRole.TOTAL
        if self.is_place(label):
            return RowRole.PLACE
        is_area = _SMALLER.fullmatch(key) or _REGION.fullmatch(key)
        return RowRole.PART if is_area else RowRole.KIND

    def _area(self, text: str) -> str | None:
        """The area that a line over rows names, empty for all of the table's; None for another line."""
        key = folded_key(text)
        if _NEUTRAL.fullmatch(fold(text)) or _TOTAL.fullmatch(key):
            return ""
        is_area = _SMALLER.fullmatch(key) or _REGION.fullmatch(key) or self.is_place(text)
        return text if is_area else None

    def _band(self, text: str, asked: Mapping[str, FigureSubject | None]) -> TablePart:
        key, above = fold(text), self._part
        if unit := unit_of_titles([text]):
            return replace(above, unit=unit)
        if time := _time(text, self.words):
            return replace(above, time=time, left_out="")
        is_kind = folded_key(text) in KINDS
        if is_kind and self.base is not None and set(kinds_in(self.base.words)) <= {folded_key(text)}:
            return TablePart(unit=text, time=above.time)
        if (subject := self.subjects.narrowed(None if is_kind else self.base, [text])) not in (None, self.base):
            return TablePart(subject=subject, unit=text if is_kind else "")
        if read_unit(text) is not None and "%" not in text:
            return TablePart(unit=text, time=above.time)
        if _STRUCTURE.search(key):
            return TablePart(left_out=text)
        if (area := self._area(text)) is not None:
            return replace(above, area=area)
        self.unknown.append(text)
        found = asked.get(text)
        return TablePart(subject=found) if found is not None else TablePart(left_out=text)


def _is_below(label: str) -> bool:
    return _BELOW.match(label) is not None


def unit_of_titles(titles: Iterable[str]) -> str:
    """The one unit stated over a table, in Vietnamese; empty without one and where several are named."""
    stated = {found[1].strip("() .") for text in titles if (found := _UNIT.search(text))}
    read = [text for text in stated if read_unit(text) is not None]
    return read[0] if len(read) == 1 else ""


def _band(line: DataRow) -> str:
    """The words of a row without figures, without English and ordinals; empty for a row of several texts."""
    texts = {vietnamese(cell) for cell in line.cells if isinstance(cell, str) and not is_blank(cell)}
    told = [text for text in texts if not is_english(text) and not re.fullmatch(r"[IVXivx0-9a-z]{1,4}[.)]?", text)]
    return _ORDINAL.sub("", clean(told[0])) if len(told) == 1 else ""


def _time(text: str, words: HeadingWords) -> FigureTime | None:
    found = time_of_heading([text], words)
    return found[0] if found is not None and found[0] is not None and not found[1] and found[0].year else None
