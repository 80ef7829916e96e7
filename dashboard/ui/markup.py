"""What the elements of a page take: their content, and the attributes that screen readers speak.

Dash's own types name neither: the content is spelt out anew at every element, and a name with a hyphen is no argument.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from dash.development.base_component import Component

Piece = str | int | float | Component | None
Content = Piece | Sequence[Piece]  # not deeper: a list within a list is no content


class Anchor(TypedDict, total=False):
    """The address of an element within its page, where it has one."""

    id: str


class Hint(TypedDict, total=False):
    """The words that appear over an element, where it has some."""

    title: str


Spoken = TypedDict("Spoken", {"aria-label": str})
Unspoken = TypedDict("Unspoken", {"aria-hidden": str})
Current = TypedDict("Current", {"aria-current": str}, total=False)

UNSPOKEN: Unspoken = {"aria-hidden": "true"}  # a drawing; the words stand beside it


def spoken(words: str) -> Spoken:
    """The name of an element, for those who do not see what it is."""
    return {"aria-label": words}


def as_current(is_current: bool, what: str = "true") -> Current:
    """Marks the link of where the reader is; nothing on the others."""
    return {"aria-current": what} if is_current else {}
