"""What the import service gives as plain values: previews, figures before and after, runs. Previews as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NotRequired, TypedDict


class RowCounts(TypedDict):
    """How many rows of a file come to what."""

    new: int
    changed: int
    untouched: int
    left_out: int


class FieldChangeView(TypedDict):
    """One value that a load changes, with where it stands; `sheet` and `old` may be empty."""

    name: str
    sheet: str
    row: int
    field: str
    words: NotRequired[str]  # what the field is called; none in a preview of an earlier version of the program
    old: str
    new: str


class EffectView(TypedDict):
    """One figure or promise before and after; None = there is none. `source` is register or promise."""

    source: str
    indicator: str
    name: str
    before: float | None
    after: float | None
    status_before: str
    status_after: str
    is_changed: bool


class PairView(TypedDict):
    """Two entries that may be one organisation, and what this load decides about them if it does."""

    key: str
    left: str
    right: str
    evidence: str
    is_decided: bool
    is_same: bool
    reason: str


class ProblemView(TypedDict):
    """One problem of a file: how bad, where, what, and what to do."""

    severity: str
    where: str
    value: str
    what: str
    remedy: str


class CausedValue(TypedDict):
    """One distinct value of a cause: in how many rows it stands, and the nearest known one as a question."""

    value: str
    total: int
    hint: str


class CauseView(TypedDict):
    """All problems of one kind in one column, told once; `is_hidden`: about what the file hides."""

    severity: str
    is_hidden: NotRequired[bool]
    column: str
    total: int
    what: str
    remedy: str
    where: str
    value: str
    values: list[CausedValue]


class ProposedView(TypedDict):
    """One likely answer, and why."""

    value: str
    words: str
    reason: str


class QuestionView(TypedDict):
    """What a file leaves open. `list` is the place of its choices; `unanswered`: file, column, rows or field."""

    id: str
    kind: str
    kind_words: str
    field: str
    text: str
    asked: str
    rows: int
    examples: list[str]
    proposals: list[ProposedView]
    list: int
    unanswered: str
    may_skip: bool
    skip_words: str


class QuestionsView(TypedDict):
    """Everything that a file leaves open; `more` counts rows with yet other questions."""

    asked: list[QuestionView]
    lists: list[dict[str, str]]
    more: int


class TakenView(TypedDict):
    """What was taken for what in how many rows."""

    kind_words: str
    field: str
    text: str
    words: str
    is_answered: bool
    rows: int


class PreviewValues(TypedDict):
    """What a load would do; `changes` and `new_names` hold the first of very many."""

    rows: RowCounts
    new_names: list[str]
    changes: list[FieldChangeView]
    change_count: int
    effects: list[EffectView]
    pairs: list[PairView]
    problems: list[ProblemView]
    causes: NotRequired[list[CauseView]]
    problem_counts: dict[str, int]
    stops_file: bool
    is_opened: NotRequired[bool]
    has_personal: NotRequired[bool]
    questions: NotRequired[QuestionsView]  # none in a preview of an earlier version of the program
    taken: NotRequired[list[TakenView]]
    is_empty: bool
    nothing: NotRequired[str]


class RunValues(TypedDict):
    """One run; `place` and `year` None: of all. `undone_by` is the run that took it back."""

    id: int
    kind: str
    source: str
    actor: str
    started_at: datetime
    place: str | None
    year: int | None
    is_demo: bool
    undone_by: int | None
    summary: dict[str, Any]
    can_be_undone: bool
