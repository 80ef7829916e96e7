"""What headlines, screens and papers say of a value beside its promise: never more than the status says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.db.snapshot_values import Snapshot
from dashboard.reports.values import paper_row
from dashboard.targets.findings import over
from dashboard.targets.parts.arithmetic import arithmetic
from dashboard.targets.parts.place_words import spoken
from dashboard.ui import words
from models.gaps.answer import Gap
from models.gaps.gap import measure_gap
from models.gaps.promise import Comparator, Direction, PromiseKind, TargetRecord
from models.gaps.series import Point, Series, ValueKind
from models.targets.reading import GapView, thresholds_of

TODAY = date(2026, 11, 21)
PROMISE = TargetRecord(
    place="ninh-thuan", indicator="htx_count", definition="published", horizon=2030, comparator=Comparator.AT_LEAST,
    kind=PromiseKind.BY, low=35, high=None, unit="HTX", clause="II", wording="w", programme="ninh-thuan-2023",
    issued_on=date(2023, 2, 28),
)  # fmt: skip
RANGE = replace(PROMISE, comparator=Comparator.RANGE, low=180, high=200)
NONE_LEFT = replace(PROMISE, indicator="htx_weak_count", comparator=Comparator.EQUAL, low=0, high=0)
AVERAGE = replace(
    PROMISE, indicator="htx_new_count", kind=PromiseKind.ANNUAL_AVERAGE, comparator=Comparator.ABOUT, low=21
)
EVERY_YEAR = replace(
    PROMISE, indicator="htx_good_fair_share", kind=PromiseKind.ANNUAL, comparator=Comparator.MORE_THAN, low=60, unit="%"
)
Gauge = Callable[..., Gap]


@pytest.fixture
def gauge(snapshot: Snapshot) -> Gauge:
    def measured(target: TargetRecord, *points: Point, as_of: date = TODAY) -> Gap:
        direction = Direction(snapshot.indicators[target.indicator].direction)
        thresholds = thresholds_of(snapshot.thresholds)
        return measure_gap(target, Series(points), as_of=as_of, direction=direction, thresholds=thresholds)

    return measured


def at_end(year: int, value: float, **changes: Any) -> Point:
    return replace(Point(date(year, 12, 31), value), **changes)


def year_of(year: int, value: float) -> Point:
    return at_end(year, value, period_kind="year")


def title(gap: Gap, snapshot: Snapshot) -> str:
    """The title of a slide or of a meeting's screen."""
    pattern = next(view for view in snapshot.gaps if gap.target and view.indicator == gap.target.indicator)
    view: GapView = replace(pattern, gap=gap)
    return paper_row(view, snapshot).finding


def test_a_value_from_before_the_programme_is_never_called_enough(visit: Any, gauge: Gauge, snapshot: Snapshot) -> None:
    lead = visit("/tinh/ninh-thuan").view.one("p", "lead").text
    assert "đủ" not in lead and "vượt" not in lead
    assert "thành viên HTX chỉ có số trước ngày ban hành" in lead
    old = gauge(PROMISE, at_end(2020, 99))
    assert title(old, snapshot).endswith("chỉ có số trước ngày ban hành")


def test_weak_cooperatives_are_left_over_not_missing(gauge: Gauge, snapshot: Snapshot) -> None:
    gap = gauge(NONE_LEFT, at_end(2023, 8), at_end(2025, 6))
    assert spoken(gap, snapshot) == "HTX yếu kém còn thừa 6"
    assert title(gap, snapshot).endswith(": còn thừa 6 HTX so với cam kết 2030")


def test_a_mean_of_years_is_said_to_be_one(gauge: Gauge, snapshot: Snapshot) -> None:
    gap = gauge(AVERAGE, year_of(2024, 17))
    assert spoken(gap, snapshot) == "HTX thành lập mới bình quân mỗi năm thấp hơn 4"


def test_a_promise_of_every_year_that_holds_is_not_said_to_rest_on_old_values(gauge: Gauge, snapshot: Snapshot) -> None:
    told = title(gauge(EVERY_YEAR, at_end(2025, 66)), snapshot)
    assert told.endswith("năm gần nhất đạt") and "trước ngày ban hành" not in told


def test_a_goal_only_touched_is_not_called_just_enough(gauge: Gauge) -> None:
    above = replace(EVERY_YEAR, kind=PromiseKind.BY)
    assert over(gauge(above, at_end(2025, 60.0))) == "vừa chạm mức, chưa qua"
    assert over(gauge(PROMISE, at_end(2025, 35))) == "vừa đủ"


def test_what_passes_a_range_is_counted_from_its_upper_end(gauge: Gauge, snapshot: Snapshot) -> None:
    assert over(gauge(RANGE, at_end(2025, 190))) == "trong khoảng"
    assert over(gauge(RANGE, at_end(2025, 220))) == "vượt khoảng 20"
    assert spoken(gauge(RANGE, at_end(2025, 220)), snapshot) == "đủ số HTX (vượt khoảng 20)"


def test_about_met_within_its_tolerance_is_not_called_missing(gauge: Gauge, snapshot: Snapshot) -> None:
    about = replace(PROMISE, comparator=Comparator.ABOUT, low=636)
    assert spoken(gauge(about, at_end(2025, 610)), snapshot) == "đủ số HTX (thấp hơn 26)"


def test_met_by_an_estimate_says_so(gauge: Gauge, snapshot: Snapshot) -> None:
    gap = gauge(PROMISE, at_end(2025, 36, value_kind=ValueKind.ESTIMATE))
    assert spoken(gap, snapshot) == "ước đủ số HTX (vượt 1)"
    assert ": ước đạt cam kết 2030" in title(gap, snapshot)


def test_after_the_horizon_an_old_value_is_neither_enough_nor_missing(gauge: Gauge, snapshot: Snapshot) -> None:
    gap = gauge(PROMISE, at_end(2024, 20), at_end(2025, 30), as_of=date(2031, 1, 15))
    assert title(gap, snapshot).endswith("chưa có số của năm 2030")
    steps = str(arithmetic(gap, snapshot.indicators["htx_count"], snapshot.thresholds))
    assert "Nhịp cần có" not in steps and "Tỷ số" not in steps
    assert "nào của đúng chỉ tiêu này được công bố" not in steps


def test_what_falls_short_is_not_rounded_up_to_all_of_it() -> None:
    assert words.percent(334_800 / 334_841 * 100) == "99,9%"
    assert [words.percent(value) for value in (99.94, 100.0, 100.04, 107.5)] == ["99,9%", "100,0%", "100,0%", "107,5%"]
    assert words.percent(99.996, None) == "99,99%"


def test_a_ratio_that_only_nears_a_cut_off_is_not_written_as_it() -> None:
    cuts = (0.95, 0.60)
    assert [words.ratio(value, cuts) for value in (0.9487, 0.95, 0.5951, 1.07)] == ["0,9487", "0,95", "0,5951", "1,07"]


def test_a_published_figure_keeps_the_decimals_that_were_printed() -> None:
    assert words.value_text(at_end(2024, 68_013.075)) == "68.013,075"
    assert words.value_text(at_end(2024, 77.1)) == "77,1"


def test_no_year_known_is_not_written_as_none_of_none(gauge: Gauge, snapshot: Snapshot) -> None:
    steps = str(arithmetic(gauge(EVERY_YEAR), snapshot.indicators["htx_good_fair_share"], snapshot.thresholds))
    assert "0/0" not in steps and "phải đạt hằng năm đến 2030" in steps
