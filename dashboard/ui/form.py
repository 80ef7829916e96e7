"""Plain HTML forms: they work without scripts, so pages that hold them are served as plain HTML only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask import g, has_request_context

from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.markup import UNSPOKEN


def hidden(name: str, value: object) -> Element:
    """A value that travels along."""
    return html.Input(type="hidden", name=name, value=str(value))


def text_field(
    label: str, name: str, *, value: str = "", hint: str = "", required: bool = True, **attributes: str | int
) -> Element:
    """A labelled line to type in; `hint` stands under the label."""
    ident, kind = _ident(name), attributes.pop("type", "text")
    control = html.Input(type=kind, name=name, id=ident, value=value or None, required=_needs(required), **attributes)
    return _field(label, ident, control, hint)


def long_field(label: str, name: str, *, value: str = "", hint: str = "", required: bool = True) -> Element:
    """A labelled field of several lines."""
    ident = _ident(name)
    return _field(
        label, ident, html.Textarea(value or None, name=name, id=ident, rows=3, required=_needs(required)), hint
    )


def choice_field(
    label: str,
    name: str,
    options: Sequence[tuple[str, str]],
    *,
    chosen: str = "",
    hint: str = "",
    required: bool = False,
) -> Element:
    """A labelled list of (value, words) to choose from; `required` asks for another than an empty first one."""
    items = [
        html.Option(words, value=value, selected="selected" if value == chosen else None) for value, words in options
    ]
    ident = _ident(name)
    return _field(label, ident, html.Select(items, name=name, id=ident, required=_needs(required)), hint)


def file_field(label: str, name: str, *, accept: str, hint: str = "", required: bool = True) -> Element:
    """A labelled file to choose or drop. form.js shows its own words over the browser's; without it these stand."""
    ident = _ident(name)
    said = f"{ident}-ten"
    control = html.Input(
        type="file", name=name, id=ident, accept=accept, required=_needs(required), **{"aria-describedby": said}
    )
    words = [html.Span("Chọn tệp", className="button plain-button", **UNSPOKEN), html.Span(id=said, role="status")]
    return _field(
        label, ident, html.Div([control, html.Div(words, className="file-words")], className="file-box"), hint
    )


def tick_field(label: str, name: str, *, value: str = "1", ticked: bool = False) -> Element:
    """A box to tick."""
    box = html.Input(type="checkbox", name=name, value=value, checked="checked" if ticked else None)
    return html.Label([box, html.Span(label)], className="tick")


def button(words: str, *, kind: str = "primary", **attributes: Any) -> Element:
    """What sends the form."""
    return html.Button(words, type="submit", className=f"button {kind}", **attributes)


def _needs(required: bool) -> str | None:
    return "required" if required else None


def _ident(name: str) -> str:
    """An id of its own for each field, the same each time: a later field of the same name on a page is numbered."""
    if not has_request_context():
        return f"f-{name}"
    used: Counter[str] = g.setdefault("field_names", Counter())
    used[name] += 1
    return f"f-{name}" if used[name] == 1 else f"f-{name}-{used[name]}"


def _field(label: str, ident: str, control: Element, hint: str) -> Element:
    return html.Div([html.Label(label, htmlFor=ident), html.Small(hint) if hint else None, control], className="field")
