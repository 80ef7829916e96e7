"""Amounts in another unit than their column or than last year's are asked once, and never taken while nobody knows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from etl.loading.recipe import ImportResult
from etl.loading.reread import reread
from etl.questions.question import SKIP, ImportAnswer, QuestionKind
from etl.writing.answers import write_answers
from models.accounts.changing import ChangeSession
from models.accounts.trail import Deed
from models.register.organization import YearReport
from models.register.unread import UnreadValue
from tests.etl.loading.desk import CODES, Desk

HEADING = "Doanh thu (triệu đồng)"
AREA = "gia-lai-truoc-2025-07"


def listed(desk: Desk, values: list[object], year: int, *answers: ImportAnswer, heading: str = HEADING) -> ImportResult:
    rows = [[number, f"HTX số {number}", CODES[number], value] for number, value in enumerate(values)]
    return desk.load(desk.book([["TT", "Tên HTX", "Mã số HTX", heading], *rows]), year=year, answers=answers)


def revenue(desk: Desk, year: int) -> list[float]:
    return sorted(row.revenue_mn for row in desk.all(YearReport) if row.year == year and row.revenue_mn is not None)


def said(outcome: ImportResult, value: str) -> ImportAnswer:
    (question,) = outcome.questions
    return ImportAnswer(question.kind, question.field, question.text, value)


def test_one_value_in_another_unit_is_asked_with_its_rows_and_left_unknown_unanswered(desk: Desk) -> None:
    outcome = listed(desk, [850, 640, 912_500_000, 1200, 700_000_000], 2024)
    (question,) = outcome.questions
    assert (question.kind, question.rows) == (QuestionKind.UNIT, 2) and question.proposals[-1].value == "triệu đồng"
    assert revenue(desk, 2024) == [640.0, 850.0, 1200.0]
    assert sorted(row.text for row in desk.all(UnreadValue)) == ["700000000", "912500000"]


def test_the_answer_is_the_unit_of_these_cells_alone(desk: Desk) -> None:
    first = listed(desk, [850, 640, 912_500_000, 1200], 2024)
    assert listed(desk, [850, 640, 912_500_000, 1200], 2024, said(first, "đồng")).run_id
    assert revenue(desk, 2024) == [640.0, 850.0, 912.5, 1200.0] and desk.all(UnreadValue) == []
    other = listed(desk, [850, 640, 800_000_000, 1200], 2023)
    assert len(other.questions) == 1 and revenue(desk, 2023) == [640.0, 850.0, 1200.0]


@pytest.mark.parametrize(("answer", "value"), [("đồng", [912.5]), (SKIP, []), (None, [])])
def test_an_unread_amount_is_read_later_only_in_a_unit_that_somebody_said(
    desk: Desk, answer: str | None, value: list[float]
) -> None:
    outcome = listed(desk, [850, 640, 912_500_000, 1200], 2024)
    if answer is not None:
        with ChangeSession(desk.engine) as session:
            write_answers(session, [said(outcome, answer)], AREA, "test", datetime.now(UTC))
            session.finish(Deed("update", "test"))
    run = reread(desk.import_settings, AREA, "test")
    assert (run is not None) is bool(value)
    assert revenue(desk, 2024) == sorted([640.0, 850.0, 1200.0, *value])


def test_a_doubtful_mark_is_not_read_later_as_if_it_were_sure(desk: Desk) -> None:
    listed(desk, ["1.200", "1,300", "1.400", "1.500,5"], 2024)
    assert reread(desk.import_settings, AREA, "test") is None and len(revenue(desk, 2024)) == 3


def test_a_whole_column_a_thousand_times_last_years_is_asked_once(desk: Desk) -> None:
    listed(desk, [850, 640, 1200, 95], 2023)
    outcome = listed(desk, [900_000, 650_000, 1_100_000, 99_000, 400_000], 2024)
    (question,) = outcome.questions
    assert question.rows == 5 and question.proposals[0].value == "nghìn đồng" and revenue(desk, 2024) == []
    listed(desk, [900_000, 650_000, 1_100_000, 99_000, 400_000], 2024, said(outcome, "nghìn đồng"))
    assert revenue(desk, 2024) == [99.0, 400.0, 650.0, 900.0, 1100.0]


def test_one_organisation_a_thousand_times_its_own_last_year_is_asked(desk: Desk) -> None:
    listed(desk, [850, 1, 1200, 9000], 2023)
    outcome = listed(desk, [900, 1000, 1300, 9500], 2024)
    assert [question.rows for question in outcome.questions] == [1] and revenue(desk, 2024) == [900.0, 1300.0, 9500.0]


@pytest.mark.parametrize("values", [[900, 700, 1100, 100], [1700, 1280, 2400, 190], [85, 64, 120, 9]])
def test_growth_is_not_asked_about(desk: Desk, values: list[object]) -> None:
    listed(desk, [850, 640, 1200, 95], 2023)
    assert listed(desk, values, 2024).questions == [] and len(revenue(desk, 2024)) == 4
