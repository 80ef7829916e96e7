"""Cuts the tables of an .ods into slices.

All tables stand in one part behind the styles, which each slice repeats. A row has no number of its own, and
may stand for several; so rows are counted.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from etl.files.hidden_parts import HiddenLines, hidden_ods_columns, ods_visibility
from etl.files.percent_cells import with_marked_ods
from etl.files.slices import Slice, SlicedSheet, small_workbook
from etl.files.xml_stream import XmlStream

_COMMON = ("mimetype", "META-INF/manifest.xml")
_TABLE = re.compile(rb"<table:table(?:\s[^>]*)?>")
_ROW = re.compile(rb"<table:table-row(?:\s[^>]*)?>")
_REPEATED = re.compile(rb"""\stable:number-rows-repeated\s*=\s*["'](\d+)["']""")
_AROUND_ROWS = re.compile(rb"</?table:(?:table-header-rows|table-row-group|table-rows)(?:\s[^>]*)?>")
_TAIL = b"</table:table></office:spreadsheet></office:body></office:document-content>"


def ods_sheets(file: BinaryIO) -> Iterator[SlicedSheet]:
    """The sheets in order; merged ranges are not told by this format's reader.

    Raises zipfile.BadZipFile, EOFError, RefusalError and calamine's errors for what cannot be read.
    """
    with zipfile.ZipFile(file) as archive, archive.open("content.xml") as stream:
        common = [(name, archive.read(name)) for name in _COMMON]
        part = XmlStream(stream)
        head, table = part.upto(_TABLE)
        while table:
            opened = head + table[0].replace(b"/>", b">")
            about = small_workbook([*common, ("content.xml", opened + _TAIL)]).sheets_metadata[0]
            hidden = HiddenLines()
            slices = iter(()) if table[0].endswith(b"/>") else _slices(part, common, opened, hidden)
            yield SlicedSheet(about, None, slices, hidden)
            for _unread in slices:
                pass
            _between, table = part.upto(_TABLE)


def _slices(part: XmlStream, common: list[tuple[str, bytes]], head: bytes, hidden: HiddenLines) -> Iterator[Slice]:
    before = 0
    for raw in part.elements(b"table:table-row", b"table:table"):
        rows = _AROUND_ROWS.sub(b"", raw)
        book = small_workbook([*common, ("content.xml", head + with_marked_ods(rows) + _TAIL)])
        first, before = before + 1, _counted(rows, before, hidden)
        yield Slice(book.get_sheet_by_index(0), first=first)


def _counted(rows: bytes, before: int, hidden: HiddenLines) -> int:
    """The number of the last row of a slice; what is hidden is noted."""
    first = _ROW.search(rows)
    hidden.found.columns += hidden_ods_columns(rows[: first.start()] if first else rows)
    for row in _ROW.finditer(rows):
        count = _count(row[0])
        if why := ods_visibility(row[0]):
            hidden.note(before + 1, before + count)
            hidden.found.is_filtered |= why == b"filter"
        before += count
    return before


def _count(row: bytes) -> int:
    repeated = _REPEATED.search(row)
    return int(repeated[1]) if repeated else 1
