"""Documents that tasks order, one row each, and what is issued of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.targets.reading import Moment
from models.tasks.follow_up import TaskReport
from models.tasks.ordered_documents import DocumentState, document_kind, document_rows, ordered_documents
from models.tasks.task_parts import Parts, ReportingOffice
from models.tasks.task_reading import FollowUp, InstanceView, TaskView, read_follow_up
from models.tasks.task_rules import Answer
from models.tasks.task_state import ReportOutcome

TODAY = date(2026, 11, 21)
NOW = Moment(TODAY, TODAY)
TWO = "ninh-thuan-2023/II/2"  # a resolution and a decision
OF_EACH = "thanh-hoa-922-2023/body/IV.1/1"  # a plan of each office


@pytest.fixture(scope="module")
def follow(loaded: Engine) -> FollowUp:
    with Session(loaded) as session:
        return read_follow_up(session, NOW)


def view_of(follow: FollowUp, key: str) -> TaskView:
    return next(view for view in follow.tasks if view.task.key == key)


def told(view: TaskView, *reports: tuple[str, Answer], parts: Parts | None = None) -> TaskView:
    rows = tuple(
        TaskReport(
            key=number, fingerprint="", recorded_at=datetime(2026, 1, 1), run_id=1, task=view.task.key,
            outcome="done", reported_on=TODAY, document_number=number, document_date=date(2024, 5, day), actor="thử",
        )
        for day, (number, _) in enumerate(reports, start=1)
    )  # fmt: skip
    item: InstanceView = view.instances[0]
    changed = replace(item, reports=rows, answers=tuple(a for _, a in reports), parts=parts or item.parts)
    return replace(view, instances=(changed,))


def done(**more: str) -> Answer:
    return Answer(ReportOutcome.DONE, TODAY, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("Kế hoạch của Chủ tịch UBND tỉnh", "Kế hoạch"),
        ("Kế hoạch/Quyết định của Chủ tịch UBND tỉnh", "Kế hoạch/Quyết định"),
        ("Văn bản hướng dẫn", "Văn bản"),
        ("Số lớp, hội nghị; số lượng người", ""),
        ("Hội nghị; báo cáo tổng kết", ""),
        ("Phát thanh, phát sóng định kỳ hàng tuần", ""),
    ],
)
def test_the_kind_is_what_the_product_begins_with(printed: str, kind: str) -> None:
    assert document_kind(printed) == kind


def test_a_resolution_and_a_decision_are_two_rows_each_issued_by_itself(follow: FollowUp) -> None:
    view = view_of(follow, TWO)
    assert [d.kind for d in ordered_documents([view])] == ["Nghị quyết", "Quyết định"]
    resolution, decision = view.instances[0].parts.products
    first, second = ordered_documents([told(view, ("5/NQ-HĐND", done(product=resolution)))])
    assert (first.state, second.state) == (DocumentState.ISSUED, DocumentState.NOT_ISSUED)
    assert first.issued_on == date(2024, 5, 1) and second.issued_on is None and second.printed == decision


def test_a_plan_of_each_office_is_awaited_from_each_and_unknown_while_no_list_is(follow: FollowUp) -> None:
    view = view_of(follow, OF_EACH)
    (unknown,) = ordered_documents([told(view, ("1/KH", done()))])
    assert (unknown.awaited, unknown.state) == (None, DocumentState.IN_PART)
    offices = tuple(ReportingOffice(code, code) for code in "abc")
    parts = Parts(groups=("cac-so-ban-nganh",), members=(("cac-so-ban-nganh", offices),))
    some = told(view, ("1/KH", done(office="a")), ("2/KH", done(office="b")), parts=parts)
    (found,) = ordered_documents([some])
    assert (found.awaited, len(found.issued), found.state) == (3, 2, DocumentState.IN_PART)
    every = told(view, *((f"{code}/KH", done(office=code)) for code in "abc"), parts=parts)
    assert next(ordered_documents([every])).state is DocumentState.ISSUED


def test_the_rows_run_by_last_day_and_say_what_nobody_reported(loaded: Engine) -> None:
    with Session(loaded) as session:
        rows = document_rows(session, NOW)
    days = [row["due_on"] or date.max for row in rows]
    assert days == sorted(days)
    assert Counter(row["state"] for row in rows if row["task"] == TWO) == {"not_issued": 2}
    assert {row["state"] for row in rows if row["task"].startswith("gia-lai-2020/II/1")} == {"issued"}
    assert all(row["issued"] == 0 and row["numbers"] == [] for row in rows)
