"""The picture of a chart says what the chart says, at any width, and asks for nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from flask import g
from flask.testing import FlaskClient

from dashboard.access.access import find_viewer
from dashboard.app import LivePages
from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.parts.across import across
from dashboard.targets.parts.history import history, is_drawable
from dashboard.ui import words
from dashboard.ui.picture import draw
from dashboard.ui.plot import round_steps
from dashboard.ui.render import to_html
from dashboard.web.rules import VIEW

SVG = "{http://www.w3.org/2000/svg}"


def figures(snapshot: Snapshot) -> list[dict[str, Any]]:
    """The figure of every promise that has one."""
    return [
        history(view.gap, [view.gap.target] if view.gap.target else [], "HTX")
        for view in snapshot.gaps
        if is_drawable(view.gap.series)
    ]


def drawn_as(figure: dict[str, Any]) -> ElementTree.Element:
    kind, _, text = draw(figure).address.partition(",")
    assert kind == "data:image/svg+xml"
    return ElementTree.fromstring(unquote(text))  # noqa: S314  (our own picture)


def test_every_point_promise_and_label_is_on_the_picture(snapshot: Snapshot) -> None:
    assert len(figures(snapshot)) > 20
    for figure in figures(snapshot):
        picture = drawn_as(figure)
        dots = [trace for trace in figure["data"] if "markers" in trace["mode"]]
        marks = picture.findall(f".//{SVG}circle") + picture.findall(f".//{SVG}path")
        assert len(marks) == sum(len(trace["x"]) for trace in dots)
        shown = [node.text for node in picture.findall(f".//{SVG}text")]
        assert {text for trace in dots for text in trace.get("text", ()) if text} <= set(shown)
        assert {str(year) for year in figure["layout"]["xaxis"]["years"]} <= set(shown) and "0" in shown


def test_years_stand_on_the_plot_up_to_the_last_promise_each_with_its_line(snapshot: Snapshot) -> None:
    for figure in figures(snapshot):
        first, last = figure["layout"]["xaxis"]["range"]
        years = figure["layout"]["xaxis"]["years"]
        assert all(first <= f"{year}-12-31" <= last for year in years)
        days = [day for trace in figure["data"] for day in trace["x"]]
        assert years[-1] == int(max(days)[:4])
        lines = [line for line in drawn_as(figure).iter(f"{SVG}line") if line.get("x1") == line.get("x2")]
        assert len(lines) == len(years)


def test_on_a_phone_the_year_of_the_promise_is_among_the_named(snapshot: Snapshot) -> None:
    for figure in figures(snapshot):
        years = figure["layout"]["xaxis"]["years"]
        texts = {node.text: node.get("class") for node in drawn_as(figure).iter(f"{SVG}text")}
        named = [year for year in years if texts[str(year)] is None]
        assert years[-1] in named and len(named) <= 5


def test_a_picture_asks_for_nothing_and_bears_its_letters_in_pixels(snapshot: Snapshot) -> None:
    for figure in figures(snapshot):
        address = draw(figure).address
        assert not re.search(r"href|url\(|@import|<script", unquote(address)) and "font:14px" in unquote(address)
        assert '"' not in address and "<" not in address


def test_every_value_can_be_pointed_at_and_says_when_how_much_and_by_whom(snapshot: Snapshot) -> None:
    for view in snapshot.gaps:
        if not is_drawable(view.gap.series):
            continue
        spots = draw(history(view.gap, [view.gap.target] if view.gap.target else [], "HTX")).spots
        assert len(spots) == len(view.gap.series.points) + bool(view.gap.target)
        for spot, point in zip(spots, view.gap.series.points, strict=False):
            assert 0 <= spot.x <= 100 and 0 <= spot.y <= 250
            assert words.when(point) in spot.says and words.value_text(point) in spot.says
            assert point.publisher in spot.says


def test_values_close_to_each_other_share_the_room_to_be_pointed_at(snapshot: Snapshot) -> None:
    """84 in July and "ước 89" in December of 2020 stand side by side."""
    view = next(view for view in snapshot.gaps if (view.place, view.indicator) == ("ninh-thuan", "htx_count"))
    first, second, third, promise = draw(history(view.gap, [view.gap.target], "HTX")).spots
    assert first.room == second.room == round(second.x - first.x, 2) < 5
    assert third.room > 20 and promise.room > 20


def test_labels_that_would_cover_each_other_lean_apart(snapshot: Snapshot) -> None:
    view = next(view for view in snapshot.gaps if (view.place, view.indicator) == ("ninh-thuan", "htx_count"))
    texts = {node.text: node.get("text-anchor") for node in drawn_as(history(view.gap, [], "HTX")).iter(f"{SVG}text")}
    assert (texts["84"], texts["ước 89"], texts["131"]) == ("end", "start", "middle")


def test_lines_of_several_places_have_a_legend_with_the_sample_of_each(snapshot: Snapshot) -> None:
    names = {slug: place.full_name for slug, place in snapshot.places.items()}
    views = [view for view in snapshot.gaps if view.indicator == "htx_count" and view.gap.latest is not None][:4]
    drawn = draw(across(views, names, "HTX"))
    assert [name for _, name in drawn.legend] == [names[view.place] for view in views]
    assert len({sample for sample, _ in drawn.legend}) == len(views)
    assert len(drawn.spots) == sum(len(view.gap.series.points) for view in views)


@pytest.mark.parametrize("address", ["/tinh/thanh-hoa", "/chi-tieu/htx_count"])
def test_the_page_shows_the_picture_and_its_values_without_scripts(client: FlaskClient, address: str) -> None:
    source = client.get(address).text
    frames = source.count('class="graph-frame"')
    assert frames and source.count('class="graph-picture"') == source.count('class="points"') == frames


def test_a_paper_has_its_own_picture_only(application: LivePages) -> None:
    from dashboard.targets.pages.place import layout  # pages join the application, which must be there first

    with application.server.test_request_context("/tinh/thanh-hoa"):
        g.viewer = find_viewer(VIEW)
        page = layout(slug="thanh-hoa")
    screen, paper = to_html(page), to_html(page, {"chart-thanh-hoa-922-2023-htx_count": "a.png"})
    assert "graph-picture" in screen and 'class="point"' in screen
    assert "graph-picture" not in paper and 'class="point"' not in paper
    assert len(re.findall(r'<img class="chart-picture" alt="Số hợp tác xã: [^"]+" src="a.png">', paper)) == 1


@pytest.mark.parametrize(
    ("low", "top", "steps"),
    [
        (0, 1651.2, [0, 500, 1000, 1500]),
        (0, 6, [0, 2, 4, 6]),
        (0, 0.9, [0, 0.2, 0.4, 0.6, 0.8]),
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (-3, 6, [-2, 0, 2, 4, 6]),
    ],
)
def test_values_beside_the_axis_are_round(low: float, top: float, steps: list[float]) -> None:
    assert list(round_steps(low, top, 5)) == pytest.approx(steps)


@pytest.mark.parametrize("values", [(0.0, 0.0), (-4.0, 2.0), (-4.0, -1.0)])
def test_zero_and_what_is_below_it_lie_on_the_plot(snapshot: Snapshot, values: tuple[float, float]) -> None:
    gap = next(view.gap for view in snapshot.gaps if view.place == "ninh-thuan" and view.indicator == "htx_count")
    points = tuple(replace(point, value=value) for point, value in zip(gap.series.points, values, strict=False))
    drawn = draw(history(replace(gap, series=replace(gap.series, points=points)), [], "HTX"))
    assert all(0 <= spot.y <= drawn.plot.height for spot in drawn.spots)
    assert (drawn.spots[0].y == drawn.plot.height) is (values[0] == 0)


def test_a_value_after_the_day_of_the_promise_lies_on_the_plot(snapshot: Snapshot) -> None:
    gap = next(view.gap for view in snapshot.gaps if view.place == "ninh-thuan" and view.indicator == "htx_count")
    assert gap.target is not None
    late = replace(gap.series.points[-1], period_end=gap.target.horizon_end.replace(year=gap.target.horizon + 2))
    longer = replace(gap, series=replace(gap.series, points=(*gap.series.points, late)))
    assert all(0 <= spot.x <= 100 for spot in draw(history(longer, [gap.target], "HTX")).spots)


def test_what_is_counted_whole_has_whole_values_beside_the_axis(snapshot: Snapshot) -> None:
    view = next(view for view in snapshot.gaps if view.indicator == "lhhtx_count" and is_drawable(view.gap.series))
    points = tuple(replace(point, value=2.0) for point in view.gap.series.points)
    gap = replace(view.gap, target=None, series=replace(view.gap.series, points=points))
    texts = [node.text for node in drawn_as(history(gap, [], "LHHTX")).iter(f"{SVG}text")]
    assert {"0", "1", "2"} <= set(texts) and not [text for text in texts if text and "," in text]
