"""What was answered about received files as flat rows, and as lines to add to the reviewed lists of data/columns."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base.kept_answer import KeptAnswer

ANSWERS, COLUMN_LINES = "import_answers", "import_spellings"
_WORDS = "words"  # the list of controlled words


def answer_rows(session: Session) -> list[dict[str, Any]]:
    """One row an answer, oldest first; `place` empty: for all places."""
    names = (
        *("id", "kind", "field", "text", "value", "words", "place"),
        *("actor", "answered_at", "taken_back_at", "taken_back_by"),
    )
    kept = session.scalars(select(KeptAnswer).order_by(col(KeptAnswer.id)))
    return [{name: getattr(row, name) for name in names} for row in kept]


def spelling_rows(session: Session) -> list[dict[str, Any]]:
    """Headings and words that still count, each once, as the line that a reviewer adds to a file of data/columns.

    `file` is where the line belongs: of a kind with several files of headings the first, which a reviewer may change.
    """
    counting = (col(KeptAnswer.taken_back_at).is_(None), col(KeptAnswer.kind).in_(("heading", "word")))
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in session.scalars(select(KeptAnswer).where(*counting, col(KeptAnswer.value) != "-")):
        is_heading = row.kind == "heading"
        line = {
            "file": f"{row.field if is_heading else _WORDS}.csv",
            "name": row.value if is_heading else row.field,
            "code": "" if is_heading else row.value,
            "spelling": row.text,
            "unit": "",
        }
        found.setdefault((line["file"], row.text_key, row.value), line)
    return [found[key] for key in sorted(found)]
