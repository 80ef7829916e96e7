"""Finds rows of a list that name no organisation but a group of them: districts, kinds, totals, averages.

They are told by where they stand and what they add up to (an ordinal of another style, no code where the others have
one, the sum of the rows above or below) and by the shape of the name. What is sure leaves the list; what is not stops.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntFlag

from etl.files.spool import Spool
from etl.parsing.parsed import Cell, Problem, cell_name, text_of
from etl.parsing.text import clean
from etl.tables.findings import Findings
from etl.tables.headings import HeadedColumn
from etl.tables.tables import DataRow, Table, TotalLine
from etl.tables.totals import added_value, adds_up, is_among
from models.base.text import fold

_TOTAL = re.compile(
    r"(?:tổng(?! hợp\b)|cộng(?! h[oò][àa]\b| đồng\b)|trong đó|bình quân|trung bình|l[uũ][ỹy] kế"
    r"|toàn (?:tỉnh|huyện|xã|thị xã|thành phố|quận|vùng|ngành|quốc)"
    r"|tong (?:cong|so)|cong (?:toan|huyen|tinh)|binh quan)\b"
)
_AVERAGE = re.compile(r"(?:bình quân|trung bình|binh quan|trung binh)\b")
_PLACE = re.compile(
    r"(?:[ivx]{1,4}[.)\s-]+)?(?:huyện|thị xã|thành phố|quận|thị trấn|xã(?! hội\b)|phường|đặc khu|tỉnh"
    r"|cụm|khu vực|vùng|tp\b\.?|tx\b\.?)"
    r"\s+\S"
)
_DISTRICT = re.compile(r"(?:[ivx]{1,4}[.)\s-]+)?((?:huyện|thị xã|thành phố|quận|tp\.?|tx\.?)\s+\S.*)", re.IGNORECASE)
_COUNTED = re.compile(r":\s*[0-9]+\s*(?:htx|hợp tác xã|tht|đơn vị|tổ)?\s*$")
_ORGANIZATION = re.compile(  # at the beginning: "Số HTX đang hoạt động" and "BQ/HTX" speak of several
    r"[\W_]*(?:htx|h\.\s?t\.\s?x|hợp tác xã|hop tac xa|tht|tổ hợp tác|to hop tac|tổ ht\b|lh\s?htx|lh\b"
    r"|liên hiệp|lien hiep|quỹ|quy tin dung|qtd)"
)
_FORM_IN_HEADING = re.compile(r"htx|hop tac|tht|lien hiep|to chuc kinh te|tieng ?viet")
_OTHER_ORDINAL = re.compile(r"(?:[ivxlc]{1,6}|[a-zđ])[.)]?|[*+-]+")
MOST, HALF, ENOUGH = 0.8, 0.5, 3
SHOWN = 5
LOOKED_AT = ("row_number", "name", "tax_code", "legacy_number", "founded")
Sums = dict[int, Decimal]


class _Sign(IntFlag):
    """What one line looks like."""

    NUMBERED = 1
    OTHER_ORDINAL = 2
    CODED = 4
    FOUNDED = 8
    ORGANIZATION = 16
    TOTAL = 32
    PLACE = 64
    ALONE = 128


@dataclass(slots=True)
class _GroupCandidate:
    """A line that may be a group: its place in the list and what it adds up."""

    index: int
    line: DataRow
    sign: int
    values: Sums
    is_sum: bool = False


def part_groups(table: Table, findings: Findings) -> None:
    """Take group and total rows out of the list, giving their district to the rows below; doubtful ones stop."""
    signs = _signs(table)
    suspects = _suspects(signs)
    if not suspects:
        return
    columns = [column for column in table.header.columns if adds_up(column)]
    found = _with_sums(table, suspects, signs, columns)
    _take_out(table, found, findings)


def _signs(table: Table) -> array[int]:
    places = {name: table.header.index_of(name) for name in LOOKED_AT}
    return array("B", (_sign(line.cells, places) for line in table.lines))


def _sign(cells: tuple[Cell, ...], places: Mapping[str, int | None]) -> int:
    name = _at(cells, places["name"])
    sign = _ordinal(_at(cells, places["row_number"]))
    if _at(cells, places["tax_code"]) is not None or _at(cells, places["legacy_number"]) is not None:
        return sign | _Sign.CODED | _Sign.FOUNDED
    if _at(cells, places["founded"]) is not None:
        sign |= _Sign.FOUNDED
    if name is None:
        return sign | (_Sign.ALONE if len(cells) - cells.count(None) == 1 else 0)
    text = clean(text_of(name)).lower()
    if _ORGANIZATION.match(text):
        sign |= _Sign.ORGANIZATION
    if _TOTAL.match(text) or _COUNTED.search(text):
        return sign | _Sign.TOTAL
    return sign | (_Sign.PLACE if not sign & _Sign.ORGANIZATION and _PLACE.match(text) else 0)


def _at(cells: tuple[Cell, ...], index: int | None) -> Cell:
    return cells[index] if index is not None and index < len(cells) else None


def _ordinal(cell: Cell) -> int:
    if isinstance(cell, int | float):
        return _Sign.NUMBERED
    text = fold(cell) if isinstance(cell, str) else ""
    if text.rstrip(".)").isdigit():
        return _Sign.NUMBERED
    return _Sign.OTHER_ORDINAL if _OTHER_ORDINAL.fullmatch(text) else 0


def _suspects(signs: array[int]) -> set[int]:
    """The places of lines that look like a group, held against what most lines of the list look like."""
    usual = {sign: sum(1 for line in signs if line & sign) / max(len(signs), 1) for sign in _Sign}
    are_named = max(usual[_Sign.ORGANIZATION], usual[_Sign.CODED]) >= HALF
    found = set()
    for index, sign in enumerate(signs):
        looks = sign & (_Sign.TOTAL | _Sign.PLACE | _Sign.ALONE)
        stands = sign & _Sign.OTHER_ORDINAL and usual[_Sign.NUMBERED] > HALF
        lacks = _missing(sign, usual) >= ENOUGH or (are_named and not sign & (_Sign.FOUNDED | _Sign.ORGANIZATION))
        if not sign & _Sign.CODED and (looks or stands or lacks):
            found.add(index)
    return found


def names_organizations(table: Table) -> bool:
    """Whether anything says that lines are organisations: the heading of the names, a code, a day, a form in a name."""
    index = table.header.index_of("name")
    heading = next((column.heading for column in table.header.columns if column.index == index), "")
    if _FORM_IN_HEADING.search(fold(heading)) or table.header.index_of("kind") is not None or not table.lines:
        return True
    return any(sign & (_Sign.CODED | _Sign.FOUNDED | _Sign.ORGANIZATION) for sign in _signs(table))


def _missing(sign: int, usual: Mapping[_Sign, float]) -> int:
    """How many things the line lacks that nearly all lines have."""
    looked_at = (_Sign.NUMBERED, _Sign.CODED, _Sign.FOUNDED, _Sign.ORGANIZATION)
    return sum(1 for thing in looked_at if not sign & thing and usual[thing] >= MOST)


def _with_sums(
    table: Table, suspects: set[int], signs: array[int], columns: Sequence[HeadedColumn]
) -> list[_GroupCandidate]:
    """The suspects, each held against the sum of the lines between it and the next, before it, and so far."""
    found: list[_GroupCandidate] = []
    parts: list[Sums] = [{}]
    for index, line in enumerate(table.lines):
        values = {c.index: v for c in columns if (v := added_value(_at(line.cells, c.index), c))}
        if index in suspects:
            found.append(_GroupCandidate(index, line, signs[index], values))
            parts.append({})
        else:
            _add(parts[-1], values)
    whole: Sums = {}
    for part in parts:
        _add(whole, part)
    so_far: Sums = {}
    for number, item in enumerate(found):
        _add(so_far, parts[number])
        item.is_sum = any(_equal(item.values, sums) for sums in (parts[number], parts[number + 1], so_far, whole))
    return found


def _add(sums: Sums, values: Mapping[int, Decimal]) -> None:
    for index, value in values.items():
        sums[index] = sums.get(index, Decimal(0)) + value


def _equal(values: Sums, sums: Sums) -> bool:
    return bool(values) and all(is_among(value, (sums.get(index, Decimal(0)),)) for index, value in values.items())


def _take_out(table: Table, found: Iterable[_GroupCandidate], findings: Findings) -> None:
    known = {item.index: item for item in found}
    places = sorted(known)
    table.totals = [replace(total, upto=total.upto - bisect_left(places, total.upto)) for total in table.totals]
    kept: Spool[DataRow] = Spool()
    district, told = "", []
    for index, line in enumerate(table.lines):
        item = known.get(index)
        if item is None:
            kept.append(line._replace(district=district) if district else line)
            continue
        name = _name(table, line)
        if not _is_sure(item, name):
            _stop(table, line, name, findings)
            continue
        told.append(f'dòng {line.number} "{name[:40]}"')
        district = _district(name) or district
        table.groups.append((line.number, name))
        _keep_total(table, item, name, len(kept))
    table.lines = kept
    table.groups.sort()
    table.totals.sort(key=lambda total: total.number)
    if told:
        what = f"{len(told)} dòng nhóm và dòng cộng không phải là tổ chức nên không nạp: {'; '.join(told[:SHOWN])}"
        findings.remark("row.groups", what, "Không cần làm gì nếu đúng; nếu là tổ chức, ghi mã số", sheet=table.sheet)


def _is_sure(item: _GroupCandidate, name: str) -> bool:
    if item.sign & _Sign.ALONE:
        return True
    if item.sign & _Sign.TOTAL and not item.sign & _Sign.NUMBERED:
        return True
    if item.sign & (_Sign.PLACE | _Sign.OTHER_ORDINAL | _Sign.TOTAL):
        return item.is_sum or (not item.values and bool(item.sign & _Sign.PLACE))
    return item.is_sum and len(item.values) > 1


def _name(table: Table, line: DataRow) -> str:
    cell = _at(line.cells, table.header.index_of("name"))
    return clean(text_of(next((cell for cell in (cell, *line.cells) if cell is not None), None)))


def _district(name: str) -> str:
    found = _DISTRICT.fullmatch(name)
    return found[1] if found else ""


def _keep_total(table: Table, item: _GroupCandidate, name: str, upto: int) -> None:
    """A total that equals no sum is told with the other totals; averages add nothing up."""
    if not item.is_sum and item.values and not _AVERAGE.match(name.lower()):
        table.totals.append(TotalLine(item.line.number, item.line.cells, upto, "toàn" in name.lower()))


def _stop(table: Table, line: DataRow, name: str, findings: Findings) -> None:
    what = f'"{name[:60]}" giống một dòng nhóm hoặc dòng cộng, không giống tên một tổ chức'
    remedy = "Nếu là dòng nhóm hoặc dòng cộng, xóa dòng; nếu là tổ chức, ghi mã số hoặc đủ tên (HTX …)"
    where = cell_name(line.number, table.header.index_of("name") or 0)
    findings.stop_row(Problem("row.group", what, remedy), table.sheet, line.number, where, name)
