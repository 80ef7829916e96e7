"""Small forms that many pages share: what screen readers speak, links that know where one is, named facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from dashboard.ui import html
from dashboard.ui.html import Content, Element

Spoken = TypedDict("Spoken", {"aria-label": str})
Unspoken = TypedDict("Unspoken", {"aria-hidden": str})

UNSPOKEN: Unspoken = {"aria-hidden": "true"}  # a drawing; the words stand beside it


def spoken(words: str) -> Spoken:
    """The name of an element, for those who do not see what it is."""
    return {"aria-label": words}


def way(words: Content, href: str, *, is_here: bool, what: str = "true", title: str | None = None) -> Element:
    """A link that says whether it leads to where the reader is."""
    here = {"aria-current": what if is_here else None}
    return html.A(words, href=href, className="current" if is_here else "", **here, title=title)


def facts(pairs: Iterable[tuple[Content, Content]], kind: str = "facts") -> Element:
    """What is known of something, each with its name."""
    return html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in pairs], className=kind)


def fold(summary: Content, *content: Element | None, kind: str | None = "printed", is_open: bool = False) -> Element:
    """What opens on demand, and stands open on paper where it is `printed`."""
    return html.Details([html.Summary(summary), *content], className=kind, open=is_open or None)
