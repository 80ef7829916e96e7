"""A coded value given as several columns of which one is ticked: "Xếp loại" over Tốt, Khá, Trung bình, Yếu."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from etl.files.readers import Row
from etl.parsing.parse import parse_yes_no
from etl.parsing.parsed import Cell, Problem, text_of
from etl.tables.columns import Words
from etl.tables.heading_words import HeadingWords, split_heading
from etl.tables.shape.header import HeadedColumn
from models.base.text import fold

WORDS_OF = {  # names of columns that hold a word, and the list of words
    **{name: name for name in ("rating_class", "operating_state", "legal_status", "kind", "sector")},
    "director_sex": "sex",
}
YES_NO = ("has_", "law_compliant")  # how names of columns of yes and no begin
TICKS = frozenset(("x", "v", "✓", "✔", "☑", "☒", "√", "ü", "þ", "1", "1.0", "true", "co", "*", "+", "●"))
NO_TICKS = frozenset(("", "0", "0.0", "-", "–", "—", "false", "khong", "☐", "□"))
SHORT_CLASSES = {"t": "Tốt", "k": "Khá", "tb": "Trung bình", "y": "Yếu"}  # sure only beside each other
_OTHER_THING = re.compile(r"\b(?:nam|ngay|thang|so|ly do|diem|ghi chu|tong|ty le)\b|[0-9]{2}|%")  # no word to tick
ENOUGH_WITHOUT_HEADING = 3
Place = tuple[str, int | None, str]  # our name, a year, the heading above


def with_ticks(
    columns: Iterable[HeadedColumn], words: HeadingWords, codes: Mapping[str, Words]
) -> Iterator[HeadedColumn]:
    """The columns, those under one heading of a coded value as one column with its ticks."""
    for place, group in groupby(columns, key=lambda column: _place(column, words, codes)):
        members = list(group)
        said = _ticked_words(place, [column.parts[-1] for column in members], codes) if place is not None else ()
        if place is None or not said:
            yield from members
            continue
        name, year, heading = place
        ticks = tuple((column.index, word) for column, word in zip(members, said, strict=True))
        yield replace(members[0], name=name, year=year, heading=heading or members[0].heading, unit=None, ticks=ticks)


def _place(column: HeadedColumn, words: HeadingWords, codes: Mapping[str, Words]) -> Place | None:
    """What a column may tick: the coded value or yes and no that stands above it, or a class without a heading."""
    if column.name and len(column.parts) < 2:
        return None
    *above, word = column.parts or ("",)
    found = words.find(split_heading(" ".join(above))) if above else None
    if found is not None:
        spelling, year = found
        is_other = column.name not in ("", spelling.name)
        is_coded = WORDS_OF.get(spelling.name, "") in codes or spelling.name.startswith(YES_NO)
        is_other = is_other or bool(_OTHER_THING.search(fold(word)))
        return (spelling.name, year, " ".join(above)) if is_coded and not is_other else None
    is_class = (word and _code("rating_class", word, codes)) or fold(word) in SHORT_CLASSES
    return ("rating_class", None, "") if is_class else None


def _code(name: str, word: str, codes: Mapping[str, Words]) -> str | None:
    """The code of a word of the list that belongs to a column; of yes and no as text."""
    if name.startswith(YES_NO):
        value = parse_yes_no(word).value if word else None
        return None if value is None else str(value)
    listed = codes.get(WORDS_OF[name])
    return listed.find(word) if listed is not None else None


def _ticked_words(place: Place, written: Sequence[str], codes: Mapping[str, Words]) -> Sequence[str]:
    """The word of each column of a group, nothing where the columns are none; a strange word is asked where ticked.

    "T", "K", "TB", "Y" count beside each other only; "1", "2", "3" under a heading tick words that are asked about.
    """
    name, _year, heading = place
    enough = 2 if heading else ENOUGH_WITHOUT_HEADING
    if name == "rating_class" and len(written) > 2 and {fold(word) for word in written} <= SHORT_CLASSES.keys():
        written = [SHORT_CLASSES[fold(word)] for word in written]
    found = [code for word in written if (code := _code(name, word, codes))]
    is_numbered = bool(heading) and list(written) == [str(number) for number in range(1, len(written) + 1)]
    is_known = len(set(found)) == len(found) >= enough and (len(found) == len(written) or bool(heading))
    is_group = is_known or (is_numbered and len(written) > 2 and not name.startswith(YES_NO))
    return written if is_group and len(set(written)) == len(written) else ()


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
