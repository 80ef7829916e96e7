"""What a title says of all rows: dissolved on the day in the row, or a question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from etl.loading.recipe import ImportResult
from etl.questions.question import ImportAnswer, QuestionKind
from models.register.organization import Organization, OrganizationState
from tests.etl.loading.desk import CODES, Desk
from tests.etl.loading.test_cases import case

Rules = Callable[[ImportResult], set[str]]
HEAD = ["TT", "Tên HTX", "Mã số thuế"]


def states(desk: Desk) -> list[tuple[str, date]]:
    """Every state with its day."""
    return sorted((row.state, row.on) for row in desk.all(OrganizationState))


def test_they_are_dissolved_on_the_day_in_the_row(desk: Desk) -> None:
    assert desk.load(case("L17"), "register", "gia-lai", 2024).run_id
    assert states(desk) == [("dissolved", date(2024, 5, day)) for day in range(1, 6)]


@pytest.mark.parametrize("heading", ["Ngày giải thể", "Thời điểm giải thể", "Ngày chấm dứt hoạt động"])
def test_a_row_without_its_day_stops(desk: Desk, rules: Rules, heading: str) -> None:
    rows = [["Danh sách HTX đã giải thể năm 2023"], [*HEAD, heading], [1, "HTX Một", CODES[0], "05/2023"]]
    outcome = desk.load(desk.book([*rows, [2, "HTX Hai", CODES[1], None]]), leave_out=True)
    assert "state.missing" in rules(outcome) and states(desk) == [("dissolved", date(2023, 5, 31))]


def test_a_day_beside_another_state_and_a_day_to_come_stop(desk: Desk, rules: Rules) -> None:
    head = [*HEAD, "Tình trạng hoạt động", "Ngày giải thể"]
    rows = [
        *([1, "HTX Một", CODES[0], "Đang hoạt động", None], [2, "HTX Hai", CODES[1], "Đã giải thể", "01/03/2023"]),
        *([3, "HTX Ba", CODES[2], "Đang hoạt động", "01/03/2023"], [4, "HTX Bốn", CODES[3], None, "01/03/2024"]),
    ]
    outcome = desk.load(desk.book([head, *rows]), leave_out=True)
    assert {"state.contradiction", "state.later"} <= rules(outcome)
    assert states(desk) == [("active", date(2023, 12, 31)), ("dissolved", date(2023, 3, 1))]


@pytest.mark.parametrize(
    ("title", "proposed"),
    [
        ("DANH SÁCH HTX ĐÃ GIẢI THỂ NĂM 2023", "dissolved"),
        ("Danh sách HTX tạm ngừng hoạt động năm 2023", "suspended"),
        ("Danh sách các HTX ngừng hoạt động", "stopped"),
    ],
)
def test_without_a_day_it_is_asked_and_the_answer_holds_for_all_rows(desk: Desk, title: str, proposed: str) -> None:
    book = desk.book([[title], HEAD, [1, "HTX Một", CODES[0]], [2, "HTX Hai", CODES[1]]])
    asked = desk.load(book)
    (question,) = [question for question in asked.questions if question.kind is QuestionKind.TITLE]
    assert asked.run_id is None and desk.all(Organization) == [] and question.proposals[0].value == proposed
    answer = ImportAnswer(QuestionKind.TITLE, "operating_state", title, proposed)
    assert desk.load(book, answers=(answer,)).run_id
    assert states(desk) == [(proposed, date(2023, 12, 31))] * 2


def test_a_list_of_those_to_be_founded_stays_out(desk: Desk, rules: Rules) -> None:
    book = desk.book([["Danh sách HTX dự kiến thành lập năm 2023"], HEAD, [1, "HTX Một", CODES[0]]])
    assert "file.state_in_title" in rules(desk.load(book, leave_out=True)) and desk.all(Organization) == []
