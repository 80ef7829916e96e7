"""Writers of the formats no library here writes: old .xls, the container of protected files, .ods."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Cells = list[list[object]]


def container(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file; every stream is padded to 4096 bytes, so that no short-stream table is needed."""
    padded = {name: _padded(content) for name, content in streams.items()}
    table = [FAT, END]
    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    body = b""
    for number, (name, content) in enumerate(padded.items(), start=1):
        first, count = len(table), len(content) // SECTOR
        table += [*range(first + 1, first + count), END]
        entries.append(_entry(name, 2, first, len(content), right=number + 1 if number < len(padded) else FREE))
        body += content
    entries += [_entry("", 0, 0, 0)] * (4 - len(entries))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0, 0)
    header += struct.pack("<109I", *[FREE] * 108, FREE)
    fat = struct.pack("<128I", *(table + [FREE] * (128 - len(table))))
    return header[:512] + fat + b"".join(entries) + body


def _padded(content: bytes) -> bytes:
    return content.ljust(max(4096, -(-len(content) // SECTOR) * SECTOR), b"\0")


def _entry(name: str, kind: int, start: int, size: int, *, child: int = FREE, right: int = FREE) -> bytes:
    text = (name + "\0").encode("utf-16-le") if name else b""
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def xls(sheet: str, cells: Cells, *, protected: bool = False) -> bytes:
    """A workbook of Excel 97; `protected` adds the record that announces encryption."""
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    guard = _record(0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(48)) if protected else b""
    name = sheet.encode("utf-16-le")
    bound_size = 4 + 8 + len(name)
    start = len(begin) + len(guard) + bound_size + 4
    bound = _record(0x85, struct.pack("<IBBBB", start, 0, 0, len(sheet), 1) + name)
    body = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for row, values in enumerate(cells):
        for column, value in enumerate(values):
            body += _cell(row, column, value)
    return container({"Workbook": begin + guard + bound + _record(0x0A, b"") + body + _record(0x0A, b"")})


def _cell(row: int, column: int, value: object) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if value is None:
        return b""
    if isinstance(value, int | float):
        return _record(0x203, place + struct.pack("<d", value))
    text = str(value)
    return _record(0x204, place + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3"'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)


def ods(sheet: str, cells: Cells) -> bytes:
    """An OpenDocument sheet; the text "#DIV/0!" is written as an error cell."""
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in cells)
    body = f'<table:table table:name="{escape(sheet)}">{rows}</table:table></office:spreadsheet></office:body>'
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": _ODS_HEAD + body + "</office:document-content>",
            "META-INF/manifest.xml": manifest,
        }
    )


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    text = f"<text:p>{escape(str(value))}</text:p>"
    if value == "#DIV/0!":
        kind = 'table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"'
    elif isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}>{text}</table:table-cell>"


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip file with a fixed date, the same bytes every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def repacked(path: Path, changes: dict[str, bytes]) -> bytes:
    """A zip file with some parts changed or added."""
    with zipfile.ZipFile(path) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return packed(parts | changes)
