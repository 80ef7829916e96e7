"""Figures of the tidy frame: pure functions, held to what the frame says and to what it must not hide."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.explore.parts.goal_bars import UNRANKED, goal_bars
from dashboard.explore.parts.marks import ORDER, SIGNS, SOFT, hue
from dashboard.explore.parts.matrix import matrix
from dashboard.explore.parts.province_map import ASSETS, outlines, province_map
from dashboard.explore.parts.small_lines import MOST, small_lines
from dashboard.ui.live_figure import status_colours
from dashboard.ui.style_sheet import ColourScheme, tokens
from models.gaps.answer import STATUS_WORDS, Status

ROW: dict[str, Any] = {
    "place": "a", "place_name": "Nơi A", "indicator": "so", "indicator_name": "Chỉ tiêu một", "short_name": "Một",
    "definition": "d1", "definition_name": "cách một", "programme": "p-a", "horizon": 2030, "comparator": "at_least",
    "low": 100.0, "high": None, "goal": 100.0, "goal_text": "≥ 100", "value": 50.0, "unit": "HTX", "status": "slow",
    "flags": [], "gap": -50.0, "percent": 50.0, "period_end": date(2024, 12, 31), "period_text": "31/12/2024",
    "is_latest": True, "value_kind": "actual", "publisher": "Sở", "qualifier": "exact",
}  # fmt: skip


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    whole = pd.DataFrame([ROW | row for row in rows], dtype=object)
    return whole.where(whole.notna(), None)


def missing(**parts: Any) -> dict[str, Any]:
    return {"value": None, "status": "no_data", "gap": None, "percent": None, "period_end": None, **parts}


def test_a_cell_tells_its_status_by_sign_words_and_hue() -> None:
    figure = matrix(frame({}, {"place": "b", "place_name": "Nơi B", "status": "reached"}))
    (drawn,) = figure.data
    assert list(drawn.z[0]) == [hue("slow") + SOFT, hue("reached") + SOFT]
    assert [text.partition("<br>")[0] for text in drawn.text[0]] == ["½ Chậm", "✓ Đạt"]
    assert drawn.customdata[0][1] == ["b", "so"]


def test_of_two_promises_in_a_cell_the_worst_is_drawn_and_the_number_told() -> None:
    (drawn,) = matrix(frame({"status": "reached"}, {"programme": "p-2", "status": "missed"})).data
    assert list(drawn.z[0]) == [hue("missed") + SOFT] and "2 cam kết" in drawn.hovertext[0][0]


def test_no_promise_is_an_empty_cell_and_no_value_says_so() -> None:
    figure = matrix(frame({}, missing(place="b", place_name="Nơi B", indicator="hai", short_name="Hai")))
    (drawn,) = figure.data
    assert drawn.z[0][1] is None and drawn.text[0][1] == ""
    assert "Chưa có số liệu" in drawn.text[1][1] and "0" not in drawn.text[1][1]


def test_many_places_leave_room_for_signs_only_and_the_words_stay_under_the_pointer() -> None:
    (drawn,) = matrix(frame(*({"place": f"n{i}", "place_name": f"Nơi {i}"} for i in range(12)))).data
    assert list(drawn.text[0]) == ["½"] * 12 and "Chậm" in drawn.hovertext[0][0]


def test_values_of_different_definitions_are_marked_and_not_ranked() -> None:
    rows = frame({"place": "z", "place_name": "Nơi Z"}, {"definition": "d2", "status": "reached", "percent": 120.0})
    figure = goal_bars(rows, rows)
    assert [text.removesuffix(" ≠") for text in figure.layout.yaxis.ticktext] == ["Nơi A", "Nơi Z"]
    assert all(text.endswith(" ≠") for text in figure.layout.yaxis.ticktext)
    assert UNRANKED in figure.layout.annotations[0].text
    assert matrix(rows).layout.yaxis.ticktext[0].endswith("≠")


def test_the_worst_stands_first_and_what_has_no_value_last() -> None:
    rows = frame(missing(place="c", place_name="Nơi C"), {"status": "reached"}, {"place": "b", "place_name": "Nơi B"})
    assert list(goal_bars(rows, rows).layout.yaxis.ticktext) == ["Nơi B", "Nơi A", "Nơi C"]


def test_a_missing_value_is_words_and_never_a_mark_at_zero() -> None:
    rows = frame(missing())
    figure = goal_bars(rows, rows)
    marked = [trace for trace in figure.data if trace.mode and "markers" in trace.mode and trace.name != "Cam kết"]
    assert all(len(trace.x) == 0 for trace in marked)
    assert [list(trace.text) for trace in figure.data if trace.mode == "text"] == [["chưa có số liệu"]]


def test_a_bar_runs_from_the_first_value_to_today_and_on_to_the_goal() -> None:
    first = {"value": 20.0, "period_end": date(2020, 12, 31), "is_latest": False, "status": None, "gap": None}
    figure = goal_bars(frame({}), frame(first, {}))
    gone, ahead = figure.data[:2]
    assert list(gone.x) == [20.0, 50.0, None] and list(ahead.x) == [50.0, 100.0, None]
    assert figure.layout.xaxis.title.text == "HTX"


def test_several_indicators_are_measured_in_percent_of_their_own_promise() -> None:
    figure = goal_bars(frame({}, {"indicator": "hai", "goal": 200.0}), frame({}))
    now = figure.data[4]
    assert sorted(now.x) == [25.0, 50.0] and figure.layout.xaxis.title.text == "% của cam kết"


def test_a_goal_of_zero_has_no_percent_and_keeps_its_figure_in_words() -> None:
    rows = frame({"goal": 0.0, "goal_text": "0"}, {"indicator": "hai"})
    (said,) = [list(trace.text) for trace in goal_bars(rows, rows).data if trace.mode == "text"]
    assert said == ["50, cam kết 0"]


def test_old_and_estimated_values_are_hollow() -> None:
    rows = frame({"flags": ["stale"]}, {"place": "b", "flags": ["estimate"]}, {"place": "c"})
    assert sorted(goal_bars(rows, rows).data[4].marker.symbol) == ["circle", "circle-open", "circle-open"]


def test_only_values_of_one_series_are_joined() -> None:
    early = {"value": 20.0, "period_end": date(2020, 12, 31), "is_latest": False, "status": None}
    other = {"value": 900.0, "period_end": date(2022, 12, 31), "is_latest": None, "definition": "d2", "status": None}
    figure = small_lines(frame(early, other, {}), frame({}))
    lines = [trace for trace in figure.data if trace.mode == "lines+markers"]
    marks = [trace for trace in figure.data if trace.mode == "markers" and trace.marker.symbol == "x-thin"]
    assert [list(trace.y) for trace in lines] == [[20.0, 50.0]] and [list(trace.y) for trace in marks] == [[900.0]]


def test_the_needed_path_is_dashed_and_ends_at_the_promise() -> None:
    (path,) = [trace for trace in small_lines(frame({}), frame({})).data if trace.mode == "lines"]
    assert path.line.dash == "dash" and list(path.y) == [50.0, 100.0] and path.x[1] == date(2030, 12, 31)


def test_each_indicator_has_axes_of_its_own_and_years_stand_where_they_are() -> None:
    figure = small_lines(frame({}, {"indicator": "hai", "unit": "%"}), frame({}))
    layout = figure.to_plotly_json()["layout"]
    assert (
        layout["xaxis2"]["matches"] == "x" and layout["yaxis"]["domain"] and layout["xaxis"]["tick0"].endswith("12-31")
    )
    assert layout["xaxis"]["domain"][1] < layout["xaxis2"]["domain"][0]
    narrow = layout["meta"]["narrow"]["layout"]
    assert narrow["xaxis.domain"] == narrow["xaxis2.domain"] == [0.0, 1.0]


def test_no_more_small_figures_are_drawn_than_fit() -> None:
    figure = small_lines(frame(*({"indicator": f"i{n}"} for n in range(MOST + 3))), frame({}))
    assert len({trace.xaxis for trace in figure.data}) == MOST


@pytest.mark.parametrize("count", [34, 63])
def test_every_province_lies_on_the_map_with_the_islands(count: int) -> None:
    found = json.loads((ASSETS / outlines(count).removeprefix("assets/")).read_text(encoding="utf-8"))
    codes = {feature["properties"]["code"]: feature for feature in found["features"]}
    assert len(codes) == count
    for code, east, north in (("48", 111.0, 15.0), ("56", 111.5, 7.0)):
        rings = [ring for polygon in codes[code]["geometry"]["coordinates"] for ring in polygon]
        assert any(x > east and y > north for ring in rings for x, y in ring)


def test_the_map_tells_statuses_by_sign_too_and_asks_nobody_outside() -> None:
    provinces = [("a", "38", "Nơi A"), *((f"x{n}", str(n), f"Tỉnh {n}") for n in range(100, 133))]
    figure = province_map(frame({}, {"status": "missed", "indicator": "hai"}), provinces)
    empty, full, signs, islands = figure.data
    assert list(full.z) == [hue("missed")] and list(signs.text) == ["<b>×</b>"] and len(empty.z) == 33
    assert "Không có cam kết" in empty.hovertext[0] and "Hoàng Sa" in islands.text[0] and "Trường Sa" in islands.text[1]
    assert full.geojson.startswith("assets/") and "http" not in figure.to_json()


@pytest.mark.parametrize("draw", [matrix, lambda none: goal_bars(none, none), lambda none: small_lines(none, none)])
def test_nothing_to_draw_says_why(draw: Callable[[pd.DataFrame], go.Figure]) -> None:
    (note,) = draw(frame({}).head(0)).layout.annotations
    assert len(note.text) > 20


def test_every_status_has_a_sign_of_its_own_and_each_screen_its_colours() -> None:
    assert len(set(SIGNS.values())) == len(STATUS_WORDS) == len(SIGNS)
    for scheme in ColourScheme:
        steps = status_colours(tokens(scheme))
        assert len(steps) == 4 * len(ORDER) and steps[0][0] == 0 and steps[-1][0] == 1
        assert steps[2 * ORDER.index(Status.REACHED)][1] == tokens(scheme)["reached"]
