"""Cuts the tables of an .ods into slices.

All tables stand in one part behind the styles, which each slice repeats. A row has no number of its own, and
may stand for several; so rows are counted.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

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
            slices = iter(()) if table[0].endswith(b"/>") else _slices(part, common, opened)
            yield SlicedSheet(about, None, slices)
            for _unread in slices:
                pass
            _between, table = part.upto(_TABLE)


def _slices(part: XmlStream, common: list[tuple[str, bytes]], head: bytes) -> Iterator[Slice]:
    before = 0
    for raw in part.elements(b"table:table-row", b"table:table"):
        rows = _AROUND_ROWS.sub(b"", raw)
        book = small_workbook([*common, ("content.xml", head + with_marked_ods(rows) + _TAIL)])
        yield Slice(book.get_sheet_by_index(0), first=before + 1)
        before += sum(_count(row[0]) for row in _ROW.finditer(rows))


def _count(row: bytes) -> int:
    repeated = _REPEATED.search(row)
    return int(repeated[1]) if repeated else 1
