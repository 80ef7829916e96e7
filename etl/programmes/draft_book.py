"""A draft read from a document as the workbook of a programme: each line waits for a person's word. Pure.

Beside a line stands the sentence it was read from, and what the reading was not sure of; neither is read back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from etl.documents.annex import AnnexRow
from etl.documents.decision_draft import DecisionDraft
from etl.documents.document_facts import DocumentFacts, NamedDocument
from etl.documents.promises import DraftPromise
from etl.facts.facts_reader import Facts
from etl.facts.rows.places import build_places
from etl.programmes import sheets
from etl.programmes.book_out import BookWriter
from etl.programmes.catalogue import Catalogue, catalogue_of
from etl.programmes.cells import UNKNOWN, issued_shown
from etl.programmes.printed_agencies import printed_agencies
from etl.programmes.sheets import SheetColumn
from models.base.text import fold
from models.tasks.deadline import read_deadline
from models.tasks.task_state import TaskOrigin

SENTENCE = SheetColumn("Câu trong văn bản", "sentence", width=80)
REMARK = SheetColumn("Lưu ý khi đọc", "read_note", width=30)
LONGEST_TITLE, MOST_WORDS = 90, 12
ISSUERS = {"uy ban nhan dan": "ubnd-tinh", "ubnd": "ubnd-tinh", "hoi dong nhan dan": "hdnd-tinh"}


def draft_book(draft: DecisionDraft, facts: Facts) -> bytes:
    """The workbook of a draft, chosen from the reviewed lists; nothing of it counts before it is confirmed."""
    names = catalogue_of(facts)
    writer = BookWriter(names, waits=True)
    writer.document(None, told=_document(draft.facts, facts))
    writer.table(sheets.TARGETS, (_target(row, names) for row in draft.promises), (SENTENCE, REMARK))
    writer.table(sheets.PROMISES, ())
    writer.table(sheets.TASKS, _tasks(draft.tasks, draft.facts.issued_on), (SENTENCE,))
    writer.table(sheets.AGENCIES, _unknown_agencies(draft.tasks, names))
    writer.table(sheets.INDICATORS, ())
    writer.guide()
    return writer.close()


def _document(found: DocumentFacts, facts: Facts) -> dict[str, Any]:
    issuer = fold(found.issuer_text or "")
    issued = found.issued_on and issued_shown(found.issued_on, found.issued_precision or "day")
    return {
        "place": _place(found, facts),
        "title": found.title,
        "document.number": found.number or UNKNOWN,
        "document.issued_on": issued,
        "document.issued_text": found.issued_text,
        "document.issuer": next((code for words, code in ISSUERS.items() if words in issuer), None),
        "document.issuer_text": found.issuer_text,
        "implements": [_named(item) for item in found.bases],
        "replaces": [_named(item) for item in found.replaces],
    }


def _named(item: NamedDocument) -> dict[str, Any]:
    return asdict(item) | {"title": f"Văn bản số {item.number}"}


def _place(found: DocumentFacts, facts: Facts) -> str | None:
    """The place that the issuer's name ends with, as it stood on the day; None where that is not sure."""
    issuer, day = fold(found.issuer_text or ""), found.issued_on
    places = build_places([row.value for row in facts.provinces]).places
    there = [
        place["slug"]
        for place in places
        if issuer.endswith(f" {fold(place['name'])}")
        and day is not None
        and (place["valid_from"] is None or place["valid_from"] <= day)
        and (place["valid_to"] is None or day <= place["valid_to"])
    ]
    return there[0] if len(there) == 1 else None


def _target(row: DraftPromise, names: Catalogue) -> dict[str, Any]:
    told = asdict(row)
    told["wording"] = " ".join(row.wording.split()[:MOST_WORDS])
    told["read_note"] = told.pop("note")
    if row.indicator and row.definition:
        told["definition"] = names.definitions(row.indicator).name(row.definition)
    return told


def _tasks(rows: Sequence[AnnexRow], issued_on: date | None) -> Iterator[dict[str, Any]]:
    """The rows as printed, each part's title before its first row."""
    section = None
    for row in rows:
        if row.section != section:
            section = row.section
            title = _short(row.section_title or f"Phần {section}")
            yield {"line": sheets.SECTION_LINE, "section": section, "title": title, "sentence": row.section_title}
        told = {name: value for name, value in asdict(row).items() if name != "section_title"}
        yield (
            told
            | _meant(row, issued_on)
            | {
                "line": sheets.HEADING_LINE if row.is_heading else TaskOrigin.ANNEX.value,
                "title": _short(row.title),
                "done_in_document": row.is_done_in_document or None,
                "sentence": row.title,
            }
        )


def _meant(row: AnnexRow, issued_on: date | None) -> dict[str, Any]:
    """What the deadline means, read beside the whole title: a condition may stand there."""
    found = read_deadline(row.deadline_text, row.title, issued_on)
    if found is None:
        return {}
    meant = {"starts_on": found.starts_on, "due_on": found.due_on, "condition": found.condition}
    return meant | {"deadline_kind": found.kind.value}


def _short(title: str) -> str:
    """A title within its bound, cut at a word: the printed words stand whole beside it."""
    if len(title) <= LONGEST_TITLE:
        return title
    return f"{title[: LONGEST_TITLE - 1].rsplit(' ', 1)[0]}…"


def _unknown_agencies(rows: Sequence[AnnexRow], names: Catalogue) -> Iterator[dict[str, Any]]:
    """Words where an agency stands and no list has one: a person says once who is meant."""
    texts = [text for row in rows for text in (row.leads_text, row.coordinators_text) if text]
    for words in dict.fromkeys(words for text in texts for words in printed_agencies(text, names.agencies)[1]):
        yield {"printed": words}
