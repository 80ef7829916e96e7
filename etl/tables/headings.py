"""Finds the header of a table and maps its columns to our names by reviewed spellings.

The shape of a sheet is data: which headings mean which column stands in reviewed files and is passed in.
A heading nobody reviewed is never mapped by likeness; the nearest spelling is only proposed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from etl.files.readers import MergedRange, Row
from etl.parsing.parsed import Cell, Problem, cell_name, text_of
from etl.parsing.text import clean, folded_key, nearest
from etl.parsing.units import Unit, UnitMeasure, fits, read_unit
from etl.tables.heading_words import HeadingWords, Spelling, split_heading
from models.base.text import fold

__all__ = ["HeadedColumn", "Header", "HeaderProblem", "HeadingWords", "Spelling", "find_header"]

SEARCHED_ROWS = 60
DEEPEST = 3
MISSING = "header.missing_column"
NAMED = 3  # columns told where none is required
_TABLE_UNIT = re.compile(r"(?:don vi tinh|don vi|dvt)\s*:?\s*(.+)")


@dataclass(frozen=True, slots=True)
class HeadedColumn:
    """One column with a heading. `name` is ours, empty for a column nobody asked for.

    `unit` is the heading's own, else the unit stated over the table, else the reviewed one, which nobody stated
    (`is_unit_stated`); `year` is set where the spelling leaves it open ("Thực hiện năm {năm}"); `mark` is a footnote
    mark ("*").
    """

    index: int
    heading: str
    name: str = ""
    unit: Unit | None = None
    year: int | None = None
    mark: str = ""
    is_unit_stated: bool = False


@dataclass(frozen=True, slots=True)
class HeaderProblem:
    """A problem with the header and the cell it stands in; an empty cell means the whole sheet."""

    problem: Problem
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the table begins and what its columns are; with problems the sheet must not be loaded.

    `surplus` are the columns nobody reviewed. `keys` serve to know the header again on a later page.
    """

    rows: tuple[int, ...]
    columns: tuple[HeadedColumn, ...]
    surplus: tuple[HeadedColumn, ...] = ()
    titles: tuple[str, ...] = ()
    problems: tuple[HeaderProblem, ...] = ()
    keys: tuple[frozenset[tuple[int, str]], ...] = field(default=(), repr=False)

    @property
    def is_complete(self) -> bool:
        """Whether every column is there without which no row can be read."""
        return all(item.problem.rule != MISSING for item in self.problems)

    def index_of(self, name: str) -> int | None:
        """The column of one of our names, the first if there are several years."""
        return next((column.index for column in self.columns if column.name == name), None)


def find_header(
    rows: Sequence[Row],
    words: HeadingWords,
    *,
    required: Collection[str] = (),
    merged: Sequence[MergedRange] | None = None,
) -> Header:
    """Find the header among the first rows of a sheet: titles above it, one to three rows deep, merged cells.

    The rows with most of our columns win; without a header the result has no rows and one problem.
    """
    searched = _filled(rows[:SEARCHED_ROWS], merged or ())
    candidates = list(_candidates(searched, words))
    best = max(candidates, key=_score, default=None)
    if best is None or len(_names(best[1])) < min(2, len(words.names)):
        return Header((), (), problems=(HeaderProblem(_not_found(words, required)),))
    place, columns = best
    titles = tuple(text for row in rows[: place.start] for cell in row.cells if (text := clean(text_of(cell))))
    lowest = rows[place][-1].number
    columns = _with_table_unit(columns, titles)
    matched, surplus = (tuple(column for column in columns if bool(column.name) is named) for named in (True, False))
    return Header(
        rows=tuple(row.number for row in rows[place]),
        columns=matched,
        surplus=surplus,
        titles=titles,
        problems=tuple(_problems(matched, surplus, words, required, lowest)),
        keys=tuple(heading_keys(row) for row in rows[place]),
    )


def heading_keys(row: Row) -> frozenset[tuple[int, str]]:
    """The row as a set of (column, folded text), to compare it with a header."""
    return frozenset((index, key) for index, cell in enumerate(row.cells) if (key := folded_key(text_of(cell))))


