"""Tells the rows under a header apart: figures, totals, repeated headers, groups, footnotes.

Every row comes back with its kind; nothing is dropped here. Totals are to be checked and not loaded, and
an importer says which rows it took for groups and notes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import islice

from etl.files.readers import MergedRange, Row
from etl.parsing.parsed import Cell, cell_name, text_of
from etl.parsing.text import clean, folded_key
from etl.tables.headings import Header
from models.base.text import fold

_PLACES = "huyen|thi xa|thanh pho|tp|tx|xa|phuong|thi tran|dac khu|cum|muc|phan|nhom|linh vuc|i{1,3}|iv|vi{0,3}"
_COUNTED = r"(?: [0-9][0-9 ]*)?(?: (?:htx|lhhtx|tht|don vi|dong))?"
_TOTAL = re.compile(
    rf"(?:tong cong|cong tong)(?: [ivx]+)*{_COUNTED}|(?:tong so|tong|cong)(?: [0-9].*)?|(?:tong )*(?:cong )?toan tinh"
)
_SUBTOTAL = re.compile(
    rf"(?:tong cong|tong|cong) (?:trang|to|chuyen|mang|don|{_PLACES})\b.*|tong so trang\b.*"
    r"|(?:mang sang|chuyen (?:sang )?trang|luy ke|so du dau trang)\b.*"
)
_PLACE = re.compile(r"(?:huyen|thi xa|thanh pho|tp|xa|phuong|thi tran|dac khu)\b.*")
_NOTE = re.compile(
    r"(?:ghi chu|chu thich|nguon(?: so lieu)?|luu y|chu y|so lieu|(?:tinh|co) den)\b.*"
    r"|\(?\*+\)?.*|\(?[0-9]{1,2}\)\s*\D.*|\(.*\)"
)
_SIGNATURE = re.compile(
    r"(?:nguoi lap|nguoi tong hop|thu truong|chu tich|pho chu tich|giam doc|ke toan truong|noi nhan|tm\.|kt\.|\(ky).*"
    r"|(?:.*, )?ngay\b.*\bthang\b.*\bnam\b.*"
)
_NUMBERING = re.compile(r"\(?(?:[0-9]{1,2}|[a-z])(?:\s*=.*)?\)?")
_ORDINAL = re.compile(r"(?:[ivx]{1,5}|[a-z])[.)]?")
_ORGANIZATION = re.compile(r"(?:htx|lhhtx|tht|qtdnd)\b.*")
_ESTIMATE = re.compile(r"\bso (?:lieu )?uoc\b|(?<!ho )\bso bo\b|\buoc (?:tinh|thuc hien|dat)\b")
_INVENTED = re.compile(r"\bmo phong\b|\bso lieu gia dinh\b")
_MARK = re.compile(r"\(?(\*{1,3}|[0-9]{1,2})\)?")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


class RowKind(StrEnum):
    """What a row of a table is."""

    DATA = "data"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    HEADER = "header"
    NUMBERING = "numbering"
    GROUP = "group"
    NOTE = "note"
    DOUBTFUL = "doubtful"


class RowSorter:
    """Sorts the rows of one sheet in order; it remembers whether a header, the grand total or a signature came before.

    In a list of organisations (`name` is the column of their names) a row is never a note merely for lacking figures.
    """

    def __init__(self, header: Header) -> None:
        self._header = header
        self._after_header = True
        self._after_total = False
        self._is_signed = False
        self._name = header.index_of("name")

    def kind(self, row: Row) -> RowKind:
        """The kind of the next row."""
        kind = self._kind(row)
        self._after_header = kind in (RowKind.HEADER, RowKind.NUMBERING)
        is_foot = kind in (RowKind.NOTE, RowKind.DOUBTFUL)
        self._after_total = kind == RowKind.TOTAL or (self._after_total and is_foot)
        return kind

    def heading(self) -> RowKind:
        """The next row is known to repeat the header."""
        self._after_header, self._after_total = True, False
        return RowKind.HEADER

    def _kind(self, row: Row) -> RowKind:
        if self._is_header(row):
            return RowKind.HEADER
        filled = [cell for cell in row.cells if cell is not None]
        if self._after_header and _is_numbering(filled):
            return RowKind.NUMBERING
        label = _label(filled)
        if not _starts_with_number(filled):
            if _TOTAL.fullmatch(folded_key(label)):
                return RowKind.TOTAL
            if _SUBTOTAL.fullmatch(folded_key(label)):
                return RowKind.SUBTOTAL
        return self._wordy_kind(filled, label, self._name_in(row))

    def _name_in(self, row: Row) -> str:
        cell = row.cells[self._name] if self._name is not None and self._name < len(row.cells) else None
        return clean(cell) if isinstance(cell, str) else ""

    def _wordy_kind(self, filled: Sequence[Cell], label: str, name: str) -> RowKind:
        """Rows of a few words and no figures: footnotes, signatures, names of districts."""
        if not filled:
            return RowKind.NOTE
        if len(filled) > 3 or not all(isinstance(cell, str) for cell in filled):
            return RowKind.DATA
        first = clean(str(filled[0]))
        if len(filled) == 1 and _ORGANIZATION.fullmatch(folded_key(first)):
            return RowKind.DATA
        if len(filled) == 2 and _ORDINAL.fullmatch(fold(first)):
            return RowKind.GROUP
        alone = len(filled) == 1
        if _SIGNATURE.fullmatch(fold(label)) or (alone and _NOTE.fullmatch(fold(label))):
            self._is_signed = self._is_signed or _NOTE.fullmatch(fold(label)) is None
            return RowKind.NOTE
        if name and (_starts_with_number(filled) or (not alone and _ORGANIZATION.fullmatch(folded_key(name)))):
            return RowKind.DATA
        if self._after_total and not _PLACE.fullmatch(fold(first)):
            return RowKind.DOUBTFUL if name and not alone and not self._is_signed else RowKind.NOTE
        is_title = not name or _PLACE.fullmatch(fold(first)) is not None
        return RowKind.GROUP if alone and is_title else RowKind.DATA

    def _is_header(self, row: Row) -> bool:
        """At least two cells, and six of ten, stand where the header has them."""
        filled = len(row.cells) - row.cells.count(None)
        return any(_has_same_cells(row.cells, known, max(filled * 6, 20)) for known in self._header.keys)


def _has_same_cells(cells: Sequence[Cell], known: frozenset[tuple[int, str]], tenths: int) -> bool:
    """Whether so many tenths of cells say what the header says in their column; figures are not even folded.

    It stops at the cell after which the rest cannot reach the number: a row of figures is told by a few cells.
    """
    may_fail = len(known) - -(-tenths // 10)
    for index, key in known:
        if may_fail < 0:
            return False
        cell = cells[index] if index < len(cells) else None
        if not (isinstance(cell, str) and len(cell) < 200 and folded_key(cell) == key):
            may_fail -= 1
    return may_fail >= 0


def _label(filled: Sequence[Cell]) -> str:
    """The first words of the row, past an ordinal."""
    texts = [clean(cell) for cell in islice((cell for cell in filled if isinstance(cell, str)), 2)]
    if len(texts) > 1 and _ORDINAL.fullmatch(fold(texts[0])):
        return texts[1]
    return texts[0] if texts else ""


def _starts_with_number(filled: Sequence[Cell]) -> bool:
    first = filled[0] if filled else None
    return isinstance(first, int | float) or (isinstance(first, str) and first.strip().rstrip(".").isdigit())


def _is_numbering(filled: Sequence[Cell]) -> bool:
    """A row like "A, B, 1, 2, 3": column numbers rising by one."""
    texts = [fold(text_of(cell)) for cell in filled]
    if len(texts) < 3 or not all(_NUMBERING.fullmatch(text) for text in texts):
        return False
    numbers = [int(found[1]) for text in texts if (found := re.match(r"\(?([0-9]+)", text))]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True


def surplus_cells(header: Header, row: Row) -> list[str]:
    """The cells that hold something where the header has no heading: a ragged row or a nameless column."""
    known = {column.index for column in (*header.columns, *header.surplus)}
    filled = (index for index, cell in enumerate(row.cells) if cell is not None)
    return [cell_name(row.number, index) for index in filled if index not in known]


def with_merged_labels(rows: Iterable[Row], merged: Sequence[MergedRange], columns: Collection[int]) -> Iterator[Row]:
    """Repeat a label merged over several rows (a commune, a district) in each of them.

    Only in the named columns: a figure merged over rows is one figure, and is never repeated.
    """
    starts: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _right) in merged:
        if left in columns and bottom > top:
            starts.setdefault(top + 1, []).append((left, bottom + 1))
    running: dict[int, tuple[int, Cell]] = {}
    for row in rows:
        cells = list(row.cells)
        for column, bottom in starts.get(row.number, []):
            running[column] = (bottom, cells[column] if column < len(cells) else None)
        for column, (bottom, label) in running.items():
            cells += [None] * (column + 1 - len(cells))
            if cells[column] is None and row.number <= bottom:
                cells[column] = label
        yield Row(row.number, tuple(cells))


def estimated_columns(header: Header, notes: Iterable[str]) -> frozenset[int]:
    """The columns whose figures a footnote calls estimates ("số ước tính").

    The note's mark names them ("(*)"), else the year it speaks of, else it means the latest year's
    columns, else all. Which of these hold results and which hold plans is for the importer to tell.
    """
    found: set[int] = set()
    for note in notes:
        if _ESTIMATE.search(fold(note)):
            found.update(_meant_columns(header, note))
    return frozenset(found)


def _meant_columns(header: Header, note: str) -> list[int]:
    mark = _MARK.match(note.strip())
    marked = [column.index for column in header.columns if mark and column.mark == mark[1]]
    if marked:
        return marked
    years = {column.year for column in header.columns if column.year}
    said = {int(year) for year in _YEAR.findall(note)} & years
    meant = said or ({max(years)} if years else set())
    return [column.index for column in header.columns if not meant or column.year in meant]


def says_invented(texts: Iterable[str]) -> bool:
    """Whether a title or note says that the figures are invented ("mô phỏng")."""
    return any(_INVENTED.search(fold(text)) for text in texts)
