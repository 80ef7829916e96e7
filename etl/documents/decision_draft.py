"""A decision read as a draft: its facts, promises with figures, tasks. Nothing counts before a person confirms.

Columns are those of `etl export targets` and `etl export tasks`; a promise also has the sentence it stands in and its
offsets in the text.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from etl.documents.annex import AnnexRow, read_annex
from etl.documents.document_facts import DocumentFacts, read_facts_of
from etl.documents.promises import DraftPromise, read_promises
from etl.documents.target_tables import read_target_tables
from models.tasks.deadline import read_deadline
from models.tasks.task_state import DeadlineKind


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """What was read of one document."""

    facts: DocumentFacts
    promises: tuple[DraftPromise, ...]
    tasks: tuple[AnnexRow, ...]


def read_decision(text: str) -> DecisionDraft:
    """Read a text; the same text always gives the same draft."""
    facts = read_facts_of(text)
    year = facts.issued_on.year if facts.issued_on else None
    promises = [*read_promises(text, year), *read_target_tables(text, year)]
    return DecisionDraft(facts, tuple(sorted(promises, key=lambda item: item.start)), tuple(read_annex(text)))


def draft_columns(draft: DecisionDraft) -> dict[str, Any]:
    """Plain values for JSON: `document`, `targets`, `tasks`; days in ISO, None where nothing is printed."""
    return {
        "document": _plain(asdict(draft.facts)),
        "targets": [_plain(asdict(promise)) for promise in draft.promises],
        "tasks": [_task(row, draft.facts.issued_on) for row in draft.tasks],
    }


def _task(row: AnnexRow, issued_on: date | None) -> dict[str, Any]:
    """The printed row with what its deadline means; `unreadable` for words no rule knows."""
    found = read_deadline(row.deadline_text, row.title, issued_on)
    meant = {
        "deadline_kind": found.kind if found else DeadlineKind.UNREADABLE,
        "starts_on": found.starts_on if found else None,
        "due_on": found.due_on if found else None,
        "condition": found.condition if found else None,
    }
    return {name: _plain(value) for name, value in (asdict(row) | meant).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
