"""Charts are plain values: what was published, what was promised, and no line that asks for a loss."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.parts.history import across, history
from dashboard.ui.chart import chart_figure
from dashboard.ui.chart_values import Chart, LineStyle
from dashboard.ui.html import Element
from models.gaps.answer import Gap
from models.targets.reading import GapView

Read = Callable[[Element], Any]


@pytest.fixture
def gaps(snapshot: Snapshot) -> list[GapView]:
    return [view for view in snapshot.gaps if view.gap.latest is not None]


def find(snapshot: Snapshot, place: str, indicator: str) -> Gap:
    return next(view.gap for view in snapshot.gaps if (view.place, view.indicator) == (place, indicator))


def drawn(gap: Gap) -> Chart:
    chart = history(gap, [gap.target] if gap.target else [], "Số HTX", "HTX")
    assert chart is not None
    return chart


def test_a_chart_is_a_plain_value_that_equals_itself(gaps: list[GapView]) -> None:
    for view in gaps:
        first, again = history(view.gap, [], "x", "HTX"), history(view.gap, [], "x", "HTX")
        assert first == again and hash(first) == hash(again)


def test_a_line_holds_the_published_points_and_the_promise(snapshot: Snapshot) -> None:
    lines = drawn(find(snapshot, "ninh-thuan", "htx_count")).lines
    assert [(point.value, point.label) for point in lines[0].points] == [(84, "84"), (89, "ước 89"), (131, "131")]
    assert [point.is_estimate for point in lines[0].points] == [False, True, False]
    (promise,) = lines[-1].points
    assert (promise.on, promise.value, promise.label) == (date(2030, 12, 31), 180, "180–200")


def test_a_promised_range_is_a_band_from_the_latest_value_to_its_day(snapshot: Snapshot) -> None:
    (band,) = drawn(find(snapshot, "ninh-thuan", "htx_count")).bands
    assert (band.low, band.high) == ((180, 180), (200, 200)) and band.days[1] == date(2030, 12, 31)


def test_a_reached_promise_needs_no_path_down_to_it(snapshot: Snapshot) -> None:
    """1.376 against "at least 1.280": a dashed line falling to 1.280 would ask for a loss."""
    lines = drawn(find(snapshot, "thanh-hoa", "htx_count")).lines
    assert not [line for line in lines if line.style is LineStyle.DASHED]


def test_lines_of_several_places_differ_in_more_than_colour(snapshot: Snapshot, gaps: list[GapView]) -> None:
    names = {slug: place.full_name for slug, place in snapshot.places.items()}
    lines = across([v for v in gaps if v.indicator == "htx_count"][:4], names, "Số HTX", "HTX").lines
    assert len({line.style for line in lines}) == len({line.symbol for line in lines}) == 4


def test_a_chart_is_a_picture_with_words_and_the_values_that_lie_on_it(snapshot: Snapshot, read: Read) -> None:
    chart = drawn(find(snapshot, "ninh-thuan", "htx_count"))
    frame = read(chart_figure(chart, ident="x"))
    assert frame.one("img", "graph-picture").attributes["alt"] == chart.says == frame.one("figcaption").text
    points = frame.all("li", "point")
    assert [node.text for node in points] == [point.says for line in chart.lines for point in line.points if point.says]
    assert "--x:" in points[0].attributes["style"] and "--y:" in points[0].attributes["style"]
