"""What each line of a list looks like (numbered, coded, named like an organisation), and which stand apart."""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Mapping
from enum import IntFlag

from etl.parsing.parsed import Cell, text_of
from etl.parsing.text import clean
from etl.tables.columns import Words
from etl.tables.groups.group_scope import group_name
from etl.tables.tables import Table
from models.base.text import fold

_TOTAL = re.compile(
    r"(?:tổng(?! hợp\b)|cộng(?! h[oò][àa]\b| đồng\b)|trong đó|bình quân|trung bình|l[uũ][ỹy] kế"
    r"|toàn (?:tỉnh|huyện|xã|thị xã|thành phố|quận|vùng|ngành|quốc)"
    r"|tong (?:cong|so)|cong (?:toan|huyen|tinh)|binh quan)\b"
)
_PLACE = re.compile(
    r"(?:[ivx]{1,4}[.)\s-]+)?(?:huyện|thị xã|thành phố|quận|thị trấn|xã(?! hội\b)|phường|đặc khu|tỉnh"
    r"|cụm|khu vực|vùng|tp\b\.?|tx\b\.?)"
    r"\s+\S"
)
_COUNTED = re.compile(r":\s*[0-9]+\s*(?:htx|hợp tác xã|tht|đơn vị|tổ)?\s*$")
ORGANIZATION = re.compile(  # at the beginning: "Số HTX đang hoạt động" and "BQ/HTX" speak of several
    r"[\W_]*(?:htx|h\.\s?t\.\s?x|hợp tác xã|hop tac xa|tht|tổ hợp tác|to hop tac|tổ ht\b|lh\s?htx|lh\b"
    r"|liên hiệp|lien hiep|quỹ|quy tin dung|qtd)"
)
_FORM_IN_HEADING = re.compile(r"htx|hop tac|tht|lien hiep|to chuc kinh te|tieng ?viet")
_OTHER_ORDINAL = re.compile(r"(?:[ivxlc]{1,6}|[a-zđ])[.)]?|[*+-]+")
MOST, HALF, ENOUGH = 0.8, 0.5, 3
LOOKED_AT = ("row_number", "name", "tax_code", "legacy_number", "founded")


class LineSign(IntFlag):
    """What one line looks like. ALONE: one cell and no more; BARE: that cell is the name; KIND: it names a sector."""

    NUMBERED = 1
    OTHER_ORDINAL = 2
    CODED = 4
    FOUNDED = 8
    ORGANIZATION = 16
    TOTAL = 32
    PLACE = 64
    ALONE = 128
    BARE = 256
    KIND = 512


_NAMED = LineSign.ORGANIZATION | LineSign.CODED


def signs_of(table: Table, sectors: Words | None = None) -> array[int]:
    """The signs of every line."""
    places = {name: table.header.index_of(name) for name in LOOKED_AT}
    return array("H", (_sign(line.cells, places, sectors) for line in table.lines))


def _sign(cells: tuple[Cell, ...], places: Mapping[str, int | None], sectors: Words | None) -> int:
    name = cell_at(cells, places["name"])
    sign = _ordinal(cell_at(cells, places["row_number"]))
    if cell_at(cells, places["tax_code"]) is not None or cell_at(cells, places["legacy_number"]) is not None:
        return sign | LineSign.CODED | LineSign.FOUNDED
    if cell_at(cells, places["founded"]) is not None:
        sign |= LineSign.FOUNDED
    if len(cells) - cells.count(None) == 1:
        sign |= LineSign.ALONE if name is None else LineSign.BARE
    if name is None:
        return sign
    told = clean(text_of(name))
    sign |= _sign_of_name(told.lower())
    is_open = sign & LineSign.ORGANIZATION and not sign & LineSign.NUMBERED
    return sign | LineSign.KIND if is_open and group_name(told, sectors).says == "sector" else sign


def _sign_of_name(text: str) -> int:
    sign = LineSign.ORGANIZATION if ORGANIZATION.match(text) else LineSign(0)
    if _TOTAL.match(text) or _COUNTED.search(text):
        return sign | LineSign.TOTAL
    return sign | (LineSign.PLACE if not sign and _PLACE.match(text) else 0)


def cell_at(cells: tuple[Cell, ...], index: int | None) -> Cell:
    """The cell of a column; None where the column or the cell is missing."""
    return cells[index] if index is not None and index < len(cells) else None


def _ordinal(cell: Cell) -> int:
    if isinstance(cell, int | float):
        return LineSign.NUMBERED
    text = fold(cell) if isinstance(cell, str) else ""
    if text.rstrip(".)").isdigit():
        return LineSign.NUMBERED
    return LineSign.OTHER_ORDINAL if _OTHER_ORDINAL.fullmatch(text) else 0


def suspects_of(signs: array[int], sums: Collection[int] = ()) -> set[int]:
    """The places of lines that look like a group, held against what most lines of the list look like.

    `sums` are lines that equal all others together: they are suspect unless something names an organisation.
    """
    several = [line for line in signs if not line & (LineSign.ALONE | LineSign.BARE)]
    rest = [line for line in several or signs if not line & LineSign.OTHER_ORDINAL or line & _NAMED]
    usual = {sign: sum(1 for line in rest if line & sign) / max(len(rest), 1) for sign in LineSign}
    are_named = max(usual[LineSign.ORGANIZATION], usual[LineSign.CODED]) >= HALF
    found = set()
    for index, sign in enumerate(signs):
        looks = bool(sign & (LineSign.TOTAL | LineSign.PLACE | LineSign.ALONE))
        looks = looks or bool(sign & LineSign.BARE and not sign & LineSign.ORGANIZATION)
        stands = sign & LineSign.OTHER_ORDINAL and usual[LineSign.NUMBERED] > HALF
        stands = stands or (sign & LineSign.BARE and usual[LineSign.NUMBERED] > HALF)
        stands = stands or (not sign & LineSign.NUMBERED and usual[LineSign.NUMBERED] > HALF and _may_be_group(sign))
        stands = stands or (index in sums and not sign & LineSign.ORGANIZATION)
        lacks = _missing(sign, usual) >= ENOUGH
        lacks = lacks or (are_named and not sign & (LineSign.FOUNDED | LineSign.ORGANIZATION))
        if not sign & LineSign.CODED and (looks or stands or lacks):
            found.add(index)
    return found


def _may_be_group(sign: int) -> bool:
    """Whether a line without an ordinal names no organisation, or only a kind of them ("HTX nông nghiệp")."""
    return not sign & LineSign.ORGANIZATION or bool(sign & LineSign.KIND)


def _missing(sign: int, usual: Mapping[LineSign, float]) -> int:
    """How many things the line lacks that nearly all lines have."""
    looked_at = (LineSign.NUMBERED, LineSign.CODED, LineSign.FOUNDED, LineSign.ORGANIZATION)
    return sum(1 for thing in looked_at if not sign & thing and usual[thing] >= MOST)


def names_organizations(table: Table) -> bool:
    """Whether anything says that lines are organisations: the heading of the names, a code, a day, a form in a name."""
    index = table.header.index_of("name")
    heading = next((column.heading for column in table.header.columns if column.index == index), "")
    if _FORM_IN_HEADING.search(fold(heading)) or table.header.index_of("kind") is not None or not table.lines:
        return True
    return any(sign & (LineSign.CODED | LineSign.FOUNDED | LineSign.ORGANIZATION) for sign in signs_of(table))
