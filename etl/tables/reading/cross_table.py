"""Finds tables of figures without the columns of a list: places, kinds or years down, years or kinds across.

Yearbooks and office reports lay figures out so. Nothing is understood here: what rows and columns mean is for the
importer to tell, which knows places and indicators.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from etl.files.readers import Row
from etl.parsing.parsed import Cell, Percent, text_of
from etl.parsing.text import clean
from etl.tables.heading_parts import planned_words, years_in
from etl.tables.shape.bilingual import is_english, vietnamese
from etl.tables.shape.header import HeadedColumn, Header
from etl.tables.tables import DataRow, Table
from models.base.text import fold

CROSS, LABEL = "cross", "cross_label"  # names of the columns of such a table
FIRST_YEAR, LAST_YEAR = 1950, 2100
DEEPEST = 4
MOST_ACROSS = 20_000  # rows of a sheet: a yearbook has hundreds
LONGEST_STEP = 10  # years between two columns
LABELS_WITHIN = 4  # columns in which labels may stand
_NUMBER = re.compile(r"[+\-−]?\(?[0-9][0-9., ]*\)?\s*%?")
_BLANK = re.compile(r"[-–—.…*x\s]*", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:[0-9]{1,3}|[ivx]{1,5}|[a-z])[.)]?")
_NUMBERING = re.compile(r"\(?(?:[0-9]{1,2}|[a-z])(?:\s*=.*)?\)?")
_WHOLE = re.compile(r"(?:tong|cong|ca nuoc|toan|chung)\b")
_COLUMN_OF_LABELS = re.compile(
    r"s?tt|nam|(?:chi tieu|noi dung|dia phuong|don vi|phan theo|ten|loai hinh|nganh|linh vuc)\b.*"
    r"|(?:huyen|tinh|xa|quan|phuong|thanh pho|thi xa)(?:\s*[,/(–-].*)?"
)
_NOTE = re.compile(r"(?:ghi chu|chu thich|nguon|luu y)\b.*|\(?\*+\)?.*|\(?[0-9]{1,2}\)\s*\D.*")


@dataclass(slots=True)
class CrossBlock:
    """One such table of a sheet: its header, the rows below and the notes after them."""

    header: Header
    body: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def across(sheet: str, rows: Sequence[Row]) -> list[Table]:
    """The tables of a sheet that are laid across, as they lie."""
    found = []
    for block in cross_blocks(rows):
        table = Table(sheet, block.header, notes=block.notes, is_across=True)
        for row in block.body:
            table.lines.append(DataRow(row.number, row.cells))
        found.append(table)
    return found


def cross_blocks(rows: Sequence[Row]) -> list[CrossBlock]:
    """Every such table of a sheet, in order; empty where no row of figures has headings above it."""
    found: list[CrossBlock] = []
    above: list[Row] = []
    for row in rows:
        is_below = bool(found) and not any(_begins(other, found[-1].header) for other in above)
        if not is_figures(row) or _is_of_years(row, above, found):
            above.append(row)
        elif is_below:
            found[-1].body += [*above, row]
            above = []
        elif header := _header(above, row, found[-1].header.titles if found else ()):
            _leave_notes(found, above)
            found.append(CrossBlock(header, [*_bands(above, header), row]))
            above = []
    if found:
        found[-1].notes += [text for row in above if (text := _whole(row))]
    return found


def is_figures(row: Row) -> bool:
    """Whether a row holds figures behind a label; the numbers of columns are none."""
    label = _label_at(row)
    return label is not None and not _is_numbering(row) and any(is_number(cell) for cell in row.cells[label + 1 :])


def _is_of_years(row: Row, above: Sequence[Row], found: Sequence[CrossBlock]) -> bool:
    """Whether the numbers of a row are the years of a heading: rising in small steps, behind no label of a row.

    "Tổng số 2010 2015" and a row below a row of years are figures.
    """
    years = [year_of(cell) for cell in row.cells if cell is not None and (is_number(cell) or year_of(cell))]
    steps = [later - earlier for earlier, later in itertools.pairwise(years)]
    if not years or 0 in years or not all(0 < step <= LONGEST_STEP for step in steps):
        return False
    label = fold(next((text for text in _texts(row).values() if not text.isdigit()), ""))
    if above and _is_of_years(above[-1], (), ()):
        return False
    is_heading = not label or _COLUMN_OF_LABELS.fullmatch(label) is not None
    return is_heading or (not found and _WHOLE.match(label) is None)


def is_number(cell: Cell) -> bool:
    """Whether a cell holds a number, as a number or as text."""
    if isinstance(cell, str):
        return _NUMBER.fullmatch(cell.strip()) is not None
    return isinstance(cell, int | float | Percent) and not isinstance(cell, bool)


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing: empty, a dash, dots."""
    return cell is None or (isinstance(cell, str) and _BLANK.fullmatch(cell) is not None)


