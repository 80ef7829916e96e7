"""The attributes of elements that screen readers speak, and other small sets of attributes."""

from __future__ import annotations

from typing import TypedDict


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
