"""Gaps of the reviewed data as read from a database: the golden cases, the counts, and what was known when."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.base.database import migrate
from models.gaps.answer import Flag, Gap, Status
from models.gaps.promise import Comparator
from models.targets.reading import (
    GapView,
    Moment,
    read_agencies,
    read_gaps,
    read_indicators,
    read_observations,
    read_places,
    read_programmes,
    read_thresholds,
)
from models.tasks.task_reading import read_tasks

TODAY = date(2026, 11, 21)
NOW = Moment(as_of=TODAY, known_on=TODAY)
DONG_NAI, GIA_LAI = "dong-nai-truoc-2025-07", "gia-lai-truoc-2025-07"


@pytest.fixture(scope="module")
def views(loaded: Engine) -> list[GapView]:
    with Session(loaded) as session:
        return read_gaps(session, NOW)


def gaps_at(engine: Engine, moment: Moment) -> dict[tuple[str, str, int | None], Gap]:
    with Session(engine) as session:
        return {
            (view.place, view.indicator, view.gap.target.horizon if view.gap.target else None): view.gap
            for view in read_gaps(session, moment)
        }


def at(day: date) -> Moment:
    return Moment(as_of=day, known_on=day)


def find(views: list[GapView], place: str, indicator: str) -> Gap:
    (gap,) = [
        v.gap
        for v in views
        if (v.place, v.indicator) == (place, indicator) and (v.gap.target is None or v.gap.target.horizon == 2030)
    ]
    return gap


def test_thanh_hoa_has_reached_its_number_of_cooperatives_by_96(views: list[GapView]) -> None:
    gap = find(views, "thanh-hoa", "htx_count")
    assert (gap.status, gap.value, gap.gap) == (Status.REACHED, 1376, 96)
    assert gap.target is not None and (gap.target.comparator, gap.target.low) == (Comparator.AT_LEAST, 1280)
    assert gap.percent == pytest.approx(107.5)
    assert gap.flags == ()
    assert gap.latest is not None and gap.latest.period_end == date(2025, 12, 26)


def test_thanh_hoa_lacks_82_841_members_and_one_value_gives_no_pace(views: list[GapView]) -> None:
    gap = find(views, "thanh-hoa", "htx_member_count")
    assert (gap.status, gap.gap, gap.actual_per_year, gap.ratio) == (Status.SHORT_SERIES, -82_841, None, None)
    assert gap.percent == pytest.approx(75.3, abs=0.05)
    assert gap.needed_per_year == pytest.approx(16_525, abs=1)


def test_thanh_hoa_lacks_two_unions(views: list[GapView]) -> None:
    gap = find(views, "thanh-hoa", "lhhtx_count")
    assert (gap.status, gap.value, gap.gap) == (Status.SHORT_SERIES, 3, -2)
    assert gap.target is not None
    assert (gap.target.comparator, gap.target.low, gap.target.high) == (Comparator.EQUAL, 5, 5)


def test_ninh_thuan_is_on_track_to_its_range_of_cooperatives(views: list[GapView]) -> None:
    gap = find(views, "ninh-thuan", "htx_count")
    assert (gap.status, gap.gap) == (Status.ON_TRACK, -49)
    assert gap.target is not None and (gap.target.low, gap.target.high) == (180, 200)
    assert gap.needed_per_year == pytest.approx(7.9, abs=0.05)
    assert gap.actual_per_year == pytest.approx(11.0, abs=0.05)
    assert set(gap.flags) == {Flag.STALE, Flag.TERRITORY_ENDED}


def test_ninh_thuan_89_replaces_84_in_the_pace_but_both_stay_in_the_line(views: list[GapView]) -> None:
    gap = find(views, "ninh-thuan", "htx_count")
    assert [point.value for point in gap.series.points] == [84, 89, 131]
    assert [point.value for point in gap.pace_points] == [89, 131]
    assert gap.series.joined


def test_dong_nai_is_on_track_to_about_636_cooperatives(views: list[GapView]) -> None:
    gap = find(views, DONG_NAI, "htx_count")
    assert (gap.status, gap.gap) == (Status.ON_TRACK, -130)
    assert gap.needed_per_year == pytest.approx(20.0, abs=0.05)
    assert gap.actual_per_year == pytest.approx(21.4, abs=0.05)
    assert set(gap.flags) == {Flag.STALE, Flag.TERRITORY_ENDED}
    assert {point.definition for point in gap.series.points} == {"registered_with_credit_funds"}


def test_dong_nai_unions_stand_still_so_the_promise_is_at_risk(views: list[GapView]) -> None:
    gap = find(views, DONG_NAI, "lhhtx_count")
    assert (gap.status, gap.ratio, gap.value) == (Status.AT_RISK, 0, 1)
    assert [point.value for point in gap.series.points] == [1, 1]


def test_ninh_thuan_weak_cooperatives_are_unknown_not_zero(views: list[GapView]) -> None:
    gap = find(views, "ninh-thuan", "htx_weak_count")
    assert (gap.status, gap.value, gap.gap) == (Status.NO_DATA, None, None)


def test_gia_lai_has_a_trend_and_no_target(views: list[GapView]) -> None:
    trends = [view for view in views if view.place == GIA_LAI]
    assert trends and all(view.gap.status is Status.NO_TARGET and view.gap.target is None for view in trends)
    points = find(views, GIA_LAI, "htx_count").series.points
    assert [point.value for point in points][-3:] == [388, 439, 488]
    assert points[-1].definition == "registered_with_credit_funds"


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("thanh-hoa", {Status.REACHED: 1, Status.SHORT_SERIES: 2, Status.NO_DATA: 12}),
        (DONG_NAI, {Status.AT_RISK: 1, Status.ON_TRACK: 1, Status.SHORT_SERIES: 3, Status.NO_DATA: 4}),
        ("ninh-thuan", {Status.ON_TRACK: 1, Status.SHORT_SERIES: 2, Status.NO_DATA: 7}),
        (GIA_LAI, {}),
    ],
)
def test_promises_to_2030_stand_where_they_were_counted_by_hand(
    views: list[GapView], place: str, expected: dict[Status, int]
) -> None:
    found = Counter(
        v.gap.status for v in views if v.place == place and v.gap.target is not None and v.gap.target.horizon == 2030
    )
    assert found == expected


def test_a_value_published_later_was_not_known_before(loaded: Engine) -> None:
    before = gaps_at(loaded, at(date(2024, 10, 30)))["ninh-thuan", "htx_count", 2030]
    after = gaps_at(loaded, at(date(2024, 10, 31)))["ninh-thuan", "htx_count", 2030]
    assert (before.value, after.value) == (84, 131)
    assert Flag.BEFORE_PROGRAMME in before.flags and Flag.TERRITORY_ENDED not in after.flags


def test_a_value_of_unknown_publication_date_counts_from_the_day_it_was_loaded(loaded: Engine) -> None:
    estimate = "ninh-thuan", "htx_count", 2030
    day_before = gaps_at(loaded, at(TODAY - timedelta(days=1)))[estimate]
    assert [point.value for point in day_before.series.points] == [84, 131]
    with Session(loaded) as session:
        (row,) = [r for r in read_observations(session, NOW) if (r.place, r.value) == ("ninh-thuan", 89)]
    assert row.known_on == TODAY and row.known_on_is_load_date


def test_no_value_about_the_future_of_the_day_is_used(loaded: Engine) -> None:
    moment = Moment(as_of=date(2024, 1, 1), known_on=TODAY)
    for gap in gaps_at(loaded, moment).values():
        assert all(point.period_end <= moment.as_of for point in gap.series.points)
        assert gap.as_of == moment.as_of


def test_a_programme_not_yet_issued_makes_no_promise(loaded: Engine) -> None:
    day_before = {place for place, _, _ in gaps_at(loaded, at(date(2023, 3, 20)))}
    assert "thanh-hoa" not in day_before
    assert "thanh-hoa" in {place for place, _, _ in gaps_at(loaded, at(date(2023, 3, 21)))}
    in_hindsight = Moment(as_of=date(2023, 3, 20), known_on=TODAY)
    assert "thanh-hoa" not in {place for place, _, _ in gaps_at(loaded, in_hindsight)}


def test_before_anything_was_stored_there_is_nothing_to_see(loaded: Engine) -> None:
    past = Moment(as_of=TODAY, known_on=TODAY, recorded_at=datetime(2020, 1, 1, tzinfo=UTC))
    with Session(loaded) as session:
        assert read_observations(session, past) == []
        assert read_tasks(session, past) == []
        assert read_gaps(session, past) == []


def test_pinning_the_instant_of_today_shows_the_same_gaps(loaded: Engine, views: list[GapView]) -> None:
    pinned = Moment(as_of=TODAY, known_on=TODAY, recorded_at=datetime.now(UTC))
    with Session(loaded) as session:
        assert read_gaps(session, pinned) == views


def test_every_gap_carries_the_evidence_of_its_latest_value(views: list[GapView]) -> None:
    for gap in (view.gap for view in views if view.gap.latest is not None):
        assert gap.latest is not None
        assert gap.latest.publisher and gap.latest.source_title and gap.latest.definition
        assert gap.latest.known_on is not None and gap.latest.known_on <= TODAY
        assert gap.thresholds_version


def test_old_and_new_gia_lai_are_two_places(loaded: Engine) -> None:
    with Session(loaded) as session:
        places = read_places(session)
    assert places[GIA_LAI].successors == ("gia-lai",)
    assert GIA_LAI in places["gia-lai"].predecessors and len(places["gia-lai"].predecessors) == 2
    assert places["thanh-hoa"].valid_to is None and places["thanh-hoa"].predecessors == ()


def test_a_department_is_followed_by_the_one_that_took_its_work_from_that_day_on(loaded: Engine) -> None:
    with Session(loaded) as session:
        agencies = read_agencies(session)
    merged = [view for view in agencies.values() if view.successions]
    assert merged
    for view in merged:
        day = min(link.effective_on for link in view.successions)
        assert view.main_succession(day) is not None
        assert view.main_succession(day - timedelta(days=1)) is None


def test_values_read_stay_readable_after_the_session_is_closed(loaded: Engine) -> None:
    with Session(loaded) as session:
        indicators, programmes = read_indicators(session), read_programmes(session, NOW)
    assert all(indicator.name and indicator.direction for indicator in indicators.values())
    assert [programme.issued_on for programme in programmes.values()] == sorted(
        programme.issued_on for programme in programmes.values()
    )


def test_without_thresholds_reading_stops_with_a_reason(sqlite_engine: Engine) -> None:
    migrate(sqlite_engine)
    with Session(sqlite_engine) as session, pytest.raises(LookupError, match="threshold_set"):
        read_thresholds(session, NOW)
