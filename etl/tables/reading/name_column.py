"""The column of organisations' names told by its values, where no reviewed heading names it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice

from etl.parsing.parsed import Problem, cell_name, text_of
from etl.tables.findings import Findings
from etl.tables.groups.group_signs import ORGANIZATION
from etl.tables.headings import HeadedColumn
from etl.tables.tables import Table
from models.base.text import fold

_NAMES = re.compile(r"\b(?:ten|mo hinh|to chuc|don vi|co so|htx|hop tac xa|to hop tac|tht)\b")
_OTHER_THING = re.compile(r"\b(?:san pham|du an|giam doc|chu tich|dai dien|nguoi|lien ket|doi tac|thuoc|chu the)\b")
_OF_PERSON = re.compile(r"\bho (?:va )?ten\b")
MOST, HALF = 0.8, 0.5
SHOWN = 4  # headings of a summary


def name_by_values(table: Table, required: Sequence[str], findings: Findings) -> None:
    """Take for the names the one column of which nearly every cell is another name of an HTX, THT, LHHTX or QTDND."""
    if "name" not in required or table.header.index_of("name") is not None:
        return
    sure = [
        column
        for column in table.header.surplus
        if _NAMES.search(fold(column.heading))
        and not _OTHER_THING.search(fold(column.heading))
        and _share(table, column, are_different=True) >= MOST
    ]
    if len(sure) != 1:
        return
    column = replace(sure[0], name="name")
    header = table.header
    columns = tuple(sorted((*header.columns, column), key=lambda item: item.index))
    table.header = replace(header, columns=columns, surplus=tuple(c for c in header.surplus if c is not sure[0]))
    what = f'cột "{column.heading[:60]}" được đọc là tên tổ chức: gần như mọi ô là tên HTX, THT, LHHTX hay QTDND'
    findings.remark("header.name_by_values", what, "Không cần làm gì nếu đúng", sheet=table.sheet)


def may_be_names(table: Table, required: Collection[str], *, is_only: bool) -> dict[int, str]:
    """The columns that may hold the names where no reviewed heading names them, with why: by heading or values.

    Where nothing says so it is the first column of words that differ from row to row, if the file has no other list.
    """
    if "name" not in required or table.header.index_of("name") is not None or not table.lines:
        return {}
    found = {c.index: "tiêu đề nói về tên" for c in table.header.surplus if _is_of_names(c) and _is_worded(table, c)}
    for column in table.header.surplus:
        if _share(table, column, are_different=False) > HALF:
            found[column.index] = "các ô là tên HTX, THT"
    first = (c for c in table.header.surplus if not _OF_PERSON.search(fold(c.heading)) and _is_worded(table, c))
    if found or not is_only:
        return found
    return {column.index: "các ô là chữ, mỗi dòng một khác" for column in islice(first, 1)}


def _is_of_names(column: HeadedColumn) -> bool:
    heading = fold(column.heading)
    return bool(_NAMES.search(heading)) and not (_OTHER_THING.search(heading) or _OF_PERSON.search(heading))


def _is_worded(table: Table, column: HeadedColumn) -> bool:
    """Whether nearly every line says other words in this column."""
    cells = [line.cells[column.index] for line in table.lines if column.index < len(line.cells)]
    words = {cell.strip().lower() for cell in cells if isinstance(cell, str) and any(map(str.isalpha, cell))}
    return len(words) >= MOST * len(table.lines)


def lists_organizations(table: Table) -> bool:
    """Whether any column holds names of organisations in more than half of its cells."""
    columns = (*table.header.columns, *table.header.surplus)
    return any(_share(table, column, are_different=False) > HALF for column in columns)


def _share(table: Table, column: HeadedColumn, *, are_different: bool) -> float:
    """Which part of the lines names an organisation in this column; none where a name is said twice, if asked so."""
    count, seen = 0, set[int]()
    for line in table.lines:
        cell = line.cells[column.index] if column.index < len(line.cells) else None
        text = text_of(cell).strip().lower() if isinstance(cell, str) else ""
        if ORGANIZATION.match(text):
            count += 1
            seen.add(hash(text))
    if are_different and len(seen) * 10 < count * 9:
        return 0.0
    return count / max(len(table.lines), 1)


def passed_summary(table: Table) -> Problem:
    """What is told of a summary: its headings, where it stands, that nothing of it is loaded."""
    what = f"bảng ở {_where(table)} không liệt kê tổ chức nên bỏ qua"
    return Problem("table.passed_over", what, "Không cần làm gì nếu đúng là bảng tổng hợp")


def nameless_table(table: Table) -> Problem:
    """What is told of a further table that is no summary and names no organisations: the file stops."""
    what = f"bảng ở {_where(table)} là tiêu đề của một bảng khác, không có cột tên tổ chức"
    return Problem("table.second", what, "Chép bảng thứ hai sang trang riêng, đủ tiêu đề")


def _where(table: Table) -> str:
    """Its cells and first headings."""
    columns = [*table.header.columns, *table.header.surplus]
    indexes = [column.index for column in columns]
    rows = [table.header.rows[0], *(line.number for line in table.lines), *(total.number for total in table.totals)]
    cells = f"{cell_name(min(rows), min(indexes))}:{cell_name(max(rows), max(indexes))}"
    headings = ", ".join(f'"{column.heading[:40]}"' for column in columns[:SHOWN])
    return f"{cells} (cột {headings})"
