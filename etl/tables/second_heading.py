"""Notices a row of headings further down a sheet that says something else than the first: a second table begins."""

from __future__ import annotations

from enum import StrEnum

from etl.files.readers import Row
from etl.parsing.parsed import text_of
from etl.parsing.text import clean, folded_key
from etl.tables.heading_words import HeadingWords, split_heading
from etl.tables.headings import Header
from etl.tables.shape.summary import is_summary_heading

LOOKED_AT = 4  # among the first cells of a row of headings one at least is written as reviewed
LONGEST = 120


class HeadingMatch(StrEnum):
    """What a row is beside the headings of its table."""

    NONE = "none"
    SAME = "same"
    OTHER = "other"


def heading_of(row: Row, header: Header, words: HeadingWords) -> HeadingMatch:
    """Whether a row is one of headings, and whether each of our columns stands where the table has it."""
    first = (cell for cell in row.cells[: LOOKED_AT + 2] if isinstance(cell, str))
    if not any(cell.strip().lower() in words.plain for cell, _count in zip(first, range(LOOKED_AT), strict=False)):
        return HeadingMatch.NONE
    told = {index: text for index, cell in enumerate(row.cells) if (text := clean(text_of(cell)))}
    filled = [cell for cell in row.cells if cell is not None]
    if not all(isinstance(cell, str) and len(cell) < LONGEST for cell in filled):
        return HeadingMatch.NONE
    if any(_is_row_of(told, keys) for keys in header.keys):
        return HeadingMatch.SAME
    names = {index: name for index, text in told.items() if (name := _name(text, words))}
    if names and header.index_of("name") is not None and is_summary_heading(told.values()):
        return HeadingMatch.OTHER
    if len(set(names.values())) < 2 or len(names) * 2 < len(told):
        return HeadingMatch.NONE
    ours = {column.index: column.name for column in header.columns}
    is_same = all(names.get(index) == ours.get(index) for index in told if index in names or index in ours)
    return HeadingMatch.SAME if is_same else HeadingMatch.OTHER


def _is_row_of(told: dict[int, str], keys: frozenset[tuple[int, str]]) -> bool:
    return all((index, folded_key(text)) in keys for index, text in told.items())


def _name(text: str, words: HeadingWords) -> str:
    found = words.find(split_heading(text))
    return found[0].name if found else ""
