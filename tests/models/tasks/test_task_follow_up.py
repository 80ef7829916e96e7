"""What is reported is kept with who, when and why; nothing is erased, and other days stay as they were."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.accounts.changing import ChangeSession
from models.accounts.trail import Deed
from models.base.database import DataVersion, data_version
from models.base.facts import Fact
from models.targets.reading import Moment
from models.tasks.follow_rules import ReportDraft, report_problems
from models.tasks.follow_up import ExplanationRequest, Petition, TaskProduct, TaskReport, TaskTrigger
from models.tasks.follow_writing import Author, next_key, report_key, write_fact
from models.tasks.task_reading import TaskView, read_follow_up, read_history
from models.tasks.task_state import ReportOutcome, TaskState

TODAY = date(2026, 11, 21)
START = datetime(2040, 1, 1, 1, 0, tzinfo=UTC)  # after the moment the facts were loaded
TH = "thanh-hoa-922-2023"
ONCE, YEARLY, WAITS = f"{TH}/II/4.3", f"{TH}/IV/8", "gia-lai-2020/II/6"
AUTHOR = Author("Cán bộ thử", "theo báo cáo của đơn vị")


@pytest.fixture
def base(loaded: Engine, tmp_path) -> Engine:  # type: ignore[no-untyped-def]
    copy = tmp_path / "copy.sqlite3"
    with loaded.connect() as connection:
        connection.exec_driver_sql(f"VACUUM INTO '{copy}'")
    return create_engine(f"sqlite:///{copy}")


def write(engine: Engine, model: type[Fact], content: dict[str, Any], place: str, now: datetime = START) -> int | None:
    with ChangeSession(engine) as session:
        run = write_fact(session, model, content, AUTHOR, now=now, place=place)
        if run is not None:
            session.finish(Deed("update", AUTHOR.name))
        return run


def report(
    engine: Engine,
    task: str,
    outcome: ReportOutcome,
    on: date,
    *,
    year: int | None = None,
    hours: int = 0,
    **more: object,
) -> int | None:
    content = {
        "key": report_key(task, year, on), "task": task, "year": year, "outcome": outcome.value, "reported_on": on,
        "done_on": None, "document_number": None, "document_date": None, "file_checksum": None, "progress": "",
    } | more  # fmt: skip
    return write(engine, TaskReport, content, "thanh-hoa", START + timedelta(hours=hours))


def view_of(engine: Engine, task: str, as_of: date = TODAY, recorded_at: datetime | None = None) -> TaskView:
    with Session(engine) as session:
        found = read_follow_up(session, Moment(as_of, as_of, recorded_at))
    return next(view for view in found.tasks if view.task.key == task)


def state(engine: Engine, task: str, year: int | None = None, as_of: date = TODAY) -> TaskState:
    item = view_of(engine, task, as_of).at(year or as_of.year)
    assert item is not None
    return item.state


def test_a_report_of_one_year_leaves_the_other_years_alone(base: Engine) -> None:
    report(base, YEARLY, ReportOutcome.DONE, date(2026, 1, 5), year=2025, done_on=date(2025, 12, 10))
    assert {year: state(base, YEARLY, year) for year in (2024, 2025, 2026)} == {
        2024: TaskState.NO_REPORT,
        2025: TaskState.DONE_ON_TIME,
        2026: TaskState.OPEN,
    }


def test_a_later_report_counts_and_the_earlier_one_stays(base: Engine) -> None:
    report(base, ONCE, ReportOutcome.NOT_DONE, date(2026, 1, 5))
    assert state(base, ONCE) is TaskState.OVERDUE
    report(base, ONCE, ReportOutcome.DONE, date(2026, 3, 1), done_on=date(2026, 2, 20), hours=1)
    assert state(base, ONCE) is TaskState.DONE_LATE
    assert state(base, ONCE, as_of=date(2026, 2, 1)) is TaskState.OVERDUE
    assert state(base, ONCE, as_of=date(2025, 12, 31)) is TaskState.NO_REPORT


def test_a_correction_of_the_same_day_replaces_and_keeps_the_replaced_version(base: Engine) -> None:
    report(base, ONCE, ReportOutcome.NOT_DONE, date(2026, 1, 5))
    report(base, ONCE, ReportOutcome.DONE, date(2026, 1, 5), done_on=date(2023, 12, 1), hours=2)
    assert state(base, ONCE) is TaskState.DONE_ON_TIME
    with Session(base) as session:
        old, new = read_history(session, TaskReport, col(TaskReport.task) == ONCE)
    assert old.superseded_at == new.recorded_at and new.superseded_at is None
    assert (old.outcome, new.outcome) == ("not_done", "done")
    assert {row.actor for row in (old, new)} == {"Cán bộ thử"} and old.reason and not old.is_actor_verified


def test_a_frozen_meeting_shows_what_was_stored_then(base: Engine) -> None:
    report(base, ONCE, ReportOutcome.NOT_DONE, date(2026, 1, 5))
    report(base, ONCE, ReportOutcome.DONE, date(2026, 1, 5), done_on=date(2023, 12, 1), hours=2)
    frozen = view_of(base, ONCE, recorded_at=START + timedelta(hours=1)).at(2026)
    assert frozen is not None and frozen.state is TaskState.OVERDUE


def test_the_same_report_twice_writes_nothing_and_every_change_moves_the_data_version(base: Engine) -> None:
    with Session(base) as session:
        before = data_version(session)
    assert report(base, ONCE, ReportOutcome.NOT_DONE, date(2026, 1, 5)) == before.newest + 1
    assert report(base, ONCE, ReportOutcome.NOT_DONE, date(2026, 1, 5), hours=1) is None
    with Session(base) as session:
        assert data_version(session) == DataVersion(before.newest + 1, before.runs + 1)
        assert session.scalar(select(func.count()).select_from(TaskReport)) == 1


def test_a_trigger_ends_the_waiting_only_from_its_day(base: Engine) -> None:
    content = {"key": WAITS, "task": WAITS, "happened_on": date(2022, 5, 10), "document_number": "thử/NQ-CP",
               "document_date": date(2022, 5, 10), "due_on": None}  # fmt: skip
    write(base, TaskTrigger, content, "gia-lai-truoc-2025-07")
    assert state(base, WAITS, as_of=date(2022, 5, 9)) is TaskState.WAITING
    assert state(base, WAITS, as_of=date(2022, 5, 10)) is TaskState.OPEN
    assert state(base, WAITS) is TaskState.NO_REPORT


def test_a_product_keeps_a_value_a_year_with_its_source(base: Engine) -> None:
    task = "ninh-thuan-2023/I/1"
    for year, value in ((2023, 40.0), (2024, 52.0)):
        content = {"key": f"{task}/{year}/Lớp, hội nghị", "task": task, "year": year, "name": "Lớp, hội nghị",
                   "value": value, "unit": "lớp", "source": "báo cáo thử", "source_date": None}  # fmt: skip
        write(base, TaskProduct, content, "ninh-thuan")
    assert [(p.year, p.value, p.source) for p in view_of(base, task).products] == [
        (2023, 40.0, "báo cáo thử"),
        (2024, 52.0, "báo cáo thử"),
    ]


def test_keys_of_requests_and_petitions_count_on_and_are_not_used_again(base: Engine) -> None:
    content = {"place": "thanh-hoa", "subject_kind": "task", "subject": ONCE, "agency": "so-tai-chinh",
               "question": "thử", "asked_by": "thử", "asked_on": TODAY, "due_on": TODAY}  # fmt: skip
    blank = dict.fromkeys(("answer", "answered_on", "answer_document", "verdict", "judged_on"))
    for hour in (0, 1):
        with ChangeSession(base) as session:
            key = next_key(session, ExplanationRequest, "gt")
        write(base, ExplanationRequest, content | blank | {"key": key}, "thanh-hoa", START + timedelta(hours=hour))
    with ChangeSession(base) as session:
        assert next_key(session, ExplanationRequest, "gt") == "gt-0003"
        assert next_key(session, Petition, "kn") == "kn-0001"


@pytest.mark.parametrize("missing", ["document_number", "document_date", "done_on"])
def test_closing_a_task_needs_a_document_with_number_and_date(missing: str) -> None:
    whole = {"document_number": "12/BC", "document_date": date(2026, 1, 4), "done_on": date(2026, 1, 3)}
    draft = ReportDraft(ReportOutcome.DONE, date(2026, 1, 5), **whole)  # type: ignore[arg-type]
    assert report_problems(draft, TODAY) == []
    without = whole | {missing: None if missing != "document_number" else ""}
    (problem,) = report_problems(ReportDraft(ReportOutcome.DONE, date(2026, 1, 5), **without), TODAY)  # type: ignore[arg-type]
    assert "Muốn ghi hoàn thành cần" in problem


def test_a_report_names_all_its_problems_at_once() -> None:
    draft = ReportDraft(
        ReportOutcome.NOT_DONE, date(2027, 1, 1), period="2022", periods=("2023", "2024"), done_on=date(2027, 2, 1)
    )
    assert len(report_problems(draft, TODAY)) == 5