def year_of(cell: Cell) -> int:
    """The year that a cell holds and nothing else ("2020", "Năm 2020"); 0 for others."""
    text = clean(text_of(cell)).removeprefix("Năm ").removesuffix(".0")
    return int(text) if text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR else 0


def _label_at(row: Row) -> int | None:
    """The column of the label: the first text that is no number and no ordinal, else a year in front."""
    first = next((index for index, cell in enumerate(row.cells) if cell is not None), None)
    for index, cell in enumerate(row.cells[:LABELS_WITHIN]):
        is_text = isinstance(cell, str) and not is_number(cell) and not _ORDINAL.fullmatch(fold(clean(cell)))
        if is_text and not is_blank(cell):
            return index
    return first if first is not None and first < LABELS_WITHIN and year_of(row.cells[first]) else None


def _is_numbering(row: Row) -> bool:
    texts = [fold(text_of(cell)) for cell in row.cells if cell is not None]
    return len(texts) > 1 and all(_NUMBERING.fullmatch(text) for text in texts)


def _texts(row: Row) -> dict[int, str]:
    return {index: text for index, cell in enumerate(row.cells) if (text := vietnamese(cell)) and not is_blank(cell)}


def _whole(row: Row) -> str:
    return clean(" ".join(text_of(cell) for cell in row.cells if cell is not None))


def _is_top(row: Row) -> bool:
    """Whether a row is of a heading: several different texts over the columns, or one and a label."""
    texts = _texts(row)
    told = {text for text in texts.values() if not _ORDINAL.fullmatch(fold(text))}
    return len(told) > 1 and not _is_numbering(row)


def _begins(row: Row, header: Header) -> bool:
    """Whether a row below a table's figures is the heading of another: several texts in the columns of values."""
    label = next(column.index for column in header.columns if column.name == LABEL)
    over = {text for index, text in _texts(row).items() if index > label}
    return _is_top(row) and (len(over) > 1 or any(_says_time(text) for text in over))


def _says_time(text: str) -> bool:
    return bool(years_in(text) or planned_words(text))


def _is_above(row: Row) -> bool:
    """Whether a row may stand on top of a heading: it is one itself, or one time over columns of values."""
    return _is_top(row) or any(index > 0 and _says_time(text) for index, text in _texts(row).items())


def _header(above: Sequence[Row], first: Row, inherited: Sequence[str]) -> Header | None:
    """The header right over the first row of figures, with one-cell bands between; the rest above are titles."""
    tops = [place for place, row in enumerate(above) if _is_top(row)]
    tops = tops or [place for place, row in enumerate(above) if _is_above(row)]
    end, label = max(tops, default=None), _label_at(first)
    if end is None or label is None:
        return None
    start = end
    while start > 0 and end - start + 1 < DEEPEST and _is_above(above[start - 1]):
        start -= 1
    block = [row for row in above[start : end + 1] if years_in(_whole(row)) or not is_english(_whole(row))]
    columns = _columns(block, label)
    if not any(column.name == CROSS for column in columns):
        return None
    titles = tuple(text for row in above[:start] for text in _texts(row).values() if not is_english(text))
    return Header(tuple(row.number for row in block), columns, titles=titles or tuple(inherited))


def _columns(block: Sequence[Row], label: int) -> tuple[HeadedColumn, ...]:
    headed = [(index, parts) for index, parts in _parts(block) if index > label]
    own = next((parts for index, parts in _parts(block) if index == label), ())
    values = (HeadedColumn(index, " ".join(parts), CROSS, parts=parts) for index, parts in headed)
    return (HeadedColumn(label, " ".join(own), LABEL, parts=own), *values)


def _parts(block: Sequence[Row]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The headings of each column from above; a blank over a lower heading belongs to the heading on its left."""
    texts = [_texts(row) for row in block]
    left = [""] * len(block)
    for index in range(max((len(row.cells) for row in block), default=0)):
        own = [text.get(index, "") for text in texts]
        lowest = next((level for level, part in enumerate(own) if part), None)
        if lowest is None:
            continue
        left = [*left[:lowest], *own[lowest:]]
        yield index, tuple(dict.fromkeys(part for part in left if part))


def _bands(above: Sequence[Row], header: Header) -> list[Row]:
    """The one-cell rows between the header and the first figures: they begin a part of the table."""
    return [row for row in above if row.number > header.rows[-1] and not _is_numbering(row)]


def _leave_notes(found: Sequence[CrossBlock], above: Sequence[Row]) -> None:
    """Notes over the next table are of the one before it."""
    if found:
        found[-1].notes += [text for row in above if (text := _whole(row)) and _NOTE.fullmatch(fold(text))]
