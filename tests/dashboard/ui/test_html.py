"""Our elements say what was given and nothing else, and turn into Dash's own where Dash draws."""

from __future__ import annotations

import ast
import json
from typing import Any

import pytest
from dash import html as dash_html

from dashboard.ui import html
from dashboard.ui.render import to_html
from models.config.settings import ROOT

KINDS = sorted(
    name
    for name, make in vars(html).items()
    if name[0].isupper() and callable(make) and getattr(make, "__name__", "") == name.lower()
)
OF_FORMS_ONLY = {"Input"}  # Dash's set has none: they never stand in a live part


@pytest.mark.parametrize("kind", KINDS)
def test_an_element_is_written_under_its_name(kind: str) -> None:
    assert to_html(getattr(html, kind)(className="a")).startswith(f'<{kind.lower()} class="a">')


@pytest.mark.parametrize("name", ["clas", "children_", "aria_label", "onclick"])
def test_a_name_that_no_element_has_is_refused(name: str) -> None:
    given: dict[str, Any] = {name: "y"}
    with pytest.raises(TypeError, match=f"div has no {name}"):
        html.Div("x", **given)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - OF_FORMS_ONLY))
def test_in_a_live_part_an_element_becomes_that_of_dash(kind: str) -> None:
    made = html.dash_html(getattr(html, kind)(["x", None, html.Span("y")], className="a", **{"aria-label": "b"}))
    assert type(made) is getattr(dash_html, kind)
    said = json.loads(json.dumps(made.to_plotly_json(), default=lambda part: part.to_plotly_json()))["props"]
    assert (said["className"], said["aria-label"], said["children"][0]) == ("a", "b", "x")
    assert said["children"][2]["props"]["children"] == "y"


def test_elements_with_the_same_content_are_the_same() -> None:
    assert html.P([html.Span("x"), "y"], id="a") == html.P([html.Span("x"), "y"], id="a")
    assert html.P("x") != html.P("y") and html.P("x") != html.Div("x") and html.P("x") != html.P("x", id="a")


def test_only_live_parts_are_made_of_dashs_elements() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "dashboard").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "dash" and any(a.name == "html" for a in node.names)
    }
    assert found == {
        "dashboard/app.py",
        "dashboard/explore/pages/explore.py",
        "dashboard/explore/parts/frame_grid.py",
        "dashboard/register/pages/organizations.py",
        "dashboard/register/parts/register_grid.py",
        "dashboard/ui/html.py",
    }
