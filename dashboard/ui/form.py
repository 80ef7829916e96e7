"""Plain HTML forms: they work without scripts, so pages that hold them are served as plain HTML only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal, TypedDict

from dash.development.base_component import Component
from flask import g, has_request_context

from dashboard.ui import html
from dashboard.ui.markup import UNSPOKEN


class Needs(TypedDict, total=False):
    """What a field that must be filled in says; nothing on the others."""

    required: Literal["required"]


class SelectedOption(TypedDict, total=False):
    """What the chosen one of several says; nothing on the others."""

    selected: Literal["selected"]


class Plain(Component):
    """An HTML element that Dash's own set lacks; only `render.to_html` draws it, never the browser's Dash."""

    _namespace = "dash_html_components"
    _type = "span"
    _base_nodes: list[str] = []  # noqa: RUF012  (as Dash names them)
    _children_props: list[str] = []  # noqa: RUF012

    def __init__(self, **attributes: Any) -> None:
        self._prop_names = list(attributes)
        self.available_properties = list(attributes)
        self.available_wildcard_properties = self._valid_wildcard_attributes = ["data-", "aria-"]
        super().__init__(**attributes)  # type: ignore[no-untyped-call]  # Dash's own


class Input(Plain):
    """One line to type in, a file, a box to tick, or a value that travels along."""

    _type = "input"


class Refresh(Plain):
    """Leads the browser on without a script."""

    _type = "meta"


def hidden(name: str, value: object) -> Component:
    """A value that travels along."""
    return Input(type="hidden", name=name, value=str(value))


def text_field(
    label: str, name: str, *, value: str = "", hint: str = "", required: bool = True, **attributes: str | int
) -> Component:
    """A labelled line to type in; `hint` stands under the label."""
    ident, kind = _ident(name), attributes.pop("type", "text")
    control = Input(type=kind, name=name, id=ident, value=value or None, **_needs(required), **attributes)
    return _field(label, ident, control, hint)


def long_field(label: str, name: str, *, value: str = "", hint: str = "", required: bool = True) -> Component:
    """A labelled field of several lines."""
    ident = _ident(name)
    return _field(label, ident, html.Textarea(value or None, name=name, id=ident, rows=3, **_needs(required)), hint)


def choice_field(
    label: str,
    name: str,
    options: Sequence[tuple[str, str]],
    *,
    chosen: str = "",
    hint: str = "",
    required: bool = False,
) -> Component:
    """A labelled list of (value, words) to choose from; `required` asks for another than an empty first one."""
    items = [html.Option(words, value=value, **_chosen(value == chosen)) for value, words in options]
    ident = _ident(name)
    return _field(label, ident, html.Select(items, name=name, id=ident, **_needs(required)), hint)


def file_field(label: str, name: str, *, accept: str, hint: str = "", required: bool = True) -> Component:
    """A labelled file to choose or drop. form.js shows its own words over the browser's; without it these stand."""
    ident = _ident(name)
    said = f"{ident}-ten"
    control = Input(type="file", name=name, id=ident, accept=accept, **_needs(required), **{"aria-describedby": said})
    words = [html.Span("Chọn tệp", className="button plain-button", **UNSPOKEN), html.Span(id=said, role="status")]
    return _field(
        label, ident, html.Div([control, html.Div(words, className="file-words")], className="file-box"), hint
    )


def tick_field(label: str, name: str, *, value: str = "1", ticked: bool = False) -> Component:
    """A box to tick."""
    box = Input(type="checkbox", name=name, value=value, **({"checked": "checked"} if ticked else {}))
    return html.Label([box, html.Span(label)], className="tick")


def button(words: str, *, kind: str = "primary", **attributes: Any) -> Component:
    """What sends the form."""
    return html.Button(words, type="submit", className=f"button {kind}", **attributes)


def _needs(required: bool) -> Needs:
    return {"required": "required"} if required else {}


def _chosen(is_chosen: bool) -> SelectedOption:
    return {"selected": "selected"} if is_chosen else {}


def _ident(name: str) -> str:
    """An id of its own for each field, the same each time: a later field of the same name on a page is numbered."""
    if not has_request_context():
        return f"f-{name}"
    used: Counter[str] = g.setdefault("field_names", Counter())
    used[name] += 1
    return f"f-{name}" if used[name] == 1 else f"f-{name}-{used[name]}"


def _field(label: str, ident: str, control: Component, hint: str) -> Component:
    return html.Div([html.Label(label, htmlFor=ident), html.Small(hint) if hint else None, control], className="field")
