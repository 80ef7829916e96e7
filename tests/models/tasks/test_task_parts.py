"""Who of many and what of several: one report or one document never finishes what more must do."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.targets.reading import Moment
from models.tasks.task_parts import SINGLE, Parts, parts_of, products_ordered
from models.tasks.task_reading import FollowUp, read_follow_up
from models.tasks.task_rules import Answer, Duty, instances, rates, state_of
from models.tasks.task_state import DeadlineKind, ReportOutcome, TaskState

ISSUED, DUE, TODAY = date(2023, 3, 21), date(2025, 12, 31), date(2026, 11, 21)
TWO_OFFICES = Parts(offices=("so-tai-chinh", "lien-minh-hop-tac-xa-tinh"))
MANY = Parts(groups=("cac-so-ban-nganh",))
TWO_PAPERS = Parts(
    offices=("so-ke-hoach-va-dau-tu",), products=("Nghị quyết của HĐND tỉnh", "Quyết định của UBND tỉnh")
)
DONE = Answer(ReportOutcome.DONE, DUE + timedelta(days=20), DUE - timedelta(days=20))


@pytest.fixture(scope="module")
def follow(loaded: Engine) -> FollowUp:
    with Session(loaded) as session:
        return read_follow_up(session, Moment(as_of=TODAY, known_on=TODAY))


def state(parts: Parts, *answers: Answer, as_of: date = TODAY, **more: object) -> TaskState:
    duty = Duty(DeadlineKind.PERIOD, ISSUED, DUE, parts=parts, **more)  # type: ignore[arg-type]
    (item,) = instances(duty, as_of.year)
    return state_of(duty, item, answers, as_of)


@pytest.mark.parametrize("parts", [TWO_OFFICES, MANY, TWO_PAPERS])
def test_one_report_never_finishes_what_several_offices_or_documents_must_do(parts: Parts) -> None:
    assert state(SINGLE, DONE) is TaskState.DONE_ON_TIME
    assert state(parts, DONE) is TaskState.IN_PART
    assert state(parts, DONE, DONE) is TaskState.IN_PART
    assert state(parts, DONE, as_of=DUE + timedelta(days=20)) is TaskState.IN_PART


@pytest.mark.parametrize("parts", [TWO_OFFICES, MANY, TWO_PAPERS])
def test_without_a_report_of_completion_several_are_told_of_as_one_is(parts: Parts) -> None:
    unfinished = Answer(ReportOutcome.NOT_DONE, DUE + timedelta(days=20))
    assert state(parts) is TaskState.NO_REPORT
    assert state(parts, as_of=DUE) is TaskState.OPEN
    assert state(parts, unfinished) is TaskState.OVERDUE
    assert state(parts, DONE, unfinished) is TaskState.OVERDUE


def test_a_report_by_an_office_that_is_no_lead_does_not_finish_the_task() -> None:
    other = replace(DONE, is_by_lead=False)
    assert state(SINGLE, other) is TaskState.IN_PART
    assert state(SINGLE, DONE, other) is TaskState.DONE_ON_TIME
    assert state(SINGLE, other, DONE) is TaskState.DONE_ON_TIME


def test_what_the_document_itself_calls_done_stays_done() -> None:
    assert state(MANY, is_done_in_document=True) is TaskState.DONE_ON_TIME


def test_a_task_in_part_is_in_the_base_of_both_shares_and_never_among_the_finished() -> None:
    shares = rates([(TaskState.IN_PART, DUE), (TaskState.DONE_ON_TIME, DUE), (TaskState.NO_REPORT, DUE)], TODAY)
    assert (shares.done, shares.reported, shares.due_done, shares.due) == (1, 2, 1, 2)
    assert (shares.in_part, shares.unreported) == (1, 1)


@pytest.mark.parametrize(
    ("printed", "products"),
    [
        (
            "Nghị quyết của HĐND tỉnh và Quyết định của UBND tỉnh",
            ("Nghị quyết của HĐND tỉnh", "Quyết định của UBND tỉnh"),
        ),
        ("Hội nghị; báo cáo tổng kết", ("Hội nghị", "báo cáo tổng kết")),
        ("Báo cáo sơ kết, tổng kết", ("Báo cáo sơ kết", "tổng kết")),
        ("Kế hoạch/Quyết định của Chủ tịch UBND tỉnh", ()),
        ("Quyết định về giáo dục và đào tạo", ()),
        ("Kế hoạch, văn bản của từng đơn vị", ()),
        ("Số lớp, hội nghị; số người được tuyên truyền, quán triệt", ()),
        ("Báo cáo", ()),
        ("", ()),
    ],
)
def test_a_product_orders_several_only_where_several_documents_or_meetings_are_named(
    printed: str, products: tuple[str, ...]
) -> None:
    assert products_ordered(printed) == products


def test_a_group_is_many_and_two_named_offices_are_two() -> None:
    groups = {"ubnd-cap-huyen"}
    assert parts_of(["so-tai-chinh"], "Báo cáo", groups).is_single
    assert parts_of(["so-tai-chinh", "ubnd-cap-huyen"], None, groups) == Parts(("so-tai-chinh",), ("ubnd-cap-huyen",))
    assert not parts_of(["ubnd-cap-huyen"], None, groups).is_single
    assert not parts_of(["so-tai-chinh", "so-noi-vu"], None, groups).is_single


def test_41_of_the_120_tasks_and_41_of_the_duties_are_addressed_to_several_offices(follow: FollowUp) -> None:
    found = Counter(
        (view.task.programme, view.task.origin)
        for view in follow.tasks
        if not view.task.is_heading and view.duty.parts.has_many_offices
    )
    assert found == {
        ("dong-nai-01-2023", "annex"): 19,
        ("dong-nai-01-2023", "body"): 2,
        ("dong-nai-01-2023", "report"): 1,
        ("gia-lai-2020", "body"): 17,
        ("ninh-thuan-2023", "annex"): 4,
        ("ninh-thuan-2023", "body"): 15,
        ("ninh-thuan-2023", "report"): 1,
        ("thanh-hoa-922-2023", "annex"): 18,
        ("thanh-hoa-922-2023", "body"): 4,
        ("thanh-hoa-922-2023", "report"): 1,
    }


def test_the_tasks_that_order_two_documents(follow: FollowUp) -> None:
    assert [view.task.key for view in follow.tasks if view.duty.parts.products] == [
        "dong-nai-01-2023/body/IV.4/1",
        "gia-lai-2020/II/8",
        "gia-lai-2020/III/1",
        "ninh-thuan-2023/II/2",
        "ninh-thuan-2023/II/5",
        "ninh-thuan-2023/II/6",
    ]
