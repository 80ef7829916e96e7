"""Finds the formulas of an .xlsx that have no value: errors (#REF!) and those never computed.

The sheet reader gives both as blank cells, and a blank cell means "no figure yet"; so they are looked
up in the sheet itself. The file names inside are followed only through the workbook's own list.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from etl.file_kinds import refusal

MAX_GAPS = 10_000
_CHUNK = 1 << 20
_CELL = rb"<(?:\w+:)?c\b([^>]*[^/>])>"
_ERROR = re.compile(rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<', re.DOTALL)
_NOT_COMPUTED = re.compile(
    _CELL + rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Gaps = dict[int, dict[int, str]]


class FormulaGaps:
    """The formulas without a value, sheet by sheet, of one workbook."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._parts = dict(self._sheet_parts())

    def _sheet_parts(self) -> Iterator[tuple[str, str]]:
        relations = self._xml("xl/_rels/workbook.xml.rels")
        targets = {item.get("Id", ""): item.get("Target", "") for item in relations}
        for item in self._xml("xl/workbook.xml").iter():
            target = targets.get(item.get(_RELATION, ""), "")
            if item.tag.endswith("}sheet") and target:
                yield item.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    def _xml(self, name: str) -> ElementTree.Element:
        return ElementTree.fromstring(self._archive.read(name))  # noqa: S314 (in the limited process)

    def of_sheet(self, name: str) -> Gaps:
        """Row (from 1) to column (from 0) to the error code, which is empty where nothing was computed."""
        part = self._parts.get(name)
        if part is None or part not in self._archive.namelist():
            return {}
        gaps: Gaps = {}
        count = 0
        with self._archive.open(part) as stream:
            rest = b""
            while block := stream.read(_CHUNK):
                whole, rest = _cut(rest + block)
                count += _collect(whole, gaps)
                if count > MAX_GAPS:
                    remedy = "Sửa công thức, hoặc chép giá trị đè lên công thức rồi lưu lại bằng Excel"
                    raise refusal("file.formula_errors", f"hơn {MAX_GAPS} ô công thức không có kết quả", remedy)
            _collect(rest, gaps)
        return gaps


def _cut(block: bytes) -> tuple[bytes, bytes]:
    """Cut before the last cell, which may go on in the next block."""
    last = max(block.rfind(b"<c "), block.rfind(b":c "))
    start = block.rfind(b"<", 0, last + 1) if last >= 0 else -1
    return (block[:start], block[start:]) if start > 0 else (block, b"")


def _collect(block: bytes, gaps: Gaps) -> int:
    found = [(cell[1], cell[2].decode()) for cell in _ERROR.finditer(block)] if b't="e"' in block else []
    if b"<f" in block or b":f" in block:
        found += [(cell[1], "") for cell in _NOT_COMPUTED.finditer(block) if b't="str"' not in cell[1]]
    for attributes, code in found:
        if place := _PLACE.search(attributes):
            gaps.setdefault(int(place[2]), {})[_column(place[1])] = code[:20]
    return len(found)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
