"""HTML elements of our own pages: made of what is given, written as HTML by `render.to_html`.

Dash draws none of them. What Dash draws on a live page is made of Dash's own components; `dash_html` turns elements
into those where both shall show the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dash import html as dash_elements

# fmt: off
NAMES = frozenset({
    "accept", "action", "alt", "autoCapitalize", "autoComplete", "checked", "className", "colSpan", "content",
    "dateTime", "defer", "disabled", "download", "encType", "height", "hidden", "href", "htmlFor", "httpEquiv", "id",
    "inputMode", "lang", "list", "loading", "max", "maxLength", "method", "min", "minLength", "multiple", "name",
    "open", "pattern", "placeholder", "readOnly", "rel", "required", "role", "rows", "rowSpan", "scope", "selected",
    "src", "start", "step", "style", "tabIndex", "target", "title", "type", "value", "width",
})
# fmt: on


class Element:
    """One element: its tag, its attributes under the names Dash uses (`className`), and what stands in it."""

    __slots__ = ("attributes", "children", "tag")

    def __init__(self, tag: str, children: Content, attributes: dict[str, Any]) -> None:
        """Raises TypeError for a name that no element has."""
        for name in attributes:
            if name not in NAMES and not name.startswith(("aria-", "data-")):
                raise TypeError(f"{tag} has no {name}")
        self.tag, self.children, self.attributes = tag, children, attributes

    def __eq__(self, other: object) -> bool:
        """Elements with the same content are the same."""
        return isinstance(other, Element) and self._parts() == other._parts()

    __hash__ = None  # type: ignore[assignment]  # its children may be lists

    def __repr__(self) -> str:
        return f"<{self.tag} {self.attributes}>{self.children!r}"

    def _parts(self) -> tuple[object, ...]:
        return self.tag, self.children, self.attributes


Piece = str | int | float | Element | None
Content = Piece | Sequence[Piece]  # not deeper: a list within a list is no content


def _of(tag: str) -> Callable[..., Element]:
    def make(children: Content = None, **attributes: Any) -> Element:
        return Element(tag, children, attributes)

    make.__name__ = tag
    return make


def dash_html(node: Content) -> Any:
    """The same as components of Dash, for the live part of a page."""
    if isinstance(node, Element):
        kind = getattr(dash_elements, node.tag.capitalize())
        return kind(dash_html(node.children), **node.attributes)
    if isinstance(node, Sequence) and not isinstance(node, str):
        return [dash_html(child) for child in node]
    return node


A = _of("a")
Article = _of("article")
Br = _of("br")
Button = _of("button")
Caption = _of("caption")
Code = _of("code")
Dd = _of("dd")
Datalist = _of("datalist")
Details = _of("details")
Div = _of("div")
Dl = _of("dl")
Dt = _of("dt")
Fieldset = _of("fieldset")
Figcaption = _of("figcaption")
Figure = _of("figure")
Footer = _of("footer")
Form = _of("form")
H1 = _of("h1")
H2 = _of("h2")
H3 = _of("h3")
Header = _of("header")
I = _of("i")  # noqa: E741
Img = _of("img")
Input = _of("input")
Label = _of("label")
Legend = _of("legend")
Li = _of("li")
Main = _of("main")
Mark = _of("mark")
Meta = _of("meta")
Nav = _of("nav")
Ol = _of("ol")
Option = _of("option")
P = _of("p")
Progress = _of("progress")
Script = _of("script")
Section = _of("section")
Select = _of("select")
Small = _of("small")
Span = _of("span")
Strong = _of("strong")
Summary = _of("summary")
Table = _of("table")
Tbody = _of("tbody")
Td = _of("td")
Textarea = _of("textarea")
Th = _of("th")
Thead = _of("thead")
Tr = _of("tr")
Ul = _of("ul")
