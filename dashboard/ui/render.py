"""Dash components as HTML, so that words and statuses stand on the page before any script has run.

Only what our pages use is rendered: html components, and a quiet place for those that need a script.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any

from dash import html
from dash.development.base_component import Component

_VOID = frozenset({"meta", "img", "br", "hr", "input", "col"})
_NAMES = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex", "colSpan": "colspan", "rowSpan": "rowspan"}
_SKIPPED = frozenset({"children", "n_clicks", "key", "n_clicks_timestamp", "disable_n_clicks"})
_SKIPPED |= vars(html.Div()).keys()  # what Dash's own elements know of themselves


def to_html(node: Any, pictures: Mapping[str, str] | None = None) -> str:
    """HTML of a component tree; text is escaped, None is nothing.

    `pictures` gives for the id of a chart the address of the picture that a paper has of it; nobody points at paper.
    """
    if isinstance(node, str):
        return escape(node, quote=False)
    if node is None:
        return ""
    if isinstance(node, list | tuple):
        return "".join([to_html(child, pictures) for child in node])
    if not isinstance(node, Component):
        return escape(str(node), quote=False)
    if pictures and getattr(node, "className", "") in ("graph-picture", "points"):
        return _on_paper(node, pictures)
    if node._type == "Input":
        return _input(node)
    if node._namespace != "dash_html_components":
        return f'<div class="waiting {escape(str(getattr(node, "className", "") or ""))}"></div>'
    tag = str(node._type).lower()
    opening = f"<{tag}{_attributes(node)}>"
    return opening if tag in _VOID else f"{opening}{to_html(getattr(node, 'children', None), pictures)}</{tag}>"


def _on_paper(node: Component, pictures: Mapping[str, str]) -> str:
    address = pictures.get(str(getattr(node, "id", "")))
    if not address:
        return ""
    return f'<img class="chart-picture" alt="{escape(str(getattr(node, "alt", "")))}" src="{escape(address)}">'


def _input(node: Component) -> str:
    """A text field that a form sends without scripts, too."""
    names = ("name", "type", "value", "placeholder", "maxLength", "list")
    found = [(name.lower(), getattr(node, name, None)) for name in names]
    ident = escape(str(getattr(node, "id", "")))
    given = "".join(f' {name}="{escape(str(value))}"' for name, value in found if value is not None)
    return f'<input class="dash-input-element" id="{ident}-plain"{given}>'


def _attributes(node: Component) -> str:
    """What was set on the component, in the order it was given."""
    found = ""
    for name, value in vars(node).items():
        if name in _SKIPPED or value is None or value is False:
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
    """The words of a component tree, as a paper prints them."""
    if node is None:
        return ""
    if isinstance(node, list | tuple):
        return " ".join(filter(None, (to_text(child) for child in node)))
    if isinstance(node, Component):
        return to_text(getattr(node, "children", None))
    return str(node)
