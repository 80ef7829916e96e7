"""Cuts the sheets of an .xlsx into slices.

Only the numbers of rows and the texts named by number reach beyond a slice; both are put into the slice itself.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import IO, BinaryIO
from xml.etree import ElementTree

from python_calamine import CalamineSheet, SheetTypeEnum

from etl.files.file_kinds import broken_refusal
from etl.files.formula_gaps import gaps_of
from etl.files.hidden_parts import HiddenLines, hidden_columns, is_filtered, is_hidden_row
from etl.files.percent_cells import percent_cells_of_styles, with_marked_xlsx
from etl.files.shared_strings import SharedStrings
from etl.files.slices import Merged, Slice, SlicedSheet, small_workbook
from etl.files.xml_stream import XmlStream

_COMMON = ("[content_types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml")
_RELATIONS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData\b[^>]*>")
_NUMBER = re.compile(rb"""(?<![\w:.-])r\s*=\s*["'](\d+)["']""")
_TEXT_BY_NUMBER = re.compile(
    rb"""<(?P<prefix>(?:[\w.-]+:)?)c\s(?:[^>]*\s)?(?P<type>t\s*=\s*["']s["'])(?P<after>[^>]*(?<!/)>)"""
    rb"""(?:(?!</(?P=prefix)c\s*>).)*?<(?P=prefix)v\b[^>]*>\s*(?P<number>\d+)\s*</(?P=prefix)v\s*>""",
    re.DOTALL,
)


class SlicedXlsx:
    """An .xlsx that is read a slice of a sheet at a time; the file stays open meanwhile.

    Raises RefusalError, zipfile.BadZipFile, EOFError and calamine's errors for what cannot be read.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._archive = zipfile.ZipFile(file)
        self._names = {_plain(name): name for name in reversed(self._archive.namelist())}
        self._common = [(name, self._read(name)) for name in _COMMON if name in self._names]
        self._parts = dict(self._sheet_parts())
        self._percent_cells = percent_cells_of_styles(dict(self._common).get("xl/styles.xml", b""))
        self._strings: SharedStrings | None = None

    def sheets(self) -> Iterator[SlicedSheet]:
        """The sheets in order, without those that hold no cells."""
        with small_workbook(self._common) as book:
            found = book.sheets_metadata
        for about in found:
            if about.typ == SheetTypeEnum.WorkSheet:
                hidden = HiddenLines()
                merged = self._merged(about.name, hidden)
                yield SlicedSheet(about, merged, self._slices(about.name, hidden), hidden)

    def _merged(self, name: str, hidden: HiddenLines) -> Merged:
        """The merged ranges, and what the sheet says of filters; in the file both stand behind the rows."""
        with self._open(name) as stream:
            part = XmlStream(stream)
            head, data = _begin(part)
            if data:
                for _rows in part.elements(data[1] + b"row", data[1] + b"sheetData"):
                    pass
            around = head + part.rest()
            hidden.found.columns, hidden.found.is_filtered = hidden_columns(head), is_filtered(around)
            return self._sheet(name, around).merged_cell_ranges

    def _slices(self, name: str, hidden: HiddenLines) -> Iterator[Slice]:
        with self._open(name) as stream:
            part = XmlStream(stream)
            head, data = _begin(part)
            if not data:
                return
            number, tail = 0, b"</%bsheetData></%bworksheet>" % (data[1], data[1])
            for raw in part.elements(data[1] + b"row", data[1] + b"sheetData"):
                rows, number = _numbered(raw, data[1], number, hidden)
                cells = with_marked_xlsx(self._with_texts(rows), self._percent_cells)
                yield Slice(self._sheet(name, head + cells + tail), gaps=gaps_of(rows))

    def _with_texts(self, rows: bytes) -> bytes:
        """The rows with each text that is named by number put into its cell."""
        cells = list(_TEXT_BY_NUMBER.finditer(rows))
        if not cells:
            return rows
        if self._strings is None:
            part = self._names.get("xl/sharedstrings.xml")
            self._strings = SharedStrings(self._archive.open(part) if part else None)
        texts = self._strings.take({int(cell["number"]) for cell in cells})
        parts, done = [], 0
        for cell in cells:
            told = b't="inlineStr"', cell["after"], b"<is>", texts[int(cell["number"])], b"</is>"
            parts += [rows[done : cell.start("type")], *told]
            done = cell.end()
        return b"".join(parts) + rows[done:]

    def _sheet(self, name: str, xml: bytes) -> CalamineSheet:
        with small_workbook([*self._common, (self._parts[name], xml)]) as book:
            return book.get_sheet_by_name(name)

    def _open(self, name: str) -> IO[bytes]:
        return self._archive.open(self._names[_plain(self._parts[name])])

    def _read(self, name: str) -> bytes:
        return self._archive.read(self._names[name])

    def _sheet_parts(self) -> Iterator[tuple[str, str]]:
        relations = ElementTree.fromstring(self._read("xl/_rels/workbook.xml.rels"))  # noqa: S314 (limited process)
        targets = {item.get("Id", ""): item.get("Target", "") for item in relations}
        for item in ElementTree.fromstring(self._read("xl/workbook.xml")).iter():  # noqa: S314
            target = targets.get(next((item.get(name, "") for name in _RELATIONS if item.get(name)), ""), "")
            if item.tag.endswith("}sheet") and target:
                yield item.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lower()


def _begin(part: XmlStream) -> tuple[bytes, re.Match[bytes] | None]:
    """The XML up to the first row, and the tag that rows stand in; None where there are no rows."""
    before, data = part.upto(_DATA)
    return before + (data[0] if data else b""), None if data and data[0].endswith(b"/>") else data


def _numbered(rows: bytes, prefix: bytes, before: int, hidden: HiddenLines) -> tuple[bytes, int]:
    """The rows with a number on the first, where the file leaves it out, and the last's; hidden ones are noted."""
    number = before
    tags = list(re.finditer(rb"<%brow\b[^>]*>" % re.escape(prefix), rows))
    for tag in tags:
        told = _NUMBER.search(tag[0])
        if told and int(told[1]) <= number:
            raise broken_refusal(ValueError(f"row {int(told[1])} behind row {number}"))
        number = int(told[1]) if told else number + 1
        if is_hidden_row(tag[0]):
            hidden.note(number, number)
    if tags and not _NUMBER.search(tags[0][0]):
        place = tags[0].start() + len(prefix) + len("<row")
        rows = rows[:place] + b' r="%d"' % (before + 1) + rows[place:]
    return rows, number
