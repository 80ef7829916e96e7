"""Elements as HTML and as text: what the server sends, and what a paper prints."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any

from dashboard.ui.html import Element

_VOID = frozenset({"meta", "img", "br", "hr", "input", "col"})
_NAMES = {
    "className": "class",
    "htmlFor": "for",
    "httpEquiv": "http-equiv",
    "tabIndex": "tabindex",
    "colSpan": "colspan",
    "rowSpan": "rowspan",
}


def to_html(node: Any) -> str:
    """HTML of an element with all that stands in it; text is escaped, None is nothing."""
    if isinstance(node, str):
        return escape(node, quote=False)
    if node is None:
        return ""
    if isinstance(node, list | tuple):
        return "".join([to_html(child) for child in node])
    if not isinstance(node, Element):
        return escape(str(node), quote=False)
    opening = f"<{node.tag}{_attributes(node.attributes)}>"
    return opening if node.tag in _VOID else f"{opening}{to_html(node.children)}</{node.tag}>"


def _attributes(attributes: Mapping[str, Any]) -> str:
    """What was set on the element, in the order it was given."""
    found = ""
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        text = _style(value) if name == "style" else str(value)
        found += f' {_NAMES.get(name, name)}="{escape(text)}"'
    return found


def _style(style: dict[str, Any]) -> str:
    return ";".join(f"{_kebab(name)}:{value}" for name, value in style.items())


@cache  # our own names of styles, a dozen
def _kebab(name: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)


def to_text(node: Any) -> str:
    """The words of an element and all that stands in it, as a paper prints them."""
    if node is None:
        return ""
    if isinstance(node, list | tuple):
        return " ".join(filter(None, (to_text(child) for child in node)))
    if isinstance(node, Element):
        return to_text(node.children)
    return str(node)
