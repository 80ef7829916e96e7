"""Workbooks as offices publish them come in with the right values once each open question has been answered."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from etl.loading.recipe import ImportResult
from etl.questions.question import QuestionKind, Unanswered
from models.register.organization import (
    LegalStatus,
    Organization,
    OrganizationDetail,
    OrganizationPerson,
    OrganizationState,
    Rating,
    YearReport,
)
from tests.etl.loading.desk import CODES, Desk, first_proposals
from tests.etl.loading.test_cases import case


def asked(outcome: ImportResult, kind: QuestionKind, unanswered: Unanswered | None = None) -> dict[str, list[str]]:
    """The texts asked about with the words proposed."""
    return {
        question.text: [answer.words for answer in question.proposals]
        for question in outcome.questions
        if question.kind is kind and unanswered in (None, question.unanswered)
    }


def test_headings_of_a_list_of_groups_are_asked_once_each_and_read_by_the_answers(desk: Desk) -> None:
    first = desk.load(case("L16"), "register", "gia-lai", 2024)
    assert first.run_id is None
    assert asked(first, QuestionKind.HEADING, Unanswered.COLUMN) == {
        "Ngày thông báo thành lập": ["Ngày thành lập"],
        "Số lượng thành viên": ["Số thành viên"],
        "Tình hình": ["Tình trạng hoạt động"],
    }
    answers = first_proposals(first)
    second = desk.load(case("L16"), "register", "gia-lai", 2024, answers=answers, commit=False)
    assert asked(second, QuestionKind.WORD) == {"Đã chấm dứt": ["Đã giải thể"]}
    assert desk.load(case("L16"), "register", "gia-lai", 2024, answers=answers + first_proposals(second)).run_id
    assert Counter(row.state for row in desk.all(OrganizationState)) == {"active": 4, "dissolved": 1}
    assert sorted(row.member_count for row in desk.all(YearReport)) == [9, 10, 11, 12, 13]
    assert {str(row.founded_on) for row in desk.all(OrganizationDetail)} >= {"2021-04-02", "2021-04-06"}
    assert {row.kind for row in desk.all(Organization)} == {"tht"}


def test_usual_headings_are_one_question_each_with_the_right_proposal_first(desk: Desk) -> None:
    first = desk.load(case("A41"), "register", "gia-lai", 2024, commit=False)
    proposed = {text: words[0] for text, words in asked(first, QuestionKind.HEADING).items() if words}
    assert proposed["Mã số đăng ký HTX"] == "Mã số HTX" and proposed["Tình trạng HĐ"] == "Tình trạng hoạt động"
    assert proposed["Số lượng lao động"] == "Số lao động" and proposed["Trong đó: thành viên nữ"] == "Số thành viên nữ"
    assert proposed["Ngày, tháng, năm thành lập"] == "Ngày thành lập"


def test_a_list_with_usual_headings_loads_whole_after_the_answers(desk: Desk) -> None:
    book = openpyxl.load_workbook(case("A41"))
    book.active["M2"] = "Lợi nhuận năm 2024 (Tr.đ)"
    path = desk.folder / "A41.xlsx"
    book.save(path)
    first = desk.load(path, "register", "gia-lai", 2024, commit=False)
    outcome = desk.load(path, "register", "gia-lai", 2024, answers=first_proposals(first))
    assert outcome.run_id
    assert {row.tax_code for row in desk.all(Organization)} == {"5900300220", "5900300238", "5900300245"}
    assert {(row.worker_count, row.female_member_count, row.revenue_mn) for row in desk.all(YearReport)} == {
        (5, 8, 1500.0)
    }
    assert [row.state for row in desk.all(OrganizationState)] == ["active"] * 3
    assert [row.rating_class for row in desk.all(Rating)] == ["fair"] * 3
    assert {row.name for row in desk.all(OrganizationPerson)} == {"Người Mẫu"}


def test_every_word_of_state_is_confirmed_once_and_the_organisations_are_kept(desk: Desk) -> None:
    first = desk.load(case("A39"), "register", "gia-lai", 2024, commit=False)
    words = asked(first, QuestionKind.WORD)
    assert len(words) == 14 and words["HĐ"] == ["Đang hoạt động"] and words["Không HĐ"] == ["Ngừng hoạt động"]
    assert words["Chưa hoạt động"] == words["Hoạt động kém hiệu quả"] == []
    outcome = desk.load(case("A39"), "register", "gia-lai", 2024, answers=first_proposals(first))
    assert outcome.run_id and outcome.left_out == 0 and len(desk.all(Organization)) == 16
    assert Counter(row.state for row in desk.all(OrganizationState)) == {
        "active": 5,
        "stopped": 4,
        "suspended": 1,
        "dissolved": 1,
        "listed": 5,  # what was left unknown
    }


def test_states_of_the_tax_office_are_read_or_asked(desk: Desk) -> None:
    first = desk.load(case("L09b"), "register", "gia-lai", 2024, commit=False)
    ending = "NNT ngừng hoạt động nhưng chưa hoàn thành thủ tục chấm dứt hiệu lực MST"
    assert set(asked(first, QuestionKind.WORD)) == {ending}
    answers = first_proposals(first, legal_status="dissolving")
    assert desk.load(case("L09b"), "register", "gia-lai", 2024, answers=answers).run_id
    assert Counter(row.state for row in desk.all(OrganizationState)) == {
        LegalStatus.ACTIVE: 2,
        LegalStatus.DISSOLVING: 1,
        LegalStatus.DISSOLVED: 1,
        LegalStatus.SUSPENDED: 1,
        LegalStatus.NOT_AT_ADDRESS: 1,
    }


@pytest.mark.parametrize("text", ["Tình trạng HĐ", "Lợi nhuận/năm (triệu đồng)"])
def test_a_workbook_of_a_commune_asks_which_column_is_which(desk: Desk, text: str) -> None:
    outcome = desk.load(case("L02"), "register", "gia-lai", 2024, commit=False)
    proposed = asked(outcome, QuestionKind.HEADING, Unanswered.COLUMN)
    names = {
        "Tình trạng HĐ": "Tình trạng hoạt động",
        "Lợi nhuận/năm (triệu đồng)": "Lợi nhuận",
    }
    assert proposed[text][0] == names[text]


def communes_of_gia_lai(desk: Desk) -> None:
    head = ["code", "name", "province_code", "province", "valid_from", "valid_to"]
    names = {
        "23644": "Xã Đak Đoa",
        "23575": "Phường Diên Hồng",
        "23722": "Xã Ia Grai",
        "23563": "Phường Pleiku",
        "23941": "Xã Chư Sê",
    }
    rows = [[code, name, "52", "Tỉnh Gia Lai", "2025-07-01", ""] for code, name in names.items()]
    assert desk.load(desk.book([head, *rows], "xa.xlsx"), "communes", None, None).run_id


def test_short_forms_of_communes_are_read_and_the_rest_is_asked_once(desk: Desk) -> None:
    communes_of_gia_lai(desk)
    first = desk.load(case("L18c"), "register", "gia-lai", 2025, commit=False)
    assert asked(first, QuestionKind.COMMUNE) == {"Xã Chư Sê (Tp Pleiku)": ["Xã Chư Sê"]}
    outcome = desk.load(case("L18c"), "register", "gia-lai", 2025, answers=first_proposals(first))
    assert outcome.run_id and outcome.left_out == 0
    found = {row.name[-1]: row.commune_name for row in desk.all(OrganizationDetail)}
    assert found == {
        **dict.fromkeys("13456", "Xã Đak Đoa"),
        "2": "Phường Diên Hồng",
        "7": "Xã Chư Sê",
        "8": "Phường Pleiku",
        "9": "Xã Ia Grai",
    }
    told = {item.text: item.words for item in outcome.taken if item.kind is QuestionKind.COMMUNE}
    assert told["X. Đak Đoa"] == "Xã Đak Đoa"


def test_a_commune_with_another_district_behind_it_is_asked(desk: Desk, communes: Path) -> None:
    rows = [["HTX Mẫu 1", CODES[0], "Xã Hòa Phú, huyện Chư Păh", "Đang hoạt động", 9]]
    rows += [["HTX Mẫu 2", CODES[1], "Xã Hòa Phú, huyện Chư Pưh", "Đang hoạt động", 9]]
    outcome = desk.load(desk.register(*rows), commit=False)
    assert list(asked(outcome, QuestionKind.COMMUNE)) == ["Xã Hòa Phú, huyện Chư Pưh"] and outcome.left_out == 0
