"""Chốt số: the value an officer marked official stands on its date, and the status says so."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.base.facts import apply_facts
from models.base.source import Run
from models.gaps.answer import Flag, Status
from models.gaps.series import Exclusion, Point, comparable_series
from models.places.place import Place
from models.targets.indicator import Indicator, ThresholdSet
from models.targets.observation import Observation
from models.targets.official import OfficialValue
from models.targets.official_reading import with_officials, without_rivals
from models.targets.programme import Programme, Target
from models.targets.reading import GapView, Moment, read_gaps

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, tzinfo=UTC)
DAY, EARLIER = date(2025, 12, 31), date(2023, 12, 31)


def point(value: float, day: date = DAY, key: str = "", definition: str = "registered", because: str = "") -> Point:
    return Point(day, value, definition=definition, key=key or f"{value}", official_because=because)


def line(points: list[Point], *officials: Point, breaks: tuple[date, ...] = ()) -> Any:
    chosen = {item.period_end: item for item in officials}
    kept, rivals = without_rivals(points, chosen)
    series = comparable_series(kept, definition="registered", as_of=TODAY, breaks=breaks)
    return with_officials(series, chosen, rivals, as_of=TODAY, breaks=breaks)


def test_the_official_value_wins_its_date_and_the_other_is_left_out_with_the_reason() -> None:
    found = line([point(100), point(120, key="b")], point(120, key="b", because="đối chiếu"))
    assert [p.value for p in found.points] == [120]
    assert found.excluded == ((point(100), Exclusion.NOT_OFFICIAL),)


def test_an_official_count_of_the_register_joins_the_published_line_only_on_its_date() -> None:
    found = line([point(100, EARLIER), point(130)], point(140, key="official/x", definition="register", because="r"))
    assert [(p.period_end, p.value, p.definition) for p in found.points] == [
        (EARLIER, 100, "registered"),
        (DAY, 140, "register"),
    ]


def test_a_settled_date_is_no_longer_disputed() -> None:
    assert line([point(100), point(120, key="b")]).disputed
    assert not line([point(100), point(120, key="b")], point(120, key="b", because="r")).disputed


def test_an_official_value_before_a_break_does_not_come_back() -> None:
    found = line([point(130)], point(90, EARLIER, because="r"), breaks=(date(2024, 1, 1),))
    assert [p.value for p in found.points] == [130]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 99)), max_size=8), st.integers(0, 5), st.integers(1, 99))
def test_every_date_has_one_value_and_the_official_date_has_the_official_one(
    said: list[tuple[int, int]], year: int, value: int
) -> None:
    points = [point(v, date(2018 + y, 12, 31), key=str(i)) for i, (y, v) in enumerate(said)]
    official = point(value, date(2018 + year, 12, 31), key="official/x", because="r")
    found = line(points, official)
    days = [p.period_end for p in found.points]
    assert days == sorted(set(days))
    assert official in found.points


def thresholds() -> ThresholdSet:
    """The cut-offs of the method."""
    names = ("on_track_ratio", "slow_ratio", "about_tolerance", "merge_days", "stale_days", "dispute_tolerance")
    values = (0.95, 0.6, 0.05, 180, 395, 0.01)
    content = {name: {"value": value} for name, value in zip(names, values, strict=True)}
    content["projection_min_points"] = {"value": 4}
    return ThresholdSet(version="t", valid_from=date(2020, 1, 1), content=content)


class Office:
    """A province with one promise and two published values of one day."""

    def __init__(self, session: Session) -> None:
        self.session = session
        run = Run(kind="init", source="t", checksum="0", actor="t", started_at=NOW, status="done")
        session.add_all([run, Place(slug="thanh-hoa", name="Thanh Hóa", level="province")])
        session.flush()
        assert run.id is not None
        self.run_id = run.id
        session.add(
            Indicator(
                code="htx_count",
                position=1,
                name="Số HTX",
                short_name="HTX",
                unit="HTX",
                kind="stock",
                direction="higher",
                aggregation="sum",
                decimals=0,
                group="so_luong",
                definition="d",
            )
        )
        session.add(thresholds())
        session.add(
            Programme(
                slug="p",
                place="thanh-hoa",
                title="p",
                issued_on=date(2023, 3, 21),
                issued_precision="day",
                issued_text="",
                issuer_text="",
                checked=True,
            )
        )
        session.flush()
        self.promise()
        self.publish()

    def promise(self) -> None:
        """1.280 or more by 2030."""
        target = {
            "key": "p/htx_count/2030",
            "position": 1,
            "programme": "p",
            "place": "thanh-hoa",
            "indicator": "htx_count",
            "definition": "unstated",
            "horizon": 2030,
            "comparator": "at_least",
            "kind": "by",
            "low": 1280.0,
            "high": None,
            "unit": "HTX",
            "clause": "",
            "wording": "",
        }
        self.put(Target, target)

    def publish(self) -> None:
        """Two values of one day that contradict each other."""
        for key, value in (("b", 1376.0), ("a", 1250.0)):
            self.put(
                Observation,
                {
                    "key": key,
                    "place": "thanh-hoa",
                    "indicator": "htx_count",
                    "definition": "unstated",
                    "period_start": DAY,
                    "period_end": DAY,
                    "period_kind": "point",
                    "value": value,
                    "unit": "HTX",
                    "value_kind": "actual",
                    "qualifier": "exact",
                    "publisher": key,
                    "published_on": None,
                    "known_on": DAY,
                    "known_on_is_load_date": False,
                    "source_title": key,
                    "source_url": "",
                    "note": "",
                },
            )

    def put(self, model: Any, content: dict[str, Any]) -> None:
        apply_facts(self.session, model, [content], run_id=self.run_id, now=NOW, withdraw=False)

    def settle(self, value: float, observation_key: str | None, definition: str = "unstated", on: date = TODAY) -> None:
        content = {
            "key": f"thanh-hoa/htx_count/{DAY}",
            "place": "thanh-hoa",
            "indicator": "htx_count",
            "period_end": DAY,
            "observation_key": observation_key,
            "value": value,
            "definition": definition,
            "reason": "Đối chiếu danh sách",
            "actor": "Người thử",
            "is_actor_verified": False,
            "decided_on": on,
        }
        self.put(OfficialValue, content)

    def gap(self, known_on: date = TODAY) -> GapView:
        return read_gaps(self.session, Moment(as_of=known_on, known_on=known_on))[0]


@pytest.fixture
def office(sqlite_engine: Engine, tmp_path: Path) -> Any:
    """An office with a disputed value."""
    with Session(sqlite_engine) as session:
        yield Office(session)


def test_without_a_decision_the_status_says_that_sources_disagree(office: Office) -> None:
    assert Flag.DISPUTED in office.gap().gap.flags
    assert Flag.OFFICIAL not in office.gap().gap.flags


def test_the_status_uses_the_official_value_and_says_so(office: Office) -> None:
    before = office.gap().gap.status
    office.settle(1250.0, "a")
    gap = office.gap().gap
    assert (before, gap.value, gap.status) == (Status.REACHED, 1250, Status.SHORT_SERIES)
    assert Flag.OFFICIAL in gap.flags
    assert Flag.DISPUTED not in gap.flags


def test_the_register_can_be_made_official(office: Office) -> None:
    office.settle(1301.0, None, "register")
    gap = office.gap().gap
    assert (gap.value, gap.status, gap.latest and gap.latest.definition) == (1301, Status.REACHED, "register")


def test_a_decision_of_today_does_not_change_what_was_known_yesterday(office: Office) -> None:
    office.settle(1250.0, "a")
    assert office.gap(date(2026, 11, 20)).gap.value == 1376


def test_a_decision_keeps_its_value_when_the_published_value_changes_later(office: Office) -> None:
    office.settle(1200.0, "a")
    assert office.gap().gap.value == 1200
