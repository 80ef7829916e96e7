"""A document's text with its promises marked: the figure, the word of strength and the clause of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.data.programme_text import LocatedPromise
from dashboard.targets.parts.document_link import sentence_id
from dashboard.targets.parts.promise import anchor
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Element, Piece
from dashboard.ui.marks import status_mark
from dashboard.ui.markup import spoken

CELL_END = " | "


@dataclass(frozen=True, slots=True)
class _Marked:
    """Wordings that overlap, as one stretch of the text, with what lies in it."""

    start: int
    end: int
    promises: tuple[LocatedPromise, ...]


def marked_text(text: str, promises: Sequence[LocatedPromise], snapshot: Snapshot, view: View) -> Element:
    """Every paragraph in order; those that hold promises name them, with the way to the one before and after."""
    found = [item for item in promises if item.at]
    groups = _groups(found)
    blocks = []
    for start, end in _blocks(text, groups):
        inside = [group for group in groups if start <= group.start < end]
        words_of = html.P(_pieces(text, start, end, inside, found))
        held = [item for group in inside for item in group.promises]
        blocks.append(_clause(words_of, held, found, snapshot, view) if held else words_of)
    return html.Div(blocks, className="document-text")


def _groups(found: Sequence[LocatedPromise]) -> list[_Marked]:
    groups: list[_Marked] = []
    for item in found:
        if item.at is None:
            continue
        if groups and item.at.start < groups[-1].end:
            last = groups[-1]
            groups[-1] = _Marked(last.start, max(last.end, item.at.end), (*last.promises, item))
        else:
            groups.append(_Marked(item.at.start, item.at.end, (item,)))
    return groups


def _blocks(text: str, groups: Sequence[_Marked]) -> list[tuple[int, int]]:
    """(start, end) of every line with words; lines stay together where a wording runs over their end."""
    blocks: list[tuple[int, int]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        if blocks and any(group.start < start < group.end for group in groups):
            blocks[-1] = (blocks[-1][0], end)
        elif line.strip():
            blocks.append((start, end))
        start = end
    return blocks


def _pieces(text: str, start: int, end: int, groups: Sequence[_Marked], found: Sequence[LocatedPromise]) -> list[Piece]:
    pieces: list[Piece] = []
    at = start
    for group in groups:
        pieces += _cut(text, at, group.start, found)
        marked: Element = html.Mark(_cut(text, group.start, group.end, found), className="promise")
        for item in group.promises:
            if item.view.gap.target:
                marked = html.Span([marked], id=sentence_id(item.view.gap.target), className="wording")
        pieces.append(marked)
        at = group.end
    return [*pieces, *_cut(text, at, end, found)]


def _cut(text: str, start: int, end: int, found: Sequence[LocatedPromise]) -> list[Piece]:
    """A stretch of the text in which figures and words of strength stand out."""
    spans = {(*span, kind) for item in found if item.at for span, kind in _inner(item) if start <= span[0] < end}
    pieces: list[Piece] = []
    at = start
    for first, last, kind in sorted(spans):
        if first < at:
            continue
        pieces += [_shown(text[at:first]), html.Strong(_shown(text[first:last]), className=kind)]
        at = last
    return [*pieces, _shown(text[at:end])]


def _inner(item: LocatedPromise) -> list[tuple[tuple[int, int], str]]:
    if item.at is None:
        return []
    spans = ((item.at.figure, "figure"), (item.at.strength, "strength"))
    return [(span, kind) for span, kind in spans if span]


def _shown(text: str) -> str:
    return text.strip("\n").replace("\t", CELL_END)


def _clause(
    paragraph: Element, held: Sequence[LocatedPromise], found: Sequence[LocatedPromise], snapshot: Snapshot, view: View
) -> Element:
    clause = html.Small(f"Điều khoản: {held[0].at.clause}" if held[0].at else "", className="clause-name")
    notes = html.Ul([html.Li(_note(item, found, snapshot, view)) for item in held], className="plain-list")
    return html.Section([clause, paragraph, notes], className="clause", **spoken("Đoạn có cam kết"))


def _note(item: LocatedPromise, found: Sequence[LocatedPromise], snapshot: Snapshot, view: View) -> list[Piece]:
    """Which promise it is, how it stands, and the ways to the one before and the one after."""
    number = found.index(item)
    ways = [("Cam kết trước", number - 1), ("Cam kết sau", number + 1)]
    links = [
        html.A(label, href=f"#{sentence_id(target)}")
        for label, other in ways
        if 0 <= other < len(found) and (target := found[other].view.gap.target)
    ]
    between = [piece for link in links for piece in (" · ", link)]
    return [*promise_name(item, snapshot, view), " ", status_mark(item.view.gap.status, item.view.gap.flags), *between]


def promise_name(item: LocatedPromise, snapshot: Snapshot, view: View) -> list[Piece]:
    """The indicator, with the way to its card, the year and what is promised."""
    target, indicator = item.view.gap.target, snapshot.indicators[item.view.indicator]
    card = view.link(f"/tinh/{item.view.place}") + f"#{anchor(item.view)}"
    said = f", đến {target.horizon}: {words.goal_phrase(target)}" if target else ""
    return [html.A(indicator.short_name, href=card), said]