def _filled(rows: Sequence[Row], merged: Sequence[MergedRange]) -> list[Row]:
    """The rows with the value of each merged range in all its columns (of its first row only)."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (_bottom, right) in merged:
        spans.setdefault(top + 1, []).append((left, right))
    return [Row(row.number, _spread(row.cells, spans.get(row.number, []))) for row in rows]


def _spread(cells: tuple[Cell, ...], spans: list[tuple[int, int]]) -> tuple[Cell, ...]:
    spread = list(cells)
    for left, right in spans:
        if left < len(cells) and cells[left] is not None:
            spread += [None] * (min(right, left + 200) + 1 - len(spread))
            for index in range(left + 1, min(right, left + 200) + 1):
                spread[index] = spread[index] if spread[index] is not None else cells[left]
    return tuple(spread)


def _candidates(rows: Sequence[Row], words: HeadingWords) -> Iterator[tuple[slice, tuple[HeadedColumn, ...]]]:
    """Blocks of neighbouring rows; a row that says one thing only is a title, not the top of a header."""
    for start in range(len(rows)):
        if len({key for _index, key in heading_keys(rows[start])}) < min(2, len(words.names)):
            continue
        for depth in range(1, DEEPEST + 1):
            block = rows[start : start + depth]
            if len(block) == depth and block[-1].number == block[0].number + depth - 1:
                yield slice(start, start + depth), tuple(_columns(block, words))


def _columns(block: Sequence[Row], words: HeadingWords) -> Iterator[HeadedColumn]:
    above = [""] * len(block)
    for index in range(max(len(row.cells) for row in block)):
        own = [clean(text_of(row.cells[index])) if index < len(row.cells) else "" for row in block]
        if not any(own):
            above = own
            continue
        parts = _inherit(own, above)
        above = parts
        distinct = list(dict.fromkeys(part for part in parts if part))
        yield _column(index, distinct, words)


def _inherit(own: list[str], left: list[str]) -> list[str]:
    """A blank over a lower heading belongs to the heading on its left ("Thành viên": "Nam", "Nữ")."""
    if own[0] or len(own) == 1:
        return own
    lowest = next(level for level, part in enumerate(own) if part)
    return [*left[:lowest], *own[lowest:]]


def _column(index: int, parts: list[str], words: HeadingWords) -> HeadedColumn:
    heading = " ".join(parts)
    whole = split_heading(heading)
    for text in (whole, split_heading(parts[-1])):
        if found := words.find(text):
            spelling, year = found
            return HeadedColumn(
                index=index,
                heading=heading,
                name=spelling.name,
                unit=_unit_of(whole.unit, read_unit(spelling.unit)),
                year=year,
                mark=whole.mark,
                is_unit_stated=whole.unit is not None,
            )
    return HeadedColumn(index, heading, unit=whole.unit, mark=whole.mark, is_unit_stated=whole.unit is not None)


def _unit_of(own: Unit | None, reviewed: Unit | None) -> Unit | None:
    """The heading's own unit before the reviewed one; a bare "tỷ" over money is of đồng."""
    if own is not None and own.measure is UnitMeasure.SCALE and reviewed is not None and fits(own, reviewed):
        return replace(own, measure=reviewed.measure)
    return own or reviewed


def _names(columns: Sequence[HeadedColumn]) -> set[tuple[str, int | None]]:
    return {(column.name, column.year) for column in columns if column.name}


def _score(candidate: tuple[slice, tuple[HeadedColumn, ...]]) -> tuple[int, int, int, int]:
    place, columns = candidate
    own_units = sum(column.is_unit_stated for column in columns if column.name)
    return len(_names(columns)), own_units, place.start - place.stop, -place.start


def _with_table_unit(columns: tuple[HeadedColumn, ...], titles: Sequence[str]) -> tuple[HeadedColumn, ...]:
    """Money columns without a unit of their own take the unit stated over the table."""
    stated = next((unit for title in titles if (unit := _stated_unit(title))), None)
    if stated is None or stated.measure != UnitMeasure.MONEY:
        return columns
    return tuple(_in_unit(column, stated) for column in columns)


def _in_unit(column: HeadedColumn, unit: Unit) -> HeadedColumn:
    if column.is_unit_stated or column.unit is None or column.unit.measure != unit.measure:
        return column
    return replace(column, unit=unit, is_unit_stated=True)


def _stated_unit(title: str) -> Unit | None:
    found = _TABLE_UNIT.search(fold(title))
    return read_unit(found[1].strip("() ")) if found else None


def _problems(
    columns: Sequence[HeadedColumn],
    surplus: Sequence[HeadedColumn],
    words: HeadingWords,
    required: Collection[str],
    row: int,
) -> Iterator[HeaderProblem]:
    seen: dict[tuple[str, int | None], HeadedColumn] = {}
    for column in columns:
        first = seen.setdefault((column.name, column.year), column)
        if first is not column:
            what = f'cột "{column.heading}" trùng nghĩa với cột "{first.heading}"'
            problem = Problem("header.duplicate", what, "Giữ một cột, xóa hoặc đổi tên cột kia")
            yield HeaderProblem(problem, cell_name(row, column.index))
        expected = words.unit(column.name)
        if column.unit and expected and column.unit.measure != expected.measure:
            what = f'cột "{column.heading}" ghi đơn vị khác loại với chỉ tiêu'
            problem = Problem("header.wrong_unit", what, "Sửa đơn vị trong tiêu đề cột")
            yield HeaderProblem(problem, cell_name(row, column.index))
    present = {column.name for column in columns}
    for name in required:
        if name not in present:
            wanted = words.first_spelling(name)
            like = nearest(wanted, [column.heading for column in surplus], limit=1, cutoff=0.6)
            hint = f'. Có phải cột "{like[0]}"?' if like else ""
            yield HeaderProblem(Problem(MISSING, f'thiếu cột "{wanted}"{hint}', _MISSING_REMEDY))


_MISSING_REMEDY = "Thêm cột này hoặc sửa tiêu đề cột, hoặc thêm cách viết vào danh mục tiêu đề"


def _not_found(words: HeadingWords, required: Collection[str]) -> Problem:
    wanted = ", ".join(f'"{words.first_spelling(name)}"' for name in (required or words.names[:NAMED]))
    what = f"không tìm thấy dòng tiêu đề trong {SEARCHED_ROWS} dòng đầu"
    return Problem("header.not_found", what, f"Bảng phải có dòng tiêu đề với các cột: {wanted}")
