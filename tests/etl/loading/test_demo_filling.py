"""A trial's database: every state has its example, all of it is marked, and nothing loads without DEMO=1."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from etl.demo.sample import YEARS, write_register
from etl.demo.sample_fill import fill
from etl.parsing.issues import LoadError
from etl.tables.findings import Severity
from models.base.database import make_engine
from models.base.named import RunOrganization
from models.base.source import Run
from models.config.settings import Settings, read_settings
from models.gaps.answer import Flag, Status
from models.places.commune import CommuneSuccession
from models.register.organization import Organization, WorklistStep
from models.targets.official import OfficialValue, Remark
from models.targets.reading import Moment, read_gaps
from models.tasks.follow_up import ExplanationRequest, Petition, TaskReport
from models.tasks.task_reading import read_follow_up
from models.tasks.task_state import TaskState
from tests.etl.loading.desk import TODAY, Desk

MOMENT = Moment(as_of=TODAY, known_on=TODAY)
TYPED = {
    ExplanationRequest: "question",
    Petition: "text",
    TaskReport: "progress",
    OfficialValue: "reason",
    WorklistStep: "next_step",
    Remark: "text",
}


@pytest.fixture(scope="module")
def settings() -> Settings:
    return replace(read_settings(), is_demo=True, today=TODAY)


@pytest.fixture(scope="module")
def filled(reviewed_file: Path, tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Engine]:
    path = tmp_path_factory.mktemp("trial") / "trial.sqlite3"
    shutil.copy(reviewed_file, path)
    engine = make_engine(f"sqlite:///{path}")
    fill(engine, settings, organizations=40, seed=1, report=lambda _line: None)
    yield engine
    engine.dispose()


def counted(engine: Engine, model: type[SQLModel]) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_every_status_of_a_promise_has_its_example(filled: Engine) -> None:
    with Session(filled) as session:
        statuses = {view.gap.status for view in read_gaps(session, MOMENT)}
    assert set(Status) - statuses - {Status.NO_TARGET} == set()


def test_every_flag_of_a_promise_has_its_example_and_after_2030_final_values_are_awaited(filled: Engine) -> None:
    with Session(filled) as session:
        today = {flag for view in read_gaps(session, MOMENT) for flag in view.gap.flags}
        later = Moment(as_of=date(2031, 6, 30), known_on=date(2031, 6, 30))
        after = {flag for view in read_gaps(session, later) for flag in view.gap.flags}
    assert set(Flag) - today == {Flag.AWAITING_FINAL}  # no promise is of a year that has passed
    assert Flag.AWAITING_FINAL in after


def test_every_state_of_a_task_has_its_example(filled: Engine) -> None:
    with Session(filled) as session:
        views = read_follow_up(session, MOMENT).tasks
    states = {item.state for view in views if (item := view.at(TODAY.year)) is not None}
    assert states == set(TaskState)


def test_each_typed_text_says_that_it_is_invented(filled: Engine) -> None:
    with Session(filled) as session:
        for model, name in TYPED.items():
            texts = [getattr(row, name) for row in session.scalars(select(model))]
            assert texts, model
            assert all("mô phỏng" in text for text in texts), model
        assert session.scalars(select(col(Organization.is_demo)).distinct()).all() == [True]
        runs = session.scalars(select(Run).where(col(Run.source).contains("mô phỏng"))).all()
        assert all(run.is_demo for run in runs)


def test_explanations_are_late_open_answered_accepted_and_rejected(filled: Engine) -> None:
    with Session(filled) as session:
        rows = session.scalars(select(ExplanationRequest)).all()
    assert {row.verdict for row in rows} == {"accepted", "rejected", None}
    assert {row.due_on < TODAY for row in rows if row.answered_on is None} == {True, False}
    assert all(row.asked_on <= TODAY and (row.answered_on or date.min) <= TODAY for row in rows)


def test_one_day_is_told_by_two_lists_and_communes_are_split(filled: Engine) -> None:
    with Session(filled) as session:
        statement = select(Run).where(col(Run.place) == "thanh-hoa", col(Run.year) == 2025, col(Run.kind) == "register")
        lists = [run.id for run in session.scalars(statement)]
        about = select(col(RunOrganization.organization_id))
        named = {run: set(session.scalars(about.where(col(RunOrganization.run_id) == run))) for run in lists}
        wholes = set(session.scalars(select(col(CommuneSuccession.is_whole))))
    assert len(lists) == 2
    assert named[lists[0]] < named[lists[1]]
    assert wholes == {True, False}


def test_filling_twice_adds_nothing(filled: Engine, settings: Settings) -> None:
    before = {model: counted(filled, model) for model in (*TYPED, Organization)}
    fill(filled, settings, organizations=40, seed=1, report=lambda _line: None)
    assert {model: counted(filled, model) for model in before} == before


def test_nothing_is_filled_without_the_mark_of_a_trial(reviewed_file: Path, tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "real.sqlite3"
    shutil.copy(reviewed_file, path)
    engine = make_engine(f"sqlite:///{path}")
    with pytest.raises(LoadError, match="DEMO=1"):
        fill(engine, replace(settings, is_demo=False), organizations=5, seed=1, report=lambda _line: None)
    assert counted(engine, Organization) == counted(engine, Petition) == 0
    engine.dispose()


PLACES_AND_YEARS = [
    *((place, YEARS[-1]) for place in ("gia-lai", "dong-nai", "khanh-hoa")),
    *(
        (place, year)
        for place in ("gia-lai-truoc-2025-07", "dong-nai-truoc-2025-07", "ninh-thuan")
        for year in YEARS[:-1]
    ),
    *(("thanh-hoa", year) for year in YEARS),
]


@pytest.mark.parametrize("is_filled", [True, False])
def test_the_sample_workbook_loads_whole_for_every_place_and_year(
    is_filled: bool, filled: Engine, desk: Desk, tmp_path: Path
) -> None:
    desk = Desk(filled, tmp_path) if is_filled else desk
    for place, year in PLACES_AND_YEARS:
        path = tmp_path / f"{place}-{year}.xlsx"
        write_register(path, organizations=30, year=year)
        outcome = desk.load(path, "register", place, year, commit=False, is_demo=True, marked_demo=is_filled)
        said = [str(finding) for finding in outcome.findings if finding.severity != Severity.REMARK]
        assert (outcome.stops_file, outcome.left_out, said) == (False, 0, []), (place, year)
        assert outcome.written.new + outcome.written.changed + outcome.written.untouched > 0
