"""Reports and tasks come in by workbook through the one recipe, and go out again by undo."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import python_calamine
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from sqlmodel import col

from etl.loading.recipe import ImportResult
from etl.loading.template import template
from models.config.settings import ROOT
from models.targets.reading import Moment
from models.tasks.follow_up import TaskReport
from models.tasks.task import Task
from models.tasks.task_reading import read_follow_up
from models.tasks.task_rows import task_rows

TODAY = date(2026, 11, 21)
UPDATE = [
    "Mã nhiệm vụ",
    "Năm",
    "Kết quả",
    "Ngày báo cáo",
    "Ngày hoàn thành",
    "Số văn bản",
    "Ngày văn bản",
    "Tình hình thực hiện",
]
TASK = ["Mã chương trình", "Mục", "Số", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"]
YEARLY, ONCE = "thanh-hoa-922-2023/IV/8", "thanh-hoa-922-2023/II/4.3"
Load = Callable[..., ImportResult]


def states(engine: Engine, task: str) -> dict[int | None, str]:
    with Session(engine) as session:
        found = read_follow_up(session, Moment(TODAY, TODAY))
    (view,) = [view for view in found.tasks if view.task.key == task]
    return {item.year: item.state.value for item in view.instances}


def test_reports_close_and_accuse_only_what_they_name(base: Engine, load: Load) -> None:
    done = [YEARLY, 2025, "Hoàn thành", "05/01/2026", "10/12/2025", "12/BC-STC", "04/01/2026", ""]
    late = [ONCE, "", "chưa hoàn thành", "05/02/2026", "", "", "", "còn thiếu điều lệ"]
    outcome = load("task_updates", UPDATE, done, late)
    assert outcome.run_id is not None and outcome.left_out == 0
    assert states(base, YEARLY) == {2023: "no_report", 2024: "no_report", 2025: "done_on_time", 2026: "open"}
    assert states(base, ONCE) == {None: "overdue"}
    with Session(base) as session:
        reports = list(session.scalars(select(TaskReport)))
    assert {report.actor for report in reports} == {"tệp task_updates.xlsx"}
    assert not any(report.is_actor_verified for report in reports)


def test_a_preview_writes_nothing(base: Engine, load: Load) -> None:
    outcome = load(
        "task_updates", UPDATE, [ONCE, "", "đang thực hiện", "05/02/2026", "", "", "", "đang làm"], commit=False
    )
    assert outcome.run_id is None and outcome.written.new == 1
    assert states(base, ONCE) == {None: "no_report"}


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (["thanh-hoa-922-2023/X/1", "", "hoàn thành", "05/01/2026", "", "", "", ""], "task.unknown"),
        ([ONCE, "", "tốt", "05/01/2026", "", "", "", ""], "task.outcome"),
        ([ONCE, "", "hoàn thành", "05/01/2026", "04/01/2026", "", "", ""], "task.report"),
        ([YEARLY, "", "đang thực hiện", "05/01/2026", "", "", "", "đang làm"], "task.report"),
        ([ONCE, "", "đang thực hiện", "", "", "", "", "đang làm"], "task.no_day"),
        ([ONCE, "", "đang thực hiện", "05/01/2027", "", "", "", "đang làm"], "task.report"),
    ],
)
def test_a_wrong_report_stops_its_row_and_nothing_is_written(
    base: Engine, load: Load, row: list[Any], rule: str
) -> None:
    outcome = load("task_updates", UPDATE, row)
    assert rule in {finding.rule for finding in outcome.findings}
    assert outcome.run_id is None
    with Session(base) as session:
        assert session.scalars(select(TaskReport)).all() == []


def test_a_line_of_the_template_that_nobody_filled_is_passed_over(base: Engine, load: Load) -> None:
    filled = [ONCE, "", "đang thực hiện", "05/02/2026", "", "", "", "đang làm"]
    outcome = load("task_updates", UPDATE, [YEARLY, 2026, "", "", "", "", "", ""], filled)
    assert outcome.written.new == 1 and outcome.left_out == 0


def test_a_new_task_takes_its_days_from_the_printed_words(base: Engine, load: Load) -> None:
    row = ["thanh-hoa-922-2023", "VII", "1", "Việc thử", "Sở Tài chính; Sở Công Thương", "", "Quý I/2027"]
    assert load("tasks", TASK, row).run_id is not None
    with Session(base) as session:
        task = session.scalars(select(Task).where(col(Task.key) == "thanh-hoa-922-2023/VII/1")).one()
    assert (task.leads, task.due_on, task.place) == (["so-tai-chinh", "so-cong-thuong"], date(2027, 3, 31), "thanh-hoa")


def test_a_quarterly_task_is_reported_for_each_quarter(base: Engine, load: Load) -> None:
    task = "thanh-hoa-922-2023/VII/2"
    row = [
        "thanh-hoa-922-2023",
        "VII",
        "2",
        "Báo cáo quý",
        "Sở Tài chính",
        "",
        "Hằng quý, trước ngày 15 tháng cuối quý",
    ]
    assert load("tasks", TASK, row).run_id is not None
    of_period = [task, "Quý II/2026", "Hoàn thành", "20/6/2026", "20/6/2026", "12/BC-STC", "20/6/2026", ""]
    of_year = [task, 2026, "đang thực hiện", "20/6/2026", "", "", "", "đang làm"]
    outcome = load("task_updates", UPDATE, of_period, of_year)
    assert outcome.left_out == 1 and "Việc này báo cáo theo kỳ" in str(outcome.findings)
    assert load("task_updates", UPDATE, of_period).run_id is not None
    with Session(base) as session:
        found = read_follow_up(session, Moment(TODAY, TODAY))
        rows = [row for row in task_rows(session, Moment(TODAY, TODAY)) if row["task"] == task]
    (view,) = [view for view in found.tasks if view.task.key == task]
    of_2026 = {item.period: (item.state.value, item.due_on) for item in view.instances if item.year == TODAY.year}
    assert of_2026 == {
        "2026-Q1": ("no_report", date(2026, 3, 14)),
        "2026-Q2": ("done_late", date(2026, 6, 14)),
        "2026-Q3": ("no_report", date(2026, 9, 14)),
        "2026-Q4": ("open", date(2026, 12, 14)),
    }
    assert {row["period"]: row["document_number"] for row in rows if row["year"] == TODAY.year}[
        "2026-Q2"
    ] == "12/BC-STC"


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (["thanh-hoa-922-2023", "III", "6", "x", "Sở Tài chính", "", "Năm 2023"], "task.reviewed"),
        (["khong-co", "VII", "1", "x", "Sở Tài chính", "", "Năm 2027"], "task.programme"),
        (["thanh-hoa-922-2023", "VII", "1", "x", "Sở Gì Đó", "", "Năm 2027"], "task.agency"),
        (["thanh-hoa-922-2023", "VII", "1", "x", "Sở Tài chính", "", "sớm nhất"], "task.deadline"),
    ],
)
def test_a_wrong_task_stops_its_row(load: Load, row: list[Any], rule: str) -> None:
    outcome = load("tasks", TASK, row)
    assert rule in {finding.rule for finding in outcome.findings} and outcome.run_id is None


def test_the_template_of_reports_lists_every_open_instance_and_loads_back(base: Engine) -> None:
    with Session(base) as session:
        book = template("task_updates", ROOT / "data", session, TODAY, "thanh-hoa")
    rows = python_calamine.load_workbook(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["Mã nhiệm vụ", "Nhiệm vụ", "Năm", "Kết quả"]
    years = [row[2] for row in rows[1:] if row[0] == YEARLY]
    assert years == [2023.0, 2024.0, 2025.0, 2026.0]


@pytest.mark.parametrize("number", ["chưa có số", "không", "đang trình ký"])
def test_a_task_is_not_finished_by_a_document_without_a_number(load: Load, number: str) -> None:
    row = [ONCE, "", "Hoàn thành", "05/02/2026", "20/12/2025", number, "04/01/2026", ""]
    outcome = load("task_updates", UPDATE, row)
    assert outcome.run_id is None and [finding.rule for finding in outcome.findings] == ["task.report"]
    assert "không phải số của văn bản" in outcome.findings[0].what


def test_a_document_older_than_the_programme_stops_its_row(load: Load) -> None:
    row = [ONCE, "", "Hoàn thành", "05/02/2026", "20/12/2025", "12/QĐ-UBND", "10/01/2019", ""]
    outcome = load("task_updates", UPDATE, row)
    assert outcome.run_id is None and "ở trước ngày giao việc" in outcome.findings[0].what


@pytest.mark.parametrize(("place", "rules"), [("gia-lai", ["task.other_place"]), ("thanh-hoa", [])])
def test_a_task_of_another_place_than_was_chosen_stops_its_row(load: Load, place: str, rules: list[str]) -> None:
    row = [ONCE, "", "Hoàn thành", "05/02/2026", "20/12/2025", "12/QĐ-UBND", "04/01/2026", ""]
    outcome = load("task_updates", UPDATE, row, place=place, year=2026)
    assert [finding.rule for finding in outcome.findings] == rules


def test_a_report_by_an_office_that_is_no_lead_is_told_and_does_not_finish_the_task(base: Engine, load: Load) -> None:
    row = [ONCE, "", "Hoàn thành", "05/02/2026", "20/12/2025", "12/QĐ-UBND", "04/01/2026", "", "Sở TT&TT"]
    outcome = load("task_updates", [*UPDATE, "Người báo cáo"], row)
    assert [finding.rule for finding in outcome.findings] == ["task.not_lead"] and outcome.run_id is not None
    assert states(base, ONCE) == {None: "in_part"}
