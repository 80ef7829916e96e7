"""Tells cells that show a percentage from other numbers: sheets keep 41,2 % as 0,412, and only the format says so.

The sheet reader gives values without their format. So a cell formatted as a percentage is turned, in the slice's own
XML, into a text that begins with a sign no keyboard has; `marked_fraction` reads it back. An .xls tells no formats.
"""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

_SIGN = "\ue041"
_SPREADSHEET = "{*}"
_BUILT_IN = frozenset(("9", "10"))  # 0 % and 0,00 %
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_TYPE = re.compile(rb"""\st\s*=\s*["']n["']""")
_ODS_CELL = re.compile(rb"""<table:table-cell\b[^>]*\soffice:value-type=["']percentage["'][^>]*>""")
_ODS_TYPE = re.compile(rb"""(\s(?:office|calcext):value-type=)["']percentage["']""")
_ODS_VALUE = re.compile(rb"""\soffice:value=["']([^"']*)["']""")


def percent_cells_of_styles(styles: bytes) -> re.Pattern[bytes] | None:
    """What finds the numbers that an .xlsx shows as percentages; None where no format of the file does so."""
    root = ElementTree.fromstring(styles) if styles else None  # noqa: S314 (limited process)
    cells = root.find(f"{_SPREADSHEET}cellXfs") if root is not None else None
    if root is None or cells is None:
        return None
    own = {item.get("numFmtId"): item.get("formatCode", "") for item in root.iter() if item.tag.endswith("}numFmt")}
    shown = _BUILT_IN | {number for number, code in own.items() if number and "%" in _LITERAL.sub("", code)}
    numbers = [str(index).encode() for index, item in enumerate(cells) if item.get("numFmtId") in shown]
    return _cells_in(b"|".join(numbers)) if numbers else None


def _cells_in(styles: bytes) -> re.Pattern[bytes]:
    return re.compile(
        rb"""<(?P<prefix>(?:[\w.-]+:)?)c(?=[^>]*\ss\s*=\s*["'](?:%b)["'])(?![^>]*\st\s*=\s*["'](?!n["']))"""
        rb"""(?P<about>\s[^>]*)(?<!/)>(?:(?!</(?P=prefix)c\s*>).)*?"""
        rb"""<(?P=prefix)v\b[^>]*>\s*(?P<value>[^<\s]+)\s*</(?P=prefix)v\s*>\s*</(?P=prefix)c\s*>""" % styles,
        re.DOTALL,
    )


def with_marked_xlsx(rows: bytes, cells: re.Pattern[bytes] | None) -> bytes:
    """The rows of an .xlsx with the value of each such cell marked."""
    return cells.sub(_marked_xlsx, rows) if cells else rows


def _marked_xlsx(cell: re.Match[bytes]) -> bytes:
    name, about = cell["prefix"], _TYPE.sub(b"", cell["about"])
    text = _SIGN.encode() + cell["value"]
    return b'<%bc%b t="inlineStr"><%bis><%bt>%b</%bt></%bis></%bc>' % (name, about, name, name, text, name, name, name)


def with_marked_ods(rows: bytes) -> bytes:
    """The rows of an .ods with the value of each cell of the type percentage marked."""
    return _ODS_CELL.sub(_marked_ods, rows) if b"percentage" in rows else rows


def _marked_ods(cell: re.Match[bytes]) -> bytes:
    as_text = _ODS_TYPE.sub(rb'\1"string"', cell[0])
    return _ODS_VALUE.sub(rb' office:string-value="%b\1"' % _SIGN.encode(), as_text)


def marked_fraction(text: str) -> str:
    """The fraction of a marked cell ("0.412"), empty for every other text."""
    if not text.startswith(_SIGN):
        return ""
    try:
        fraction = float(text[1:])
    except ValueError:
        return ""
    return f"{fraction:.15g}" if math.isfinite(fraction) else ""
