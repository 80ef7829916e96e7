"""A coded value given as several columns of which one is ticked: "Xếp loại" over Tốt, Khá, Trung bình, Yếu."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from etl.files.readers import Row
from etl.parsing.parsed import Cell, Problem, text_of
from etl.tables.columns import Words
from etl.tables.heading_words import HeadingWords, split_heading
from etl.tables.shape.header import HeadedColumn
from models.base.text import fold

WORDS_OF = {  # names of columns that hold a word, and the list of words
    **{name: name for name in ("rating_class", "operating_state", "legal_status", "kind", "sector")},
    "director_sex": "sex",
}
TICKS = frozenset(("x", "v", "✓", "✔", "☑", "☒", "√", "ü", "þ", "1", "1.0", "true", "co", "*", "+", "●"))
NO_TICKS = frozenset(("", "0", "0.0", "-", "–", "—", "false", "khong", "☐", "□"))
ENOUGH_WITHOUT_HEADING = 3
Place = tuple[str, int | None, str]  # our name, a year, the heading above


def with_ticks(
    columns: Iterable[HeadedColumn], words: HeadingWords, codes: Mapping[str, Words]
) -> Iterator[HeadedColumn]:
    """The columns, those under one heading of a coded value as one column with its ticks."""
    for place, group in groupby(columns, key=lambda column: _place(column, words, codes)):
        members = list(group)
        if place is None or not _is_group(place, members, codes):
            yield from members
            continue
        name, year, heading = place
        ticks = tuple((column.index, column.parts[-1]) for column in members)
        yield replace(members[0], name=name, year=year, heading=heading or members[0].heading, unit=None, ticks=ticks)


def _place(column: HeadedColumn, words: HeadingWords, codes: Mapping[str, Words]) -> Place | None:
    """What a column ticks: the name of the coded value that stands above its word, or a class without a heading."""
    if column.name and len(column.parts) < 2:
        return None
    *above, word = column.parts or ("",)
    found = words.find(split_heading(" ".join(above))) if above else None
    if found is not None:
        spelling, year = found
        listed = codes.get(WORDS_OF.get(spelling.name, ""))
        return (spelling.name, year, " ".join(above)) if listed is not None and listed.find(word) else None
    classes = codes.get("rating_class")
    return ("rating_class", None, "") if classes is not None and word and classes.find(word) else None


def _is_group(place: Place, members: Sequence[HeadedColumn], codes: Mapping[str, Words]) -> bool:
    listed = codes[WORDS_OF[place[0]]]
    found = [listed.find(column.parts[-1]) for column in members]
    return len(set(found)) == len(found) >= (2 if place[2] else ENOUGH_WITHOUT_HEADING)


def ticked_row(row: Row, column: HeadedColumn) -> tuple[Row, str | None, Problem | None]:
    """The row with the ticked word in place of the ticks, that word, and why it cannot be told."""
    cells = list(row.cells)
    at = {index: cells[index] if index < len(cells) else None for index, _word in column.ticks}
    ticked = [word for index, word in column.ticks if _is_tick(at[index], word)]
    odd = [at[index] for index, word in column.ticks if not _is_tick(at[index], word) and not _is_blank(at[index])]
    for index in at:
        if index < len(cells):
            cells[index] = None
    problem = _problem(column, ticked, odd)
    word = ticked[0] if ticked and problem is None else None
    if word is not None:
        cells += [None] * (column.index + 1 - len(cells))
        cells[column.index] = word
    return Row(row.number, tuple(cells)), word, problem


def _problem(column: HeadedColumn, ticked: Sequence[str], odd: Sequence[Cell]) -> Problem | None:
    heading = column.heading[:60]
    if odd:
        words = ", ".join(f'"{word}"' for _index, word in column.ticks)
        what = f'ô "{text_of(odd[0])[:40]}" dưới "{heading}" không phải dấu đánh (các cột {words}), nên để trống'
        return Problem("ticks.odd", what, 'Đánh "x" vào một cột, để trống các cột kia')
    if len(ticked) > 1:
        both = " và ".join(f'"{word}"' for word in ticked)
        return Problem("ticks.several", f'"{heading}" được đánh dấu ở {both}, nên để trống', "Chỉ đánh dấu một cột")
    return None


def _is_tick(cell: Cell, word: str) -> bool:
    text = text_of(cell).strip().lower()
    return text in TICKS or fold(text) in TICKS or (bool(text) and fold(text) == fold(word))


def _is_blank(cell: Cell) -> bool:
    return cell is None or cell is False or fold(text_of(cell).strip()) in NO_TICKS
