"""The column of organisations' names told by its values, where no reviewed heading names it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.parsing.parsed import text_of
from etl.tables.findings import Findings
from etl.tables.groups.group_signs import ORGANIZATION
from etl.tables.headings import HeadedColumn
from etl.tables.tables import Table
from models.base.text import fold

_NAMES = re.compile(r"\b(?:ten|mo hinh|to chuc|don vi|co so|htx|hop tac xa|to hop tac|tht)\b")
_OTHER_THING = re.compile(r"\b(?:san pham|du an|giam doc|chu tich|dai dien|nguoi|lien ket|doi tac|thuoc|chu the)\b")
MOST, HALF = 0.8, 0.5


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
