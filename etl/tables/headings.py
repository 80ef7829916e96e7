"""Finds the header of a table and maps its columns to our names by reviewed spellings.

The shape of a sheet is data: which headings mean which column stands in reviewed files and is passed in.
A heading nobody reviewed is never mapped by likeness; the nearest spelling is only proposed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from etl.files.readers import MergedRange, Row
from etl.parsing.parsed import Cell, Problem, cell_name, text_of
from etl.parsing.text import clean, folded_key, nearest
from etl.parsing.units import Unit, UnitMeasure, fits, read_unit
from etl.tables.columns import Words
from etl.tables.heading_parts import LONGEST_BELOW, is_plain_above, says_when, turns, years_in
from etl.tables.heading_words import PLACES, HeadingWords, Spelling, split_heading
from etl.tables.shape.header import MISSING, HeadedColumn, Header, HeaderProblem
from etl.tables.shape.ticks import with_ticks
from models.base.text import fold

__all__ = ["HeadedColumn", "Header", "HeaderProblem", "HeadingWords", "Spelling", "find_header"]

SEARCHED_ROWS = 60
DEEPEST = 3
NAMED = 3  # columns told where none is required
RATING_CLASS = "rating_class"
_TABLE_UNIT = re.compile(r"(?:don vi tinh|don vi|dvt)\s*:?\s*(.+)")


def find_header(
    rows: Sequence[Row],
    words: HeadingWords,
    *,
    required: Collection[str] = (),
    merged: Sequence[MergedRange] | None = None,
    year: int | None = None,
    codes: Mapping[str, Words] | None = None,
) -> Header:
    """Find the header among the first rows of a sheet: titles above it, one to three rows deep, merged cells.

    The rows with most of our columns win; without a header the result has no rows and one problem. Of a list read
    for one `year` the columns that name another year lose their name. `codes` are the words that may be ticked.
    """
    searched = _filled(rows[:SEARCHED_ROWS], merged or ())
    candidates = list(_candidates(searched, words, codes or {}))
    best = max(candidates, key=_score, default=None)
    if best is None or len(_names(best[1])) < min(2, len(words.names)):
        return Header((), (), problems=(HeaderProblem(_not_found(words, required)),))
    place, columns = best
    titles = tuple(text for row in rows[: place.start] for cell in row.cells if (text := clean(text_of(cell))))
    columns = _with_table_unit(_of_year(_of_sides(columns), year), titles)
    matched, surplus = (tuple(column for column in columns if bool(column.name) is named) for named in (True, False))
    header = Header(
        rows=tuple(row.number for row in rows[place]),
        columns=matched,
        surplus=surplus,
        titles=titles,
        keys=tuple(heading_keys(row) for row in rows[place]),
    )
    return checked(header, words, required)


def checked(header: Header, words: HeadingWords, required: Collection[str]) -> Header:
    """The header with its problems looked for anew."""
    found = _problems(header.columns, header.surplus, words, required, header.rows[-1])
    return replace(header, problems=tuple(found))


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


def _candidates(
    rows: Sequence[Row], words: HeadingWords, codes: Mapping[str, Words]
) -> Iterator[tuple[slice, tuple[HeadedColumn, ...]]]:
    """Blocks of neighbouring rows; a row that says one thing only is a title, not the top of a header."""
    for start in range(len(rows)):
        if len({key for _index, key in heading_keys(rows[start])}) < min(2, len(words.names)):
            continue
        for depth in range(1, DEEPEST + 1):
            block = rows[start : start + depth]
            if len(block) < depth or block[-1].number != block[0].number + depth - 1:
                break
            columns = tuple(with_ticks(_columns(block, words), words, codes))
            below = rows[start + depth : start + depth + 1]
            if not _goes_on(columns, below) and not (depth < DEEPEST and _lacks_all(columns, below)):
                yield slice(start, start + depth), columns


def _goes_on(columns: Sequence[HeadedColumn], following: Sequence[Row]) -> bool:
    """Whether the row below is part of the heading: nothing but years and kinds of values under columns of values.

    A block that leaves it out would take revenue of 2023, or a plan, for the revenue of the year of the list.
    """
    of_values = {c.index: c.unit is not None or c.name in ("", RATING_CLASS) for c in columns}
    filled = {i: text for row in following for i, cell in enumerate(row.cells) if (text := clean(text_of(cell)))}
    return bool(filled) and all(of_values.get(i, True) and says_when(text) for i, text in filled.items())


def _lacks_all(columns: Sequence[HeadedColumn], following: Sequence[Row]) -> bool:
    """Whether the row below is of headings: at least two words, nothing where every row of a list has its name."""
    places = {column.index for column in columns if column.name in ("name", "row_number")}
    is_list = any(column.name == "name" for column in columns)
    filled = [(i, cell) for row in following for i, cell in enumerate(row.cells) if cell is not None]
    worded = [i for i, cell in filled if isinstance(cell, str) and len(cell) <= LONGEST_BELOW]
    return is_list and 2 <= len(worded) == len(filled) and places.isdisjoint(worded)


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
    is_stated = whole.unit is not None
    plain = HeadedColumn(index, heading, "", whole.unit, None, whole.mark, is_stated, tuple(parts))
    found = words.find(whole) or _found_below(parts, words)
    if found is None:
        return plain
    spelling, year = found
    return replace(plain, name=spelling.name, unit=_unit_of(whole.unit, read_unit(spelling.unit)), year=year)


def _found_below(parts: list[str], words: HeadingWords) -> tuple[Spelling, int | None] | None:
    """The spelling of the lowest part, where what stands above leaves it as it is or gives it a year."""
    *above, last = parts
    found = words.find(split_heading(last)) if above and not turns(above) else None
    if found is None:
        return None
    spelling, year = found
    if year is not None:
        return found if is_plain_above(above) or spelling.is_yearly else None
    years = years_in(" ".join(above))
    if not years or not spelling.is_yearly:
        return found
    return (spelling, years[0]) if len(years) == 1 else None


def _of_sides(columns: tuple[HeadedColumn, ...]) -> tuple[HeadedColumn, ...]:
    """Places of after the merger under their plain names; a plain one beside them is the one of before."""
    new = {column.name for column in columns if column.name.startswith("new_") and column.name[4:] in PLACES}
    old = {name[4:] for name in new if f"old_{name[4:]}" not in {column.name for column in columns}}
    plain = (replace(c, name=f"old_{c.name}") if c.name in old else c for c in columns)
    return tuple(replace(c, name=c.name[4:]) if c.name in new else c for c in plain)


def _of_year(columns: tuple[HeadedColumn, ...], year: int | None) -> tuple[HeadedColumn, ...]:
    """The columns of a list read for one year: those of that year without it, those of others without a name."""
    if year is None:
        return columns
    named = (replace(column, name="") if column.year not in (None, year) else column for column in columns)
    return tuple(replace(column, year=None) if column.year == year else column for column in named)


def _unit_of(own: Unit | None, reviewed: Unit | None) -> Unit | None:
    """The heading's own unit before the reviewed one; a bare "tỷ" over money is of đồng."""
    if own is not None and own.measure is UnitMeasure.SCALE and reviewed is not None and fits(own, reviewed):
        return replace(own, measure=reviewed.measure)
    return own or reviewed


def _names(columns: Sequence[HeadedColumn]) -> set[tuple[str, int | None]]:
    return {(column.name, column.year) for column in columns if column.name}


def _score(candidate: tuple[slice, tuple[HeadedColumn, ...]]) -> tuple[int, ...]:
    place, columns = candidate
    named = sum(bool(column.name) for column in columns)
    own_units = sum(column.is_unit_stated for column in columns if column.name)
    ticks = sum(len(column.ticks) for column in columns)
    return len(_names(columns)), ticks, len(_names(columns)) - named, own_units, place.start - place.stop, -place.start


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
            yield HeaderProblem(Problem(MISSING, f'thiếu cột "{wanted}"{hint}', _MISSING_REMEDY), missing=name)


_MISSING_REMEDY = "Thêm cột này hoặc sửa tiêu đề cột rồi nạp lại"


def _not_found(words: HeadingWords, required: Collection[str]) -> Problem:
    wanted = ", ".join(f'"{words.first_spelling(name)}"' for name in (required or words.names[:NAMED]))
    what = f"không tìm thấy dòng tiêu đề trong {SEARCHED_ROWS} dòng đầu"
    return Problem("header.not_found", what, f"Bảng phải có dòng tiêu đề với các cột: {wanted}")
