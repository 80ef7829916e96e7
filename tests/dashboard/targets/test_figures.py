"""Figures are plain values: what was published, what was promised, and no line that asks for a loss."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.parts.across import across
from dashboard.targets.parts.history import history
from dashboard.ui.chart import chart
from dashboard.ui.drawing import Drawing, Edges, PlotPoint
from dashboard.ui.html import Element
from models.gaps.answer import Gap
from models.targets.reading import GapView

Read = Callable[[Element], Any]


@pytest.fixture
def gaps(snapshot: Snapshot) -> list[GapView]:
    return [view for view in snapshot.gaps if view.gap.latest is not None]


def find(snapshot: Snapshot, place: str, indicator: str) -> Gap:
    return next(view.gap for view in snapshot.gaps if (view.place, view.indicator) == (place, indicator))


def draw(gap: Gap) -> dict[str, Any]:
    return history(gap, [gap.target] if gap.target else [], "HTX")


def test_figures_are_plain_values(snapshot: Snapshot, gaps: list[GapView]) -> None:
    names = {slug: place.full_name for slug, place in snapshot.places.items()}
    for figure in [across(gaps[:3], names, "HTX"), *(draw(view.gap) for view in gaps)]:
        assert type(figure) is dict and json.loads(json.dumps(figure)) == figure


def test_a_line_holds_the_published_points_and_the_promise(snapshot: Snapshot) -> None:
    gap = find(snapshot, "ninh-thuan", "htx_count")
    data = draw(gap)["data"]
    assert data[0]["y"] == [84, 89, 131] and data[0]["text"] == ["84", "ước 89", "131"]
    assert (data[-1]["x"], data[-1]["y"], data[-1]["text"]) == (["2030-12-31"], [180], ["180–200"])


def test_a_reached_promise_needs_no_path_down_to_it(snapshot: Snapshot) -> None:
    """1.376 against "at least 1.280": a dashed line falling to 1.280 would ask for a loss."""
    gap = find(snapshot, "thanh-hoa", "htx_count")
    for trace in draw(gap)["data"]:
        assert not (trace["mode"] == "lines" and trace["y"][-1] < trace["y"][0])


def test_lines_of_several_places_differ_in_more_than_colour(snapshot: Snapshot, gaps: list[GapView]) -> None:
    names = {slug: place.full_name for slug, place in snapshot.places.items()}
    data = across([v for v in gaps if v.indicator == "htx_count"][:4], names, "HTX")["data"]
    assert len({trace["line"]["dash"] for trace in data}) == len({trace["marker"]["symbol"] for trace in data}) == 4


def test_a_chart_is_a_picture_with_words_and_the_values_that_lie_on_it(read: Read) -> None:
    drawn = Drawing("data:,", 250, Edges(40, 20, 16, 200), [PlotPoint(12.5, 80.0, "năm 2024: 7 HTX", 100)])
    frame = read(chart(drawn, "mô tả", ident="x"))
    assert frame.one("img", "graph-picture").attributes["alt"] == "mô tả" == frame.one("figcaption").text
    assert frame.one("li", "point").text == "năm 2024: 7 HTX"
    assert "--x:12.5;--y:80.0px" in frame.one("li", "point").attributes["style"]
