"""A projection looks the same on screen, on the projector and on paper, and is told apart without colour."""

from __future__ import annotations

from datetime import date
from typing import Any

from dashboard.targets.parts.history import describe, history
from dashboard.targets.parts.meeting_line import meeting_line
from dashboard.targets.relation_words import IF_REPEATED, tell_projection
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


def traces(figure: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {trace["name"]: trace for trace in figure["data"]}


def test_the_band_lies_between_its_edges_and_the_line_is_dotted_where_the_path_is_dashed() -> None:
    gap, projection = measured()
    drawn = traces(history(gap, [TARGET], "LHHTX", projection))
    low, high = drawn["Dải dự phóng, mức thấp"], drawn["Dải dự phóng, mức cao"]
    assert high["fill"] == "tonexty" and all(a <= b for a, b in zip(low["y"], high["y"], strict=True))
    assert drawn[f"Dự phóng, {IF_REPEATED}"]["line"]["dash"] == "dot"
    assert drawn["Đường cần đi đến 2030"]["line"]["dash"] == "dash"
    assert next(trace["name"] for trace in history(gap, [TARGET], "LHHTX")["data"]) == "Thực tế"


def test_the_words_say_what_it_is_from_how_many_figures_and_that_it_is_no_probability() -> None:
    gap, projection = measured()
    assert projection is not None
    told = tell_projection(projection, "LHHTX", 2030)
    assert "khoảng 228 LHHTX (dải 226 đến 232)" in told and "4 số so sánh được, trong đó 1 số ước" in told
    assert IF_REPEATED in told and "Không phải xác suất" in told
    assert told in describe(gap, [TARGET], "Số liên hiệp", projection, "LHHTX")


def test_the_projector_draws_the_same_line_without_a_script() -> None:
    gap, projection = measured()
    source = meeting_line(gap, TARGET, projection)
    assert source is not None and '<polygon class="b"' in source and '<polyline class="j"' in source
    assert "script" not in source and "≈ 340" in source and ">2030<" in source


def test_with_three_figures_there_is_no_band_and_with_one_no_picture() -> None:
    gap, projection = measured(3)
    assert projection is None and '<polygon class="b"' not in (meeting_line(gap, TARGET, None) or "")
    assert meeting_line(measured(1)[0], TARGET, None) is None
