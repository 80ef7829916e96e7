"""Where a row says its organisation lies: commune columns, old and new side by side, groups, else its address."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from typing import NamedTuple

from etl.parsing.text import clean, name_key
from etl.tables.cells import CellReader
from etl.tables.groups.group_scope import written_place
from etl.tables.tables import Table

MERGER = date(2025, 7, 1)  # from this day on districts are gone and communes are others
_END = r"(?=\s*(?:[,;.()]|\s[-–]\s|\b(?:huyện|thị xã|thành phố|quận|tỉnh|tp|tx)\b|$))"
_SPACED = re.compile(
    rf"\b((?<!thị )xã(?! hội\b| viên\b)|phường|thị trấn|đặc khu)\s+(\w[^,;.()]*?){_END}", re.IGNORECASE
)
_SHORT = re.compile(r"(?:^|[,;]|\s[-–]\s)\s*(x|p|tt|đk)\.\s*([^\W\d][^,;()]*?)\s*(?=[,;(]|\s[-–]\s|$)", re.IGNORECASE)
_DISTRICT = re.compile(
    r"\b(huyện|thị xã|thành phố|quận|tp\.?|tx\.?)\s+(\w[^,;.()]*?)(?=\s*(?:[,;.()]|\s[-–]\s|\btỉnh\b|$))", re.IGNORECASE
)
_OF_DISTRICT = re.compile(
    r"\b(huyện|thị xã|thành phố|quận|tp\.?|tx\.?)\s+"
    r"((?!(?:huyện|thị|thành|quận|xã|phường|trực|thuộc|và)\b)[^\W\d_][^,;.()–-]*?)"
    r"(?=\s*(?:[,;.()–-]|\b(?:và|huyện|thị xã|thành phố|quận|năm|tỉnh|đến|tính|tháng|quý|theo|giai đoạn|trong|trên)\b"
    r"|\b[0-9]|$))",
    re.IGNORECASE,
)
_LONG = {"x": "Xã", "p": "Phường", "tt": "Thị trấn", "đk": "Đặc khu"}


class StatedPlace(NamedTuple):
    """The commune and district a row names; `column` holds the commune's name; the old commune where it is beside."""

    commune: str
    district: str
    column: str = "commune"
    old_commune: str = ""
    old_district: str = ""


def in_address(address: str) -> tuple[str, str]:
    """The one commune that an address names, and its district; empty where it names none or several."""
    text = clean(address)
    told = [f"{found[1]} {found[2]}" for found in _SPACED.finditer(text)]
    told += [f"{_LONG[found[1].lower()]} {found[2]}" for found in _SHORT.finditer(text)]
    districts = [f"{found[1]} {found[2]}" for found in _DISTRICT.finditer(text)]
    communes = list({name.lower(): name.strip() for name in told}.values())
    commune = communes[0] if len(communes) == 1 else ""
    return commune[:1].upper() + commune[1:], districts[0].strip() if len(districts) == 1 else ""


def district_of_table(table: Table, provinces: Collection[str], is_district: Callable[[str], bool]) -> str:
    """The one district that titles, else the name of the sheet, say the list is of; `provinces` are no districts."""
    texts = (*table.header.titles, table.sheet)
    told = [f"{found[1]} {found[2]}" for text in texts for found in _OF_DISTRICT.finditer(clean(text))]
    names = {name_key(name): name for name in told if name_key(name.split(" ", 1)[1]) not in provinces}
    if len(names) == 1:
        return written_place(next(iter(names.values())))
    sheet = clean(table.sheet)
    return sheet if not names and is_district(sheet) else ""


def stated_place(reader: CellReader, on: date, district: str = "") -> StatedPlace:
    """What the line says of its place as of a day: before the merger the old names count, since then the new.

    `district` is that of the whole table, where neither the line nor a group says another.
    """
    place = _of_line(reader, on)
    return place if place.district else place._replace(district=district)


def _of_line(reader: CellReader, on: date) -> StatedPlace:
    new = StatedPlace(reader.text("commune"), reader.text("district"))
    old = StatedPlace(reader.text("old_commune"), reader.text("old_district"), "old_commune")
    if old.commune and (on < MERGER or not new.commune):
        return old if old.district else old._replace(district=new.district)
    if new.commune:
        return new._replace(
            district=new.district or reader.line.district, old_commune=old.commune, old_district=old.district
        )
    if reader.line.commune:
        return StatedPlace(reader.line.commune, new.district or reader.line.district)
    column = "old_address" if on < MERGER and reader.text("old_address") else "address"
    commune, district = in_address(reader.text(column)) if reader.has(column) else ("", "")
    return StatedPlace(commune, new.district or district or reader.line.district, column)
