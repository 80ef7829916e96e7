"""The sheet of the document: number, day, issuer, the yearly report, what is entered and what is checked."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from etl.facts.programme_schema import ProgrammeHead
from etl.facts.rows.places import slug_of
from etl.facts.shape import Located, validate
from etl.programmes import cells, sheets
from etl.programmes.book_in import BookLine, BookLines, fields_of
from etl.programmes.catalogue import Catalogue
from etl.programmes.cells import UnreadCellError, issued_shown, issued_taken
from etl.programmes.positions import BookPosition
from etl.programmes.sheets import SheetColumn
from models.tasks.deadline import read_deadline

NAMED = (
    SheetColumn("Số", "number", unknown=sheets.SILENT),
    SheetColumn("Ngày", "issued_on", cells.DAY, unknown=sheets.SILENT),
    SheetColumn("Tên văn bản", "title"),
)
FIRST = {"document": "document.issued_on", "reporting": "reporting.text", "entered": "entered.annex"}
LAST_DAY = "12-31"  # stands in while the day is asked for
_OF_DOCUMENT = ("number", "issuer", "issuer_text", "signed_note")


class HeadReader:
    """Reads the lines of the document and knows where each of its fields stands."""

    def __init__(self, book: BookLines, names: Catalogue) -> None:
        self.book = book
        self.names = names
        self.at: dict[str, BookPosition] = {}
        self.told: dict[str, Any] = {}
        self.named: dict[str, list[dict[str, Any]]] = {"implements": [], "replaces": []}

    def read(self) -> Located[ProgrammeHead] | None:
        """The head, or None with its problems in the book."""
        for line in self.book.lines.get(sheets.DOCUMENT, []):
            self._take(line)
        document = self._document()
        content: dict[str, Any] = {
            "document": document,
            "reporting": self._reporting(),
            **self.named,
            "entered": {name: self.told.get(f"entered.{name}", False) for name in ("annex", "body")},
            "checked": self.told.get("checked", False),
            "remark": self.told.get("remark"),
        }
        content |= {name: self.told[name] for name in ("slug", "place", "title") if name in self.told}
        content.setdefault("slug", self._slug(document))
        return validate(
            ProgrammeHead,
            content,
            file=self.book.file,
            line_of=lambda path: self._at(path).number,
            issues=self.book.issues,
        )

    def _take(self, line: BookLine) -> None:
        role = line.cells.get("role")
        if isinstance(role, str):
            named = {"issued_on": None} | fields_of(line, NAMED, self.names, self.book.tell)
            self.at[f"{role}.{len(self.named[role])}"] = line.at("number")
            self.named[role].append(named)
            return
        (name,) = line.columns
        if name in self.told:
            self.book.tell(line.at(name), "mục này ghi hai lần", "Giữ một dòng")
        self.at[name] = line.at(name)
        self.told |= fields_of(line, sheets.DOCUMENT_LINES, self.names, self.book.tell)

    def _at(self, path: tuple[str | int, ...]) -> BookPosition:
        """Where a field stands; a part that has no line of its own at the first line of its whole."""
        parts = [str(part) for part in path]
        while parts:
            name = ".".join(parts)
            if name in self.at or name in FIRST:
                return self.at.get(name) or self._line(FIRST[name])
            if name in _LINES:
                return self._line(name)
            parts.pop()
        return BookPosition(sheets.DOCUMENT, 1)

    def _line(self, name: str) -> BookPosition:
        """The line of a field in the workbook as it goes out: where a blank one has to be filled."""
        return self.at.get(name) or BookPosition(sheets.DOCUMENT, _LINES[name] + 2, 2)

    def _document(self) -> dict[str, Any]:
        document = {name: self.told[f"document.{name}"] for name in _OF_DOCUMENT if f"document.{name}" in self.told}
        document.setdefault("issuer", None)
        if document["issuer"]:
            document.setdefault("issuer_text", self.names.agencies.name(document["issuer"]))
        issued = self.told.get("document.issued_on")
        if issued is not None:
            try:
                day, precision = issued_taken(issued)
            except UnreadCellError as problem:
                remedy = "Ghi ngày/tháng/năm; chỉ biết tháng thì ghi tháng 02/2023, chỉ biết năm thì ghi năm 2023"
                self.book.tell(self.at["document.issued_on"], problem.what, remedy)
                return document
            text = self.told.get("document.issued_text", str(issued_shown(day, precision)))
            document |= {"issued_on": day, "issued_precision": precision, "issued_text": text}
        return document

    def _reporting(self) -> dict[str, Any] | None:
        """The yearly report; its day is read from the printed words where nobody typed it."""
        told = {
            name.removeprefix("reporting."): value for name, value in self.told.items() if name.startswith("reporting.")
        }
        if not told:
            return None
        days = {name.removeprefix("last_days."): told.pop(name) for name in list(told) if name.startswith("last_days.")}
        day = told.pop("day", None) or _day_read(told.get("text", ""))
        if day is None:
            what = "không đọc được ngày cuối đúng hạn từ lời in"
            self.book.tell(self._line("reporting.day"), what, "Ghi ngày/tháng, ví dụ 14/12")
            day = LAST_DAY
        month, last = (int(part) for part in day.split("-"))
        return {**told, "month": month, "last_day": last} | ({"last_days": days} if days else {})

    def _slug(self, document: dict[str, Any]) -> str:
        """Place, number and year; what is missing of them is told elsewhere."""
        issued = document.get("issued_on")
        number = re.match(r"\d+", document.get("number") or "")
        parts = [self.told.get("place"), number and number.group(), issued.year if isinstance(issued, date) else None]
        return slug_of(" ".join(str(part) for part in parts if part)) or "chua-ro"


def _day_read(text: str) -> str | None:
    """The last day on time that the printed words mean, as "month-day"."""
    found = read_deadline(text)
    due = found.turns[-1].due if found and found.turns else None
    return f"{due[0]:02}-{due[1]:02}" if due else None


_LINES = {line.field: number for number, line in enumerate(sheets.DOCUMENT_LINES)}
