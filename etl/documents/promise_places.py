"""Where in a document's text the promises of its programme stand: found by their figures and words. Pure.

A place is given only where it is sure: the sentence holds the promise's own figure and its words, and no other sentence
does so as well. What is not found surely has no place, and a page says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.documents.figures_in_text import STRENGTHS, figures
from etl.documents.promises import PAST, DraftPromise, read_promises
from etl.documents.sentences import DocumentSentence, horizons, sentences
from etl.documents.target_tables import read_target_tables
from models.base.text import fold
from models.gaps.promise import TargetRecord

Span = tuple[int, int]
_STRENGTH = re.compile(rf"\b(?:{'|'.join(sorted(STRENGTHS, key=len, reverse=True))}|trở lên|trở xuống)\b", re.I)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*(?:\s*(?:-|–|đến|tới)\s*\d+(?:[.,]\d+)*)?(?:\s*%)?")
_WRITTEN_OUT = (
    (r"\blhhtx\b", "liên hiệp hợp tác xã"),
    (r"\bhtx\b", "hợp tác xã"),
    (r"\btht\b", "tổ hợp tác"),
    (r"\bkttt\b", "kinh tế tập thể"),
)


@dataclass(frozen=True, slots=True)
class PromisePlace:
    """`text[start:end]` is the wording as printed; `figure` and `strength` lie in the sentence, None where none is.

    All are offsets in the text. `clause` is where the sentence stands, as "II.2.a, 2030, gạch 1".
    """

    start: int
    end: int
    sentence: Span
    figure: Span | None
    strength: Span | None
    clause: str


def promise_places(document: str, targets: Iterable[TargetRecord]) -> list[PromisePlace | None]:
    """The place of each promise, in the order given; None where it is not found surely."""
    drafts = [*read_promises(document), *read_target_tables(document)]
    parts = list(sentences(document))
    return [_place(document, parts, drafts, target) for target in targets]


def _place(
    document: str, parts: Sequence[DocumentSentence], drafts: Sequence[DraftPromise], target: TargetRecord
) -> PromisePlace | None:
    draft = _read_as(drafts, target)
    span = (draft.start, draft.end) if draft else _by_words(parts, target)
    if span is None:
        return None
    sentence = next((part for part in parts if part.start <= span[0] < part.end), None) or _row(document, span, draft)
    figure = _FIGURE.search(document, span[0], span[1])
    return PromisePlace(
        *span,
        sentence=(sentence.start, sentence.end),
        figure=figure.span() if figure else None,
        strength=_strength(document, sentence, span, target),
        clause=sentence.clause,
    )


def _row(document: str, span: Span, draft: DraftPromise | None) -> DocumentSentence:
    """The row of a table that holds the figure."""
    start = document.rfind("\n", 0, span[0]) + 1
    end = document.find("\n", span[1])
    text = document[start : end if end >= 0 else len(document)]
    return DocumentSentence(text, start, start + len(text), draft.clause if draft else "-", None, is_aim=True)


def _read_as(drafts: Sequence[DraftPromise], target: TargetRecord) -> DraftPromise | None:
    """The promise as the text is read: same measure, year and figure; of one said twice the one of its clause."""
    same = [
        draft
        for draft in drafts
        if (draft.indicator, draft.horizon, draft.low, draft.nested_in)
        == (target.indicator, target.horizon, target.low, target.nested_in)
        and _top(draft) == _top(target)
    ]
    return next((draft for draft in same if draft.clause == target.clause), same[0] if same else None)


def _top(promise: DraftPromise | TargetRecord) -> float | None:
    return promise.low if promise.high is None else promise.high


def _by_words(parts: Sequence[DocumentSentence], target: TargetRecord) -> Span | None:
    """The only figure of the text that is the promise's and stands among its words."""
    words = _words(target.wording)
    if target.low is None or not words:
        return None
    found = [
        (part.start + figure.start, part.start + figure.end)
        for part in parts
        if words <= _words(part.text) and _is_for(part, target.horizon)
        for figure in figures(part.text)
        if figure.low == target.low and (figure.high or figure.low) == _top(target)
    ]
    return found[0] if len(found) == 1 else None


def _is_for(sentence: DocumentSentence, year: int) -> bool:
    named = [horizon for _, horizon in horizons(sentence.text)]
    return (year in named if named else year == sentence.horizon) and not PAST.search(sentence.text)


def _words(text: str) -> set[str]:
    """The words of a wording, abbreviations written out, figures and words of strength left out."""
    plain = text.lower()
    for short, long in _WRITTEN_OUT:
        plain = re.sub(short, long, plain)
    return set(re.findall(r"[^\W\d_]+", fold(_STRENGTH.sub(" ", plain))))


def _strength(document: str, sentence: DocumentSentence, span: Span, target: TargetRecord) -> Span | None:
    """The word of strength in the wording; else the one before it in the sentence that carries along the list."""
    if own := _STRENGTH.search(document, *span):
        return own.span()
    meant = {word for word, comparator in STRENGTHS.items() if comparator is target.comparator}
    if target.comparator == "range":
        meant |= {word for word, comparator in STRENGTHS.items() if comparator == "about"}
    said = _STRENGTH.finditer(document, sentence.start, span[0])
    if before := [found.span() for found in said if found.group().lower() in meant]:
        return before[-1]
    after = _STRENGTH.search(document, span[1], sentence.end)
    is_after = after is not None and after.group().lower() == "trở lên" and target.comparator == "at_least"
    return after.span() if after and is_after else None
