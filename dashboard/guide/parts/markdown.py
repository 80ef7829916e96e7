"""The papers of docs/huong-dan as elements: titles, paragraphs, lists, tables, pictures, links, bold, code.

What is not of these stands as it is written; a test holds that the papers use nothing else. A link to another paper
leads to its page, a picture to the address it is handed out at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.ui import html
from dashboard.ui.html import Content, Element, Piece
from dashboard.ui.table import data_table

ADDRESS = "/huong-dan"
_INLINE = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|`(?P<code>[^`]+)`|\[(?P<label>[^\]]+)\]\((?P<target>[^)\s]+)\)")
_PICTURE = re.compile(r"!\[(?P<words>[^\]]+)\]\(images/(?P<name>[\w-]+\.png)\)")
_ITEM = re.compile(r"(?P<mark>- |\d+\. )(?P<text>.*)", re.S)
_PAPER = re.compile(r"(?P<name>[\w-]+)\.md(?P<part>#\S+)?")


@dataclass(frozen=True, slots=True)
class GuidePart:
    """What stands under one second heading; the part before the first one has no title."""

    title: str
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class GuidePaper:
    """One paper: its title, its first paragraph and its parts."""

    title: str
    lead: str
    parts: tuple[GuidePart, ...]


def read_paper(text: str) -> GuidePaper:
    """A paper begins with its title ("# ") and a paragraph that says what it is for."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
    parts: list[GuidePart] = []
    title, held = "", list[Element]()
    for block in blocks[2:]:
        if block.startswith("## "):
            parts += [GuidePart(title, tuple(held))] if held else []
            title, held = block.removeprefix("## "), []
        else:
            held.append(_block(block))
    return GuidePaper(blocks[0].removeprefix("# "), blocks[1], (*parts, GuidePart(title, tuple(held))))


def _block(block: str) -> Element:
    if picture := _PICTURE.fullmatch(block):
        words = picture["words"]
        image = html.Img(src=f"{ADDRESS}/hinh/{picture['name']}", alt=words, loading="lazy")
        return html.Figure([image, html.Figcaption(words)], className="guide-picture")
    if block.startswith("|"):
        return _table(block)
    items = list(_items(block))
    if not items:
        return html.P(inline(" ".join(block.split())))
    kind = html.Ul if block.startswith("- ") else html.Ol
    return kind([html.Li(inline(item)) for item in items])


def _table(block: str) -> Element:
    """A table of short texts: the line of names, the line under it, the rows."""
    names, _line, *rows = ([cell.strip() for cell in line.strip("| ").split("|")] for line in block.split("\n"))
    cells: list[list[Content]] = [[html.Span(inline(cell)) for cell in row] for row in rows]
    return data_table(names, cells, caption=names[0])


def _items(block: str) -> Iterator[str]:
    """The items of a list; a line that begins with blanks goes on with the item above."""
    if not _ITEM.match(block):
        return
    for item in re.split(r"\n(?=- |\d+\. )", block):
        found = _ITEM.fullmatch(item)
        yield " ".join((found["text"] if found else item).split())


def inline(text: str) -> Sequence[Piece]:
    """Words with what stands out in them."""
    pieces: list[Piece] = []
    at = 0
    for found in _INLINE.finditer(text):
        pieces += [text[at : found.start()], _marked(found)]
        at = found.end()
    return [*pieces, text[at:]]


def _marked(found: re.Match[str]) -> Element:
    if found["bold"]:
        return html.Strong(found["bold"])
    if found["code"]:
        return html.Code(found["code"])
    paper = _PAPER.fullmatch(found["target"])
    href = f"{ADDRESS}/{paper['name']}{paper['part'] or ''}" if paper else found["target"]
    return html.A(found["label"], href=href)
