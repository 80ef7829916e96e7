"""The picture of a chart says what the chart says, at any width, and asks for nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.parts.history import across, history, is_drawable
from dashboard.ui import words
from dashboard.ui.chart_values import Chart, ChartColour
from dashboard.ui.picture import draw
from dashboard.ui.plot import round_steps
from dashboard.ui.style_sheet import ColourScheme, tokens
from models.gaps.answer import Gap
from models.gaps.promise import TargetRecord

SVG = "{http://www.w3.org/2000/svg}"


def charted(gap: Gap, targets: Sequence[TargetRecord | None] = (), unit: str = "HTX") -> Chart:
    chart = history(gap, [target for target in targets if target], "Số HTX", unit)
    assert chart is not None
    return chart


def charts(snapshot: Snapshot) -> list[Chart]:
    """The chart of every promise that has one."""
    return [charted(view.gap, [view.gap.target]) for view in snapshot.gaps if is_drawable(view.gap.series)]


def drawn_as(chart: Chart) -> ElementTree.Element:
    kind, _, text = draw(chart).address.partition(",")
    assert kind == "data:image/svg+xml"
    return ElementTree.fromstring(unquote(text))  # noqa: S314  (our own picture)


def test_every_point_promise_and_label_is_on_the_picture(snapshot: Snapshot) -> None:
    assert len(charts(snapshot)) > 20
    for chart in charts(snapshot):
        picture = drawn_as(chart)
        points = [point for line in chart.lines if line.symbol for point in line.points]
        marks = picture.findall(f".//{SVG}circle") + picture.findall(f".//{SVG}path")
        assert len(marks) == len(points)
        shown = [node.text for node in picture.findall(f".//{SVG}text")]
        assert {point.label for point in points if point.label} <= set(shown)
        assert {str(year) for year in chart.years} <= set(shown) and "0" in shown


def test_years_stand_on_the_plot_up_to_the_last_promise_each_with_its_line(snapshot: Snapshot) -> None:
    for chart in charts(snapshot):
        first, last = chart.days
        assert all(first <= date(year, 12, 31) <= last for year in chart.years)
        assert chart.years[-1] == max(point.on for line in chart.lines for point in line.points).year
        lines = [line for line in drawn_as(chart).iter(f"{SVG}line") if line.get("x1") == line.get("x2")]
        assert len(lines) == len(chart.years)


def test_on_a_phone_the_year_of_the_promise_is_among_the_named(snapshot: Snapshot) -> None:
    for chart in charts(snapshot):
        texts = {node.text: node.get("class") for node in drawn_as(chart).iter(f"{SVG}text")}
        named = [year for year in chart.years if texts[str(year)] is None]
        assert chart.years[-1] in named and len(named) <= 5


def test_a_picture_asks_for_nothing_and_bears_its_letters_in_pixels(snapshot: Snapshot) -> None:
    for chart in charts(snapshot):
        address = draw(chart).address
        assert not re.search(r"href|url\(|@import|<script", unquote(address)) and "font:14px" in unquote(address)
        assert '"' not in address and "<" not in address


def test_every_value_can_be_pointed_at_and_says_when_how_much_and_by_whom(snapshot: Snapshot) -> None:
    for view in snapshot.gaps:
        if not is_drawable(view.gap.series):
            continue
        spots = draw(charted(view.gap, [view.gap.target])).spots
        assert len(spots) == len(view.gap.series.points) + bool(view.gap.target)
        for spot, point in zip(spots, view.gap.series.points, strict=False):
            assert 0 <= spot.x <= 100 and 0 <= spot.y <= 250
            assert words.when(point) in spot.says and words.value_text(point) in spot.says
            assert point.publisher in spot.says


def test_values_close_to_each_other_share_the_room_to_be_pointed_at(snapshot: Snapshot) -> None:
    """84 in July and "ước 89" in December of 2020 stand side by side."""
    view = next(view for view in snapshot.gaps if (view.place, view.indicator) == ("ninh-thuan", "htx_count"))
    first, second, third, promise = draw(charted(view.gap, [view.gap.target])).spots
    assert first.room == second.room == round(second.x - first.x, 2) < 5
    assert third.room > 20 and promise.room > 20


def test_labels_that_would_cover_each_other_lean_apart(snapshot: Snapshot) -> None:
    view = next(view for view in snapshot.gaps if (view.place, view.indicator) == ("ninh-thuan", "htx_count"))
    texts = {node.text: node.get("text-anchor") for node in drawn_as(charted(view.gap)).iter(f"{SVG}text")}
    assert (texts["84"], texts["ước 89"], texts["131"]) == ("end", "start", "middle")


def test_lines_of_several_places_have_a_legend_with_the_sample_of_each(snapshot: Snapshot) -> None:
    names = {slug: place.full_name for slug, place in snapshot.places.items()}
    views = [view for view in snapshot.gaps if view.indicator == "htx_count" and view.gap.latest is not None][:4]
    drawn = draw(across(views, names, "Số HTX", "HTX"))
    assert [name for _, name in drawn.legend] == [names[view.place] for view in views]
    assert len({sample for sample, _ in drawn.legend}) == len(views)
    assert len(drawn.spots) == sum(len(view.gap.series.points) for view in views)


@pytest.mark.parametrize("address", ["/tinh/ninh-thuan", "/chi-tieu/htx_count"])
def test_the_page_shows_the_picture_and_its_values_without_scripts(client: FlaskClient, address: str) -> None:
    source = client.get(address).text
    frames = source.count('class="graph-frame"')
    assert frames and source.count('class="graph-picture"') == source.count('class="points"') == frames


@pytest.mark.parametrize("name", [colour.value for colour in ChartColour if not colour.endswith(("spread", "range"))])
def test_a_line_is_seen_on_the_light_and_on_the_dark_ground(name: str) -> None:
    """A picture has one colour for both, so it must keep 3:1 on both."""
    light, dark = tokens(ColourScheme.LIGHT), tokens(ColourScheme.DARK)
    assert light[name] == dark[name]
    assert all(contrast(light[name], ground["sheet"]) >= 3 for ground in (light, dark))


def contrast(one: str, other: str) -> float:
    """As WCAG counts it."""
    darker, lighter = sorted(luminance(colour) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [channel / 255 for channel in bytes.fromhex(colour.removeprefix("#"))]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


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
    drawn = draw(charted(replace(gap, series=replace(gap.series, points=points))))
    assert all(0 <= spot.y <= drawn.plot.height for spot in drawn.spots)
    assert (drawn.spots[0].y == drawn.plot.height) is (values[0] == 0)


def test_a_value_after_the_day_of_the_promise_lies_on_the_plot(snapshot: Snapshot) -> None:
    gap = next(view.gap for view in snapshot.gaps if view.place == "ninh-thuan" and view.indicator == "htx_count")
    assert gap.target is not None
    late = replace(gap.series.points[-1], period_end=gap.target.horizon_end.replace(year=gap.target.horizon + 2))
    longer = replace(gap, series=replace(gap.series, points=(*gap.series.points, late)))
    assert all(0 <= spot.x <= 100 for spot in draw(charted(longer, [gap.target])).spots)


def test_what_is_counted_whole_has_whole_values_beside_the_axis(snapshot: Snapshot) -> None:
    view = next(view for view in snapshot.gaps if view.indicator == "lhhtx_count" and is_drawable(view.gap.series))
    points = tuple(replace(point, value=2.0) for point in view.gap.series.points)
    gap = replace(view.gap, target=None, series=replace(view.gap.series, points=points))
    texts = [node.text for node in drawn_as(charted(gap, unit="LHHTX")).iter(f"{SVG}text")]
    assert {"0", "1", "2"} <= set(texts) and not [text for text in texts if text and "," in text]
