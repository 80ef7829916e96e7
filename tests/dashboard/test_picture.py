"""The picture of a chart says what the chart says, at any width, and asks for nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from dashboard.figures.history import history, is_drawable
from dashboard.figures.picture import picture_address
from dashboard.render import to_html
from dashboard.snapshot import Snapshot

SVG = "{http://www.w3.org/2000/svg}"


def figures(snapshot: Snapshot) -> list[dict[str, Any]]:
    """The figure of every promise that has one."""
    return [
        history(view.gap, [view.gap.target] if view.gap.target else [], "HTX")
        for view in snapshot.gaps
        if is_drawable(view.gap.series)
    ]


def draw(figure: dict[str, Any]) -> ElementTree.Element:
    kind, _, text = picture_address(figure).partition(",")
    assert kind == "data:image/svg+xml"
    return ElementTree.fromstring(unquote(text))  # noqa: S314  (our own picture)


def test_every_point_promise_and_label_is_on_the_picture(snapshot: Snapshot) -> None:
    assert len(figures(snapshot)) > 20
    for figure in figures(snapshot):
        picture = draw(figure)
        dots = [trace for trace in figure["data"] if "markers" in trace["mode"]]
        marks = picture.findall(f".//{SVG}circle") + picture.findall(f".//{SVG}path")
        assert len(marks) == sum(len(trace["x"]) for trace in dots)
        shown = [node.text for node in picture.findall(f".//{SVG}text")]
        assert {text for trace in dots for text in trace.get("text", ()) if text} <= set(shown)
        assert str(int(figure["layout"]["xaxis"]["tick0"][:4])) in shown and "0" in shown


def test_a_picture_asks_for_nothing_and_bears_its_letters_in_pixels(snapshot: Snapshot) -> None:
    for figure in figures(snapshot):
        text = unquote(picture_address(figure))
        assert not re.search(r"href|url\(|@import|<script", text) and "font:14px" in text
        assert '"' not in picture_address(figure) and "<" not in picture_address(figure)


def test_the_page_shows_the_picture_without_scripts(client: FlaskClient) -> None:
    source = client.get("/tinh/thanh-hoa").text
    frames = source.count('class="graph-frame"')
    assert frames and source.count('class="first-picture"') == frames


def test_a_paper_has_its_own_picture_only(drawn: Callable[[str, str], Any]) -> None:
    page = drawn("/tinh/thanh-hoa", "")
    assert "first-picture" in to_html(page) and "first-picture" not in to_html(page, {"chart": "a.png"})


@pytest.mark.parametrize(("top", "steps"), [(1651.2, [0, 500, 1000, 1500]), (6, [0, 2, 4, 6]), (0.9, [0, 0.2, 0.4])])
def test_values_beside_the_axis_are_round(top: float, steps: list[float]) -> None:
    from dashboard.figures.picture import _steps

    assert list(_steps(top, 5))[: len(steps)] == pytest.approx(steps)
