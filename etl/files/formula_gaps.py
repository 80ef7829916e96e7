"""Finds the formulas of an .xlsx that have no value: errors (#REF!) and those never computed.

The sheet reader gives both as blank cells, and a blank cell means "no figure yet"; so they are looked
up in the sheet itself.
"""

from __future__ import annotations

import re

MAX_GAPS = 10_000
_CELL = rb"<(?:\w+:)?c\b([^>]*[^/>])>"
_ERROR = re.compile(rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<', re.DOTALL)
_NOT_COMPUTED = re.compile(
    _CELL + rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
Gaps = dict[int, dict[int, str]]


def gaps_of(rows: bytes) -> Gaps:
    """The formulas without a value in whole rows of a sheet's XML.

    Row (from 1) to column (from 0) to the error code, which is empty where nothing was computed.
    """
    found = [(cell[1], cell[2].decode()) for cell in _ERROR.finditer(rows)] if b't="e"' in rows else []
    if b"<f" in rows or b":f" in rows:
        found += [(cell[1], "") for cell in _NOT_COMPUTED.finditer(rows) if b't="str"' not in cell[1]]
    gaps: Gaps = {}
    for attributes, code in found:
        if place := _PLACE.search(attributes):
            gaps.setdefault(int(place[2]), {})[_column(place[1])] = code[:20]
    return gaps


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
