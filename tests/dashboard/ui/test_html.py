"""Our elements are Dash's own to the browser and to Dash; only making and writing them costs less."""

from __future__ import annotations

import ast
import json
from typing import Any

import pytest
from dash import html as dash_html
from dash._utils import to_json
from dash.development.base_component import Component, ComponentRegistry

from dashboard.ui import html
from models.config.settings import ROOT

KINDS = sorted(name for name, kind in vars(html).items() if isinstance(kind, type) and issubclass(kind, Component))
KINDS.remove("Component")
GIVEN: dict[str, Any] = {
    "className": "a",
    "id": "b",
    "aria-label": "c",
    "data-label": "d",
    "title": "e",
    "style": {"left": "1%"},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("given", [{}, GIVEN])
def test_an_element_says_to_the_browser_what_that_of_dash_says(kind: str, given: dict[str, Any]) -> None:
    for children in ((), ("x",), ([None, "x", 1.5],)):
        ours, theirs = getattr(html, kind)(*children, **given), getattr(dash_html, kind)(*children, **given)
        assert json.loads(to_json(ours)) == json.loads(to_json(theirs))
        assert isinstance(ours, type(theirs))


@pytest.mark.parametrize("name", ["clas", "children_", "aria_label", "onclick"])
def test_a_name_that_an_element_does_not_have_is_refused(name: str) -> None:
    given: dict[str, Any] = {name: "y"}
    with pytest.raises(TypeError, match=f"Div has no {name}"):
        html.Div("x", **given)


def test_an_element_within_elements_is_found_by_its_id_as_dash_finds_it() -> None:
    inner = html.Span("x", id="inner")
    outer = html.Div([html.P([inner, "y"]), "z"], id="outer")
    assert outer["inner"] is inner and list(outer) == ["inner"]


def test_what_is_written_is_a_copy_of_what_was_given() -> None:
    element = html.Div("x")
    element.to_plotly_json()["props"]["id"] = "y"
    assert not hasattr(element, "id")


def test_dash_knows_our_elements_as_its_own() -> None:
    known = ComponentRegistry.children_props["dash_html_components"]
    assert all(known[kind] == getattr(dash_html, kind)._children_props for kind in KINDS)
    assert all(getattr(html, kind).__module__ == getattr(dash_html, kind).__module__ for kind in KINDS)


def test_pages_are_made_of_our_elements_only() -> None:
    found = []
    for path in (ROOT / "dashboard").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module in ("dash", "dash.html"):
                found += [
                    path.relative_to(ROOT).as_posix() for item in node.names if "html" in (item.name, node.module[5:])
                ]
    assert sorted(set(found)) == [
        "dashboard/ui/html.py",
        "dashboard/ui/render.py",
    ]  # the other knows Dash's, to draw them
