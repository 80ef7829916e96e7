"""The rows of an annex of tasks as printed: section, number, title, who leads, who helps, product, deadline. Pure.

A row without a number goes on with the row above, over a page break.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from etl.documents.tables_in_text import table_rows

_ROLES = (
    ("number", r"^(?:stt|tt|số tt)$"),
    ("leads", r"chủ trì|đơn vị thực hiện|cơ quan thực hiện"),
    ("coordinators", r"phối hợp"),
    ("product", r"sản phẩm|kết quả"),
    ("deadline", r"thời gian|thời hạn|tiến độ|hoàn thành"),
    ("title", r"nhiệm vụ|nội dung|công việc"),
)
_SECTION = re.compile(r"(?P<number>[IVX]{1,5}|[A-H](?=[./)]))\s*[./)]?(?:\s+(?P<title>\S.*))?", re.S)
_NUMBER = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*)\s*[.)]?(?:\s+(?P<title>\S.*))?", re.S)
LONGEST_HEADING = 60
_DONE = re.compile(r"\s*\((?:đã )?hoàn thành\)\s*$", re.I)
_ITEM = re.compile(r"[;.]?\s+[-–]\s+(?=[A-ZĐ]|các\b)")
_NEXT_ITEM = re.compile(r"[;.]\s*[-–]\s+")
_WHEN = r"(?:hàng|hằng) (?:năm|quý|tháng)|thường xuyên|(?:giai đoạn )?20\d\d(?: ?[-–] ?20\d\d)?"
_DEADLINE = re.compile(rf"(?P<rest>.*\S)\s+(?P<deadline>{_WHEN})\s*", re.I | re.S)


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One numbered row; empty where a cell is empty or was lost. `parent` is the number of the row it is part of."""

    section: str
    section_title: str
    number: str
    parent: str | None
    title: str
    leads_text: str = ""
    coordinators_text: str = ""
    product: str | None = None
    deadline_text: str = ""
    is_heading: bool = False
    is_done_in_document: bool = False


@dataclass(slots=True)
class _Reading:
    """What has been read of the table: columns by role, the section one is in, and the rows."""

    roles: tuple[str, ...] = ()
    section: tuple[str, str] = ("", "")
    rows: list[dict[str, str]] = field(default_factory=list)


def read_annex(document: str) -> list[AnnexRow]:
    """The numbered rows of every table of tasks, in printed order; empty where there is no such table."""
    reading = _Reading()
    for row in table_rows(document):
        cells = [cell.text for cell in row]
        roles = _roles(cells)
        if roles:
            reading.roles = roles
        elif reading.roles:
            _take(reading, cells)
    rows = [_row(cells) for cells in reading.rows]
    parents = {(row.section, row.parent) for row in rows if row.parent}
    return [replace(row, is_heading=(row.section, row.number) in parents and not row.leads_text) for row in rows]


def _roles(cells: Sequence[str]) -> tuple[str, ...]:
    """The role of each column of a heading row; empty for any other row."""
    short = [cell for cell in cells if len(cell) <= LONGEST_HEADING]
    found = tuple(next((role for role, words in _ROLES if re.search(words, cell, re.I)), "") for cell in short)
    is_heading = {"title", "leads"} <= set(found) and len(found) == len(cells)
    return found if is_heading else ()


def _is_unnumbered(cells: Sequence[str]) -> bool:
    """Whether a row of a table without a column of numbers is a task: no section, and more than one cell filled."""
    is_numbered = _SECTION.fullmatch(cells[0]) or _NUMBER.fullmatch(cells[0])
    return not is_numbered and len({cell for cell in cells if cell}) > 1


def _take(reading: _Reading, cells: list[str]) -> None:
    first = cells[0]
    if "number" not in reading.roles and _is_unnumbered(cells):
        _add(reading, str(len(reading.rows) + 1), list(cells))
        return
    section, number = _SECTION.fullmatch(first), _NUMBER.fullmatch(first)
    if section and (section["title"] or _is_title_only(cells)):
        reading.section = (section["number"], section["title"] or cells[1])
    elif number:
        title = [number["title"]] if number["title"] else []
        _add(reading, number["number"], [*title, *cells[1:]])
    elif reading.rows and any(cells):
        _go_on(reading.rows[-1], cells, reading.roles)


def _is_title_only(cells: Sequence[str]) -> bool:
    """A heading spans the row: nothing beside it, or the same words in every merged cell."""
    return len(cells) > 1 and all(cell in ("", cells[1]) for cell in cells[2:])


def _add(reading: _Reading, number: str, cells: list[str]) -> None:
    roles = [role for role in reading.roles if role != "number"]
    row = dict.fromkeys(roles, "") | {"section": reading.section[0], "section_title": reading.section[1]}
    row |= dict(zip(roles, _split(cells, len(roles)), strict=False)) | {"number": number}
    reading.rows.append(row)


def _split(cells: list[str], wanted: int) -> list[str]:
    """Give back the columns that ran together: who leads and who helps, and a deadline at the end of a cell."""
    while len(cells) > wanted and not cells[-1]:
        cells = cells[:-1]
    if len(cells) < wanted and cells and (found := _DEADLINE.fullmatch(cells[-1])):
        cells = [*cells[:-1], found["rest"], found["deadline"]]
    if len(cells) == wanted and not cells[-1] and re.fullmatch(_WHEN, cells[-2], re.I):
        cells = [*cells[:-2], "", cells[-2]]
    if len(cells) == wanted - 1:
        at = next((at for at, cell in enumerate(cells[1:-1], start=1) if re.search(r"\w\.? - [A-ZĐC]", cell)), None)
        if at is not None:
            lead, rest = cells[at].split(" - ", 1)
            cells = [*cells[:at], lead, rest, *cells[at + 1 :]]
    return cells


def _go_on(row: dict[str, str], cells: list[str], roles: Sequence[str]) -> None:
    for role, cell in zip(roles, cells, strict=False):
        if role != "number" and cell:
            row[role] = f"{row.get(role, '')} {cell}".strip()


def _row(cells: dict[str, str]) -> AnnexRow:
    product, number = cells.get("product", ""), cells["number"]
    return AnnexRow(
        section=cells["section"],
        section_title=cells["section_title"],
        number=number,
        parent=number.rpartition(".")[0] or None,
        title=cells.get("title", ""),
        leads_text=_offices(cells.get("leads", "")),
        coordinators_text=_offices(cells.get("coordinators", "")),
        product=_DONE.sub("", product) or None,
        deadline_text=cells.get("deadline", "").strip(" .;"),
        is_done_in_document=bool(_DONE.search(product)),
    )


def _offices(text: str) -> str:
    """Items of a list in a cell on one line, with a semicolon between them."""
    rule = _ITEM if re.match(r"\s*[-–]\s", text) else _NEXT_ITEM
    parts = [part.strip(" ;.-–") for part in rule.split(f" {text}")]
    return "; ".join(part for part in parts if part)
