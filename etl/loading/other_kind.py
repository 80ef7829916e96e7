"""Knows a file of another kind than was chosen by its headings, so that it is said in one sentence what to do."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from etl.files.readers import FileRefusedError, Limits, MergedRange, Row, open_workbook
from etl.parsing.parsed import Problem
from etl.tables.columns import read_headings, read_words
from etl.tables.headings import SEARCHED_ROWS, Header
from etl.tables.tables import Table, TableShape
from etl.writing.requests import KINDS, ImportKind

SAYS_NOTHING = frozenset(("row_number", "note", "unit", "province"))  # columns of many kinds
LEAST, FEW = 2, 3  # telling columns
MOST_SHEETS = 10


class KindLikeness(NamedTuple):
    """How much a table looks like a kind of file: all required columns, and how many that tell the kind."""

    is_complete: bool
    telling: int


def other_kind(path: Path, kind: ImportKind, tables: Sequence[Table], data_dir: Path, limits: Limits) -> Problem | None:
    """What to load the file as, where it is not of the kind chosen and much more like another; None: nothing known."""
    own = max((_likeness(table.header) for table in tables), default=KindLikeness(False, 0))
    if own.is_complete and own.telling > LEAST:
        return None
    heads = _heads(path, limits)
    found = {code: _likeness_of(other, heads, data_dir) for code, other in KINDS.items() if not other.read_book}
    found = {code: like for code, like in found.items() if KINDS[code].headings != kind.headings}
    few = FEW if tables else LEAST
    enough = {code: like for code, like in found.items() if like.telling >= (LEAST if like.is_complete else few)}
    if any(table.is_across for table in tables):  # read as a yearbook, which has headings of no kind
        enough = {code: like for code, like in enough.items() if like.is_complete and code != "report_form"}
    code, best = max(enough.items(), key=lambda item: item[1], default=("", KindLikeness(False, 0)))
    if best.telling <= own.telling + own.is_complete or best.is_complete < own.is_complete:
        return None
    what = f'tệp này giống loại "{KINDS[code].name}", không phải loại đã chọn "{kind.name}". Đọc theo loại đó?'
    return Problem("file.other_kind", what, f'Nếu đúng, chọn loại "{KINDS[code].name}" rồi nạp lại (--as {code})')


def _likeness(header: Header) -> KindLikeness:
    named = {column.name for column in header.columns} - SAYS_NOTHING
    return KindLikeness(bool(header.rows) and header.is_complete, len(named))


def _likeness_of(
    kind: ImportKind, heads: Sequence[tuple[Sequence[Row], Sequence[MergedRange]]], data_dir: Path
) -> KindLikeness:
    shape = TableShape(read_headings(data_dir, *kind.headings), kind.required, codes=read_words(data_dir))
    return max((_likeness(shape.header(*head)) for head in heads), default=KindLikeness(False, 0))


def _heads(path: Path, limits: Limits) -> list[tuple[list[Row], Sequence[MergedRange]]]:
    """The first rows of the first sheets; none of a file that cannot be read."""
    try:
        with open_workbook(path, limits) as book:
            sheets = (sheet for sheet in book.sheets() if not sheet.is_hidden)
            return [
                (list(itertools.islice(sheet.rows, SEARCHED_ROWS)), sheet.merged or ())
                for sheet in itertools.islice(sheets, MOST_SHEETS)
            ]
    except FileRefusedError:
        return []
