"""Dash components as HTML, so that words and statuses stand on the page before any script has run.

Only what our pages use is rendered: html components, and a quiet place for those that need a script.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from dash.development.base_component import Component

_VOID = frozenset({"meta", "img", "br", "hr", "input", "col"})
_NAMES = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex", "colSpan": "colspan", "rowSpan": "rowspan"}
_SKIPPED = frozenset({"children", "n_clicks", "key", "n_clicks_timestamp", "disable_n_clicks"})


def to_html(node: Any, pictures: Mapping[str, str] | None = None) -> str:
    """HTML of a component tree; text is escaped, None is nothing.

    `pictures` gives for the id of a graph the address of a picture that stands in for it (papers).
    """
    if node is None:
        return ""
    if isinstance(node, list | tuple):
        return "".join(to_html(child, pictures) for child in node)
    if not isinstance(node, Component):
        return escape(str(node), quote=False)
    if pictures and getattr(node, "className", "") == "first-picture":
        return ""  # a paper has its own picture of the chart
    if node._type == "Input":
        return _input(node)
    if node._namespace != "dash_html_components":
        return _stand_in(node, pictures or {})
    tag = str(node._type).lower()
    opening = f"<{tag}{''.join(_attributes(node))}>"
    return opening if tag in _VOID else f"{opening}{to_html(getattr(node, 'children', None), pictures)}</{tag}>"


def _stand_in(node: Component, pictures: Mapping[str, str]) -> str:
    address = pictures.get(str(getattr(node, "id", "")))
    if address:
        return f'<img class="chart-picture" alt="" src="{escape(address)}">'
    return f'<div class="waiting {escape(str(getattr(node, "className", "") or ""))}"></div>'


def _input(node: Component) -> str:
    """A text field that a form sends without scripts, too."""
    names = ("name", "type", "value", "placeholder", "maxLength", "list")
    found = [(name.lower(), getattr(node, name, None)) for name in names]
    given = "".join(f' {name}="{escape(str(value))}"' for name, value in found if value is not None)
    return f'<input class="dash-input-element" id="{escape(str(node.id))}-plain"{given}>'


def _attributes(node: Component) -> Iterable[str]:
    """What was set on the component, in the order of its kind; asking it for its own JSON took 1.8 times as long."""
    given = vars(node)
    wild = [name for name in given if name.startswith(("aria-", "data-"))]
    for name in [*(name for name in node._prop_names if name in given), *wild]:
        value = given[name]
        if name in _SKIPPED or value is None or value is False:
            continue
        text = _style(value) if name == "style" else str(value)
        yield f' {_NAMES.get(name, name)}="{escape(text)}"'


def _style(style: dict[str, Any]) -> str:
    return ";".join(f"{_kebab(name)}:{value}" for name, value in style.items())


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
