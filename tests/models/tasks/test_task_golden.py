"""The 120 rows on 21/11/2026: exact instances, states and oddities of the four documents."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.rows import Row
from models.targets.reading import Moment
from models.tasks.task_reading import FollowUp, read_follow_up
from models.tasks.task_rows import duty_rows, task_rows

TODAY = date(2026, 11, 21)
NOW = Moment(as_of=TODAY, known_on=TODAY)
NT, TH, GL, DN = "ninh-thuan", "thanh-hoa", "gia-lai-truoc-2025-07", "dong-nai-truoc-2025-07"


@pytest.fixture(scope="module")
def rows(loaded: Engine) -> list[Row]:
    with Session(loaded) as session:
        return task_rows(session, NOW)


@pytest.fixture(scope="module")
def follow(loaded: Engine) -> FollowUp:
    with Session(loaded) as session:
        return read_follow_up(session, NOW)


def test_the_four_annexes_have_120_rows_of_which_2_are_headings(rows: list[Row]) -> None:
    assert Counter(place for _, place in {(row["task"], row["place"]) for row in rows}) == {
        NT: 29,
        TH: 45,
        GL: 16,
        DN: 30,
    }
    assert sum(row["is_heading"] for row in rows) == 2


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_instances_of_each_year_by_province_stand_on_the_provinces_own_day(rows: list[Row], year: int) -> None:
    found = Counter((row["place"], row["due_on"]) for row in rows if row["year"] == year)
    assert found == {(NT, date(year, 11, 30)): 21, (TH, date(year, 12, 14)): 3, (DN, date(year, 12, 14)): 21}


def test_only_recurring_rows_have_a_year_and_they_have_four(rows: list[Row]) -> None:
    years = Counter(row["task"] for row in rows if row["year"])
    assert set(years.values()) == {4} and len(years) == 45
    assert {row["deadline_kind"] for row in rows if row["year"]} == {"yearly", "plan"}
    assert not {row["year"] for row in rows} - {None, 2023, 2024, 2025, 2026}


def test_the_states_of_all_rows_on_21_11_2026(rows: list[Row]) -> None:
    assert Counter((row["place"], row["state"]) for row in rows) == {
        (NT, "no_report"): 67, (NT, "open"): 21, (NT, "waiting"): 4,
        (TH, "no_report"): 17, (TH, "open"): 4, (TH, "continuous"): 31, (TH, None): 2,
        (GL, "done_on_time"): 3, (GL, "no_report"): 8, (GL, "waiting"): 5,
        (DN, "no_report"): 63, (DN, "open"): 21, (DN, "continuous"): 4, (DN, "unclear"): 5,
    }  # fmt: skip


def test_exactly_two_tasks_were_born_late_both_of_thanh_hoa(rows: list[Row]) -> None:
    late = [(row["place"], row["section"], row["number"]) for row in rows if row["is_born_late"]]
    assert late == [(TH, "II", "5"), (TH, "II", "6")]


def test_exactly_three_tasks_are_completed_in_the_document_all_of_gia_lai(rows: list[Row]) -> None:
    done = [(row["place"], row["section"], row["number"]) for row in rows if row["state"] == "done_on_time"]
    assert done == [(GL, "II", "1"), (GL, "II", "4"), (GL, "II", "5")]


def test_no_waiting_task_is_ever_overdue_on_any_day(loaded: Engine) -> None:
    for day in (date(2021, 1, 1), date(2023, 12, 31), TODAY, date(2045, 12, 31)):
        with Session(loaded) as session:
            found = task_rows(session, Moment(as_of=day, known_on=day))
        conditional = [row for row in found if row["deadline_kind"] == "conditional"]
        assert all(row["state"] == "waiting" for row in conditional)
        assert not any(row["state"] in ("overdue", "done_late") for row in found)


def test_the_condition_in_the_title_waits_though_years_are_printed(rows: list[Row]) -> None:
    waiting = [row for row in rows if row["place"] == GL and row["state"] == "waiting"]
    assert {row["deadline_text"] for row in waiting} == {"2021-2022", "2022-2023"}


def test_duties_of_the_bodies_stand_apart_and_name_their_section(loaded: Engine, rows: list[Row]) -> None:
    with Session(loaded) as session:
        duties = duty_rows(session, NOW)
    assert {row["origin"] for row in duties} == {"body", "report"}
    assert {row["origin"] for row in rows} == {"annex"}
    assert not {row["task"] for row in duties} & {row["task"] for row in rows}
    assert all(row["section"].split(".")[0] in ("I", "II", "III", "IV") for row in duties)


BODY_DUTIES = Path(__file__).parents[2] / "files" / "body_duties.csv"


def test_every_duty_that_a_reading_of_the_bodies_found_missing_is_in_with_its_office(follow: FollowUp) -> None:
    """The list is one careful reading of the four bodies, bullet by bullet: 57 were absent and 23 in part."""
    found = {view.task.key: view.task for view in follow.tasks}
    with BODY_DUTIES.open(encoding="utf-8", newline="") as lines:
        listed = list(csv.DictReader(lines))
    assert Counter(row["was"] for row in listed) == {"absent": 57, "in part": 23}
    for row in listed:
        task = found["/".join(row[name] for name in ("programme", "origin", "section", "number"))]
        assert task.leads == row["leads"].split(";"), task.key
    bodies = Counter(view.task.programme for view in follow.tasks if view.task.origin in ("body", "report"))
    assert bodies == {
        "ninh-thuan-2023": 27,
        "thanh-hoa-922-2023": 7,
        "gia-lai-2020": 64,
        "dong-nai-01-2023": 8,
    }


def test_the_duty_to_report_is_a_task_due_on_the_eve_of_the_printed_day(loaded: Engine) -> None:
    with Session(loaded) as session:
        duties = [row for row in duty_rows(session, NOW) if row["origin"] == "report" and row["year"] == 2026]
    assert {row["place"]: row["due_on"] for row in duties} == {
        NT: date(2026, 11, 30),
        TH: date(2026, 12, 14),
        DN: date(2026, 12, 14),
    }


def test_a_continuous_task_owes_a_report_every_year(follow: FollowUp) -> None:
    view = next(view for view in follow.tasks if view.task.key == "thanh-hoa-922-2023/I/1")
    assert [(report.year, report.due_on) for report in view.yearly_reports] == [
        (year, date(year, 12, 14)) for year in (2023, 2024, 2025, 2026)
    ]


def test_tasks_of_merged_provinces_say_so(rows: list[Row]) -> None:
    ended = {row["place"] for row in rows if row["territory_ended_on"] == date(2025, 6, 30)}
    assert ended == {NT, GL, DN}


def test_before_a_programme_was_issued_its_tasks_are_not_known(loaded: Engine) -> None:
    day = date(2022, 12, 31)
    with Session(loaded) as session:
        assert {row["place"] for row in task_rows(session, Moment(as_of=day, known_on=day))} == {GL}
