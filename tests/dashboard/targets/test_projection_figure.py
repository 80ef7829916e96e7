"""A projection looks the same on screen, on the projector and on paper, and is told apart without colour."""

from __future__ import annotations

from datetime import date
from urllib.parse import unquote

from dashboard.targets.parts.history import describe, history
from dashboard.targets.relation_words import IF_REPEATED, tell_projection
from dashboard.ui.chart_values import Chart, ChartLine, LineStyle
from dashboard.ui.picture import ON_PROJECTOR, draw
from models.gaps.answer import Gap
from models.gaps.gap import measure_gap
from models.gaps.projection import Projection, project_gap
from models.gaps.promise import Comparator, Direction, PromiseKind, TargetRecord, Thresholds
from models.gaps.series import Point, Series, ValueKind

TARGET = TargetRecord(
    place="p",
    indicator="lhhtx_count",
    definition="published",
    horizon=2030,
    comparator=Comparator.ABOUT,
    kind=PromiseKind.BY,
    low=340,
    high=None,
    unit="LHHTX",
    clause="1",
    wording="w",
    programme="x",
    issued_on=date(2022, 6, 16),
)
POINTS = (
    Point(date(2020, 12, 31), 100),
    Point(date(2022, 12, 31), 125, value_kind=ValueKind.ESTIMATE),
    Point(date(2024, 12, 31), 152),
    Point(date(2025, 12, 12), 164),
)


def measured(count: int = 4) -> tuple[Gap, Projection | None]:
    limits = Thresholds("t", 0.95, 0.6, 0.05, 180, 395, 0.01, 4)
    gap = measure_gap(
        TARGET, Series(POINTS[-count:]), as_of=date(2026, 11, 21), direction=Direction.HIGHER, thresholds=limits
    )
    return gap, project_gap(gap, 4)


def drawn(count: int = 4) -> Chart:
    gap, projection = measured(count)
    chart = history(gap, [TARGET], "Số liên hiệp", "LHHTX", projection)
    assert chart is not None
    return chart


def lines(chart: Chart) -> dict[str, ChartLine]:
    return {line.name: line for line in chart.lines}


def test_the_band_lies_between_its_edges_and_the_line_is_dotted_where_the_path_is_dashed() -> None:
    chart = drawn()
    (band,) = chart.bands
    assert all(low <= high for low, high in zip(band.low, band.high, strict=True))
    assert lines(chart)[f"Dự phóng, {IF_REPEATED}"].style is LineStyle.DOTTED
    assert lines(chart)["Đường cần đi đến 2030"].style is LineStyle.DASHED
    assert chart.lines[0].name == "Thực tế"


def test_the_words_say_what_it_is_from_how_many_figures_and_that_it_is_no_probability() -> None:
    gap, projection = measured()
    assert projection is not None
    told = tell_projection(projection, "LHHTX", 2030)
    assert "khoảng 228 LHHTX (dải 226 đến 232)" in told and "4 số so sánh được, trong đó 1 số ước" in told
    assert IF_REPEATED in told and "Không phải xác suất" in told
    assert told in describe(gap, [TARGET], "Số liên hiệp", projection, "LHHTX")


def test_the_projector_has_the_same_picture_with_larger_letters_and_no_script() -> None:
    chart = drawn()
    source = unquote(draw(chart, ON_PROJECTOR).address)
    assert 'viewBox="0 0 420 200"' in source and "font:19.6px" in source and "script" not in source
    assert "≈ 340" in source and ">2030<" in source and source.count("<polygon") == 1
    page = unquote(draw(chart).address)
    for part in ("<polyline", "<circle", "<polygon"):
        assert page.count(part) == source.count(part) > 0
    assert source.count("<text") < page.count("<text")  # every second year has no room


def test_with_three_figures_there_is_no_band() -> None:
    assert measured(3)[1] is None and drawn(3).bands == ()
