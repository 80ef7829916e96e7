"""The rows of tables in a text, with where each cell stands. Pure.

A table stands in a text as lines of cells: cells with tabs between them on one line, or one cell a line that begins
with a tab and an empty line after each row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAG = re.compile(r"</?[a-z][^>]*>")
_SECTION_LINE = re.compile(r"\s*<p>[IVX]+\s")


@dataclass(frozen=True, slots=True)
class TextCell:
    """One cell: `text` without tags and stars, `printed` as it stands in `document[start:end]`."""

    text: str
    printed: str
    start: int
    end: int


def table_rows(document: str) -> Iterator[list[TextCell]]:
    """The cells of each row, in both ways a table stands in a text."""
    column: list[TextCell] = []
    start = 0
    for line in [*document.splitlines(keepends=True), ""]:
        text = line.rstrip("\n")
        if text.startswith("\t") and "\t" not in text[1:]:
            column.append(_cell(text, start))
        else:
            if column:
                yield column
                column = []
            if "\t" in text:
                yield list(_cells(text, start))
            elif _SECTION_LINE.match(text):
                yield [_cell(text, start)]
        start += len(line)


def _cells(line: str, start: int) -> Iterator[TextCell]:
    for part in line.split("\t"):
        yield _cell(part, start)
        start += len(part) + 1


def _cell(printed: str, start: int) -> TextCell:
    bare = printed.strip()
    first = start + printed.find(bare)
    return TextCell(" ".join(_TAG.sub(" ", bare).split()).strip(" *"), bare, first, first + len(bare))
