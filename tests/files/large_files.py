"""Files too large or too hostile to keep; built when a test needs them."""

from __future__ import annotations

import csv
import itertools
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

sys.path.insert(0, str(Path(__file__).parent))
from build import HEAD, NAMES, plain
from formats import ods, repacked

SHEET = "xl/worksheets/sheet1.xml"
_BEGIN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_END = "</sheetData></worksheet>"


def zip_bomb(path: Path) -> None:
    """A small workbook whose sheet unpacks to 400 MB."""
    plain(path, [list(HEAD)])
    path.write_bytes(repacked(path, {SHEET: b" " * (400 * 1024 * 1024)}))


def lying_zip(path: Path) -> None:
    """A bomb that declares a small size, in its list and before the part."""
    plain(path, [list(HEAD)])
    sheet = (_BEGIN + "<row><c><v>1</v></c></row>" * 11_000_000 + _END).encode()
    content = repacked(path, {SHEET: sheet})
    path.write_bytes(content.replace(struct.pack("<I", len(sheet)), struct.pack("<I", 5000)))


def many_rows(path: Path, count: int, figures: int = 14) -> None:
    """A long register, for the bounds and the speed of reading."""
    heads = [*HEAD[:6], *[f"Cột {n}" for n in range(figures)]]
    plain(path, [heads])
    body = "".join(_rows(count, figures))
    path.write_bytes(repacked(path, {SHEET: (_BEGIN + _row(1, heads) + body + _END).encode()}))


def register_of(path: Path, count: int) -> None:
    """A long register whose texts are all different, in the format that the name tells."""
    rows = ([n, f"{NAMES[n % 4]} {n}", f"{n * 7919 % 10**10:010d}", f"Thôn {n}", n % 900] for n in range(count))
    table = itertools.chain([HEAD[:5]], rows)
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(table)
    elif path.suffix == ".ods":
        path.write_bytes(ods("Sổ", [list(row) for row in table]))
    else:
        with xlsxwriter.Workbook(path, {"constant_memory": "in_cells" in path.name}) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(table):
                sheet.write_row(number, 0, row)


def _rows(count: int, figures: int) -> Iterator[str]:
    for n in range(count):
        name, code = f"{NAMES[n % 4]} {n}", f"{n * 7919 % 10**10:010d}"
        yield _row(n + 2, [n + 1, name, code, f"Xã số {n % 300}", "04/04/2009", n % 900, *[n % 9000] * figures])


def _row(number: int, cells: list[object]) -> str:
    """Cells without coordinates; Excel counts them from column A."""
    return f'<row r="{number}">' + "".join(map(_cell, cells)) + "</row>"


def _cell(value: object) -> str:
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
    return f"<c><v>{value}</v></c>"
