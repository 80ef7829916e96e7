"""Makes the facts of a programme out of the lines of its workbook, through the shapes of data/programmes.

Defaults are stated here and on the sheets; what no default fills is missing, and the shape says so at its cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from etl.facts import programme_schema as shapes
from etl.facts.facts_reader import ProgrammeFacts
from etl.facts.schema import AgencyRow, IndicatorEntry
from etl.facts.shape import Located
from etl.programmes import sheets
from etl.programmes.book_in import BookLine, BookLines, fields_of
from etl.programmes.catalogue import Catalogue
from etl.programmes.head import HeadReader
from etl.programmes.lines_checked import checked
from etl.programmes.new_names import new_agencies, new_indicators
from etl.programmes.work import TaskReader
from models.gaps.promise import Comparator, PromiseKind

UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What a workbook says: the programme, and the indicators and agencies that it brings."""

    programme: ProgrammeFacts
    indicators: list[Located[IndicatorEntry]] = field(default_factory=list)
    agencies: list[Located[AgencyRow]] = field(default_factory=list)


def assemble(book: BookLines, names: Catalogue, own: frozenset[str]) -> BookFacts | None:
    """The facts of a workbook; None when not even its head can be read. Problems stand in `book.issues`.

    New indicators and agencies are added to `names`, so that the other sheets may name them; `own` are the codes
    that files brought before, which a file may say anew.
    """
    indicators = new_indicators(book, names, own)
    agencies = new_agencies(book, names, own)
    reader = HeadReader(book, names)
    head = reader.read()
    issued_on = head.value.document.issued_on if head else None
    slug = head.value.slug if head else ""
    targets = [_target(line, book, names, slug) for line in book.lines.get(sheets.TARGETS, [])]
    promises = [_promise(line, book, names) for line in book.lines.get(sheets.PROMISES, [])]
    tasks = TaskReader(book, names, issued_on)
    for line in book.lines.get(sheets.TASKS, []):
        tasks.take(line)
    if head is None:
        return None
    kept = [row for row in targets if row is not None], [row for row in promises if row is not None]
    return BookFacts(ProgrammeFacts(head, *kept, tasks.sections, tasks.rows, tasks.duties), indicators, agencies)


def _target(line: BookLine, book: BookLines, names: Catalogue, slug: str) -> Located[shapes.TargetEntry] | None:
    told = fields_of(line, sheets.TARGET_COLUMNS, names, book.tell)
    entry = names.entries.get(told.get("indicator", ""))
    content: dict[str, Any] = {"kind": PromiseKind.BY.value, "low": None, "high": None, "nested_in": None}
    if entry is None:  # told at its own cell; what would follow from it is not missing
        content |= {"definition": UNSTATED, "unit": UNSTATED}
    else:
        content |= {"unit": entry.unit}
        _define(told, entry, line, book, names)
    content |= told
    if content.get("comparator") == Comparator.EQUAL and content["high"] is None:
        content["high"] = content["low"]
    if "amends" in told and "indicator" in told:
        content["amends"] = f"{told['amends']}/{told['indicator']}/{told.get('horizon')}"
    return checked(shapes.TargetEntry, content, line, book)


def _define(told: dict[str, Any], entry: IndicatorEntry, line: BookLine, book: BookLines, names: Catalogue) -> None:
    """Name the definition: the one that is told, the only one, or the one of sources that do not say."""
    codes = [item.code for item in entry.definitions]
    known = names.definitions(entry.code)
    if "definition" in told:
        found = known.find(told["definition"])
        if found is None:
            what = f'chỉ tiêu "{entry.name}" không có cách tính "{told["definition"]}"'
            _tell_choice(line, book, what, list(known.shown.values()))
        told["definition"] = found or codes[0]
    elif len(codes) == 1 or UNSTATED in codes:
        told["definition"] = codes[0] if len(codes) == 1 else UNSTATED
    else:
        what = f'chỉ tiêu "{entry.name}" có nhiều cách tính mà ô này để trống'
        _tell_choice(line, book, what, list(known.shown.values()))
        told["definition"] = codes[0]


def _tell_choice(line: BookLine, book: BookLines, what: str, offered: list[str]) -> None:
    book.tell(line.at("definition"), what, f"Chọn một trong: {'; '.join(offered)}")


def _promise(line: BookLine, book: BookLines, names: Catalogue) -> Located[shapes.PromiseEntry] | None:
    content = {"horizon": None} | fields_of(line, sheets.PROMISE_COLUMNS, names, book.tell)
    return checked(shapes.PromiseEntry, content, line, book)
