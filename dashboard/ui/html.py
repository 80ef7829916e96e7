"""HTML elements as Dash components: Dash's own, made and written in a fraction of their time.

An element of Dash builds lists of its thirty possible names each time one is made, holds every argument against them
one by one, and asks for all thirty again when it is written as JSON. These know their names once a kind. A name that
the element does not have is refused all the same.
"""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar, cast

from dash import html
from dash.development.base_component import Component, ComponentMeta

Kind = TypeVar("Kind", bound=Component)


class Element:
    """Made of what is given and of nothing else; stands before the element of Dash that it is."""

    names: ClassVar[frozenset[str]]
    _type: ClassVar[str]
    _namespace: ClassVar[str]

    def __init__(self, children: Any = None, **given: Any) -> None:
        """Raises TypeError for a name that the element does not have."""
        for name in given:
            if name not in self.names and not name.startswith(("aria-", "data-")):
                raise TypeError(f"{self._type} has no {name}")
        self.__dict__ = {"children": children, **given}

    def to_plotly_json(self) -> dict[str, Any]:
        """What Dash sends to the browser."""
        return {"props": dict(self.__dict__), "type": self._type, "namespace": self._namespace}


def _light(kind: type[Kind]) -> type[Kind]:
    """The same element with its names kept at the class; it stays in Dash's module, which registers it as its own."""
    of_each = {name: value for name, value in vars(kind()).items() if name != "children"}
    own = {name: getattr(kind, name) for name in ("__module__", "__doc__", "_namespace", "_type", "_children_props")}
    names = frozenset(of_each["_prop_names"])
    return cast("type[Kind]", ComponentMeta(kind.__name__, (Element, kind), {**own, **of_each, "names": names}))


A = _light(html.A)
Article = _light(html.Article)
Button = _light(html.Button)
Caption = _light(html.Caption)
Code = _light(html.Code)
Dd = _light(html.Dd)
Details = _light(html.Details)
Div = _light(html.Div)
Dl = _light(html.Dl)
Dt = _light(html.Dt)
Fieldset = _light(html.Fieldset)
Figcaption = _light(html.Figcaption)
Figure = _light(html.Figure)
Footer = _light(html.Footer)
Form = _light(html.Form)
H1 = _light(html.H1)
H2 = _light(html.H2)
H3 = _light(html.H3)
Header = _light(html.Header)
I = _light(html.I)  # noqa: E741
Img = _light(html.Img)
Label = _light(html.Label)
Legend = _light(html.Legend)
Li = _light(html.Li)
Main = _light(html.Main)
Nav = _light(html.Nav)
Ol = _light(html.Ol)
Option = _light(html.Option)
P = _light(html.P)
Progress = _light(html.Progress)
Script = _light(html.Script)
Section = _light(html.Section)
Select = _light(html.Select)
Small = _light(html.Small)
Span = _light(html.Span)
Strong = _light(html.Strong)
Summary = _light(html.Summary)
Table = _light(html.Table)
Tbody = _light(html.Tbody)
Td = _light(html.Td)
Textarea = _light(html.Textarea)
Th = _light(html.Th)
Thead = _light(html.Thead)
Tr = _light(html.Tr)
Ul = _light(html.Ul)
